import { z } from 'zod';
import type { GrantEffect } from '../domain/grant-effects.ts';
import type { HistoryEvent, HistoryFact, HistoryOutcome, Remembered } from '../domain/history.ts';
import type { RoleIntent } from '../domain/role-change.ts';
import { NOT_SERVED } from './bulk/job.ts';
import type { ListedEntry, Names } from './ports.ts';

// Written by this program, in all its versions: what is missing is told as such, never guessed.
const role = z.looseObject({ id: z.string(), name: z.string().optional(), displayName: z.string().optional() });
const roles = z.array(role).catch([]);
const word = z.string().nullable().catch(null);
const outcome = z.looseObject({ kind: z.string(), code: word, found: roles }).nullable().catch(null);
const said = { reason: word, ticket: word };

const personBody = z.looseObject({
  ...said,
  intent: word,
  change: word,
  undoes: word,
  asker: word,
  before: roles,
  after: roles,
  outcome,
  grants: z.array(z.looseObject({ kind: z.string(), role })).catch([]),
});
const definition = z.looseObject({ displayName: z.string() }).nullable().catch(null);
const ids = z.array(z.string()).catch([]);
const roleBody = z.looseObject({
  ...said,
  record: word,
  intent: z.string(),
  name: z.string(),
  before: definition,
  after: definition,
  gains: ids,
  losses: ids,
  outcome,
});
const grantBody = z.looseObject({
  before: roles,
  after: roles,
  code: word,
  to: z.number().nullable().catch(null),
  role: word,
  grants: z.array(z.looseObject({ endedBy: word })).catch([]),
});

type PersonBody = z.infer<typeof personBody>;
type RoleBody = z.infer<typeof roleBody>;

/** Intents whose outcome is not among the entries: somebody else may have written it down since. */
export function openIntents(entries: readonly ListedEntry[]): readonly ListedEntry[] {
  const settled = new Set(entries.filter(({ action }) => isResult(action)).map(({ body }) => recordOf(body)));
  return entries.filter(({ action, body }) => isIntent(action) && !settled.has(recordOf(body)));
}

/** Tells whether an entry is the outcome of an intent. */
export function isOutcomeOf(entry: ListedEntry, intent: ListedEntry): boolean {
  return isResult(entry.action) && recordOf(entry.body) === recordOf(intent.body);
}

/**
 * Reads what was done out of entries of the trail, newest first: what was asked and then left, shown or refused is no
 * history.
 *
 * @param entries - newest first
 */
export function eventsOf(entries: readonly ListedEntry[], names: Names): readonly HistoryEvent[] {
  const results = new Map<string, ListedEntry>();
  for (const entry of entries) if (isResult(entry.action)) results.set(recordOf(entry.body) ?? `${entry.seq}`, entry);
  const begun = new Set(entries.filter(({ action }) => isIntent(action)).map(({ body }) => recordOf(body)));
  const events = entries.flatMap((entry): readonly (HistoryEvent | null)[] => {
    const { action, body } = entry;
    const record = recordOf(body);
    if (isIntent(action)) return [eventOf(entry, results.get(record ?? '') ?? null, names)];
    if (isResult(action)) return begun.has(record) ? [] : [eventOf(entry, entry, names)];
    return [otherEvent(entry, names)];
  });
  return onlyOnce(events.filter((event) => event !== null));
}

function isIntent(action: string): boolean {
  return action === 'change.intent' || action === 'role.intent';
}

function isResult(action: string): boolean {
  return ['change.outcome', 'change.settled', 'role.outcome', 'role.settled'].includes(action);
}

/** What joins an intent with its outcome. */
function recordOf(body: string): string | null {
  const { record, intent } = JSON.parse(body) as { record?: unknown; intent?: unknown };
  const id = record ?? intent;
  return typeof id === 'string' ? id : null;
}

function eventOf(entry: ListedEntry, result: ListedEntry | null, names: Names): HistoryEvent | null {
  return entry.action.startsWith('role.') ? definitionEvent(entry, result, names) : personEvent(entry, result, names);
}

function personEvent(entry: ListedEntry, result: ListedEntry | null, names: Names): HistoryEvent | null {
  const body = personBody.safeParse(JSON.parse(entry.body)).data;
  if (body === undefined) return null;
  const came = result === null || result === entry ? body.outcome : resultOf(result);
  const outcome = result === null ? UNKNOWN : (outcomeOf(came) ?? settledOutcome(result));
  if (outcome === null) return null;
  const after = outcome.kind === 'differs' ? (came?.found ?? []) : body.after;
  const lists = { before: named(body.before, names), after: named(after, names) };
  const times = body.grants.map(({ kind, role: about }) => ({
    kind: kind as GrantEffect['kind'],
    role: named([about], names)[0] ?? null,
  }));
  return { ...frame(entry, body, names), fact: { kind: 'roles', ...lists, times }, outcome };
}

const UNKNOWN: HistoryOutcome = { kind: 'unknown' };

/** Somebody meant it to change something, and the call never arrived. */
function settledOutcome({ action }: ListedEntry): HistoryOutcome | null {
  return action.endsWith('.settled') ? { kind: 'not-done', code: 'no-effect' } : null;
}

