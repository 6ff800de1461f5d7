import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { extensionId, extensionNumber } from '#src/domain/ids.ts';
import type { Button, RefusalReason, Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import { cancelChange } from '#src/usecases/cancel-change.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { settleIntents } from '#src/usecases/settle-intents.ts';
import { idOf } from '#test/support/account.ts';
import { House, understood } from '#test/support/house.ts';

const S = 'Standard (International)';

async function plan(house: House, asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
  return planChange(await house.session(asker), understood(intent, slots));
}

async function confirm(house: House, asker: string, shown: Answer | Button): Promise<Answer> {
  const button = 'saying' in shown ? confirmOf(shown.saying) : shown;
  return confirmChange(await house.session(asker), button);
}

function confirmOf(saying: Saying): Button {
  if (saying.kind !== 'change-preview') throw new Error(`no preview but ${JSON.stringify(saying)}`);
  return saying.confirm;
}

function reasonOf({ saying }: Answer): RefusalReason {
  if (saying.kind !== 'refused') throw new Error(`not refused but ${JSON.stringify(saying)}`);
  return saying.reason;
}

function outcomesOf({ saying }: Answer) {
  if (saying.kind !== 'changed') throw new Error(`not carried out but ${JSON.stringify(saying)}`);
  return saying.results.map(({ outcome }) => outcome);
}

const giveBobManager = { people: ['102'], roles: ['Manager'] };

describe('a change that is confirmed', () => {
  it.each<[Intent, string, Partial<Understanding>, readonly string[]]>([
    ['assign-role', '102', { roles: ['Manager'] }, [S, 'Manager']],
    ['remove-role', '111', { roles: ['Reports'] }, ['Support']],
    ['set-roles', '111', { roles: ['Manager'] }, ['Manager']],
    ['swap-role', '111', { roles: ['Support Lead'], removedRoles: ['Support'] }, ['Reports', 'Support Lead']],
    ['reset-roles', '111', {}, [S]],
  ])('%s puts exactly the shown list on %s', async (intent, person, slots, after) => {
    const house = new House();
    const shown = await plan(house, '104', intent, { ...slots, people: [person] });
    expect(shown.outcome).toBe('confirm-needed');
    expect(house.account.writes).toEqual([]);
    const done = await confirm(house, '104', shown);
    expect(done.outcome).toBe('changed');
    expect([...house.account.rolesOf(person)].sort()).toEqual([...after].sort());
    expect(done.about.changes).toMatchObject([{ extension: person }]);
  });

  it('runs with the own token where that carries RoleManagement, else as the service account', async () => {
    const house = new House();
    await confirm(house, '104', await plan(house, '104', 'assign-role', giveBobManager));
    house.account.tokens.delete('103');
    await confirm(house, '103', await plan(house, '103', 'assign-role', { people: ['101'], roles: ['Manager'] }));
    expect(house.account.writes.map((write) => write.as)).toEqual(['104', 'service']);
  });

  it('keeps every role that stays with its site restriction, hidden and automatic ones too', async () => {
    const house = new House();
    const { account } = house;
    const restricted = account.assignment('Support', true);
    const automatic = { ...account.assignment(S), autoAssigned: true };
    account.assignments.set(idOf('102'), [restricted, automatic]);
    await confirm(house, '104', await plan(house, '104', 'assign-role', giveBobManager));
    expect(account.writes[0]?.roles).toEqual([
      { id: restricted.id, siteRestricted: true },
      { id: automatic.id, siteRestricted: false },
      { id: account.assignment('Manager').id, siteRestricted: false },
    ]);
  });

  it('is recorded before its call and settled after it, with the right it rests on', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', { ...giveBobManager, reason: 'audit' });
    house.account.before = ({ operation }) => {
      if (operation === 'replaceAssignedRoles')
        expect([...house.store.recorded.values()]).toMatchObject([{ outcome: null }]);
    };
    await confirm(house, '104', shown);
    expect([...house.store.recorded.values()]).toMatchObject([
      { outcome: { kind: 'changed' }, extension: idOf('102') },
    ]);
    const actions = house.store.entries.map((entry) => entry.action);
    expect(actions).toEqual(['change.previewed', 'change.confirmed', 'change.intent', 'change.outcome']);
    const body = JSON.parse(house.store.entries[2]?.body ?? '');
    expect(body).toMatchObject({ proof: { kind: 'own-token' }, through: 'own-token', reason: 'audit' });
  });

  it('leaves in its entries what was said, what it rests on and the calls that were made', async () => {
    const house = new House();
    const text = `give bob Manager because audit OPS-7 ${'x'.repeat(2_000)}`;
    const said = { ...giveBobManager, text, reason: 'audit, Bearer abcdef123456', ticket: 'OPS-7' };
    await confirm(house, '104', await plan(house, '104', 'assign-role', said));
    const [intent, outcome] = house.store.entries.slice(2).map((entry) => JSON.parse(entry.body));
    const basis = { reason: 'audit, [hidden]', ticket: 'OPS-7', rule: null, approvers: null, through: 'own-token' };
    expect(intent).toMatchObject({ ...basis, proof: { kind: 'own-token' } });
    expect(intent.words).toBe(`${text.slice(0, 1_000)}…`);
    expect(outcome).toMatchObject({ ...basis, proof: { kind: 'own-token' }, words: intent.words });
    expect(outcome.requests).toMatchObject([
      { operation: 'replaceAssignedRoles', status: 200, requestId: expect.stringMatching(/^request-/) },
      { operation: 'readAssignedRoles' },
    ]);
  });

  it('reports several people one by one, and what stands against some of them', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', { people: ['102', '123', '126'], roles: ['Manager'] });
    expect(shown.saying).toMatchObject({
      plan: { people: [{ guard: null }, { guard: 'disabled' }, { guard: 'not-a-user' }] },
    });
    const done = await confirm(house, '104', shown);
    expect(outcomesOf(done)).toMatchObject([
      { kind: 'changed' },
      { kind: 'refused', guard: 'disabled' },
      { kind: 'refused' },
    ]);
    expect(house.account.writes.length).toBe(1);
  });

  it('does several acts of one sentence in one write for each person', async () => {
    const house = new House();
    const second = {
      ...understood('remove-role', { people: ['111'], roles: ['Support'] }),
      intent: 'remove-role',
    } as const;
    const also = [{ ...second, effect: 'write' as const }];
    const shown = await plan(house, '104', 'assign-role', { people: ['111'], roles: ['Manager'], also });
    await confirm(house, '104', shown);
    expect(house.account.rolesOf('111')).toEqual(['Reports', 'Manager']);
    expect(house.account.writes.length).toBe(1);
  });

  it('is all or nothing when a sentence holds several acts', async () => {
    const house = new House();
    const second = {
      ...understood('assign-role', { people: ['123'], roles: ['Manager'] }),
      intent: 'assign-role',
      effect: 'write',
    } as const;
    const shown = await plan(house, '104', 'assign-role', { ...giveBobManager, also: [second] });
    expect(reasonOf(shown)).toMatchObject({ kind: 'guard', people: [{ guard: 'disabled' }] });
  });
});

