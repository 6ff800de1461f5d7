import {
  type Ask,
  type AskAbout,
  type Evidence,
  type Group,
  INTENT_EFFECTS,
  type Intent,
  NO_SLOTS,
  type Slots,
} from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { rememberWords } from '../text/memo.ts';
import type { Edge, NameRef, PersonRef, TimeValue, Value } from '../types-internal.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { textOf } from './find-reasons.ts';
import type { Match } from './match.ts';
import { nearNames } from './near-names.ts';
import type { Scene } from './scene.ts';

/** An act with its slots filled as far as the words go. */
export type Draft = {
  readonly intent: Intent;
  readonly slots: Slots;
  /** What is missing or unclear, first things first. */
  readonly asks: readonly Ask[];
  readonly readings: readonly Evidence[];
  /** Groups beside the one in the slots; each is an act of its own. */
  readonly moreGroups: readonly Group[];
  readonly match: Match;
  /** Slots that nothing filled at all; a neighbouring act or the thread may. */
  readonly empty: readonly AskAbout[];
};

type Filling = {
  readonly scene: Scene;
  readonly isWrite: boolean;
  readonly takes: readonly string[];
  readonly antecedents: () => readonly string[];
  readonly asks: Ask[];
  readonly readings: Evidence[];
  readonly moreGroups: Group[];
};

const ABOUT: Readonly<Record<string, AskAbout>> = {
  WHO: 'person',
  GROUP: 'person',
  PERSON: 'person',
  SELF: 'person',
  ROLE: 'role',
  PERM: 'permission',
  APP: 'appPermission',
  SCOPE: 'scope',
  PARTNER: 'partner',
  REQ: 'request',
  ENDPOINT: 'endpoint',
  TIME: 'time',
  NAME: 'newRole',
  NUMBER: 'scope',
  ERROR: 'intent',
  REST: 'reason',
};
const SLOT_OF: Readonly<Record<string, keyof Slots>> = {
  ROLE: 'roles',
  PERM: 'permissions',
  APP: 'appPermissions',
  SCOPE: 'scopes',
  PARTNER: 'partners',
};
const UNKNOWN = slotSymbol('UNKNOWN');
const KINDS = (['ROLE', 'PERM', 'APP', 'SCOPE', 'PARTNER'] as const).map((name) => ({
  name,
  symbol: slotSymbol(name),
}));

/** Intents whose table names no people: "my" and "me" in them are talk. */
const PEOPLELESS = new Set<Intent>([
  'list-roles',
  'describe-role',
  'compare-roles',
  'roles-with-permission',
  'describe-permission',
  'requestable-roles',
  'explain-policy',
  'show-default-role',
  'explain-error',
  'check-app-permission',
  'list-app-permissions',
  'describe-app-permission',
  'check-scope',
  'list-scopes',
  'who-has-scope',
  'describe-scope',
  'export',
  'list-requests',
  'show-request',
  'whoami',
  'help',
  'set-default-role',
  'create-role',
  'edit-role',
  'rename-role',
  'delete-role',
  'assign-scope',
  'remove-scope',
  'approve',
  'deny',
  'cancel-request',
  'remind',
  'amend-request',
  'link',
  'unlink',
]);

/** Fills the slots of an act. `antecedents` finds the people that "him" or "them" may mean. */
export function fill(match: Match, scene: Scene, antecedents: () => readonly string[]): Draft {
  const { intent } = match.pattern;
  const isWrite = INTENT_EFFECTS[intent] !== 'read';
  const filling: Filling = {
    scene,
    isWrite,
    takes: match.pattern.grammar.takes ?? [],
    antecedents,
    asks: [],
    readings: [],
    moreGroups: [],
  };
  const slots: { -readonly [K in keyof Slots]: Slots[K] } = { ...NO_SLOTS, ...match.pattern.grammar.settles };
  fillPeople(match, filling, slots);
  for (const { element, edge } of match.filled) {
    if (element.slot === null || isPeople(element.slot)) continue;
    fillOne(element.slot, element.into, edge, element.accepts, filling, slots);
  }
  for (const edge of match.absorbed) absorb(edge, filling, slots);
  if (PEOPLELESS.has(intent)) slots.people = [];
  if (intent === 'help' || intent === 'whoami') Object.assign(slots, NO_SLOTS);
  if (match.pattern.isDoubtful)
    filling.asks.unshift({ about: 'intent', candidates: [], text: textOf(scene, match.from, match.to) });
  const empty: AskAbout[] = [];
  for (const element of match.missing) {
    const about = ABOUT[element.slot ?? ''];
    if (about === undefined) continue;
    empty.push(about);
    filling.asks.push({ about, candidates: [], text: '' });
  }
  const { asks, readings, moreGroups } = filling;
  return { intent, slots, asks, readings, moreGroups, match, empty };
}