function resultOf({ body }: ListedEntry): PersonBody['outcome'] {
  return z.looseObject({ outcome }).safeParse(JSON.parse(body)).data?.outcome ?? null;
}

/** Null for what did nothing, or was followed by another attempt. */
function outcomeOf(came: PersonBody['outcome']): HistoryOutcome | null {
  switch (came?.kind) {
    case 'changed':
      return { kind: 'done' };
    case 'differs':
      return { kind: 'differs' };
    case 'failed':
      return came.code === NOT_SERVED ? null : { kind: 'not-done', code: came.code ?? 'unknown' };
    case 'unchanged':
    case 'moved':
    case 'refused':
      return null;
    default:
      return UNKNOWN;
  }
}

function definitionEvent(entry: ListedEntry, result: ListedEntry | null, names: Names): HistoryEvent | null {
  const body = roleBody.safeParse(JSON.parse(entry.body)).data;
  if (body === undefined) return null;
  const came = result === null || result === entry ? body.outcome : resultOf(result);
  const outcome = result === null ? UNKNOWN : (outcomeOf(came) ?? settledOutcome(result));
  return outcome === null ? null : { ...frame(entry, body, names), fact: definitionFact(body), outcome };
}

function definitionFact({ intent, name, before, after, gains, losses }: RoleBody): HistoryFact {
  const renamed = before !== null && after !== null && before.displayName !== after.displayName;
  return {
    kind: 'definition',
    intent: intent as RoleIntent,
    name: before?.displayName ?? name,
    newName: renamed ? after.displayName : null,
    added: after === null ? [] : gains,
    removed: after === null ? [] : losses,
  };
}

/** What no call of a confirmed change stands behind: failures before the call, and what became of times. */
function otherEvent(entry: ListedEntry, names: Names): HistoryEvent | null {
  switch (entry.action) {
    case 'change.failed':
      return personEvent(entry, entry, names);
    case 'grant.ended':
    case 'grant.end-failed':
    case 'grant.extended':
    case 'grant.not-begun':
      return grantEvent(entry, names);
    default:
      return null;
  }
}

function grantEvent(entry: ListedEntry, names: Names): HistoryEvent | null {
  const body = grantBody.safeParse(JSON.parse(entry.body)).data;
  if (body === undefined) return null;
  const common = frame(entry, { reason: null, ticket: null }, names);
  const done: HistoryOutcome = { kind: 'done' };
  switch (entry.action) {
    case 'grant.ended': {
      const endedBy = body.grants.find((grant) => grant.endedBy !== null)?.endedBy ?? null;
      const person = names.people.find(({ id }) => id === endedBy);
      const by = person === undefined ? null : { number: person.number, name: person.name };
      const lists = { before: named(body.before, names), after: named(body.after, names) };
      return { ...common, by, fact: { kind: 'ended', ...lists, early: endedBy !== null }, outcome: done };
    }
    case 'grant.extended': {
      const role = names.roles.find(({ id }) => id === body.role)?.displayName ?? body.role;
      return { ...common, fact: { kind: 'extended', role, until: body.to }, outcome: done };
    }
    case 'grant.not-begun':
      return { ...common, fact: { kind: 'not-begun' }, outcome: { kind: 'not-done', code: body.code ?? 'refused' } };
    default:
      return { ...common, fact: { kind: 'end-failed' }, outcome: { kind: 'not-done', code: body.code ?? 'unknown' } };
  }
}

type Frame = Omit<HistoryEvent, 'fact' | 'outcome'>;
type Told = Pick<PersonBody, 'reason' | 'ticket'> & Partial<Pick<PersonBody, 'change' | 'undoes' | 'asker'>>;

function frame({ seq, at, actor, subject, reference }: ListedEntry, body: Told, names: Names): Frame {
  const { reason, ticket, change = null, undoes = null, asker = null } = body;
  const by = actor === ASSISTANT ? (asker ?? null) : actor;
  return {
    ...{ seq, at, reference, reason, ticket, change, undoes },
    by: by === null ? null : remembered(by, names),
    person: subject === null ? null : remembered(subject, names),
  };
}

/** How the trail names the assistant itself. */
const ASSISTANT = 'rolecall';

function remembered(number: string, names: Names): Remembered {
  return { number, name: names.byNumber(number)?.name ?? '' };
}

function named(list: PersonBody['before'], names: Names): readonly string[] {
  const now = (id: string) => names.roles.find((each) => each.id === id)?.displayName;
  return list.map(({ id, name, displayName }) => name ?? displayName ?? now(id) ?? `role ${id}`);
}

/** A failure is written down by whoever tried and, in a change of many, once more by whoever counts. */
function onlyOnce(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const seen = new Set<string>();
  return events.filter(({ outcome, reference, person, fact }) => {
    if (outcome.kind !== 'not-done' || fact.kind !== 'roles') return true;
    const key = [reference, person?.number, outcome.code].join('|');
    return !seen.has(key) && seen.add(key);
  });
}