describe('what is not written at all', () => {
  it.each<[string, string, Intent, Partial<Understanding>, string]>([
    ['a change by somebody without the right', '101', 'assign-role', giveBobManager, 'no-right'],
    [
      'a change of oneself without the right',
      '101',
      'assign-role',
      { people: ['101'], roles: ['Manager'] },
      'no-right',
    ],
    ['a change outside the own sites', '125', 'assign-role', giveBobManager, 'outside-site'],
    ['a role for a disabled person', '104', 'assign-role', { people: ['123'], roles: ['Manager'] }, 'disabled'],
    ['a role for a call queue', '104', 'assign-role', { people: ['126'], roles: ['Manager'] }, 'not-a-user'],
    ["the bot's own role", '104', 'remove-role', { people: ['100'], roles: ['Role Steward'] }, 'service-account'],
    ['the own lockout', '103', 'set-roles', { people: ['103'], roles: ['Manager'] }, 'own-lockout'],
    ['the only role when it is the default', '104', 'remove-role', { people: ['102'], roles: [S] }, 'no-role-left'],
    ['Super Admin for somebody', '104', 'assign-role', { people: ['102'], roles: ['Super Admin'] }, 'protected-role'],
  ])('%s', async (_what, asker, intent, slots, why) => {
    const house = new House();
    const shown = await plan(house, asker, intent, slots);
    const reason = reasonOf(shown);
    expect(reason.kind === 'guard' ? reason.people[0]?.guard : reason.kind).toBe(why);
    expect(shown.outcome).toBe('refused');
    expect(house.store.entries.map((entry) => entry.action)).toEqual(['change.refused']);
    expect(house.store.kept.size).toBe(0);
  });

  it('shows nothing about a person to somebody who may not change them', async () => {
    const house = new House();
    const shown = await plan(house, '101', 'assign-role', { ...giveBobManager, dryRun: true });
    expect(reasonOf(shown).kind).toBe('no-right');
    expect(house.account.calls.some((call) => call.about === idOf('102'))).toBe(false);
  });

  it('names the last Super Admin even when others hold the role but are disabled', async () => {
    const house = new House();
    house.account.edit('105', { status: 'Disabled' });
    const shown = await plan(house, '105', 'remove-role', { people: ['104'], roles: ['Super Admin'] });
    expect(reasonOf(shown)).toMatchObject({ people: [{ guard: 'last-super-admin' }] });
  });

  it('a dry run, which shows everything and offers no button', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', { ...giveBobManager, dryRun: true });
    expect(shown.saying).toMatchObject({
      kind: 'dry-run',
      plan: { people: [{ gains: expect.arrayContaining(['ReadCompanyCallLog']) }] },
    });
    expect(house.store.kept.size).toBe(0);
  });

  it('what stands already', async () => {
    const shown = await plan(new House(), '104', 'assign-role', { people: ['106'], roles: ['Manager'] });
    expect(shown.saying).toMatchObject({
      kind: 'nothing-to-change',
      plan: { people: [{ notes: ["Frank O'Neil already has Manager."] }] },
    });
  });

  it('more people than one change may touch', async () => {
    const house = new House();
    const bob = house.account.person('102');
    for (let at = 0; at < 5_000; at++) {
      house.account.people.push({ ...bob, id: extensionId(9_000_000 + at), number: extensionNumber(20_000 + at) });
    }
    const shown = await plan(house, '104', 'assign-role', { group: { everyone: true }, roles: ['Manager'] });
    expect(reasonOf(shown).kind).toBe('too-many-people');
  });

  it('the only role, before it was asked what takes its place', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'remove-role', { people: ['101'], roles: ['Front Desk'] });
    expect(shown.saying).toMatchObject({ kind: 'ask-back', choices: [{ value: S }], lastRole: { role: 'Front Desk' } });
    expect(shown.outcome).toBe('ask-back');
  });
});

