import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { permissionId, type RoleId, roleId } from '#src/domain/ids.ts';
import type { Button, RefusalReason } from '#src/domain/reply.ts';
import type { RoleIntent, RoleOutcome, RolePlan } from '#src/domain/role-change.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import { cancelChange } from '#src/usecases/cancel-change.ts';
import { confirmRoleChange } from '#src/usecases/confirm-role-change.ts';
import { ROLE_CHANGE, readRoleChange } from '#src/usecases/role-records.ts';
import type { Answer } from '#src/usecases/session.ts';
import { settleRoleChanges } from '#src/usecases/settle-role-changes.ts';
import { showRoleChange } from '#src/usecases/show-role-change.ts';
import { pressUndo, undo as undoVerb } from '#src/usecases/undo-change.ts';
import { undoRoleChange } from '#src/usecases/undo-role-change.ts';
import { idOf } from '#test/support/account.ts';
import { House, understood } from '#test/support/house.ts';

const DESK = roleId('600001');
const S = 'Standard (International)';

async function show(house: House, asker: string, intent: RoleIntent, slots: Partial<Understanding>): Promise<Answer> {
  return showRoleChange(await house.session(asker), intent, understood(intent, slots));
}

async function confirm(house: House, asker: string, shown: Answer | Button): Promise<Answer> {
  const button = 'saying' in shown ? buttonOf(shown) : shown;
  return confirmRoleChange(await house.session(asker), button);
}

function buttonOf({ saying }: Answer): Button {
  if (saying.kind !== 'role-preview') throw new Error(`no preview but ${JSON.stringify(saying)}`);
  return saying.confirm;
}

function planOf({ saying }: Answer): RolePlan {
  if (!('plan' in saying) || !('gains' in saying.plan)) throw new Error(`no plan but ${JSON.stringify(saying)}`);
  return saying.plan;
}

function outcomeOf({ saying }: Answer): RoleOutcome {
  if (saying.kind !== 'role-changed') throw new Error(`not carried out but ${JSON.stringify(saying)}`);
  return saying.outcome;
}

function reasonOf({ saying }: Answer): RefusalReason {
  if (saying.kind !== 'refused') throw new Error(`not refused but ${JSON.stringify(saying)}`);
  return saying.reason;
}

function contents(house: House, name: string): readonly string[] {
  return house.account.roles.find((role) => role.displayName === name)?.permissions ?? [];
}

const records = async (house: House) =>
  (await house.store.records.find({ kind: ROLE_CHANGE, limit: 10 })).map(readRoleChange);

const addMeetings = { roles: ['Front Desk'], permissions: ['Meetings'] };

