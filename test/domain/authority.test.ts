import { describe, expect, it } from 'vitest';
import {
  type Authority,
  type AuthorityFacts,
  decideAuthority,
  type HeldRight,
  isRefusal,
  RIGHTS,
  type Verb,
} from '#src/domain/authority.ts';
import { permissionId, roleId } from '#src/domain/ids.ts';
import type { PermissionScope } from '#src/domain/permissions.ts';
import type { RoleDirectory } from '#src/usecases/ports.ts';
import { buildPeople, DENVER, idOf } from '#test/support/account.ts';

const person = (number: string) => {
  const found = buildPeople().find((each) => each.number === number);
  if (found === undefined) throw new Error(`nobody has ${number}`);
  return found;
};

function held(permission: string, scope: PermissionScope, siteRestricted = false): HeldRight {
  return { permission: permissionId(permission), scopes: [scope], role: roleId('6'), siteRestricted };
}

function facts<V extends Verb>(verb: V, change: Partial<AuthorityFacts<V>> = {}): AuthorityFacts<V> {
  return {
    verb,
    asker: idOf('103'),
    target: person('101'),
    appPermissions: ['ReadAccounts', 'RoleManagement'],
    source: 'computed',
    held: [],
    administeredSites: [],
    readAt: 1,
    ...change,
  };
}

describe('each verb takes its app permission and its user permissions', () => {
  it.each<[Verb, string, readonly string[]]>([
    ['read-own', 'ReadAccounts', []],
    ['read-others', 'ReadAccounts', ['ReadAssignedRoles']],
    ['read-roles', 'ReadAccounts', ['ReadUserRoles']],
    ['assign', 'RoleManagement', ['EditAssignedRoles']],
    ['assign-bulk', 'RoleManagement', ['EditAssignedRoles', 'EditUserRoles']],
    ['reset', 'RoleManagement', ['Users']],
    ['default-role', 'RoleManagement', ['Roles']],
    ['edit-role', 'RoleManagement', ['EditUserRoles']],
  ])('%s: %s and %j', (verb, app, needs) => {
    expect(RIGHTS[verb]).toEqual({ app, needs });
    const all = needs.map((permission) => held(permission, 'AllExtensions'));
    const target = verb === 'read-own' ? person('103') : person('101');
    expect(isRefusal(decideAuthority(facts(verb, { target, held: all })))).toBe(false);
    const others = ['ReadAccounts', 'RoleManagement'].filter((scope) => scope !== app);
    const withoutApp = decideAuthority(facts(verb, { target, held: all, appPermissions: others }));
    expect(withoutApp).toEqual({ kind: 'app-lacks-scope', scope: app });
    for (const missing of needs) {
      const rest = all.filter((each) => each.permission !== missing);
      const refusal = { kind: 'no-right', verb, permission: missing, target, extended: false };
      expect(decideAuthority(facts(verb, { target, held: rest }))).toEqual(refusal);
    }
  });
});

describe('a right over others has to reach them', () => {
  it.each<[PermissionScope, boolean]>([
    ['AllExtensions', true],
    ['UserExtensions', true],
    ['Account', true],
    ['Self', false],
    ['NonUserExtensions', false],
    ['Federation', false],
    ['RoleBased', false],
    ['Group', false],
    ['SomethingNew', false],
  ])('%s: %s', (scope, reaches) => {
    const decision = decideAuthority(facts('read-others', { held: [held('ReadAssignedRoles', scope)] }));
    expect(isRefusal(decision)).toBe(!reaches);
    if (isRefusal(decision)) expect(decision).toMatchObject({ kind: 'no-right', extended: true });
  });

  it('takes the one of several ways that reaches', () => {
    const both = [held('ReadAssignedRoles', 'Self'), held('ReadAssignedRoles', 'AllExtensions')];
    const decision = decideAuthority(facts('read-others', { held: both }));
    expect(decision).toMatchObject({
      verb: 'read-others',
      proof: { kind: 'computed', permission: 'ReadAssignedRoles' },
    });
  });

  it('does not let reading about oneself pass for reading about another', () => {
    expect(decideAuthority(facts('read-own'))).toMatchObject({ kind: 'no-right', target: { number: '101' } });
  });
});

describe('a right restricted to sites', () => {
  const restricted = [held('EditAssignedRoles', 'AllExtensions', true)];

  it.each([
    ['106', 'Denver', true],
    ['102', 'Main Site', false],
    ['105', 'Berlin', false],
  ])('over %s of %s: %s', (number, _site, allowed) => {
    const target = person(number);
    const decision = decideAuthority(facts('assign', { target, held: restricted, administeredSites: [DENVER] }));
    if (allowed) expect(decision).toMatchObject({ sites: [DENVER.id], target: target.id });
    else expect(decision).toEqual({ kind: 'outside-site', target, sites: ['Denver'] });
  });

  it('reaches nobody who has no site, and nobody at all without administered sites', () => {
    const target = { ...person('106'), site: null };
    expect(decideAuthority(facts('assign', { target, held: restricted, administeredSites: [DENVER] }))).toMatchObject({
      kind: 'outside-site',
    });
    expect(decideAuthority(facts('assign', { target: person('106'), held: restricted }))).toMatchObject({
      kind: 'outside-site',
    });
  });

  it('is not needed where an unrestricted role gives the same', () => {
    const both = [...restricted, held('EditAssignedRoles', 'AllExtensions')];
    expect(decideAuthority(facts('assign', { held: both, administeredSites: [DENVER] }))).toMatchObject({
      sites: null,
    });
  });

  it('limits reads of the account to the sites and allows no write to the account', () => {
    const read = [held('ReadAssignedRoles', 'AllExtensions', true)];
    const limited = facts('read-others', { target: 'account', held: read, administeredSites: [DENVER] });
    expect(decideAuthority(limited)).toMatchObject({ target: 'account', sites: [DENVER.id] });
    const roles = [held('EditUserRoles', 'Account', true)];
    const write = facts('edit-role', { target: 'account', held: roles, administeredSites: [DENVER] });
    expect(decideAuthority(write)).toMatchObject({ kind: 'no-right', permission: 'EditUserRoles', target: null });
  });
});

it('does not compile to write without an authority, or with one for another verb', () => {
  const never = (directory: RoleDirectory, read: Authority<'read-others'>) => {
    // @ts-expect-error a plain object is no authority
    void directory.replaceAssignedRoles({ verb: 'assign', asker: idOf('103'), target: idOf('101') }, idOf('101'), []);
    // @ts-expect-error the right to read is no right to write
    void directory.replaceAssignedRoles(read, idOf('101'), []);
    // @ts-expect-error nothing is no authority
    void directory.assignDefaultRole(undefined, idOf('101'));
  };
  expect(never).toBeTypeOf('function');
});
