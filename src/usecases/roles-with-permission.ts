import { isRefusal } from '../domain/authority.ts';
import { summaryOf } from '../domain/cures.ts';
import { contentsOf, type Inclusions, inclusionsOf } from '../domain/effective-permissions.ts';
import type { PermissionId } from '../domain/ids.ts';
import type { Role } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { establishAuthority } from './establish-authority.ts';
import { knownPermission } from './known-names.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, roleNames, type Session } from './session.ts';

/** Answers which roles bring a permission, smallest first; without the right to see custom roles, predefined ones. */
export async function rolesWithPermission(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'permission', plainChoices(slots.permissions));
  if (which !== null) return which;
  const permission = knownPermission(session, slots.permissions[0] ?? '');
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right) && right.kind === 'app-lacks-scope') return refuse(right);
  if (!isRefusal(right))
    await recordRead(session, 'roles-with-permission', right.proof, { permissions: [permission.id] });
  const listed = await session.deps.directories.service.listRoles(isRefusal(right) ? false : null);
  const visible = listed.filter((role) => !role.hidden && !(isRefusal(right) && role.custom));
  const { roles } = await session.facts.roles(visible.map((role) => role.id));
  const rows = bringing([...roles.values()], permission.id, inclusionsOf(session.names.permissions));
  const about = { roles: roleNames(rows.map((row) => row.role)), permissions: [permission.id] };
  const basis = isRefusal(right) ? { asOf: session.facts.readAt } : { authority: right };
  return answer(
    { kind: 'roles-with-permission', permission, roles: rows, hiddenFromAsker: isRefusal(right) },
    { ...basis, about },
  );
}

function bringing(roles: readonly Role[], permission: PermissionId, includes: Inclusions) {
  return roles
    .flatMap((role) => {
      const contents = contentsOf(role, includes);
      const through = contents.get(permission)?.[0];
      return through === undefined ? [] : [{ role: summaryOf(role), through, others: contents.size - 1 }];
    })
    .sort((one, other) => one.others - other.others || (one.role.displayName < other.role.displayName ? -1 : 1));
}
