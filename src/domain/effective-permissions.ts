import type { PermissionId, RoleId } from './ids.ts';
import { reachesFurther, scopesIn, scopesOfSuperAdmin } from './permission-reach.ts';
import type { Permission, PermissionScope } from './permissions.ts';
import type { PermissionPath } from './reply.ts';
import { type AssignedRole, isSuperAdmin, type Role } from './roles.ts';

/** Which permissions come with another one. */
export type Inclusions = (permission: PermissionId) => readonly PermissionId[];

/** Inclusions as the permission dictionary states them. */
export function inclusionsOf(dictionary: readonly Permission[]): Inclusions {
  const known = INCLUSIONS.get(dictionary) ?? readInclusions(dictionary);
  INCLUSIONS.set(dictionary, known);
  return known;
}

/** One dictionary is asked about for every person of a change. */
const INCLUSIONS = new WeakMap<readonly Permission[], Inclusions>();

function readInclusions(dictionary: readonly Permission[]): Inclusions {
  const byId = new Map(dictionary.map((permission) => [permission.id, permission.includes]));
  return (permission) => byId.get(permission) ?? [];
}

/** Everything that one permission brings, itself first; inclusion is followed to its end and may be circular. */
export function withIncluded(permission: PermissionId, includes: Inclusions): readonly PermissionId[] {
  const found = new Set<PermissionId>([permission]);
  for (const each of found) for (const child of includes(each)) found.add(child);
  return [...found];
}

/** What brings each permission of a role: the entries of its list, the permission itself first. */
export type Contents = ReadonlyMap<PermissionId, readonly PermissionId[]>;

/** Everything that a role brings, its own list and what the entries include, with what brings it. */
export function contentsOf(role: Pick<Role, 'permissions'>, includes: Inclusions): Contents {
  const contents = new Map<PermissionId, PermissionId[]>(
    role.permissions.map((permission) => [permission, [permission]]),
  );
  for (const permission of role.permissions) {
    for (const child of withIncluded(permission, includes)) {
      const bringers = contents.get(child) ?? [];
      if (!bringers.includes(permission)) bringers.push(permission);
      contents.set(child, bringers);
    }
  }
  return contents;
}

/** What a person holds: each permission with the ways it reaches them. */
export type Holdings = ReadonlyMap<PermissionId, readonly PermissionPath[]>;

/**
 * Computes what assigned roles give.
 *
 * @param roles - the roles that could be read; an assigned role missing here gives nothing, so the caller has to say
 *   that it was not seen
 * @param defaultRole - the account's default role where it is known, to tell how a role reached the person
 */
export function holdingsOf(
  assigned: readonly AssignedRole[],
  roles: ReadonlyMap<RoleId, Role>,
  includes: Inclusions,
  defaultRole: RoleId | null = null,
): Holdings {
  const holdings = new Map<PermissionId, PermissionPath[]>();
  for (const given of assigned) {
    const role = roles.get(given.id);
    if (role === undefined) continue;
    for (const [permission, bringers] of contentsOf(role, includes)) {
      const path: PermissionPath = {
        through: bringers[0] ?? permission,
        role: given,
        assigned: howAssigned(given, defaultRole),
        scopes: scopesThrough(role, permission, bringers),
      };
      holdings.set(permission, [...(holdings.get(permission) ?? []), path]);
    }
  }
  return holdings;
}

function howAssigned(role: AssignedRole, defaultRole: RoleId | null): PermissionPath['assigned'] {
  if (!role.autoAssigned) return 'given';
  return role.id === defaultRole ? 'default' : 'automatic';
}

/** What comes with another permission reaches as far as its bringer, where it can reach others at all. */
export function scopesThrough(
  role: Pick<Role, 'id' | 'scope'>,
  permission: PermissionId,
  bringers: readonly PermissionId[],
): readonly PermissionScope[] {
  if (isSuperAdmin(role.id)) return scopesOfSuperAdmin(permission);
  const relevant = reachesFurther(permission) ? [permission, ...bringers] : [permission];
  const scopes = [...new Set(relevant.flatMap((each) => scopesIn(each, role.scope)))];
  return scopes.length > 1 ? scopes.filter((scope) => scope !== 'Self') : scopes;
}

/** The scopes of all ways a permission reaches a person, each once. */
export function scopesOf(paths: readonly PermissionPath[]): readonly PermissionScope[] {
  return [...new Set(paths.flatMap((path) => path.scopes))];
}
