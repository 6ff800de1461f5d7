import { isRefusal, RIGHTS } from '../domain/authority.ts';
import { scopesOf } from '../domain/effective-permissions.ts';
import { reachesOthers } from '../domain/permission-reach.ts';
import type { Verdict } from '../domain/reply.ts';
import { seenOf } from './check-permission.ts';
import { mayRead, type Seen } from './reading.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/** Tells the asker who they are here, what roles they have, and whether they may change those of others. */
export async function whoami(session: Session): Promise<Answer> {
  const { person, own, proof } = session.asker;
  const right = await mayRead(session, person);
  if (isRefusal(right)) return refuse(right);
  const roles = await session.facts.assignedRoles(person.id);
  const seen = await seenOf(session, right, person);
  const about = { people: numbersOf([person]), roles: roleNames(roles) };
  return answer(
    { kind: 'whoami', person, roles, proof, mayChangeRoles: mayChange(seen), ownToken: own !== null },
    { authority: right, about },
  );
}

function mayChange({ holdings, unread }: Seen): Verdict {
  const [permission] = RIGHTS.assign.needs;
  const paths = permission === undefined ? undefined : holdings.get(permission);
  if (paths === undefined) return unread.length > 0 ? 'cannot-tell' : 'no';
  return reachesOthers(scopesOf(paths)) ? 'yes' : 'self-only';
}
