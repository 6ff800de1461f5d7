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
  const { roles, asOf } = isRefusal(right) ? await predefinedRoles(session) : await allRoles(session);
  const rows = bringing(roles, permission.id, inclusionsOf(session.names.permissions));
  const about = { roles: roleNames(rows.map((row) => row.role)), permissions: [permission.id] };
  const basis = isRefusal(right) ? { asOf } : { authority: right };
  return answer(
    { kind: 'roles-with-permission', permission, roles: rows, hiddenFromAsker: isRefusal(right) },
    { ...basis, about },
  );
}

type Read = { readonly roles: readonly Role[]; readonly asOf: number };

async function allRoles({ facts, deps }: Session): Promise<Read> {
  const listed = await deps.directories.service.listRoles(null);
  const { roles } = await facts.roles(listed.filter((role) => !role.hidden).map((role) => role.id));
  return { roles: [...roles.values()], asOf: facts.readAt };
}

/** Anybody may ask for these, and RingCentral alone changes them: remembered ones spare the company's calls. */
async function predefinedRoles({ names, shelf }: Session): Promise<Read> {
  return shelf.look(names.roles.filter((role) => !role.hidden && !role.custom).map((role) => role.id));
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
