import { isRefusal } from '../domain/authority.ts';
import { compareRoleContents } from '../domain/comparison.ts';
import { inclusionsOf } from '../domain/effective-permissions.ts';
import { Fault } from '../domain/faults.ts';
import type { Role, RoleSummary } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { compared, idsOf } from './compared.ts';
import { establishAuthority } from './establish-authority.ts';
import { knownRoles } from './known-names.ts';
import { poseQuestion } from './pose-question.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, roleNames, type Session } from './session.ts';

/**
 * Compares what two roles hold, with everything that their permissions include. As soon as one of them is a custom role
 * it takes the right to see what custom roles hold.
 */
export async function compareRoles(session: Session, slots: Understanding): Promise<Answer> {
  const [one, other, ...more] = knownRoles(session, [...new Set(slots.roles)]);
  if (one === undefined || other === undefined) {
    return poseQuestion(session, { understanding: slots, about: 'role', words: '', mode: 'fill' }, []);
  }
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right) && (one.custom || other.custom || right.kind === 'app-lacks-scope')) return refuse(right);
  const names = roleNames([one, other]);
  if (!isRefusal(right)) await recordRead(session, 'compare-roles', right.proof, { roles: names });
  const roles = await contentsOfBoth(session, one, other);
  const found = compareRoleContents(roles[0], roles[1], inclusionsOf(session.names.permissions));
  const about = { roles: names, permissions: idsOf(found) };
  const basis = isRefusal(right) ? { asOf: session.facts.readAt } : { authority: right };
  const leftOut = roleNames(more.filter((role) => !role.custom || !isRefusal(right)));
  return answer({ kind: 'role-comparison', roles, compared: compared(session, found), leftOut }, { ...basis, about });
}

async function contentsOfBoth(session: Session, one: RoleSummary, other: RoleSummary): Promise<readonly [Role, Role]> {
  const { roles } = await session.facts.roles([one.id, other.id]);
  return [readOf(roles.get(one.id)), readOf(roles.get(other.id))];
}

function readOf(role: Role | undefined): Role {
  if (role === undefined)
    throw new Fault('directory-not-found', 'a role could not be read', { operation: 'readUserRole' });
  return role;
}
