import { contentsOf, type Inclusions } from './effective-permissions.ts';
import type { PermissionId, RoleId } from './ids.ts';
import type { Cure } from './reply.ts';
import type { Role, RoleSummary } from './roles.ts';

/**
 * The roles that would turn a "no" into a "yes", fewest further permissions first.
 *
 * Hidden roles are left out: nobody can give one in the portal. Ties go by name, so that the order is the same for all.
 */
export function curesFor(
  permission: PermissionId,
  held: ReadonlySet<PermissionId>,
  roles: readonly Role[],
  includes: Inclusions,
  mayGive: (role: RoleId) => boolean,
): readonly Cure[] {
  return roles
    .filter((role) => !role.hidden)
    .map((role) => ({ role, brings: contentsOf(role, includes) }))
    .filter(({ brings }) => brings.has(permission))
    .map(({ role, brings }) => ({
      role: summaryOf(role),
      extra: [...brings.keys()].filter((each) => each !== permission && !held.has(each)),
      askerMayGive: mayGive(role.id),
    }))
    .sort((one, other) => one.extra.length - other.extra.length || byName(one.role, other.role));
}

/** A role without its contents. */
export function summaryOf(role: RoleSummary): RoleSummary {
  const { id, displayName, description, custom, hidden } = role;
  return { id, displayName, description, custom, hidden };
}

function byName(one: RoleSummary, other: RoleSummary): number {
  return one.displayName < other.displayName ? -1 : 1;
}