describe('a change of a role that is confirmed', () => {
  it('adds what was shown, for everybody who holds the role, and nothing before the click', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    expect(shown.outcome).toBe('confirm-needed');
    expect(planOf(shown)).toMatchObject({ gains: ['Meetings'], losses: [], uncertain: [] });
    expect(planOf(shown).reached.people.map(({ person, gains }) => [person.number, gains])).toEqual([
      ['101', ['Meetings']],
      ['108', ['Meetings']],
      ['118', ['Meetings']],
    ]);
    expect(house.account.roleWrites).toEqual([]);
    const before = contents(house, 'Front Desk');
    const done = await confirm(house, '104', shown);
    expect(outcomeOf(done)).toMatchObject({ kind: 'changed', dropped: [], added: [] });
    expect(contents(house, 'Front Desk')).toEqual([...before, 'Meetings'].sort());
  });

  it('makes a role from another one, with more', async () => {
    const house = new House();
    const slots = { newRole: '  Kiosk ', roles: ['Front Desk'], permissions: ['Meetings'] };
    const done = await confirm(house, '104', await show(house, '104', 'create-role', slots));
    expect(outcomeOf(done)).toMatchObject({ kind: 'changed', mended: false, now: { displayName: 'Kiosk' } });
    expect(contents(house, 'Kiosk')).toEqual([...contents(house, 'Front Desk'), 'Meetings'].sort());
  });

  it('renames a role and leaves the rest of it', async () => {
    const house = new House();
    const before = contents(house, 'Support');
    const slots = { roles: ['Support'], newRole: 'Support Berlin' };
    await confirm(house, '104', await show(house, '104', 'rename-role', slots));
    expect(contents(house, 'Support Berlin')).toEqual([...before].sort());
    expect(house.account.roleWrites).toMatchObject([{ operation: 'updateRole', draft: { scope: 'Self' } }]);
  });

  it('deletes a role after asking RingCentral, naming who falls back', async () => {
    const house = new House();
    const shown = await show(house, '104', 'delete-role', { roles: ['Night Desk'] });
    expect(house.account.calls.map(({ operation }) => operation)).toContain('checkRoleDeletion');
    const { reached, base } = planOf(shown);
    expect(base?.displayName).toBe(S);
    expect(reached.people.map(({ person, fallsBack }) => [person.number, fallsBack])).toEqual([
      ['115', true],
      ['122', true],
    ]);
    await confirm(house, '104', shown);
    expect(house.account.rolesOf('115')).toEqual([S]);
    expect(contents(house, 'Night Desk')).toEqual([]);
  });

  it('makes another role the default', async () => {
    const house = new House();
    const shown = await show(house, '104', 'set-default-role', { roles: ['Standard'] });
    expect(planOf(shown)).toMatchObject({ gains: [], losses: ['InternationalCalls'], base: { displayName: S } });
    expect(outcomeOf(await confirm(house, '104', shown))).toMatchObject({ now: { displayName: 'Standard' } });
    expect(house.account.defaultRole).toBe('2');
  });

  it('runs with the own token where that carries RoleManagement, else as the service account', async () => {
    const house = new House();
    await confirm(house, '104', await show(house, '104', 'edit-role', addMeetings));
    house.account.tokens.delete('105');
    await confirm(
      house,
      '105',
      await show(house, '105', 'edit-role', { roles: ['Reports'], permissions: ['Meetings'] }),
    );
    expect(house.account.roleWrites.map(({ as }) => as)).toEqual(['104', 'service']);
  });

  it('is recorded before its call and settled after it, with the right it rests on', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', { ...addMeetings, reason: 'new rooms' });
    let atCall: unknown = null;
    house.account.before = async ({ operation }) => {
      if (operation === 'updateRole') atCall = (await records(house)).map(({ stored }) => stored.state);
    };
    await confirm(house, '104', shown);
    expect(atCall).toEqual(['open']);
    expect((await records(house)).map(({ stored, change }) => [stored.state, change.outcome?.kind])).toEqual([
      ['settled', 'changed'],
    ]);
    const actions = house.store.entries.map((entry) => entry.action);
    expect(actions).toEqual(['role.previewed', 'role.confirmed', 'role.intent', 'role.outcome']);
    expect(JSON.parse(house.store.entries[2]?.body ?? '')).toMatchObject({
      proof: { kind: 'own-token' },
      through: 'own-token',
      reason: 'new rooms',
      role: DESK,
    });
  });

  it('keeps what may be passed on, and what is listed without being granted', async () => {
    const house = new House();
    const passed = { enabled: true, manageEnabled: true, grantEnabled: false };
    const listed = { enabled: false, manageEnabled: true, grantEnabled: false };
    const special = [
      [permissionId('BusinessSms'), passed],
      [permissionId('DomesticCalls'), listed],
    ] as const;
    house.account.capabilities.set(DESK, new Map(special));
    const shown = await show(house, '104', 'edit-role', addMeetings);
    expect(planOf(shown).notes).toContainEqual({
      kind: 'passed-on-kept',
      permissions: expect.arrayContaining(['BusinessSms', 'DomesticCalls']),
    });
    expect(outcomeOf(await confirm(house, '104', shown)).kind).toBe('changed');
    expect([...(house.account.capabilities.get(DESK) ?? [])]).toEqual(special);
  });

  it('acts once however often it is clicked', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    const clicks = await Promise.all([1, 2, 3].map(() => confirm(house, '104', shown)));
    expect(house.account.roleWrites.length).toBe(1);
    expect(clicks.filter((answer) => answer.outcome === 'changed').length).toBe(1);
    expect(reasonOf(await confirm(house, '104', shown)).kind).toBe('already-settled');
  });

  it('waits for another change of roles, and says so when that takes too long', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    await house.store.lease('400100200', 'roles', 'somebody', house.clock.now(), 1_000_000);
    expect(reasonOf(await confirm(house, '104', shown))).toEqual({ kind: 'role', problem: { kind: 'busy' } });
    expect(house.account.roleWrites).toEqual([]);
  });

  it('is dropped by Cancel, and by nobody else', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    const button = { ...buttonOf(shown), action: 'cancel' as const };
    expect(reasonOf(await cancelChange(await house.session('105'), button)).kind).toBe('not-yours');
    expect((await cancelChange(await house.session('104'), button)).saying.kind).toBe('cancelled');
    expect(reasonOf(await confirm(house, '104', shown)).kind).toBe('already-settled');
    expect(house.store.entries.map(({ action }) => action)).toContain('role.cancelled');
  });
});

