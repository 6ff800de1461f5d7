import { isRefusal } from '../domain/authority.ts';
import {
  foldHistory,
  type HistoryEvent,
  type HistoryFact,
  type HistoryLine,
  type HistorySpan,
  movesOf,
  type ToldLine,
} from '../domain/history.ts';
import type { Slots, Understanding } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { eventsOf, isOutcomeOf, openIntents } from './history-entries.ts';
import { historyFile } from './history-file.ts';
import { type HistoryScope, historyScope } from './history-scope.ts';
import type { AuditQuery, ListedEntry } from './ports.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';

/** Lines that are read over in a chat; the file that comes with more holds all. */
const SHOWN_AT_MOST = 25;
/** Entries of the trail that one answer looks through; what is older is a matter of a period, or of an export. */
const SCANNED_AT_MOST = 5_000;
const PAGE = 500;
/** Changes without an outcome whose later entries are looked for. */
const OPEN_AT_MOST = 50;

/**
 * Tells what was changed: who asked, when, what was before and after, how it went and why. Newest first.
 *
 * About others it takes the right to read their roles; without it only what concerns the asker is told, as the one who
 * was changed or as the one who asked.
 *
 * @param file - when all of it comes as a file too
 */
export async function history(
  session: Session,
  slots: Understanding,
  file: 'always' | 'when-long' = 'when-long',
): Promise<Answer> {
  const scope = await historyScope(session, slots);
  if (!scope.open) return refuse(scope.reason);
  const { people, credited } = scope.value;
  const named = people === null ? {} : { people: numbersOf(people) };
  await recordRead(session, 'history', credited.proof, { ...named, roles: slots.roles });
  const period = periodOf(slots);
  const { entries, complete } = await scan(session, scope.value, period);
  const events = await visible(session, scope.value, slots, eventsOf(entries, session.names));
  const lines = foldHistory(events);
  const shown = await Promise.all(lines.slice(0, SHOWN_AT_MOST).map((line) => withUndos(session, line)));
  const { ownOnly, sites } = scope.value;
  const readAt = session.deps.clock.now();
  const about = { people: people === null ? peopleIn(events) : numbersOf(people), roles: slots.roles };
  return answer(
    {
      kind: 'history',
      people,
      roles: slots.roles,
      period,
      ownOnly,
      sites,
      lines: shown,
      total: lines.length,
      complete,
      readAt,
    },
    {
      authority: credited,
      about,
      asOf: readAt,
      ...((lines.length > shown.length || (file === 'always' && lines.length > 0)) && { file: historyFile(events) }),
    },
  );
}

function peopleIn(events: readonly HistoryEvent[]): readonly string[] {
  return [...new Set(events.flatMap(({ person }) => person?.number ?? []))];
}

/** Whole local days, as they were said; the last second of the last day belongs to it. */
export function periodOf({ period }: Pick<Slots, 'period'>): HistorySpan {
  const since = period.since === null ? null : Date.parse(period.since);
  const until = period.until === null ? null : Date.parse(period.until) + 1_000;
  return { since, until };
}

type Scanned = { readonly entries: readonly ListedEntry[]; readonly complete: boolean };

/** Reads the trail where the history may be found, newest first, each entry once. */
async function scan(session: Session, { queries }: HistoryScope, { since, until }: HistorySpan): Promise<Scanned> {
  const period = { ...(since !== null && { from: since }), ...(until !== null && { until }) };
  const found = new Map<number, ListedEntry>();
  let complete = true;
  for (const query of queries) {
    const part = await scanOne(session, { ...query, ...period });
    for (const entry of part.entries) found.set(entry.seq, entry);
    complete &&= part.complete;
  }
  for (const entry of await laterOutcomes(session, [...found.values()])) found.set(entry.seq, entry);
  return { entries: [...found.values()].sort((one, other) => other.seq - one.seq), complete };
}

async function scanOne({ deps }: Session, query: Omit<AuditQuery, 'limit'>): Promise<Scanned> {
  const entries: ListedEntry[] = [];
  for (;;) {
    const before = entries.at(-1)?.seq;
    const page = await deps.store.audit.list({ ...query, limit: PAGE, ...(before !== undefined && { before }) });
    entries.push(...page);
    if (page.length < PAGE) return { entries, complete: true };
    if (entries.length >= SCANNED_AT_MOST) return { entries, complete: false };
  }
}

