import type { Extension } from '../domain/people.ts';
import type { RoleAnswer } from '../domain/reply.ts';
import type { RoleSummary } from '../domain/roles.ts';
import type { Slots } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { knownRoles } from './known-names.ts';
import { type ReadAuthority, reachPeople, rolesOf } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/** Answers whether people hold roles: one answer for each person and role. */
export async function checkRole(session: Session, slots: Slots): Promise<Answer> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return refuse(reached.reason);
  const { reaches, people, credited } = reached.value;
  const roles = knownRoles(session, slots.roles);
  const about = { people: numbersOf(people), roles: roleNames(roles) };
  await recordRead(session, 'check-role', credited.proof, about);
  const answers: RoleAnswer[] = [];
  for (const { person, right } of reaches) answers.push(...(await answersFor(session, right, person, roles)));
  const verdict = commonVerdict(answers.map(({ assignment }) => (assignment === null ? 'no' : 'yes')));
  return answer({ kind: 'role-check', answers }, { authority: credited, verdict, about });
}

async function answersFor(
  session: Session,
  right: ReadAuthority,
  person: Extension,
  roles: readonly RoleSummary[],
): Promise<readonly RoleAnswer[]> {
  const assigned = await rolesOf(session, right, person);
  return roles.map((role) => ({ person, role, assignment: assigned.find((held) => held.id === role.id) ?? null }));
}