describe('a role that somebody else changes meanwhile', () => {
  const put = (house: House, id: RoleId, permissions: string[]) => {
    const at = house.account.roles.findIndex((role) => role.id === id);
    const role = house.account.roles[at];
    if (role === undefined) throw new Error(`no role ${id}`);
    house.account.roles[at] = { ...role, permissions: permissions.map(permissionId) };
  };

  it('is shown anew, and then written from what it holds now', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    put(house, DESK, ['General', 'BusinessSms']);
    const again = await confirm(house, '104', shown);
    expect(again.saying).toMatchObject({ kind: 'role-preview', moved: true });
    expect(house.account.roleWrites).toEqual([]);
    await confirm(house, '104', again);
    expect(contents(house, 'Front Desk')).toEqual(['BusinessSms', 'General', 'Meetings']);
  });

  it('is not deleted for others than were named', async () => {
    const house = new House();
    const shown = await show(house, '104', 'delete-role', { roles: ['Night Desk'] });
    house.account.assign('102', ['Night Desk']);
    expect((await confirm(house, '104', shown)).saying).toMatchObject({ kind: 'role-preview', moved: true });
    expect(house.account.roleWrites).toEqual([]);
  });

  it('does not take a name that was taken since', async () => {
    const house = new House();
    const slots = { newRole: 'Kiosk', roles: ['Front Desk'] };
    const shown = await show(house, '104', 'create-role', slots);
    const other = await show(house, '105', 'create-role', slots);
    await confirm(house, '105', other);
    expect(reasonOf(await confirm(house, '104', shown))).toMatchObject({ problem: { kind: 'name-taken' } });
    expect(house.account.roleWrites.length).toBe(1);
  });

  it('is not changed once the right of the asker is gone', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    house.account.assign('104', [S]);
    expect(reasonOf(await confirm(house, '104', shown))).toMatchObject({ kind: 'no-right', verb: 'edit-role' });
    expect(house.account.roleWrites).toEqual([]);
  });
});