function isPeople(slot: string): boolean {
  return slot === 'WHO' || slot === 'GROUP' || slot === 'PERSON' || slot === 'SELF';
}

function fillPeople(match: Match, filling: Filling, slots: { -readonly [K in keyof Slots]: Slots[K] }): void {
  const filled = match.filled.filter(
    ({ element }) => element.slot !== null && element.into !== 'none' && isPeople(element.slot),
  );
  if (filled.length > 1) filled.sort((a, b) => a.element.rank - b.element.rank);
  const named = filled.map((one) => one.edge);
  for (const edge of match.absorbed) if (edge.value?.kind === 'people' && edge.value.group !== null) named.push(edge);
  const people: string[] = [];
  for (const edge of named) {
    if (edge.symbols[0] === UNKNOWN && edge.value?.kind === 'text') {
      filling.asks.push({
        about: 'person',
        candidates: nearNames(edge.value.text, 'person', filling.scene.vocabulary),
        text: edge.value.text,
      });
      continue;
    }
    const { value } = edge;
    if (value?.kind === 'names') continue;
    if (value?.kind !== 'people') continue;
    addPeople(value, filling, people, slots);
  }
  slots.people = people;
}

function addPeople(
  value: Value & { kind: 'people' },
  filling: Filling,
  people: string[],
  slots: { -readonly [K in keyof Slots]: Slots[K] },
): void {
  if (value.group !== null && Object.keys(value.group).join() === 'except') {
    addException(value, filling, slots);
  } else if (value.group !== null) {
    slots.group = value.group;
    filling.moreGroups.push(...(value.more ?? []));
    if (value.groupUnclear !== null) filling.asks.push({ about: 'group', candidates: [], text: value.groupUnclear });
  }
  if (value.or && filling.isWrite) {
    filling.asks.push({
      about: 'person',
      candidates: value.people.flatMap((one) => one.candidates),
      text: value.people.map((one) => one.text).join(' or '),
    });
    return;
  }
  for (const one of value.people) {
    const numbers = settlePerson(one, value.groupUnclear === 'nobody', filling);
    for (const number of numbers) if (!people.includes(number)) people.push(number);
  }
}

/** An exception needs a group to be one from. */
function addException(
  value: Value & { kind: 'people' },
  filling: Filling,
  slots: { -readonly [K in keyof Slots]: Slots[K] },
): void {
  // "is anybody User Admin apart from carol": anybody at all.
  const group = slots.group ?? (filling.isWrite ? null : { everyone: true as const });
  if (group === null || value.groupUnclear !== null) {
    filling.asks.push({ about: 'group', candidates: [], text: value.groupUnclear ?? 'except' });
    return;
  }
  slots.group = { ...group, except: [...(group.except ?? []), ...(value.group?.except ?? [])] };
}

function settlePerson(one: PersonRef, fitsNobody: boolean, filling: Filling): readonly string[] {
  const ask = (candidates: readonly string[], text: string): readonly string[] => {
    filling.asks.push({ about: 'person', candidates: candidates.slice(0, 10), text });
    return [];
  };
  if (one.is === 'pronoun') return settlePronoun(one, filling);
  if (fitsNobody) return ask(one.candidates, one.text);
  const [only] = one.candidates;
  if (only === undefined) return ask(nearNames(one.text, 'person', filling.scene.vocabulary), one.text);
  if (one.candidates.length > 1) return ask(one.candidates, one.text);
  if (!one.literal) {
    if (filling.isWrite) return ask(one.candidates, one.text);
    filling.readings.push({ words: one.text, as: nameOf(only, filling.scene.vocabulary), literal: false });
  } else if (one.is === 'self')
    filling.readings.push({ words: one.text, as: nameOf(only, filling.scene.vocabulary), literal: true });
  else if (isOtherSpelling(one.text, only, filling.scene.vocabulary))
    filling.readings.push({ words: one.text, as: nameOf(only, filling.scene.vocabulary), literal: false });
  return [only];
}

