import { isRefusal } from '../domain/authority.ts';
import { scopesOf } from '../domain/effective-permissions.ts';
import type { HeldPermission } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich } from './ask-which.ts';
import { seenOf } from './check-permission.ts';
import { knownPermission } from './known-names.ts';
import { mayReadContents, reachPeople, type Seen } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';

/** Lists everything that one person may do. Of several people only one can be listed at a time. */
export async function listPermissions(session: Session, slots: Understanding): Promise<Answer> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return refuse(reached.reason);
  const { reaches, people, credited } = reached.value;
  const choices = people.map(({ number, name }) => ({ value: number, label: `${name} (${number})`, detail: null }));
  const which = await askWhich(session, { ...slots, group: null }, 'person', choices);
  if (which !== null) return which;
  const [first] = reaches;
  if (first === undefined) throw new Error('nobody to list permissions of');
  const contents = await mayReadContents(session, people);
  if (contents !== null && isRefusal(contents)) return refuse(contents);
  await recordRead(session, 'list-permissions', credited.proof, { people: numbersOf(people) });
  const held = heldPermissions(session, await seenOf(session, first.right, first.person));
  const about = { people: numbersOf(people), permissions: held.map((each) => each.permission.id) };
  return answer({ kind: 'permissions-of', person: first.person, held }, { authority: credited, about });
}

function heldPermissions(session: Session, seen: Seen): readonly HeldPermission[] {
  return [...seen.holdings]
    .map(([id, paths]) => ({
      permission: knownPermission(session, id),
      scopes: scopesOf(paths),
      roles: [...new Set(paths.map((path) => path.role.displayName))],
    }))
    .sort((one, other) => (one.permission.id < other.permission.id ? -1 : 1));
}
