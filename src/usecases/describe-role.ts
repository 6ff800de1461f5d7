import { isRefusal } from '../domain/authority.ts';
import { contentsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import { Fault } from '../domain/faults.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { establishAuthority } from './establish-authority.ts';
import { knownPermission, knownRoles } from './known-names.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Tells what a role holds, with everything that its permissions include. Custom roles take the right to see them. */
export async function describeRole(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'role', plainChoices(slots.roles));
  if (which !== null) return which;
  const [summary] = knownRoles(session, slots.roles.slice(0, 1));
  if (summary === undefined) throw new Error('describe-role without a role');
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right) && (summary.custom || right.kind === 'app-lacks-scope')) return refuse(right);
  if (!isRefusal(right)) await recordRead(session, 'describe-role', right.proof, { roles: [summary.displayName] });
  const role = (await session.facts.roles([summary.id])).roles.get(summary.id);
  if (role === undefined) {
    throw new Fault('directory-not-found', `role ${summary.id} could not be read`, { operation: 'readUserRole' });
  }
  const ids = [...contentsOf(role, inclusionsOf(session.names.permissions)).keys()].sort();
  const permissions = ids.map((id) => knownPermission(session, id));
  const about = { roles: [role.displayName], permissions: ids };
  const basis = isRefusal(right) ? { asOf: session.facts.readAt } : { authority: right };
  return answer({ kind: 'role-description', role, permissions }, { ...basis, about });
}
