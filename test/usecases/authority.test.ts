import { describe, expect, it } from 'vitest';
import { isRefusal, type Verb } from '#src/domain/authority.ts';
import { Fault } from '#src/domain/faults.ts';
import { establishAuthority } from '#src/usecases/establish-authority.ts';
import { House } from '#test/support/house.ts';

async function decide(house: House, asker: string, verb: Verb, target: string | 'account') {
  const session = await house.session(asker);
  return establishAuthority(session, verb, target === 'account' ? 'account' : house.account.person(target));
}

const RIGHTS_OF_PEOPLE: readonly [asker: string, verb: Verb, target: string, allowed: boolean][] = [
  ['104', 'read-others', '101', true],
  ['104', 'assign', '101', true],
  ['104', 'read-others', 'account', true],
  ['103', 'assign', '101', true],
  ['103', 'reset', '101', true],
  ['103', 'edit-role', 'account', false],
  ['103', 'default-role', 'account', false],
  ['101', 'read-own', '101', true],
  ['101', 'read-others', '102', false],
  ['101', 'assign', '102', false],
  ['101', 'assign', '101', false],
  ['107', 'read-others', '101', false],
  ['119', 'read-others', '101', false],
  ['106', 'read-others', 'account', false],
  ['125', 'assign', '106', true],
  ['125', 'assign', '102', false],
  ['125', 'read-others', '102', false],
  ['125', 'read-others', 'account', true],
  ['125', 'edit-role', 'account', false],
];

describe.each([
  ['with a token of their own', true],
  ['computed from roles', false],
])('the right of each person, %s', (_how, ownTokens) => {
  it.each(RIGHTS_OF_PEOPLE)('%s may %s over %s: %s', async (asker, verb, target, allowed) => {
    const house = new House();
    for (const { number } of house.account.people) {
      if (ownTokens) house.account.tokens.add(number);
      else house.account.tokens.delete(number);
    }
    const decision = await decide(house, asker, verb, target);
    expect(isRefusal(decision)).toBe(!allowed);
    if (!isRefusal(decision) && verb !== 'read-own')
      expect(decision.proof.kind).toBe(ownTokens ? 'own-token' : 'computed');
  });
});

describe('a right restricted to a site', () => {
  it('is decided by the site that the target has now, not by the one in the name index', async () => {
    const house = new House();
    await house.deps.names.current();
    const session = await house.session('125');
    const indexed = house.account.person('106');
    house.account.edit('106', { site: house.account.person('102').site });
    expect(await establishAuthority(session, 'assign', indexed)).toMatchObject({
      kind: 'outside-site',
      sites: ['Denver'],
    });
  });

  it('follows the sites that the asker administers now', async () => {
    const house = new House();
    expect(isRefusal(await decide(house, '125', 'assign', '106'))).toBe(false);
    house.account.administered.clear();
    expect(await decide(house, '125', 'assign', '106')).toMatchObject({ kind: 'outside-site', sites: [] });
  });

  it.each([true, false])(
    'is told as such, whether or not RingCentral heeds it in its own check (%s)',
    async (heeds) => {
      const house = new House();
      house.account.checkHeedsSites = heeds;
      expect(await decide(house, '125', 'assign', '102')).toMatchObject({ kind: 'outside-site', sites: ['Denver'] });
      expect(isRefusal(await decide(house, '125', 'assign', '106'))).toBe(false);
    },
  );

  it('is not felt by somebody who holds the right elsewhere without restriction', async () => {
    const house = new House();
    const free = house.account.assignment('User Admin');
    const restricted = house.account.assignment('Role Steward', true);
    house.account.assignments.set(house.account.person('125').id, [restricted, free]);
    expect(isRefusal(await decide(house, '125', 'assign', '102'))).toBe(false);
  });
});

it('is gone with the role, in the very next turn', async () => {
  const house = new House();
  expect(isRefusal(await decide(house, '103', 'assign', '101'))).toBe(false);
  house.account.assign('103', ['Standard']);
  expect(await decide(house, '103', 'assign', '101')).toMatchObject({
    kind: 'no-right',
    permission: 'EditAssignedRoles',
  });
});

it("never turns RingCentral's own no into a yes", async () => {
  const house = new House();
  const session = await house.session('125');
  const own = session.asker.own;
  if (own === null) throw new Error('Omar has a token');
  own.checkOwnPermission = async () => ({ successful: false, details: null });
  const decision = await establishAuthority(session, 'assign', house.account.person('106'));
  expect(decision).toMatchObject({ kind: 'no-right', permission: 'EditAssignedRoles' });
});

it('blames the app, not the asker, when the token lacks the app permission', async () => {
  const house = new House();
  house.account.scopes = ['ReadAccounts'];
  expect(await decide(house, '104', 'assign', '101')).toEqual({ kind: 'app-lacks-scope', scope: 'RoleManagement' });
  expect(isRefusal(await decide(house, '104', 'read-others', '101'))).toBe(false);
});

it('is computed when the own token no longer signs in', async () => {
  const house = new House();
  house.account.deadTokens.add('104');
  expect(await decide(house, '104', 'assign', '101')).toMatchObject({ proof: { kind: 'computed' } });
});

it('is not established by a check that failed', async () => {
  const house = new House();
  house.account.trouble({ operation: 'checkOwnPermission', fault: new Fault('directory-unavailable', 'down') });
  await expect(decide(house, '104', 'assign', '101')).rejects.toMatchObject({ code: 'directory-unavailable' });
});

it('tells a permission held for oneself from one not held', async () => {
  const house = new House();
  expect(await decide(house, '101', 'read-others', '102')).toMatchObject({
    permission: 'ReadAssignedRoles',
    extended: true,
  });
  expect(await decide(house, '101', 'assign', '102')).toMatchObject({
    permission: 'EditAssignedRoles',
    extended: false,
  });
});