describe('what RingCentral makes of a change of a role', () => {
  it('a creation that ignores the permissions is put right, and told', async () => {
    const house = new House();
    house.account.createIgnoresPermissions = true;
    const slots = { newRole: 'Kiosk', roles: ['Front Desk'], permissions: ['Meetings'] };
    const done = await confirm(house, '104', await show(house, '104', 'create-role', slots));
    expect(outcomeOf(done)).toMatchObject({ kind: 'changed', mended: true });
    expect(house.account.roleWrites.map(({ operation }) => operation)).toEqual(['createRole', 'updateRole']);
    expect(contents(house, 'Kiosk')).not.toContain('InternationalCalls');
  });

  it.each([
    [false, []],
    [true, ['ReadMessages']],
  ])('what cannot be put on a role by hand is told when it is dropped: %s', async (drops, dropped) => {
    const house = new House();
    house.account.dropsNonAssignable = drops;
    const reports = house.account.roles.find((role) => role.displayName === 'Reports');
    if (reports === undefined) throw new Error('no Reports');
    house.account.roles[house.account.roles.indexOf(reports)] = {
      ...reports,
      permissions: [...reports.permissions, permissionId('ReadMessages')],
    };
    const shown = await show(house, '104', 'edit-role', { roles: ['Reports'], permissions: ['Meetings'] });
    expect(planOf(shown).uncertain).toEqual(['ReadMessages']);
    expect(outcomeOf(await confirm(house, '104', shown))).toMatchObject({ kind: 'changed', dropped });
  });

  it('a deletion that it refuses is not offered', async () => {
    const house = new House();
    house.account.refusesDeletingUsed = true;
    expect(reasonOf(await show(house, '104', 'delete-role', { roles: ['Night Desk'] }))).toEqual({
      kind: 'role',
      problem: { kind: 'not-deletable', role: 'Night Desk', code: 'CMN-111', holders: 2 },
    });
  });

  it('a refused write leaves everything, and says so', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    house.account.trouble({
      operation: 'updateRole',
      fault: new Fault('directory-rejected', 'no', { errorCode: 'CMN-101' }),
    });
    expect(outcomeOf(await confirm(house, '104', shown))).toEqual({ kind: 'failed', code: 'CMN-101', detail: null });
  });

  it.each([
    ['edit-role', addMeetings, 'updateRole'],
    ['create-role', { newRole: 'Kiosk', roles: ['Front Desk'] }, 'createRole'],
    ['delete-role', { roles: ['Night Desk'] }, 'deleteRole'],
    ['set-default-role', { roles: ['Standard'] }, 'changeDefaultRole'],
  ] as const)('%s that took effect without an answer is done all the same', async (intent, slots, operation) => {
    const house = new House();
    const shown = await show(house, '104', intent, slots);
    const fault = new Fault('directory-unavailable', 'cut', { effectUnknown: true });
    house.account.trouble({ operation, fault, after: true });
    expect(outcomeOf(await confirm(house, '104', shown)).kind).toBe('changed');
  });

  it('a call that may still take effect is settled later, by what RingCentral then shows', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    const fault = new Fault('directory-unavailable', 'late', { effectUnknown: true, timedOut: true });
    house.account.trouble({ operation: 'updateRole', fault });
    expect(outcomeOf(await confirm(house, '104', shown)).kind).toBe('unsettled');
    expect(await settleRoleChanges(house.deps)).toEqual({ settled: 1, left: 0 });
    expect((await records(house)).map(({ change }) => change.outcome)).toEqual([{ kind: 'unchanged' }]);
    expect(house.store.entries.at(-1)).toMatchObject({ action: 'role.settled', actor: 'rolecall' });
    expect(await settleRoleChanges(house.deps)).toEqual({ settled: 0, left: 0 });
  });

  it('what cannot be read back stays open until it can', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    const down = new Fault('directory-unavailable', 'down');
    house.account.before = ({ operation }) => {
      if (operation !== 'updateRole') return;
      for (let i = 0; i < 2; i++) house.account.trouble({ operation: 'readRoleInFull', fault: down });
    };
    expect(outcomeOf(await confirm(house, '104', shown))).toEqual({ kind: 'unsettled', code: 'directory-unavailable' });
    expect(await settleRoleChanges(house.deps)).toEqual({ settled: 1, left: 0 });
    expect((await records(house)).map(({ change }) => change.outcome?.kind)).toEqual(['changed']);
  });
});