/** The outcome of a change that was cut off was written down by somebody else, and maybe after the period. */
async function laterOutcomes({ deps }: Session, entries: readonly ListedEntry[]): Promise<readonly ListedEntry[]> {
  const later: ListedEntry[] = [];
  for (const intent of openIntents(entries).slice(0, OPEN_AT_MOST)) {
    const { reference, subject } = intent;
    const about = await deps.store.audit.list({ reference, limit: PAGE, ...(subject !== null && { subject }) });
    later.push(...about.filter((entry) => isOutcomeOf(entry, intent)));
  }
  return later;
}

/** What the asker may see of it and asked for, with names of roles taken out that they may not see. */
async function visible(
  session: Session,
  scope: HistoryScope,
  slots: Slots,
  events: readonly HistoryEvent[],
): Promise<readonly HistoryEvent[]> {
  const mine = session.asker.person.number;
  const wanted = slots.roles.map(fold);
  const about = events.filter((event) => isAbout(event, wanted) && (event.by?.number === mine || isSeen(event, scope)));
  const isClear = (event: HistoryEvent) => event.person !== null && scope.sees(event.person.number);
  if (about.every(isClear)) return about;
  const contents = await establishAuthority(session, 'read-roles', 'account');
  if (!isRefusal(contents)) return about;
  const maySee = await visibleRoles(session);
  return about
    .filter((event) => event.fact.kind !== 'definition' || event.by?.number === mine)
    .map((event) => (isClear(event) ? event : { ...event, fact: shielded(event.fact, maySee) }));
}

/** The definition of a role concerns everybody; whether its name may be told is decided apart. */
function isSeen({ person }: HistoryEvent, { sees, ownOnly }: HistoryScope): boolean {
  return person === null ? !ownOnly : sees(person.number);
}

/** Predefined roles are no secret, nor are those that the asker holds. */
async function visibleRoles(session: Session): Promise<(role: string) => boolean> {
  const own = await session.facts.assignedRoles(session.asker.person.id);
  const open = session.names.roles.filter(({ custom, hidden }) => !custom && !hidden);
  const names = new Set([...own, ...open].map(({ displayName }) => displayName));
  return (role) => names.has(role);
}

function shielded(fact: HistoryFact, maySee: (role: string) => boolean): HistoryFact {
  const name = (role: string | null) => (role !== null && maySee(role) ? role : null);
  switch (fact.kind) {
    case 'roles': {
      const times = fact.times.map((time) => ({ ...time, role: name(time.role) }));
      return { ...fact, before: fact.before.map(name), after: fact.after.map(name), times };
    }
    case 'ended':
      return { ...fact, before: fact.before.map(name), after: fact.after.map(name) };
    case 'extended':
      return { ...fact, role: name(fact.role) };
    case 'definition':
      return { ...fact, name: name(fact.name), newName: name(fact.newName), added: [], removed: [] };
    default:
      return fact;
  }
}

function isAbout({ fact }: HistoryEvent, wanted: readonly string[]): boolean {
  return wanted.length === 0 || rolesIn(fact).some((role) => wanted.includes(fold(role)));
}

/** The roles that something happened to. */
function rolesIn(fact: HistoryFact): readonly string[] {
  const all = () => {
    switch (fact.kind) {
      case 'roles': {
        const { added, removed } = movesOf(fact);
        return [...added, ...removed, ...fact.times.map(({ role }) => role)];
      }
      case 'ended': {
        const { added, removed } = movesOf(fact);
        return [...added, ...removed];
      }
      case 'extended':
        return [fact.role];
      case 'definition':
        return [fact.name, fact.newName];
      default:
        return [];
    }
  };
  return all().filter((role) => role !== null);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** With the references of what it takes back and of what took it back. */
async function withUndos({ deps }: Session, line: HistoryLine): Promise<ToldLine> {
  const { change, undoes } = line.events[0];
  const { intents } = deps.store;
  const [earlier] = undoes === null ? [] : await intents.find({ pendingId: undoes, limit: 1 });
  const [later] = change === null ? [] : await intents.find({ undoes: change, inEffect: true, limit: 1 });
  return { ...line, takesBack: earlier?.reference ?? null, takenBackBy: later?.reference ?? null };
}
