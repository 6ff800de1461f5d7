import { type Holdings, holdingsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import { isFault } from '../domain/faults.ts';
import type { ActivePermission } from '../domain/permissions.ts';
import type { PermissionPath } from '../domain/reply.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Seen } from './reading.ts';
import type { Session } from './session.ts';

/**
 * Tells what the asker holds by RingCentral's own profile of them; null when they have no token that signs in.
 *
 * The profile knows the true reach of each permission and what plan or features take away. What their roles hold only
 * explains it, so it comes from the shelf.
 */
export async function ownHoldings(session: Session, assigned: readonly AssignedRole[]): Promise<Seen | null> {
  const { own } = session.asker;
  if (own === null) return null;
  try {
    const profile = await session.facts.ownProfile(own);
    const ways = await explain(session, assigned);
    const holdings = new Map(profile.map((active) => [active.permission, pathsOf(active, ways, assigned)]));
    return { holdings, unread: [], wide: [] };
  } catch (error) {
    if (isFault(error, 'directory-sign-in')) return null;
    throw error;
  }
}

async function explain({ shelf, names }: Session, assigned: readonly AssignedRole[]): Promise<Holdings> {
  const { roles } = await shelf.glance(assigned.map((role) => role.id));
  const byDefault = assigned.some((role) => role.autoAssigned) ? await shelf.defaultRole() : null;
  const contents = new Map(roles.map((role) => [role.id, role]));
  return holdingsOf(assigned, contents, inclusionsOf(names.permissions), byDefault?.id ?? null);
}

function pathsOf(
  active: ActivePermission,
  ways: Holdings,
  assigned: readonly AssignedRole[],
): readonly PermissionPath[] {
  const { permission, scopes, effectiveRole } = active;
  const paths = ways.get(permission) ?? [];
  const credited = paths.find((path) => path.role.id === effectiveRole) ?? paths[0];
  if (credited !== undefined) return [{ ...credited, scopes }, ...paths.filter((path) => path !== credited)];
  const role = assigned.find((held) => held.id === effectiveRole) ?? assigned[0];
  if (role === undefined) return [];
  return [{ through: permission, role, assigned: role.autoAssigned ? 'automatic' : 'given', scopes }];
}