describe('what stands against a change of a role', () => {
  it.each<[what: string, asker: string, intent: RoleIntent, slots: Partial<Understanding>, reason: object]>([
    ['no right', '103', 'edit-role', addMeetings, { kind: 'no-right', verb: 'edit-role' }],
    [
      'no right to the default role',
      '103',
      'set-default-role',
      { roles: ['Standard'] },
      { kind: 'no-right', verb: 'default-role' },
    ],
    ['a right for some sites only', '125', 'edit-role', addMeetings, { kind: 'no-right', extended: true }],
    [
      "RingCentral's own role",
      '104',
      'edit-role',
      { roles: ['Manager'], permissions: ['Meetings'] },
      { problem: { guard: 'predefined-role' } },
    ],
    [
      "deleting RingCentral's own role",
      '104',
      'delete-role',
      { roles: ['Manager'] },
      { problem: { guard: 'predefined-role' } },
    ],
    [
      "the assistant's own role",
      '104',
      'edit-role',
      { roles: ['Role Steward'], removedPermissions: ['EditAssignedRoles'] },
      { problem: { guard: 'service-account' } },
    ],
    [
      "deleting the assistant's own role",
      '104',
      'delete-role',
      { roles: ['Role Steward'] },
      { problem: { guard: 'service-account' } },
    ],
    [
      'Super Admin as default',
      '104',
      'set-default-role',
      { roles: ['Super Admin'] },
      { problem: { guard: 'super-admin-default' } },
    ],
    [
      'a name of another role',
      '104',
      'rename-role',
      { roles: ['Support'], newRole: 'front desk' },
      { problem: { kind: 'name-taken', existing: { displayName: 'Front Desk' } } },
    ],
    [
      'a name with a slash',
      '104',
      'rename-role',
      { roles: ['Support'], newRole: 'HR/Payroll' },
      { problem: { kind: 'bad-name', rule: 'signs' } },
    ],
    ['nothing in it', '104', 'create-role', { newRole: 'Kiosk' }, { problem: { kind: 'empty' } }],
    [
      'two roles at once',
      '104',
      'delete-role',
      { roles: ['Support', 'Reports'] },
      { problem: { kind: 'one-at-a-time' } },
    ],
    [
      'what nothing brings',
      '104',
      'edit-role',
      { roles: ['Reports'], permissions: ['Fax'] },
      { problem: { kind: 'not-assignable' } },
    ],
  ])('%s: %#', async (_what, asker, intent, slots, reason) => {
    const house = new House();
    const bare = { displayName: null, description: null, category: null, includes: [] };
    house.account.permissions.push({ ...bare, id: permissionId('Fax'), assignable: false });
    expect(reasonOf(await show(house, asker, intent, slots))).toMatchObject(reason);
    expect(house.account.roleWrites).toEqual([]);
  });

  it('is put into the audit trail with the words that asked for it', async () => {
    const house = new House();
    await show(house, '104', 'edit-role', { roles: ['Manager'], permissions: ['Meetings'], text: 'add it to Manager' });
    const entry = house.store.entries.at(-1);
    expect([entry?.action, JSON.parse(entry?.body ?? '')]).toMatchObject([
      'role.refused',
      { guard: 'predefined-role', name: 'Manager', words: 'add it to Manager' },
    ]);
  });

  /** Somebody whose only role is a custom one with these permissions over the account. */
  function steward(house: House, number: string, name: string, extra: readonly string[]): void {
    const role = house.account.roles.find((each) => each.displayName === 'Role Steward');
    if (role === undefined) throw new Error('no steward');
    const permissions = ['EditUserRoles', 'ReadUserRoles', 'ReadAssignedRoles', ...extra].map(permissionId);
    const reach = new Map(permissions.map((id) => [id, 'AllExtensions']));
    house.account.roles.push({ ...role, id: roleId('600099'), displayName: name, permissions, reach });
    house.account.assign(number, [name]);
  }

  it('a role that can change roles is made only by somebody who holds all of it', async () => {
    const house = new House();
    steward(house, '105', 'Half Steward', []);
    const slots = { newRole: 'Copy', roles: ['Role Steward'] };
    expect(reasonOf(await show(house, '105', 'create-role', slots))).toMatchObject({
      problem: { guard: 'role-escalation' },
    });
    expect((await show(house, '105', 'create-role', { newRole: 'Desk 2', roles: ['Front Desk'] })).outcome).toBe(
      'confirm-needed',
    );
    expect((await show(house, '104', 'create-role', slots)).outcome).toBe('confirm-needed');
  });

  it('nobody gives themselves role rights through a role that they hold, nor takes their own', async () => {
    const house = new House();
    steward(house, '105', 'Half Steward', []);
    const gain = { roles: ['Half Steward'], permissions: ['EditAssignedRoles'] };
    expect(reasonOf(await show(house, '105', 'edit-role', gain))).toMatchObject({
      problem: { guard: 'gains-role-rights-oneself' },
    });
    const loss = { roles: ['Half Steward'], removedPermissions: ['EditUserRoles', 'ReadUserRoles'] };
    expect(reasonOf(await show(house, '105', 'edit-role', loss))).toMatchObject({ problem: { guard: 'own-lockout' } });
    expect(reasonOf(await show(house, '105', 'delete-role', { roles: ['Half Steward'] }))).toMatchObject({
      problem: { guard: 'own-lockout' },
    });
  });

  it('the default role is not deleted', async () => {
    const house = new House();
    house.account.defaultRole = roleId('600004');
    expect(reasonOf(await show(house, '104', 'delete-role', { roles: ['Support'] }))).toMatchObject({
      problem: { guard: 'default-role' },
    });
  });

  it('a role whose name is not the only one of its kind is not guessed at', async () => {
    const house = new House();
    const desk = house.account.roles.find((role) => role.id === DESK);
    if (desk !== undefined) house.account.roles.push({ ...desk, id: roleId('600098'), displayName: 'front desk' });
    expect(reasonOf(await show(house, '104', 'edit-role', addMeetings))).toMatchObject({
      problem: { kind: 'ambiguous' },
    });
  });

  it('a time is refused instead of overlooked', async () => {
    const time = { for: 'PT2H', until: null, from: null };
    const answer = await show(new House(), '104', 'edit-role', { ...addMeetings, time });
    expect(answer.saying).toMatchObject({ kind: 'not-available', part: 'time' });
  });

  it('people whom the asker may not see are counted and not named', async () => {
    const house = new House();
    const role = house.account.roles.find((each) => each.displayName === 'Role Steward');
    if (role === undefined) throw new Error('no steward');
    const permissions = ['EditUserRoles', 'ReadUserRoles'].map(permissionId);
    const reach = new Map(permissions.map((id) => [id, 'Account']));
    house.account.roles.push({ ...role, id: roleId('600099'), displayName: 'Author', permissions, reach });
    house.account.assign('105', ['Author']);
    expect(planOf(await show(house, '105', 'edit-role', addMeetings)).reached).toEqual({ people: [], unseen: 3 });
  });

  it('sees everybody whom a guard must not overlook, though the asker sees one site', async () => {
    const house = new House();
    const viewer = house.account.roles.find((each) => each.displayName === 'Role Steward');
    if (viewer === undefined) throw new Error('no steward');
    const permissions = ['EditUserRoles', 'ReadUserRoles'].map(permissionId);
    const reach = new Map(permissions.map((id) => [id, 'Account']));
    house.account.roles.push({ ...viewer, id: roleId('600099'), displayName: 'Author', permissions, reach });
    house.account.assignments.set(idOf('125'), [
      house.account.assignment('Author'),
      house.account.assignment('Role Steward', true),
    ]);
    const { reached } = planOf(await show(house, '125', 'edit-role', { roles: ['Support'], permissions: ['General'] }));
    expect(reached.people.map(({ person }) => person.number)).toEqual(['110', '111']);
    expect(reached.unseen).toBe(2);
  });

  it('changes nothing where the role already is as wanted, and says why', async () => {
    const answer = await show(new House(), '104', 'edit-role', { roles: ['Support'], permissions: ['Meetings'] });
    expect(answer.saying).toMatchObject({ kind: 'role-unchanged', plan: { notes: [{ kind: 'already-there' }] } });
    const same = await show(new House(), '104', 'set-default-role', { roles: [S] });
    expect(same.saying.kind).toBe('role-unchanged');
  });

  it('writes nothing on a dry run', async () => {
    const house = new House();
    const answer = await show(house, '104', 'delete-role', { roles: ['Night Desk'], dryRun: true });
    expect([answer.saying.kind, answer.outcome]).toEqual(['role-dry-run', 'answered']);
    expect([house.account.roleWrites.length, house.store.kept.size]).toEqual([0, 0]);
  });
});

