import type { Slots } from '../domain/understanding.ts';
import { reachPeople, rolesOf } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/** Lists the roles of one or several people, hidden ones included. */
export async function listRolesOf(session: Session, slots: Slots): Promise<Answer> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return refuse(reached.reason);
  const { reaches, people, credited } = reached.value;
  await recordRead(session, 'list-roles-of', credited.proof, { people: numbersOf(people) });
  const rows = [];
  for (const { person, right } of reaches) rows.push({ person, roles: await rolesOf(session, right, person) });
  const about = { people: numbersOf(people), roles: roleNames(rows.flatMap((row) => row.roles)) };
  return answer({ kind: 'roles-of', people: rows }, { authority: credited, about });
}
