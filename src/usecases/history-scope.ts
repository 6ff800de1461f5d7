import { type Authority, isRefusal, isWithin } from '../domain/authority.ts';
import type { Extension } from '../domain/people.ts';
import type { Slots } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { namesFor } from './everybody.ts';
import { type Gate, open, shut } from './gate.ts';
import type { AuditQuery } from './ports.ts';
import { mayRead, type ReadAuthority, reachPeople } from './reading.ts';
import { numbersOf, type Session } from './session.ts';

/** Whose history is asked for, and how much of it the asker may see. */
export type HistoryScope = {
  /** Those named, or the asker alone; null for everybody. */
  readonly people: readonly Extension[] | null;
  /** Nobody was named, and the asker may see no more than what concerns themselves. */
  readonly ownOnly: boolean;
  /** Sites that the answer is limited to; null where it is not. */
  readonly sites: readonly string[] | null;
  /** Where in the trail it is found. */
  readonly queries: readonly Pick<AuditQuery, 'subject' | 'actor'>[];
  /** Tells whether the roles of somebody may be seen. */
  readonly sees: (number: string) => boolean;
  /** The right that the answer rests on. */
  readonly credited: ReadAuthority;
};

/** Establishes the right to look back: over each person named, or over the account where nobody is. */
export async function historyScope(session: Session, slots: Slots): Promise<Gate<HistoryScope>> {
  return slots.people.length > 0 || slots.group !== null ? ofPeople(session, slots) : ofEverybody(session);
}

async function ofPeople(session: Session, slots: Slots): Promise<Gate<HistoryScope>> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return reached;
  const { people, credited } = reached.value;
  const numbers = numbersOf(people);
  // Who gave somebody a role is about that person; without a role, what the person did to others is meant as well.
  const alsoAsked = slots.roles.length === 0;
  const queries = numbers.flatMap((number) => [{ subject: number }, ...(alsoAsked ? [{ actor: number }] : [])]);
  const others = numbers.some((number) => number !== session.asker.person.number);
  const right = others && alsoAsked ? await establishAuthority(session, 'read-others', 'account') : null;
  const reaches = right === null || isRefusal(right) ? () => false : await reachOf(session, right);
  const sees = (number: string) => numbers.includes(number) || isOwn(session, number) || reaches(number);
  return open({ people, ownOnly: false, sites: null, queries, sees, credited });
}

async function ofEverybody(session: Session): Promise<Gate<HistoryScope>> {
  const right = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(right)) return ofOneself(session);
  const reaches = await reachOf(session, right);
  const sites = right.sites === null ? null : siteNames(session, right.sites);
  const sees = (number: string) => isOwn(session, number) || reaches(number);
  return open({ people: null, ownOnly: false, sites, queries: [{}], sees, credited: right });
}

async function ofOneself(session: Session): Promise<Gate<HistoryScope>> {
  const { person } = session.asker;
  const right = await mayRead(session, person);
  if (isRefusal(right)) return shut(right);
  const { number } = person;
  const queries = [{ subject: number }, { actor: number }];
  const sees = (other: string) => isOwn(session, other);
  return open({ people: [person], ownOnly: true, sites: null, queries, sees, credited: right });
}

function isOwn({ asker }: Session, number: string): boolean {
  return asker.person.number === number;
}

/** Where somebody belongs is read now: they may have moved since the names were read. */
async function reachOf(session: Session, right: Authority<'read-others'>): Promise<HistoryScope['sees']> {
  const { sites } = right;
  if (sites === null) return () => true;
  const names = await namesFor(session, right, []);
  const within = sites.map((id) => ({ id }));
  return (number) => {
    const person = names.byNumber(number);
    return person !== undefined && isWithin(person, within);
  };
}

function siteNames({ names }: Session, sites: readonly string[]): readonly string[] {
  return sites.map((id) => names.sites.find((site) => site.id === id)?.name ?? id);
}
