import { assertNever } from '../../domain/faults.ts';
import {
  type HistoryEvent,
  type HistoryFact,
  type HistoryOutcome,
  type HistorySpan,
  movesOf,
  type Remembered,
  type RememberedRole,
  type ToldLine,
} from '../../domain/history.ts';
import type { Saying } from '../../domain/reply.ts';
import { clockTime, count, dayName, dayTime, join, personName, plain, some } from '../words.ts';
import { type Body, list, maybe, text, type Wording } from './body.ts';

type History = Extract<Saying, { kind: 'history' }>;

/** Lines of one list: more would not fit into one section of a message. */
const LINES_TOGETHER = 8;

/** Words for what was changed, newest first, under the day on which it was. */
export function history(saying: History, { zone }: Wording): Body {
  const { lines, total, readAt } = saying;
  const days = Map.groupBy(lines, ({ events: [first] }) => dayName(first.at, zone, readAt));
  return {
    headline: headline(saying, zone),
    parts: [
      ...[...days].flatMap(([day, told]) => dayParts(day, told, zone, readAt)),
      ...maybe(
        total > lines.length && `The newest ${lines.length} of ${total} are shown here; the file has all of them.`,
      ),
      ...limits(saying),
    ],
  };
}

/** Words for a trail that was put into a file. */
export function exported(saying: Extract<Saying, { kind: 'exported' }>, { zone }: Wording): Body {
  const { entries, period, complete, readAt } = saying;
  const when = periodWords(period, zone, readAt);
  if (entries === 0) return { headline: `The audit trail holds nothing${when}.`, parts: [] };
  return {
    headline: `The audit trail${when}: ${count(entries, 'entry', 'entries')}.`,
    parts: [
      ...maybe(
        !complete && 'There is more than one file can hold: the later entries are left out. Ask for a shorter time.',
      ),
      text('This export stands in the trail as well. To prove that nothing was altered, use "rolecall audit verify".'),
    ],
  };
}

/** Words for the end of the audit trail, posted to be found again. */
export function anchor({ seq, hash }: Extract<Saying, { kind: 'anchor' }>): Body {
  return {
    headline: `The audit trail ends with entry ${seq} today.`,
    parts: [
      text(`${seq}:${hash}`),
      text(
        `Leave this message where it is. Whoever runs "rolecall audit verify --anchor ${seq}:${hash}" proves by it that no entry up to this one was altered or removed since.`,
      ),
    ],
  };
}

function headline({ people, roles, period, total, readAt }: History, zone: string): string {
  const whose = people === null ? '' : ` about ${some(people.map(personName), 3)}`;
  const which = roles.length === 0 ? '' : ` of ${join(roles.map((role) => plain(role)))}`;
  const when = periodWords(period, zone, readAt);
  if (total === 0) return `No change${which}${whose}${when} is on record.`;
  return `${count(total, 'change')}${which}${whose}${when}${total === 1 ? '' : ', newest first'}.`;
}

function periodWords({ since, until }: HistorySpan, zone: string, now: number): string {
  const first = since === null ? null : dayName(since, zone, now);
  const last = until === null ? null : dayName(until - 1, zone, now);
  if (first === null) return last === null ? '' : ` until ${last}`;
  if (last === null) return ` since ${first}`;
  return first === last ? ` on ${first}` : ` from ${first} to ${last}`;
}

function dayParts(day: string, lines: readonly ToldLine[], zone: string, now: number): Body['parts'] {
  const parts = [];
  for (let at = 0; at < lines.length; at += LINES_TOGETHER) {
    const some = lines.slice(at, at + LINES_TOGETHER).map((line) => lineWords(line, zone, now));
    parts.push(...list(at === 0 ? day : null, some));
  }
  return parts;
}

function limits({ ownOnly, sites, complete }: History): Body['parts'] {
  return [
    ...maybe(
      ownOnly &&
        'You see what concerns you: seeing changes of others takes the permission ReadAssignedRoles beyond your own extension.',
    ),
    ...maybe(
      sites !== null &&
        (sites.length === 0
          ? 'You administer no site, so only what concerns you is shown.'
          : `Only people at ${some(
              sites.map((site) => plain(site)),
              3,
            )} and your own changes are shown.`),
    ),
    ...maybe(
      !complete &&
        'Only the newest part of the record was looked through: name a person or a day to see what is older.',
    ),
    text('What was changed elsewhere, such as in the admin portal, is not on this record.'),
  ];
}

function lineWords({ events, takesBack, takenBackBy }: ToldLine, zone: string, now: number): string {
  const [first] = events;
  const { reason, ticket, reference } = first;
  return [
    `${clockTime(first.at, zone)}: ${events.length === 1 ? eventWords(first, zone, now) : manyWords(events)}`,
    ...(reason === null ? [] : [`Reason: ${plain(reason, 120).replace(/\.$/, '')}.`]),
    ...(ticket === null || reason?.includes(ticket) === true ? [] : [`Ticket: ${plain(ticket)}.`]),
    ...(takesBack === null ? [] : [`It took back the change with the reference ${plain(takesBack)}.`]),
    ...(takenBackBy === null ? [] : [`Taken back since, reference ${plain(takenBackBy)}.`]),
    `Reference ${plain(reference)}.`,
  ].join(' ');
}

