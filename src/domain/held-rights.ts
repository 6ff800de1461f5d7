import { type HeldRight, RIGHTS, type Verb } from './authority.ts';
import { contentsOf, type Inclusions, scopesThrough } from './effective-permissions.ts';
import type { PermissionId, RoleId } from './ids.ts';
import type { PermissionScope } from './permissions.ts';
import type { AssignedRole, Role } from './roles.ts';

/**
 * Computes how an asker holds the permissions of a verb from assigned roles and their contents.
 *
 * More cautious than an answer about somebody: in a role whose own scope is Self, a permission over other extensions
 * counts as held for oneself. A role that could not be read gives no right.
 */
export function heldRights(
  verb: Verb,
  assigned: readonly AssignedRole[],
  roles: ReadonlyMap<RoleId, Role>,
  includes: Inclusions,
): readonly HeldRight[] {
  const { needs } = RIGHTS[verb];
  return assigned.flatMap((given) => {
    const role = roles.get(given.id);
    return role === undefined ? [] : needs.flatMap((permission) => heldIn(role, given, permission, includes));
  });
}

function heldIn(role: Role, given: AssignedRole, permission: PermissionId, includes: Inclusions): readonly HeldRight[] {
  const bringers = contentsOf(role, includes).get(permission);
  if (bringers === undefined) return [];
  const scopes = cautious(role, scopesThrough(role, permission, bringers));
  return [{ permission, scopes, role: role.id, siteRestricted: given.siteRestricted }];
}

function cautious(role: Role, scopes: readonly PermissionScope[]): readonly PermissionScope[] {
  if (role.scope !== 'Self') return scopes;
  return scopes.map((scope) => (scope === 'AllExtensions' || scope === 'UserExtensions' ? 'Self' : scope));
}