describe('a click', () => {
  it('works once: the second one finds it settled', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    const [first, second] = await Promise.all([confirm(house, '104', shown), confirm(house, '104', shown)]);
    expect([first.outcome, second.outcome].sort()).toEqual(['changed', 'refused']);
    expect(house.account.writes.length).toBe(1);
    expect(reasonOf(await confirm(house, '104', shown))).toEqual({ kind: 'already-settled', state: 'done' });
  });

  it('by somebody else does nothing', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    expect(reasonOf(await confirm(house, '105', shown))).toEqual({ kind: 'not-yours' });
    expect((await confirm(house, '104', shown)).outcome).toBe('changed');
  });

  it('after ten minutes does nothing', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    house.time.at += 10 * 60_000;
    expect(reasonOf(await confirm(house, '104', shown))).toEqual({ kind: 'expired' });
    expect(house.account.writes).toEqual([]);
  });

  it.each<[string, Partial<Button>, string]>([
    ['another version', { version: 2 }, 'stale'],
    ['an unknown id', { id: 'made-up' }, 'expired'],
  ])('on %s does nothing', async (_what, change, kind) => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    const reason = reasonOf(await confirm(house, '104', { ...confirmOf(shown.saying), ...change }));
    expect(reason.kind).toBe(kind);
    expect(house.account.writes).toEqual([]);
  });

  it('after cancel does nothing', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    const cancelled = await cancelChange(await house.session('104'), confirmOf(shown.saying));
    expect(cancelled.saying.kind).toBe('cancelled');
    expect(reasonOf(await confirm(house, '104', shown))).toEqual({ kind: 'already-settled', state: 'cancelled' });
    expect(house.account.writes).toEqual([]);
  });

  it('by somebody who lost the right since does nothing', async () => {
    const house = new House();
    const shown = await plan(house, '103', 'assign-role', giveBobManager);
    house.account.assign('103', ['Standard']);
    expect(reasonOf(await confirm(house, '103', shown)).kind).toBe('no-right');
    expect(house.account.writes).toEqual([]);
  });

  it('works again when reading failed before anything was written', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    house.account.trouble({ operation: 'readAssignedRoles', fault: new Fault('directory-unavailable', 'down') });
    await expect(confirm(house, '104', shown)).rejects.toMatchObject({ code: 'directory-unavailable' });
    expect((await confirm(house, '104', shown)).outcome).toBe('changed');
  });

  it('finds the right gone between the plan and the call', async () => {
    const house = new House();
    const shown = await plan(house, '103', 'assign-role', giveBobManager);
    house.account.tokens.delete('103');
    let listed = 0;
    house.account.before = ({ operation, about }) => {
      if (operation === 'readAssignedRoles' && about === idOf('102') && ++listed === 1)
        house.account.assign('103', ['Standard']);
    };
    const done = await confirm(house, '103', shown);
    expect(outcomesOf(done)).toEqual([{ kind: 'refused', guard: 'no-right' }]);
    expect(house.account.writes).toEqual([]);
  });
});

