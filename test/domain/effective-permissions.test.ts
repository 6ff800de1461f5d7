import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentsOf, holdingsOf, inclusionsOf, scopesOf, withIncluded } from '#src/domain/effective-permissions.ts';
import { heldRights } from '#src/domain/held-rights.ts';
import { permissionId, roleId } from '#src/domain/ids.ts';
import { reachesFurther, scopesIn } from '#src/domain/permission-reach.ts';
import type { PermissionScope } from '#src/domain/permissions.ts';
import type { Role } from '#src/domain/roles.ts';
import { decideVerdict } from '#src/domain/verdict.ts';
import { assigned, buildPermissions, buildRoles } from '#test/support/account.ts';

const roles = buildRoles();
const includes = inclusionsOf(buildPermissions());
const byId = new Map(roles.map((role) => [role.id, role as Role]));

function role(scope: PermissionScope | null, ...permissions: string[]): Role {
  return {
    id: roleId('700001'),
    displayName: 'Test',
    description: null,
    custom: true,
    hidden: false,
    scope,
    siteCompatible: null,
    permissions: permissions.map(permissionId),
  };
}

describe('what a permission includes', () => {
  it('comes with it to the end of the chain, in circles too', () => {
    const chain: Record<string, readonly string[]> = { A: ['B'], B: ['C', 'A'], C: [] };
    const follow = (id: string) => (chain[id] ?? []).map(permissionId);
    expect(withIncluded(permissionId('A'), follow)).toEqual(['A', 'B', 'C']);
  });

  it('is found in a role that lists only the parent', () => {
    expect(contentsOf(role('Self', 'EditMessages'), includes).get(permissionId('ReadMessages'))).toEqual([
      'EditMessages',
    ]);
  });
});

describe('how far a permission reaches in a role', () => {
  it.each<[string, PermissionScope | null, readonly PermissionScope[]]>([
    ['ReadCallLog', 'Self', ['Self']],
    ['ReadCallLog', 'AllExtensions', ['Self']],
    ['ReadExtensions', 'Self', ['Account']],
    ['Meetings', 'AllExtensions', ['Self']],
    ['ReadCompanyCallLog', 'AllExtensions', ['AllExtensions']],
    ['ReadCompanyCallRecordings', 'AllExtensions', ['AllExtensions']],
    ['ReadCompanyCallRecordings', null, []],
    ['EditUserRoles', 'AllExtensions', ['Account']],
  ])('%s in a role of scope %s', (permission, scope, expected) => {
    expect(scopesIn(permissionId(permission), scope)).toEqual(expected);
  });

  it('grows with the permission that brings it, where it can reach others at all', () => {
    const assigning = role('AllExtensions', 'ReadAssignedRoles', 'EditAssignedRoles');
    const held = holdingsOf(
      [{ ...assigned(roles, 'Manager'), id: assigning.id }],
      new Map([[assigning.id, assigning]]),
      includes,
    );
    expect(scopesOf(held.get(permissionId('ReadAssignedRoles')) ?? [])).toEqual(['AllExtensions']);
  });
});

describe('a right computed from roles', () => {
  const readOthers = (one: Role) =>
    heldRights('read-others', [{ ...assigned(roles, 'Manager'), id: one.id }], new Map([[one.id, one]]), includes);

  it('is not over others when only its own role would say so', () => {
    expect(readOthers(role('AllExtensions', 'ReadAssignedRoles'))).toMatchObject([{ scopes: ['Self'] }]);
  });

  it('is over others when the right to change them brings it', () => {
    expect(readOthers(role('AllExtensions', 'EditAssignedRoles'))).toMatchObject([{ scopes: ['AllExtensions'] }]);
  });

  it('is not over others in a role that reaches only oneself', () => {
    expect(readOthers(role('Self', 'EditAssignedRoles'))).toMatchObject([{ scopes: ['Self'] }]);
  });

  it('carries the restriction of the assignment', () => {
    const steward = [assigned(roles, 'Role Steward', true)];
    expect(heldRights('assign', steward, byId, includes)).toMatchObject([{ role: '600006', siteRestricted: true }]);
  });

  it('is missing when the role could not be read', () => {
    expect(heldRights('assign', [assigned(roles, 'Role Steward')], new Map(), includes)).toEqual([]);
  });
});

describe('the verdict on a permission', () => {
  it.each<[string, string, string]>([
    ['Front Desk', 'Meetings', 'no'],
    ['Support', 'Meetings', 'yes'],
    ['Standard (International)', 'Meetings', 'yes'],
    ['Standard (International)', 'ReadCallLog', 'self-only'],
    ['Night Desk', 'ReadCallLog', 'self-only'],
    ['Night Desk', 'ThirdPartyAppAccess', 'no'],
    ['Manager', 'ReadCompanyCallLog', 'yes'],
    ['Manager', 'ReadCallLog', 'self-only'],
    ['Super Admin', 'ReadCallLog', 'yes'],
    ['Super Admin', 'Meetings', 'yes'],
    ['Standard (International)', 'ReadExtensions', 'yes'],
  ])('%s and %s: %s', (name, permission, verdict) => {
    const paths = holdingsOf([assigned(roles, name)], byId, includes).get(permissionId(permission)) ?? [];
    expect(decideVerdict(permissionId(permission), paths, false)).toBe(verdict);
  });

  it('is open when a role could not be read and the others do not settle it', () => {
    expect(decideVerdict(permissionId('Meetings'), [], true)).toBe('cannot-tell');
  });

  it('never says yes without a way, nor no with one', () => {
    const names = roles.map((each) => each.displayName);
    const ids = buildPermissions().map((permission) => permission.id);
    fc.assert(
      fc.property(fc.subarray(names), fc.constantFrom(...ids), (held, permission) => {
        const paths =
          holdingsOf(
            held.map((name) => assigned(roles, name)),
            byId,
            includes,
          ).get(permission) ?? [];
        const verdict = decideVerdict(permission, paths, false);
        expect(verdict === 'no').toBe(paths.length === 0);
        if (verdict === 'self-only') expect(reachesFurther(permission)).toBe(true);
      }),
    );
  });
});