function eventWords({ by, person, fact, outcome }: HistoryEvent, zone: string, now: number): string {
  const [who, whom] = [nameOf(by) ?? 'Somebody', nameOf(person) ?? 'somebody'];
  switch (fact.kind) {
    case 'roles':
      return `${who} ${movesWords(fact, whom)}. ${listsWords(fact)}${outcomeWords(outcome)}`;
    case 'ended': {
      const roles = rolesWords(movesOf(fact).removed, 'a role');
      const how = fact.early ? `${who} ended ${roles} of ${whom} early` : `the time of ${roles} was over for ${whom}`;
      return `${how}. ${listsWords(fact)}${outcomeWords(outcome)}`;
    }
    case 'end-failed':
      return `an end for ${whom} could not be carried out; it is tried again.${outcomeWords(outcome)}`;
    case 'extended': {
      const until = fact.until === null ? 'without an end' : `until ${dayTime(fact.until, zone, now)}`;
      return `${who} gave ${roleWords(fact.role)} of ${whom} a new end: ${until}.${outcomeWords(outcome)}`;
    }
    case 'not-begun':
      return `a planned start for ${whom} did not take place.${outcomeWords(outcome)}`;
    case 'definition':
      return `${who} ${definitionWords(fact)}.${outcomeWords(outcome)}`;
    default:
      return assertNever(fact);
  }
}

type RoleMoves = Extract<HistoryFact, { kind: 'roles' }>;

function movesWords(fact: RoleMoves, whom: string): string {
  const { added, removed } = movesOf(fact);
  const forTime = fact.times.some(({ kind }) => kind === 'start') ? ' for a time' : '';
  const paused = fact.times.some(({ kind }) => kind === 'pause');
  if (added.length > 0 && removed.length > 0)
    return `gave ${rolesWords(added, 'a role')} to ${whom}${forTime} and took ${rolesWords(removed, 'a role')}`;
  if (added.length > 0) return `gave ${rolesWords(added, 'a role')} to ${whom}${forTime}`;
  if (removed.length > 0 && paused) return `paused ${rolesWords(removed, 'a role')} of ${whom}`;
  if (removed.length > 0) return `took ${rolesWords(removed, 'a role')} from ${whom}`;
  const roles = rolesWords([...new Set(fact.times.map(({ role }) => role))], 'roles');
  const isPlan = fact.times.some(({ kind }) => kind === 'plan');
  return isPlan ? `planned ${roles} for ${whom}` : `changed when ${roles} of ${whom} ends`;
}

function listsWords({ before, after }: Pick<RoleMoves, 'before' | 'after'>): string {
  return `Before: ${rolesWords(before, 'no role')}. After: ${rolesWords(after, 'no role')}.`;
}

function definitionWords({
  intent,
  name,
  newName,
  added,
  removed,
}: Extract<HistoryFact, { kind: 'definition' }>): string {
  const role = name === null ? 'a role you may not see' : `the role ${plain(name)}`;
  switch (intent) {
    case 'create-role':
      return `created ${role} with ${count(added.length, 'permission')}`;
    case 'delete-role':
      return `deleted ${role}`;
    case 'rename-role':
      return `renamed ${role} to ${roleWords(newName)}`;
    case 'set-default-role':
      return `made ${role} the default role`;
    case 'edit-role': {
      const changes = [
        ...(added.length === 0 ? [] : [`added ${some(added, 4)}`]),
        ...(removed.length === 0 ? [] : [`removed ${some(removed, 4)}`]),
        ...(newName === null ? [] : [`called it ${plain(newName)}`]),
      ];
      return `changed ${role}${changes.length === 0 ? '' : `: ${join(changes)}`}`;
    }
    default:
      return assertNever(intent);
  }
}

/** One change of many people: what it did where it did the same to all, and how it went. */
function manyWords(events: ToldLine['events']): string {
  const [first] = events;
  const whom = count(new Set(events.map(({ person }) => person?.number)).size, 'person', 'people');
  const said = new Set(events.map(({ fact }) => (fact.kind === 'roles' ? movesWords(fact, whom) : '')));
  const [only = ''] = said;
  const what = said.size === 1 && only !== '' ? only : `changed the roles of ${whom}`;
  return `${nameOf(first.by) ?? 'Somebody'} ${what}.${tallyWords(events)}`;
}

function tallyWords(events: readonly HistoryEvent[]): string {
  const tally = Map.groupBy(events, ({ outcome }) => outcome.kind);
  if (tally.size === 1 && tally.has('done')) return '';
  const words = [...tally].map(([kind, each]) => `${each.length} ${TALLIED[kind]}`);
  return ` Of these: ${join(words)}.`;
}

const TALLIED: Readonly<Record<HistoryOutcome['kind'], string>> = {
  done: 'done',
  differs: 'where RingCentral then showed something else',
  'not-done': 'not done',
  unknown: 'whose outcome is not known yet',
};

function outcomeWords(outcome: HistoryOutcome): string {
  switch (outcome.kind) {
    case 'done':
      return '';
    case 'differs':
      return ' RingCentral then showed this, which is not what was asked for.';
    case 'not-done':
      return ` It was not done (${plain(outcome.code)}).`;
    case 'unknown':
      return ' Whether it took effect is not known yet.';
    default:
      return assertNever(outcome);
  }
}

function rolesWords(roles: readonly RememberedRole[], none: string): string {
  return roles.length === 0 ? none : join(roles.map(roleWords));
}

function roleWords(role: RememberedRole): string {
  return role === null ? 'a role you may not see' : plain(role);
}

function nameOf(person: Remembered | null): string | null {
  if (person === null) return null;
  const name = plain(person.name);
  return name === '' ? `extension ${person.number}` : `${name} (${person.number})`;
}