describe('a list that moved', () => {
  it('since the preview is shown anew, and confirmed again both changes stand', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    house.account.assign('102', [S, 'Reports']);
    const again = await confirm(house, '104', shown);
    expect(again.saying).toMatchObject({ kind: 'change-preview', moved: true });
    expect(house.account.writes).toEqual([]);
    expect((await confirm(house, '104', again)).outcome).toBe('changed');
    expect(house.account.rolesOf('102')).toEqual([S, 'Reports', 'Manager']);
  });

  it('between the plan and the call is not overwritten', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    let reads = 0;
    house.account.before = ({ operation, about }) => {
      if (operation === 'readAssignedRoles' && about === idOf('102') && ++reads === 2)
        house.account.assign('102', ['Support']);
    };
    const again = await confirm(house, '104', shown);
    expect(again.saying).toMatchObject({ kind: 'change-preview', moved: true });
    expect(house.account.rolesOf('102')).toEqual(['Support']);
    expect(house.store.entries.map((entry) => entry.action)).toContain('change.moved');
  });

  it('to where it should be needs no write', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    house.account.assign('102', [S, 'Manager']);
    expect((await confirm(house, '104', shown)).saying.kind).toBe('nothing-to-change');
    expect(house.account.writes).toEqual([]);
  });
});