/** "koehler" for Köhler: found by its letters, and not written so. */
function isOtherSpelling(text: string, number: string, vocabulary: Vocabulary): boolean {
  const name = vocabulary.people.people[vocabulary.people.byNumber(number)]?.name.toLowerCase() ?? '';
  if (name.includes(text.toLowerCase()) || !/^[\p{L}\p{M}' -]+$/u.test(text)) return false;
  const plain = name.replaceAll(/[\u2019']/g, '');
  return text
    .toLowerCase()
    .replaceAll("'", '')
    .split(/[ -]+/)
    .some((word) => !plain.includes(word) && !/^(?:ext|extension)$/.test(word));
}

function settlePronoun(one: PersonRef, filling: Filling): readonly string[] {
  const plural = ['them', 'they', 'their', 'theirs', 'theyre', 'themselves', 'both'].includes(one.text);
  const known = filling.antecedents();
  if (isSomebodyElse(filling.scene)) {
    filling.asks.push({ about: 'person', candidates: known, text: one.text });
    return [];
  }
  if (known.length === 1 || (plural && known.length > 1)) {
    filling.readings.push({
      words: one.text,
      as: known.map((number) => nameOf(number, filling.scene.vocabulary)).join(', '),
      literal: false,
    });
    return known;
  }
  filling.asks.push({ about: 'person', candidates: known, text: one.text });
  return [];
}

/** "Give it to her too": whoever the thread was about has been spoken of; somebody else is meant. */
function isSomebodyElse(scene: Scene): boolean {
  if (scene.context.previous === null) return false;
  const keys = scene.lattice.tokens.map((token) => token.key);
  const isMore = keys.some((key, at) => key === 'too' || key === 'also' || (key === 'as' && keys[at + 1] === 'well'));
  return isMore && keys.some((key) => key === 'it' || key === 'that' || key === 'same');
}

/** A person as the reply names them. */
function nameOf(number: string, vocabulary: Vocabulary): string {
  const person = vocabulary.people.people[vocabulary.people.byNumber(number)];
  return person === undefined ? number : `${person.name} (${number})`;
}

function fillOne(
  slot: string,
  into: string | null,
  edge: Edge,
  accepts: readonly number[],
  filling: Filling,
  slots: { -readonly [K in keyof Slots]: Slots[K] },
): void {
  const { value } = edge;
  if (into === 'none') return;
  if (edge.symbols[0] === UNKNOWN && value?.kind === 'text') {
    const about = ABOUT[slot] ?? 'intent';
    filling.asks.push({ about, candidates: nearNames(value.text, about, filling.scene.vocabulary), text: value.text });
    return;
  }
  if (value?.kind === 'people') {
    const people = [...slots.people];
    addPeople(value, filling, people, slots);
    slots.people = people;
    return;
  }
  if (value?.kind === 'names' && slot === 'ENDPOINT') {
    slots.endpoint = settleEndpoint(value.names, filling);
    return;
  }
  if (value?.kind === 'names') {
    const kind = KINDS.find(({ symbol }) => accepts.includes(symbol) && edge.symbols.includes(symbol))?.name ?? slot;
    const target = into ?? SLOT_OF[kind];
    const about = ABOUT[kind] ?? 'intent';
    if (target === undefined) return;
    const names = settleNames(value.names, value.or, about, filling);
    // Whatever the slot is called, it holds a list of names like the roles.
    slots[target as 'roles'] = [...(slots[target as 'roles'] ?? []), ...names];
    return;
  }
  if (value?.kind === 'request') slots.request = value.id;
  if (value?.kind === 'endpoint') slots.endpoint = value.endpoint;
  if (value?.kind === 'error') slots.error = { code: value.code, permission: value.permission };
  if (value?.kind === 'number') {
    const scopes = filling.scene.vocabulary.scopesById.get(value.number);
    if (scopes === undefined) filling.asks.push({ about: 'scope', candidates: [], text: String(value.number) });
    else slots.scopes = scopes;
  }
  if (value?.kind === 'time') absorbTime(value, filling, slots);
  if (slot === 'NAME') slots.newRole = cleanName(textOf(filling.scene, edge.from, edge.to));
  if (slot === 'REST') slots.reason = cleanReason(textOf(filling.scene, edge.from, edge.to));
}

const REASON_LEADS =
  /^(?:[\s,;:.-]+|because of|because|reason is|reason|as|since|due to|but|and|justification|cause|cuz)(?=[\s,;:.-]|$)/i;

function cleanReason(text: string): string | null {
  let rest = text;
  for (let count = 0; count < 5; count += 1) rest = rest.replace(REASON_LEADS, '').trim();
  rest = rest.replace(/[\s.,;!]+$/, '');
  return rest === '' ? null : rest;
}

function cleanName(text: string): string {
  return text
    .replace(/[\uE000-\uE00F]/g, '')
    .replace(/^[\s'"]+|[\s'".,!?]+$/g, '')
    .replace(/\s+(?:please|pls|plz|thanks)$/i, '');
}

/** An operation that was named by what it is about; several of that name are asked about. */
function settleEndpoint(names: readonly NameRef[], filling: Filling): string | null {
  const [name] = names;
  const [only, ...others] = name?.values ?? [];
  if (name === undefined || only === undefined) return null;
  if (others.length > 0) filling.asks.push({ about: 'endpoint', candidates: name.values, text: name.text });
  else filling.readings.push({ words: name.text, as: only, literal: false });
  return others.length > 0 ? null : only;
}

function settleNames(names: readonly NameRef[], or: boolean, about: AskAbout, filling: Filling): readonly string[] {
  if (or && filling.isWrite) {
    filling.asks.push({
      about,
      candidates: names.flatMap((name) => name.values),
      text: names.map((name) => name.text).join(' or '),
    });
    return [];
  }
  const settled: string[] = [];
  const { vocabulary } = filling.scene;
  for (const name of names) {
    const [first] = name.values;
    if (first === undefined) continue;
    const open = name.values.length > 1;
    if ((open && (filling.isWrite || about !== 'permission')) || (!name.literal && filling.isWrite)) {
      filling.asks.push({ about, candidates: name.values, text: name.text });
      continue;
    }
    const isSpoken = about === 'permission' && !vocabulary.isWritten(name.text, first);
    if (open || !name.literal || isSpoken) filling.readings.push({ words: name.text, as: first, literal: false });
    if (!settled.includes(first)) settled.push(first);
  }
  return settled;
}

function absorb(edge: Edge, filling: Filling, slots: { -readonly [K in keyof Slots]: Slots[K] }): void {
  const { value } = edge;
  if (value?.kind === 'time') {
    absorbTime(value, filling, slots);
  }
  if (value?.kind !== 'text') return;
  if (edge.symbols.includes(slotSymbol('TICKET'))) slots.ticket = value.text;
  if (edge.symbols.includes(slotSymbol('REASON')) && value.text !== '') slots.reason ??= value.text;
}

function absorbTime(
  value: Value & { kind: 'time' },
  filling: Filling,
  slots: { -readonly [K in keyof Slots]: Slots[K] },
): void {
  const { takes } = filling;
  if (takes.length === 0 && !filling.isWrite) return;
  if (takes.includes('period') && value.period !== null) {
    slots.period = { since: value.period.since ?? slots.period.since, until: value.period.until ?? slots.period.until };
    return;
  }
  if (takes.includes('period')) return;
  // "after 5pm" tells no end and no start that an order could have.
  if (value.time === null) {
    filling.asks.push({ about: 'time', candidates: [], text: '' });
    return;
  }
  const { time } = value;
  if (time.unclear !== null) {
    filling.asks.push({ about: 'time', candidates: [], text: time.text });
    return;
  }
  const clash =
    (time.for !== null && slots.time.for !== null) ||
    (time.until !== null && slots.time.until !== null) ||
    (time.from !== null && slots.time.from !== null) ||
    (time.for !== null && slots.time.until !== null) ||
    (time.until !== null && slots.time.for !== null);
  if (clash) {
    filling.asks.push({ about: 'time', candidates: [], text: time.text });
    return;
  }
  const from = time.from ?? slots.time.from;
  const until = time.isClock && from !== null ? onDayOf(from, time.until, filling) : time.until;
  slots.time = { for: time.for ?? slots.time.for, until: until ?? slots.time.until, from };
  const last = endOfDay(time);
  if (last !== null) filling.readings.push({ words: time.text, as: `until ${last}`, literal: false });
  if (from !== null && slots.time.until !== null && Date.parse(slots.time.until) <= Date.parse(from))
    filling.asks.push({ about: 'time', candidates: [], text: time.text });
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day alone as an end lasts until its last second; the reply says so. Null when the end was told to the minute. */
function endOfDay({ until, text }: TimeValue): string | null {
  if (until === null || until.slice(11, 19) !== '23:59:59' || text.includes('59')) return null;
  return `the end of ${dayInWords(until.slice(0, 10))}`;
}

/** Formatting a date is slow, and people name the same few days. */
const dayInWords = rememberWords((day) => DAY.format(Date.parse(`${day}T00:00:00Z`)).replace(',', ''));

/** "starting tomorrow at 8 until 5pm": the end is told by the clock alone, so it is on the day of the start. */
function onDayOf(from: string, until: string | null, filling: Filling): string | null {
  if (until === null) return null;
  const [year = 0, month = 0, day = 0] = from.slice(0, 10).split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = until.slice(11, 19).split(':').map(Number);
  return filling.scene.calendar().instant({ year, month, day }, { hour, minute, second });
}
