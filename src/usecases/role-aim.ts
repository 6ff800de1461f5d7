import type { PermissionId, RoleId } from '../domain/ids.ts';
import type { RoleIntent } from '../domain/role-change.ts';
import { roleNamed, tidyName } from '../domain/role-names.ts';
import type { RoleDraft } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownPermission, knownRoles } from './known-names.ts';
import type { Session } from './session.ts';

/** What is wanted of a role's definition: kept with the preview, so that it can be read against RingCentral again. */
export type RoleAim = {
  readonly intent: RoleIntent;
  /** The role that is changed; null for a new one. */
  readonly role: RoleId | null;
  /** The role that a new one copies. */
  readonly base: RoleId | null;
  readonly newName: string | null;
  readonly add: readonly PermissionId[];
  readonly remove: readonly PermissionId[];
  /** Set when an earlier definition is put back: that, instead of additions and removals. */
  readonly restore: RoleDraft | null;
  /** What the change that is put back had left: tells whether somebody changed the role since. */
  readonly since: RoleDraft | null;
  /** A deleted role that is made again: the id it had, and how many held it. */
  readonly lost: { readonly role: RoleId; readonly holders: number } | null;
};

/** Reads what a sentence wants of one role; the roles it names are found in the account. */
export function aimOf(session: Session, intent: RoleIntent, said: Understanding): Gate<RoleAim> {
  const roles = knownRoles(session, said.roles);
  const [role = null] = roles;
  if (said.also.length > 0 || roles.length > 1) return shut({ kind: 'role', problem: { kind: 'one-at-a-time' } });
  if (role !== null && hasNamesake(session, role.displayName)) {
    return shut({ kind: 'role', problem: { kind: 'ambiguous', name: role.displayName } });
  }
  const isNew = intent === 'create-role';
  if (!isNew && role === null) throw new Error(`${intent} without a role`);
  return open({
    intent,
    role: isNew ? null : (role?.id ?? null),
    base: isNew ? (role?.id ?? null) : null,
    newName: said.newRole === null ? null : tidyName(said.newRole),
    add: said.permissions.map((id) => knownPermission(session, id).id),
    remove: said.removedPermissions.map((id) => knownPermission(session, id).id),
    restore: null,
    since: null,
    lost: null,
  });
}

/** RingCentral may allow two roles of one name; a name then does not tell which is meant. */
function hasNamesake({ names }: Session, name: string): boolean {
  return names.roles.filter((role) => roleNamed(name, [role]) !== null).length > 1;
}
