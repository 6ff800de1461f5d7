import { isFault } from '../domain/faults.ts';
import type { PermissionId } from '../domain/ids.ts';
import type { ActivePermission } from '../domain/permissions.ts';
import type { PermissionPath } from '../domain/reply.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Seen } from './reading.ts';
import type { Session } from './session.ts';

/**
 * Replaces what was computed about the asker by RingCentral's own profile of them, where they have a token.
 *
 * The profile knows the true reach of each permission and what plan or features take away; the computed ways are kept
 * to explain it.
 */
export async function ownHoldings(session: Session, computed: Seen): Promise<Seen> {
  const { own } = session.asker;
  if (own === null) return computed;
  try {
    const profile = await session.facts.ownProfile(own);
    const assigned = await session.facts.assignedRoles(session.asker.person.id);
    return { holdings: reconcile(computed, profile, assigned), unread: [], wide: [] };
  } catch (error) {
    if (isFault(error, 'directory-sign-in')) return computed;
    throw error;
  }
}

function reconcile(
  computed: Seen,
  profile: readonly ActivePermission[],
  assigned: readonly AssignedRole[],
): ReadonlyMap<PermissionId, readonly PermissionPath[]> {
  return new Map(profile.map((active) => [active.permission, pathsOf(active, computed, assigned)]));
}

function pathsOf(
  active: ActivePermission,
  computed: Seen,
  assigned: readonly AssignedRole[],
): readonly PermissionPath[] {
  const { permission, scopes, effectiveRole } = active;
  const paths = computed.holdings.get(permission) ?? [];
  const credited = paths.find((path) => path.role.id === effectiveRole) ?? paths[0];
  if (credited !== undefined) return [{ ...credited, scopes }, ...paths.filter((path) => path !== credited)];
  const role = assigned.find((held) => held.id === effectiveRole) ?? assigned[0];
  if (role === undefined) return [];
  return [{ through: permission, role, assigned: role.autoAssigned ? 'automatic' : 'given', scopes }];
}