describe('a change of a role that is taken back', () => {
  async function undo(house: House): Promise<Answer> {
    const [last] = await records(house);
    if (last === undefined) throw new Error('nothing was done');
    return undoRoleChange(await house.session('104'), last.change, understood('undo'));
  }

  it.each<[RoleIntent, Partial<Understanding>]>([
    ['edit-role', { roles: ['Front Desk'], permissions: ['Meetings'], removedPermissions: ['BusinessSms'] }],
    ['rename-role', { roles: ['Front Desk'], newRole: 'Reception' }],
    ['create-role', { newRole: 'Kiosk', roles: ['Front Desk'] }],
    ['set-default-role', { roles: ['Standard'] }],
  ])('%s leaves the account as it was', async (intent, slots) => {
    const house = new House();
    const before = JSON.stringify([[...house.account.roles].map(normal).sort(), house.account.defaultRole]);
    await confirm(house, '104', await show(house, '104', intent, slots));
    expect(JSON.stringify([[...house.account.roles].map(normal).sort(), house.account.defaultRole])).not.toBe(before);
    await confirm(house, '104', await undo(house));
    expect(JSON.stringify([[...house.account.roles].map(normal).sort(), house.account.defaultRole])).toBe(before);
  });

  function normal({ id, displayName, permissions, scope }: House['account']['roles'][number]): string {
    return JSON.stringify([id, displayName, scope, [...permissions].sort()]);
  }

  it('a deleted role comes back under a new id without its people, and that is said beforehand', async () => {
    const house = new House();
    const before = contents(house, 'Night Desk');
    await confirm(house, '104', await show(house, '104', 'delete-role', { roles: ['Night Desk'] }));
    const shown = await undo(house);
    expect(planOf(shown).notes).toContainEqual({ kind: 'made-again', holders: 2 });
    await confirm(house, '104', shown);
    expect(contents(house, 'Night Desk')).toEqual([...before].sort());
    expect(house.account.rolesOf('115')).toEqual([S]);
  });

  it('tells when somebody changed the role since', async () => {
    const house = new House();
    await confirm(house, '104', await show(house, '104', 'edit-role', addMeetings));
    await confirm(
      house,
      '105',
      await show(house, '105', 'edit-role', { roles: ['Front Desk'], permissions: ['QoSReports'] }),
    );
    const [, first] = await records(house);
    if (first === undefined) throw new Error('two changes were made');
    const shown = await undoRoleChange(await house.session('104'), first.change, understood('undo'));
    expect(planOf(shown)).toMatchObject({ notes: [{ kind: 'changed-since' }], losses: ['Meetings', 'QoSReports'] });
  });

  it('is what the button and the word take back, when it was the last change', async () => {
    const house = new House();
    const done = await confirm(house, '104', await show(house, '104', 'edit-role', addMeetings));
    if (done.saying.kind !== 'role-changed' || done.saying.undo === null) throw new Error('no button');
    expect(planOf(await pressUndo(await house.session('104'), done.saying.undo)).losses).toEqual(['Meetings']);
    expect(planOf(await undoVerb(await house.session('104'), understood('undo'))).losses).toEqual(['Meetings']);
    const by = understood('undo', { request: (await records(house))[0]?.change.reference ?? '' });
    expect(planOf(await undoVerb(await house.session('105'), by)).losses).toEqual(['Meetings']);
    expect(reasonOf(await undoVerb(await house.session('103'), by))).toMatchObject({ kind: 'no-right' });
  });

  it('takes nothing back that did not take effect', async () => {
    const house = new House();
    const shown = await show(house, '104', 'edit-role', addMeetings);
    house.account.trouble({ operation: 'updateRole', fault: new Fault('directory-rejected', 'no') });
    await confirm(house, '104', shown);
    expect(reasonOf(await undo(house))).toMatchObject({ problem: { kind: 'nothing-to-undo' } });
  });
});