describe('a call that goes wrong', () => {
  const dropped = new Fault('directory-unavailable', 'the connection was cut', { effectUnknown: true });

  it.each<[string, boolean, string]>([
    ['before it took effect is told as unchanged', false, 'failed'],
    ['after it took effect is told as changed', true, 'changed'],
  ])('%s', async (_what, after, kind) => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    house.account.trouble({ operation: 'replaceAssignedRoles', fault: dropped, after });
    const done = await confirm(house, '104', shown);
    expect(outcomesOf(done)).toMatchObject([{ kind }]);
    expect(done.outcome).toBe(after ? 'changed' : 'fault');
    expect([...house.store.recorded.values()]).toMatchObject([{ outcome: { kind } }]);
  });

  it("tells RingCentral's own code when it says no", async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    const fault = new Fault('directory-forbidden', 'no', { errorCode: 'CMN-408' });
    house.account.trouble({ operation: 'replaceAssignedRoles', fault });
    expect(outcomesOf(await confirm(house, '104', shown))).toMatchObject([{ kind: 'failed', code: 'CMN-408' }]);
  });

  it('leaves the others of the plan to be done and reports each', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', { people: ['101', '102', '109'], roles: ['Manager'] });
    house.account.trouble({ operation: 'replaceAssignedRoles', fault: dropped, skip: 1 });
    const done = await confirm(house, '104', shown);
    expect(outcomesOf(done).map((outcome) => outcome.kind)).toEqual(['changed', 'failed', 'changed']);
    expect(done.about.changes.map((change) => change.extension)).toEqual(['101', '109']);
  });

  it('tells a list that is neither the old nor the wanted one', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    let wrote = false;
    house.account.before = ({ operation }) => {
      if (wrote && operation === 'readAssignedRoles') house.account.assign('102', ['Reports']);
      wrote ||= operation === 'replaceAssignedRoles';
    };
    expect(outcomesOf(await confirm(house, '104', shown))).toMatchObject([
      { kind: 'differs', found: [{ displayName: 'Reports' }] },
    ]);
  });

  it('is read back as the service account when the asker cannot read', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    let wrote = false;
    house.account.before = ({ operation, as }) => {
      if (wrote && operation === 'readAssignedRoles' && as === '104') throw new Fault('rate-limited', 'slow down');
      wrote ||= operation === 'replaceAssignedRoles';
    };
    expect(outcomesOf(await confirm(house, '104', shown))).toMatchObject([{ kind: 'changed' }]);
  });

  it('and cannot be read back is told as open and settled at the next start', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    let wrote = false;
    house.account.before = ({ operation }) => {
      if (wrote && operation === 'readAssignedRoles') throw dropped;
      wrote ||= operation === 'replaceAssignedRoles';
    };
    expect(outcomesOf(await confirm(house, '104', shown))).toMatchObject([{ kind: 'unsettled' }]);
    house.account.before = () => undefined;
    house.time.at += 300_000;
    expect(await settleIntents(house.deps)).toEqual({ settled: 1, left: 0 });
    expect([...house.store.recorded.values()]).toMatchObject([{ outcome: { kind: 'changed' } }]);
  });
});

describe('a crash between intent and outcome', () => {
  it.each([
    ['after the call', [S, 'Manager'], 'changed'],
    ['before the call', [S], 'unchanged'],
    ['while somebody else edited', ['Support'], 'differs'],
  ])('%s is settled by reading RingCentral again', async (_when, roles, kind) => {
    const house = new House();
    house.store.failSettle = true;
    await confirm(house, '104', await plan(house, '104', 'assign-role', giveBobManager));
    house.store.failSettle = false;
    house.account.assign('102', roles);
    const writes = house.account.writes.length;
    expect(await settleIntents(house.deps)).toEqual({ settled: 1, left: 0 });
    expect([...house.store.recorded.values()]).toMatchObject([{ outcome: { kind } }]);
    expect(house.store.entries.at(-1)).toMatchObject({ action: 'change.settled', actor: 'rolecall' });
    expect(house.account.writes.length).toBe(writes);
    expect(await settleIntents(house.deps)).toEqual({ settled: 0, left: 0 });
  });

  it('of somebody who has left the account since is settled too: they hold nothing', async () => {
    const house = new House();
    house.store.failSettle = true;
    await confirm(house, '104', await plan(house, '104', 'assign-role', giveBobManager));
    house.store.failSettle = false;
    house.account.before = ({ operation }) => {
      if (operation === 'readAssignedRoles') throw new Fault('directory-not-found', 'no such extension');
    };
    expect(await settleIntents(house.deps)).toEqual({ settled: 1, left: 0 });
    expect([...house.store.recorded.values()]).toMatchObject([{ outcome: { kind: 'differs', found: [] } }]);
  });

  it('is left for later while RingCentral cannot be read or another instance works on it', async () => {
    const house = new House();
    house.store.failSettle = true;
    await confirm(house, '104', await plan(house, '104', 'assign-role', giveBobManager));
    house.store.failSettle = false;
    house.account.trouble({ operation: 'readAssignedRoles', fault: new Fault('directory-unavailable', 'down') });
    expect(await settleIntents(house.deps)).toEqual({ settled: 0, left: 1 });
    await house.store.lease('400100200', idOf('102'), 'another', house.time.at, 60_000);
    expect(await settleIntents(house.deps)).toEqual({ settled: 0, left: 1 });
    house.time.at += 60_001;
    expect(await settleIntents(house.deps)).toEqual({ settled: 1, left: 0 });
  });
});

