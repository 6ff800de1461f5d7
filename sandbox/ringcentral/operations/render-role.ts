import { PERMISSION_BY_ID } from '../account/dictionary.ts';
import type { Extension, HeldRole, Permission, Role } from '../account/model.ts';
import { rolesOf } from '../gates.ts';
import type { World } from '../world.ts';
import { accountUri, dictionaryUri } from './operation.ts';

const FULL = { enabled: true, manageEnabled: false, grantEnabled: false };

/** Link of a role: predefined roles live in the dictionary, custom ones in the account. */
export function roleUri(world: World, role: Role): string {
  return role.custom ? accountUri(world, `/user-role/${role.id}`) : dictionaryUri(world, `user-role/${role.id}`);
}

/** `PermissionIdResource`. */
export function renderPermissionId(world: World, row: Permission): Record<string, unknown> {
  return {
    uri: dictionaryUri(world, `permission/${row.id}`),
    id: row.id,
    siteCompatible: row.siteCompatible,
    readOnly: row.readOnly,
    assignable: row.assignable,
  };
}

/** `RoleResource`, with capabilities on each permission when asked for. */
export function renderRole(world: World, role: Role, advanced = false): Record<string, unknown> {
  const permissions = [...role.permissions].flatMap(([id, entry]) => {
    const row = PERMISSION_BY_ID.get(id);
    if (row === undefined) return [];
    const rendered = renderPermissionId(world, row);
    return [advanced ? { ...rendered, permissionsCapabilities: entry.capabilities ?? FULL } : rendered];
  });
  return { ...renderRoleHead(world, role), permissions };
}

/** `RoleResource` without its permissions, as lists give it. */
export function renderRoleHead(world: World, role: Role): Record<string, unknown> {
  return {
    uri: roleUri(world, role),
    id: role.id,
    displayName: role.displayName,
    description: role.description,
    siteCompatible: role.siteCompatible,
    custom: role.custom,
    scope: role.scope,
    hidden: role.hidden,
    lastUpdated: new Date(role.updatedAt).toISOString(),
  };
}

/** `AssignedRoleResource`; null when the role is gone. */
function renderHeld(world: World, held: HeldRole): Record<string, unknown> | null {
  const role = world.account.roles.get(held.roleId);
  if (role === undefined) return null;
  return {
    uri: roleUri(world, role),
    id: role.id,
    autoAssigned: held.autoAssigned,
    displayName: role.displayName,
    siteCompatible: role.siteCompatible,
    siteRestricted: held.siteRestricted,
  };
}

/** The roles an extension holds; hidden ones only when asked for. */
export function renderAssigned(world: World, extension: Extension, showHidden: boolean): Record<string, unknown>[] {
  return rolesOf(world.account, extension).flatMap((held) => {
    const hidden = world.account.roles.get(held.roleId)?.hidden === true;
    const rendered = hidden && !showHidden ? null : renderHeld(world, held);
    return rendered === null ? [] : [rendered];
  });
}
