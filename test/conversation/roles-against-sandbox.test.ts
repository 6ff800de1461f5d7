import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from '#src/domain/reply.ts';
import type { RoleOutcome } from '#src/domain/role-change.ts';
import { settleRoleChanges } from '#src/usecases/settle-role-changes.ts';
import { understood } from '#test/support/house.ts';
import { RealHouse } from '#test/support/real-house.ts';

const ROLES = '/restapi/v1.0/account/~/user-role';
const DESK = '600001';
const S = 'Standard (International)';

type Entry = { readonly id: string; readonly permissionsCapabilities?: object };
type RoleJson = { readonly id: string; readonly displayName: string; readonly permissions: readonly Entry[] };

let house: RealHouse;
beforeEach(async () => {
  house = await RealHouse.open();
});
afterEach(() => house.close());

async function api(method: string, path: string, body?: object): Promise<RoleJson & { records: readonly RoleJson[] }> {
  const headers = { authorization: `Bearer ${house.sandbox.tokens['104']}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  return (await (await fetch(`${house.sandbox.serverUrl}${ROLES}${path}`, init)).json()) as never;
}

const idsOf = (role: RoleJson) => role.permissions.map(({ id }) => id);
const named = async (name: string) =>
  (await api('GET', '?custom=true')).records.find((role) => role.displayName === name);

async function contents(name: string): Promise<readonly string[]> {
  const role = await named(name);
  return role === undefined ? [] : idsOf(await api('GET', `/${role.id}`));
}

function outcomeOf({ reply }: Turn): RoleOutcome {
  if (reply.saying.kind !== 'role-changed') throw new Error(`not done but ${JSON.stringify(reply.saying)}`);
  return reply.saying.outcome;
}

const create = understood('create-role', { newRole: 'Kiosk', roles: ['Front Desk'], permissions: ['Meetings'] });
const edit = understood('edit-role', { roles: ['Front Desk'], permissions: ['Meetings'] });
const remove = understood('delete-role', { roles: ['Night Desk'] });

async function done(said: typeof create): Promise<RoleOutcome> {
  return outcomeOf(await house.confirm('104', await house.say('104', said)));
}

describe('a role is made, whatever RingCentral does', () => {
  it.each([
    { createRoleStatus: 201 },
    { createRoleStatus: 200 },
    { serverOwnedFields: 'refuse' },
    { nonAssignablePermissions: 'refuse' },
    { nonAssignablePermissions: 'accept' },
    { roleNames: 'unique' },
    { roleEditPermission: 'Roles' },
  ])('with %j', async (switches) => {
    await house.control('PATCH', '/switches', switches);
    expect(await done(create)).toMatchObject({ kind: 'changed', mended: false, now: { displayName: 'Kiosk' } });
    expect(await contents('Kiosk')).toEqual(expect.arrayContaining(['Meetings', 'BusinessSms', 'General']));
  });

  it('with what may be passed on, and a creation that ignores the permissions then', async () => {
    await house.control('PATCH', '/switches', { createIgnoresPermissions: true, omittedNonAssignable: 'lost' });
    const entries = [
      { id: 'BusinessSms', permissionsCapabilities: { enabled: true, manageEnabled: true, grantEnabled: false } },
      { id: 'General', permissionsCapabilities: { enabled: true } },
    ];
    await api('PUT', `/${DESK}?advancedPermissions=true`, { displayName: 'Front Desk', permissions: entries });
    expect(await done(create)).toMatchObject({ kind: 'changed', mended: true });
    const role = await named('Kiosk');
    const full = await api('GET', `/${role?.id}?advancedPermissions=true`);
    expect(full.permissions.map(({ id, permissionsCapabilities }) => [id, permissionsCapabilities])).toEqual([
      ['BusinessSms', { enabled: true, manageEnabled: true, grantEnabled: false }],
      ['General', { enabled: true, manageEnabled: false, grantEnabled: false }],
      ['Meetings', { enabled: true, manageEnabled: false, grantEnabled: false }],
    ]);
  });

  it('is found by its name when the answer was lost', async () => {
    const fault = { kind: 'drop', when: 'after' };
    await house.control('POST', '/faults', { match: { method: 'POST', path: 'user-role$' }, fault });
    expect(await done(create)).toMatchObject({ kind: 'changed', now: { displayName: 'Kiosk' } });
    expect((await api('GET', '?custom=true')).records.filter((role) => role.displayName === 'Kiosk').length).toBe(1);
  });
});

describe('a role is edited', () => {
  it.each([
    ['kept', []],
    ['lost', expect.arrayContaining(['Voicemail', 'ReadExtensions'])],
  ])('and what cannot be put on it by hand is %s, which is told', async (omittedNonAssignable, dropped) => {
    await house.control('PATCH', '/switches', { omittedNonAssignable });
    const before = await contents('Front Desk');
    expect(await done(edit)).toMatchObject({ kind: 'changed', dropped });
    const after = await contents('Front Desk');
    expect(after).toContain('Meetings');
    expect(before.every((id) => after.includes(id))).toBe(omittedNonAssignable === 'kept');
  });

  it('and is as before when it is taken back', async () => {
    const before = await contents('Front Desk');
    const turn = await house.confirm('104', await house.say('104', edit));
    expect(await contents('Front Desk')).not.toEqual(before);
    if (turn.reply.saying.kind !== 'role-changed' || turn.reply.saying.undo === null) throw new Error('no undo');
    const actor = { platform: 'terminal', extensionNumber: '104' } as const;
    const shown = await house.conversation.press({ actor, button: turn.reply.saying.undo, thread: 'T' });
    expect(outcomeOf(await house.confirm('104', shown)).kind).toBe('changed');
    expect(await contents('Front Desk')).toEqual(before);
  });

  it('anew, when the portal changed it meanwhile', async () => {
    const shown = await house.say('104', edit);
    await house.control('PATCH', `/portal/role/${DESK}`, { permissions: ['General'] });
    const again = await house.confirm('104', shown);
    expect(again.reply.saying).toMatchObject({ kind: 'role-preview', moved: true });
    expect(await contents('Front Desk')).toEqual(['General']);
  });

  it('by one of two who confirm at once, and shown anew to the other', async () => {
    const [one, other] = [await house.say('104', edit), await house.say('105', edit)];
    const turns = await Promise.all([house.confirm('104', one), house.confirm('105', other)]);
    expect(turns.map(({ reply }) => reply.saying.kind).sort()).toEqual(['role-changed', 'role-unchanged']);
  });

  it('and settled from its record when nobody could read it back', async () => {
    const shown = await house.say('104', edit);
    await house.control('POST', '/faults', { match: { method: 'PUT' }, fault: { kind: 'drop', when: 'after' } });
    const match = { method: 'GET', path: `user-role/${DESK}` };
    // The preview reads it once more; after the write both identities fail.
    await house.control('POST', '/faults', { match, after: 1, times: 2, fault: { kind: 'status', status: 500 } });
    expect(outcomeOf(await house.confirm('104', shown)).kind).toBe('unsettled');
    expect(await settleRoleChanges(house.deps)).toEqual({ settled: 1, left: 0 });
  });
});

describe('a role is deleted', () => {
  it('where RingCentral lets it, and its people fall back', async () => {
    expect((await done(remove)).kind).toBe('changed');
    expect(await named('Night Desk')).toBeUndefined();
    expect(await house.rolesOf('115')).toEqual([S]);
  });

  it('not where RingCentral refuses, and that is known before', async () => {
    await house.control('PATCH', '/switches', { deleteRoleInUse: 'refuse' });
    const turn = await house.say('104', remove);
    expect(turn.reply.saying).toMatchObject({ reason: { problem: { kind: 'not-deletable', holders: 2 } } });
    expect(await named('Night Desk')).toBeDefined();
  });

  it('not by somebody who may read roles only in their sites, nor by somebody who may not', async () => {
    for (const asker of ['101', '103', '125']) {
      expect((await house.say(asker, remove)).reply.saying).toMatchObject({
        kind: 'refused',
        reason: { kind: 'no-right' },
      });
    }
  });
});

it('the default role is changed, and people who are there keep theirs', async () => {
  const before = await house.rolesOf('102');
  expect(await done(understood('set-default-role', { roles: ['Standard'] }))).toMatchObject({ kind: 'changed' });
  expect((await api('GET', '/default')).id).toBe('2');
  expect(await house.rolesOf('102')).toEqual(before);
});
