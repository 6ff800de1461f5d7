import { endpoints, sources, userPermissions } from '../catalogue/catalogue.ts';
import type { UserPermission } from '../catalogue/schema.ts';
import { summaryOf } from '../domain/cures.ts';
import { contentsOf, inclusionsOf, withIncluded } from '../domain/effective-permissions.ts';
import { type PermissionId, permissionId } from '../domain/ids.ts';
import type { Permission } from '../domain/permissions.ts';
import type { PermissionFacts, Saying } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { knownPermission } from './known-names.ts';
import { type Answer, answer, roleNames, type Session } from './session.ts';

/**
 * Tells what a permission is: RingCentral's own dictionary of the account first, public documents for what it leaves
 * out, each as what it is. This is documentation and open to everybody, so that no custom role is named.
 */
export async function describePermission(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'permission', plainChoices(slots.permissions));
  if (which !== null) return which;
  const facts = permissionFacts(session, slots.permissions[0] ?? '');
  const { roles, asOf } = await predefinedRolesBringing(session, facts.permission.id);
  const about = { permissions: [facts.permission.id], roles: roleNames(roles.map(({ role }) => role)) };
  return answer({ kind: 'permission-description', facts, roles }, { about, asOf });
}

function permissionFacts(session: Session, said: string): PermissionFacts {
  const live = session.names.permissionById(said) ?? null;
  const id = live?.id ?? said;
  const row = userPermissions().find((each) => each.id.toLowerCase() === id.toLowerCase()) ?? null;
  const permission = live ?? fromFile(session, id, row);
  const bringers = bringersOf(session, permission.id);
  const own = inclusionsOf(session.names.permissions);
  const includes = live === null ? permission.includes : withIncluded(live.id, own).slice(1);
  const assignable = live === null ? (row?.assignable ?? null) : live.assignable;
  return {
    permission,
    known: live !== null ? 'dictionary' : row !== null ? 'file' : 'nowhere',
    portal: row?.portalLocation ?? null,
    includes: includes.map((each) => knownPermission(session, each)),
    includedIn: bringers,
    includesInferred: live === null && row !== null && row.includesInferred,
    assignable,
    assignableParents: assignable === false ? bringers.filter((each) => each.assignable) : [],
    scopes: [...new Set((row?.grantedTo ?? []).flatMap((grant) => grant.scopes))],
    appPermissions: appPermissionsWith(row, permission.id),
    runtimeId: row?.likelyRuntimeId ?? null,
    sources: (row?.source ?? []).map((key) => sources[key] ?? key),
  };
}

function fromFile(session: Session, id: string, row: UserPermission | null): Permission {
  if (row === null) return knownPermission(session, id);
  return {
    id: permissionId(row.id),
    displayName: row.displayName,
    description: row.description,
    category: row.category,
    assignable: row.assignable ?? true,
    includes: row.includes.map(permissionId),
  };
}

/** Everything of the dictionary that brings a permission, however many steps away. */
function bringersOf({ names }: Session, id: PermissionId): readonly Permission[] {
  const includes = inclusionsOf(names.permissions);
  return names.permissions.filter((each) => each.id !== id && withIncluded(each.id, includes).includes(id));
}

/** App permissions of the operations that ask for this permission, also by the label that the documents give it. */
function appPermissionsWith(row: UserPermission | null, id: PermissionId): readonly string[] {
  const labels = userPermissions()
    .filter((each) => each.likelyRuntimeId === id)
    .map((each) => each.id);
  const wanted = [id as string, ...labels, ...(row?.likelyRuntimeId ? [row.likelyRuntimeId] : [])];
  const rows = endpoints().filter(({ userPermission }) => userPermission !== null && wanted.includes(userPermission));
  return [...new Set(rows.flatMap(({ appPermission }) => appPermission ?? []))].sort();
}

type Bringing = Extract<Saying, { kind: 'permission-description' }>['roles'];

/** What roles hold comes from the shelf: this explains, and decides no right. */
async function predefinedRolesBringing(
  { names, shelf }: Session,
  permission: PermissionId,
): Promise<{ readonly roles: Bringing; readonly asOf: number }> {
  const visible = names.roles.filter((role) => !role.hidden && !role.custom);
  const { roles, asOf } = await shelf.look(visible.map((role) => role.id));
  const includes = inclusionsOf(names.permissions);
  const rows = roles.flatMap((role) => {
    const contents = contentsOf(role, includes);
    const through = contents.get(permission)?.[0];
    return through === undefined ? [] : [{ role: summaryOf(role), through, size: contents.size }];
  });
  rows.sort((one, other) => one.size - other.size || (one.role.displayName < other.role.displayName ? -1 : 1));
  return { roles: rows.map(({ role, through }) => ({ role, through })), asOf };
}
