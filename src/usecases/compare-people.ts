import { isRefusal } from '../domain/authority.ts';
import { type Comparison, compareHoldings } from '../domain/comparison.ts';
import type { Extension } from '../domain/people.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { compared, idsOf } from './compared.ts';
import { poseQuestion } from './pose-question.ts';
import { holdingsThrough, mayReadContents, type Reached, reachPeople, rolesOf, type Seen } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/**
 * Tells what each of two people has that the other has not: roles, and permissions with the way they come.
 *
 * Both are computed from roles, also the asker, of whom RingCentral would tell more: only like can be compared with like.
 * It takes the right over both, and the right to see what roles hold.
 */
export async function comparePeople(session: Session, slots: Understanding): Promise<Answer> {
  const numbers = [...new Set(slots.people)];
  const reached = await reachPeople(session, {
    people: numbers.slice(0, 2),
    group: numbers.length < 2 ? slots.group : null,
  });
  if (!reached.open) return refuse(reached.reason);
  const { reaches, credited } = reached.value;
  const [first, second] = reaches;
  if (first === undefined || second === undefined) {
    return poseQuestion(session, { understanding: slots, about: 'person', words: '', mode: 'fill' }, []);
  }
  const people = [first.person, second.person];
  const contents = await mayReadContents(session, people);
  if (contents !== null && isRefusal(contents)) return refuse(contents);
  await recordRead(session, 'compare-people', credited.proof, { people: numbersOf(people) });
  const one = await lookAt(session, first);
  const other = await lookAt(session, second);
  const found = compareHoldings(one.seen.holdings, other.seen.holdings);
  const leftOut = [...reaches.slice(2).map(({ person }) => person.number), ...numbers.slice(2)];
  return answer(
    {
      kind: 'people-comparison',
      people: [
        { person: first.person, roles: one.roles },
        { person: second.person, roles: other.roles },
      ],
      compared: compared(session, found),
      unseen: unseenWords([one, other], found),
      leftOut,
    },
    {
      authority: credited,
      about: { people: numbersOf(people), roles: roleNames([...one.roles, ...other.roles]), permissions: idsOf(found) },
    },
  );
}

type Looked = { readonly person: Extension; readonly roles: readonly AssignedRole[]; readonly seen: Seen };

async function lookAt(session: Session, { person, right }: Reached['reaches'][number]): Promise<Looked> {
  const roles = await rolesOf(session, right, person);
  return { person, roles, seen: await holdingsThrough(session, roles) };
}

function unseenWords(both: readonly Looked[], { differing, common }: Comparison): readonly string[] {
  const unread = both
    .filter(({ seen }) => seen.unread.length > 0)
    .map(({ person }) => `RingCentral did not show what some roles of ${person.name} hold`);
  const wide = new Set(both.flatMap(({ roles, seen }) => roles.filter((role) => seen.wide.includes(role.id))));
  const compared = common.length > 0 || differing.some(({ one, other }) => one !== null && other !== null);
  const cautious = [...new Set([...wide].map((role) => role.displayName))];
  if (cautious.length === 0 || !compared) return unread;
  return [
    ...unread,
    `How far each permission of ${cautious.join(', ')} reaches is not shown by RingCentral: what people have for themselves and for others alike counts as for themselves`,
  ];
}