describe('while another change of the same person is under way', () => {
  it('waits for it, and gives up with nothing changed when it never ends', async () => {
    const house = new House();
    const shown = await plan(house, '104', 'assign-role', giveBobManager);
    await house.store.lease('400100200', idOf('102'), 'another', house.time.at, 60_000);
    const done = await confirm(house, '104', shown);
    expect(outcomesOf(done)).toMatchObject([{ kind: 'failed', code: 'busy' }]);
    expect(house.pauses.length).toBeGreaterThan(1);
    expect(house.account.writes).toEqual([]);
  });
});

describe('whatever happens', () => {
  const roleNames = new House().account.roles.map((role) => role.displayName);
  const askers = ['101', '102', '103', '104', '107', '119', '125'];
  const mayChange: Readonly<Record<string, (site: string | undefined) => boolean>> = {
    '103': () => true,
    '104': () => true,
    '125': (site) => site === 'Denver',
  };
  const someChange = fc.record({
    asker: fc.constantFrom(...askers),
    person: fc.integer({ min: 100, max: 128 }).map(String),
    intent: fc.constantFrom<Intent>('assign-role', 'remove-role', 'set-roles', 'swap-role', 'reset-roles'),
    roles: fc.uniqueArray(fc.constantFrom(...roleNames), { minLength: 1, maxLength: 2 }),
    removedRoles: fc.uniqueArray(fc.constantFrom(...roleNames), { minLength: 1, maxLength: 2 }),
  });

  it('nobody without the right causes a write, a Super Admin remains, and nobody loses every role', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someChange, { minLength: 1, maxLength: 4 }), fc.boolean(), async (changes, tokens) => {
        const house = new House();
        if (!tokens) house.account.tokens.clear();
        for (const { asker, person, intent, roles, removedRoles } of changes) {
          const writes = house.account.writes.length;
          const shown = await plan(house, asker, intent, { people: [person], roles, removedRoles });
          if (shown.saying.kind === 'change-preview') await confirm(house, asker, shown);
          const wrote = house.account.writes.length > writes;
          const site = house.account.person(person).site?.name;
          if (wrote) expect(mayChange[asker]?.(site) ?? house.account.rolesOf(asker).some(gaveRights)).toBe(true);
        }
        expect(house.account.rolesOf('104')).toContain('Super Admin');
        for (const roles of house.account.assignments.values()) expect(roles.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  /** Somebody may have been given rights over roles by an earlier change of the same run. */
  function gaveRights(role: string): boolean {
    return role === 'User Admin' || role === 'Role Steward';
  }

  it('of two changes confirmed at once both stand, or one is shown the new list', async () => {
    const someRole = fc.constantFrom('Manager', 'Reports', 'Support', 'Billing Admin');
    await fc.assert(
      fc.asyncProperty(someRole, someRole, fc.scheduler(), async (one, two, scheduler) => {
        const house = new House();
        const first = await plan(house, '104', 'assign-role', { people: ['102'], roles: [one] });
        const second = await plan(house, '103', 'assign-role', { people: ['102'], roles: [two] });
        house.account.before = () => scheduler.schedule(Promise.resolve());
        const both = Promise.all([confirm(house, '104', first), confirm(house, '103', second)]);
        await scheduler.waitFor(both);
        const results = await both;
        house.account.before = () => undefined;
        for (const [index, result] of results.entries()) {
          if (result.saying.kind === 'change-preview') await confirm(house, index === 0 ? '104' : '103', result);
          else expect(['changed', 'answered']).toContain(result.outcome);
        }
        expect(new Set(house.account.rolesOf('102'))).toEqual(new Set([S, one, two]));
      }),
      { numRuns: 60 },
    );
  });
});
