import { type Ask, INTENT_EFFECTS, type Intent, type Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge, Value } from '../types-internal.ts';
import type { Lattice } from './lattice.ts';
import type { Scene } from './scene.ts';

/** Reads a text as if it stood alone. */
export type Reread = (text: string) => Understanding;

const WHO = slotSymbol('WHO');
const SELF = slotSymbol('SELF');
const GROUP = slotSymbol('GROUP');
const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const TIME = slotSymbol('TIME');
const SCOPE = slotSymbol('SCOPE');
const PARTNER = slotSymbol('PARTNER');
const APP = slotSymbol('APP');
const KINDS = [WHO, GROUP, ROLE, PERM, TIME, SCOPE, PARTNER, APP];
const CERTAIN = 0.62;

/** Words of a fragment that only tie it to what was said before. */
const TIES = new Set(
  'and what about how also too as well same for with the one ones instead then does has ? . , ! please pls plz now is in from of at to on but ok okay no mean it him her them that this thing make only just sorry rather who whats on which an a role permission yes yeah yep sure or not again - : ( )'.split(
    ' ',
  ),
);
const OPENERS = new Set(['and', 'what', 'how', 'also', 'same', 'but', 'then', 'or', 'plus', 'for', 'as']);

type Fragment = {
  readonly values: readonly { readonly kind: number; readonly edge: Edge }[];
  readonly opened: boolean;
};

/** Reads a text as going on with the thread; null when it stands on its own. */
export function continueThread(text: string, scene: Scene, lattice: Lattice, reread: Reread): Understanding | null {
  const { previous } = scene.context;
  if (previous === null || previous.intent === null) return null;
  const why = askWhy(previous, lattice);
  if (why !== null) return why;
  const fragment = readFragment(lattice, previous);
  if (previous.outcome === 'ask-back' && previous.ask !== null) {
    const answered = answer(previous, previous.ask, fragment, scene, lattice, reread);
    if (answered !== null) return answered;
  }
  if (fragment === null || previous.outcome !== 'understood') return null;
  // A sentence that is whole by itself goes on with nothing, unless it opens with "and".
  if (!fragment.opened && reread(text).outcome === 'understood') return null;
  return goOn(previous, fragment, scene);
}

/** The names and times of a text that holds nothing else; null when it holds more. */
function readFragment(lattice: Lattice, previous: Understanding): Fragment | null {
  const values: { kind: number; edge: Edge }[] = [];
  let at = 0;
  while (at < lattice.tokens.length) {
    const found = longest(lattice, at, previous);
    if (found !== null) {
      values.push(found);
      at = found.edge.to;
    } else if (TIES.has(lattice.tokens[at]?.key ?? '')) at += 1;
    else return null;
  }
  return { values, opened: OPENERS.has(lattice.tokens[0]?.key ?? '') };
}

function longest(lattice: Lattice, at: number, previous: Understanding): { kind: number; edge: Edge } | null {
  let best: { kind: number; edge: Edge } | null = null;
  for (const edge of lattice.startingAt[at] ?? []) {
    if (edge.value === null || edge.cost > CERTAIN || isPronoun(edge.value)) continue;
    if (edge.symbols.includes(SELF) && lattice.tokens[at]?.key === 'i') continue;
    const kinds = KINDS.filter((kind) => edge.symbols.includes(kind));
    for (const kind of kinds) {
      const longer = best === null || edge.to > best.edge.to;
      const preferred = best !== null && edge.to === best.edge.to && rank(kind, previous) < rank(best.kind, previous);
      if (longer || preferred) best = { kind, edge };
    }
  }
  return best;
}

/** A word that is both a role and a permission goes on with what the thread is about. */
function rank(kind: number, previous: Understanding): number {
  const asked = previous.outcome === 'ask-back' ? previous.ask?.about : undefined;
  if (asked === 'role' && kind === ROLE) return -1;
  if (asked === 'permission' && kind === PERM) return -1;
  if (kind === ROLE) return previous.roles.length > 0 ? 0 : 2;
  if (kind === PERM) return previous.permissions.length > 0 ? 0 : 3;
  if (kind === APP) return previous.appPermissions.length > 0 ? 0 : 9;
  return kind === GROUP ? 5 : 1;
}

function isPronoun(value: Value): boolean {
  return value.kind === 'people' && value.people.some((one) => one.is === 'pronoun');
}

function askWhy(previous: Understanding, lattice: Lattice): Understanding | null {
  const words = lattice.tokens.filter((token) => token.kind === 'word').map((token) => token.key);
  const isWhy =
    words[0] === 'why' &&
    words.every((word) =>
      ['why', 'not', 'so', 'is', 'that', 'though', 'can', 'he', 'she', 'they', 'cant'].includes(word),
    );
  if (!isWhy || previous.intent !== 'check-permission') return null;
  return {
    ...previous,
    intent: 'explain-access',
    effect: 'read',
    text: lattice.tokens.map((token) => token.text).join(' '),
  };
}

/**
 * Puts an answer in the place of the words it answers, and reads the sentence again.
 *
 * Only so do other unclear words stay unclear: an answer about the person says nothing about the time.
 */
function answer(
  previous: Understanding,
  ask: Ask,
  fragment: Fragment | null,
  scene: Scene,
  lattice: Lattice,
  reread: Reread,
): Understanding | null {
  const words = answerWords(ask, fragment, scene, lattice);
  if (words === null) return null;
  for (const sentence of sentences(previous.text, ask.text, words)) {
    const again = reread(sentence);
    if (again.intent === null || INTENT_EFFECTS[again.intent] !== previous.effect) continue;
    if (again.ask?.about === ask.about && (again.ask.text === ask.text || again.ask.text === '')) continue;
    return {
      ...again,
      text: sentence,
      readings: [...again.readings, { words: ask.text === '' ? ask.about : ask.text, as: words, literal: false }],
    };
  }
  return null;
}

function* sentences(text: string, unclear: string, words: string): Generator<string> {
  const at = unclear === '' ? -1 : text.toLowerCase().indexOf(unclear.toLowerCase());
  if (at >= 0) yield `${text.slice(0, at)}${words}${text.slice(at + unclear.length)}`;
  if (unclear !== '') return;
  const trimmed = text.replace(/[\s.!?]+$/, '');
  for (const joint of [' ', ' to ', ' from ', ' for ', ' with ', ' because ', ': ']) yield `${trimmed}${joint}${words}`;
}

const ORDINALS: Readonly<Record<string, number>> = {
  first: 0,
  '1st': 0,
  second: 1,
  '2nd': 1,
  third: 2,
  '3rd': 2,
  last: -1,
  former: 0,
  latter: -1,
};

function answerWords(ask: Ask, fragment: Fragment | null, scene: Scene, lattice: Lattice): string | null {
  const keys = lattice.tokens.filter((token) => token.kind === 'word').map((token) => token.key);
  const [only] = ask.candidates;
  const agrees =
    keys.length > 0 &&
    keys.every((key) =>
      [
        'yes',
        'yeah',
        'yep',
        'y',
        'right',
        'correct',
        'exactly',
        'sure',
        'that',
        'one',
        'him',
        'her',
        'ok',
        'please',
        'yup',
      ].includes(key),
    );
  if (agrees && ask.candidates.length === 1 && only !== undefined && ask.about !== 'intent') return only;
  const ordinal = keys.find((key) => Object.hasOwn(ORDINALS, key));
  if (
    ordinal !== undefined &&
    keys.length <= 4 &&
    ask.candidates.length > 1 &&
    (fragment === null || fragment.values.length === 0)
  ) {
    return ask.candidates.at(ORDINALS[ordinal] ?? 0) ?? null;
  }
  if (ask.about === 'reason') return lattice.tokens.map((token) => token.text).join(' ');
  if (fragment === null) return null;
  const [first] = fragment.values;
  if (first === undefined || fragment.values.length > 1) return null;
  return valueWords(ask, first, scene, lattice);
}

function valueWords(ask: Ask, one: { kind: number; edge: Edge }, scene: Scene, lattice: Lattice): string | null {
  const { kind, edge } = one;
  const { value } = edge;
  const said = lattice.tokens
    .slice(edge.from, edge.to)
    .map((token) => token.text)
    .join(' ');
  if (ask.about === 'time') return kind === TIME ? said : null;
  if (value?.kind === 'people' && (ask.about === 'person' || ask.about === 'group')) {
    if (value.group !== null) return ask.candidates.length > 0 ? within(ask, value, scene) : said;
    const numbers = value.people.flatMap((person) => (person.candidates.length === 1 ? person.candidates : []));
    const narrowed =
      value.people.length === 1
        ? (value.people[0]?.candidates ?? []).filter((number) => ask.candidates.includes(number))
        : [];
    if (numbers.length === value.people.length) return numbers.join(', ');
    return narrowed.length === 1 ? (narrowed[0] ?? null) : null;
  }
  if (value?.kind !== 'names') return null;
  const fits =
    (ask.about === 'role' && kind === ROLE) ||
    (ask.about === 'permission' && kind === PERM) ||
    (ask.about === 'partner' && kind === PARTNER) ||
    (ask.about === 'scope' && kind === SCOPE) ||
    (ask.about === 'appPermission' && kind === APP);
  if (!fits) return null;
  const among = value.names[0]?.values.filter((name) => ask.candidates.includes(name)) ?? [];
  if (value.names.length === 1 && (value.names[0]?.values.length ?? 0) > 1)
    return among.length === 1 ? (among[0] ?? null) : null;
  return value.names.map((name) => name.values[0]).join(' and ');
}

/** "the one in sales": the only candidate there. */
function within(ask: Ask, value: Value & { kind: 'people' }, scene: Scene): string | null {
  const { people } = scene.vocabulary;
  const there = ask.candidates.filter((number) => {
    const one = people.people[people.byNumber(number)];
    if (value.group?.department !== undefined && one?.department !== value.group.department) return false;
    return value.group?.site === undefined || one?.site === value.group.site;
  });
  return there.length === 1 ? (there[0] ?? null) : null;
}

const FOR_ROLE: Readonly<Partial<Record<Intent, Intent>>> = {
  'check-permission': 'check-role',
  'who-has-permission': 'who-has-role',
  'give-permission': 'assign-role',
  'take-permission': 'remove-role',
  'describe-permission': 'describe-role',
};
const FOR_PERMISSION: Readonly<Partial<Record<Intent, Intent>>> = {
  'check-role': 'check-permission',
  'who-has-role': 'who-has-permission',
  'assign-role': 'give-permission',
  'remove-role': 'take-permission',
  'describe-role': 'describe-permission',
};

/** "and carol?", "and Meetings?", "until friday": the earlier act with the new name or time in its place. */
function goOn(previous: Understanding, fragment: Fragment, scene: Scene): Understanding | null {
  let next: Understanding = { ...previous, readings: [], suggestions: [], text: previous.text };
  if (fragment.values.length === 0 || previous.also.length > 0) return null;
  for (const { kind, edge } of fragment.values) {
    const changed = replace(next, kind, edge, fragment);
    if (changed === null) return null;
    next = changed;
  }
  const said = fragment.values
    .map(({ edge }) =>
      scene.lattice.tokens
        .slice(edge.from, edge.to)
        .map((token) => token.text)
        .join(' '),
    )
    .join(', ');
  return {
    ...next,
    text: scene.lattice.tokens.map((token) => token.text).join(' '),
    readings: [...next.readings, { words: said, as: next.intent ?? '', literal: false }],
  };
}

function replace(act: Understanding, kind: number, edge: Edge, fragment: Fragment): Understanding | null {
  const { value } = edge;
  if (value?.kind === 'people') return replacePeople(act, value);
  if (value?.kind === 'time') {
    const { time } = value;
    const isTimed = act.effect !== 'read' || act.intent === 'history' || act.intent === 'export';
    if (!isTimed) return null;
    if (act.effect === 'read') return value.period === null ? null : { ...act, period: value.period };
    if (time === null) return null;
    if (time.unclear !== null)
      return { ...act, outcome: 'ask-back', ask: { about: 'time', candidates: [], text: time.text } };
    return { ...act, time: { for: time.for, until: time.until, from: time.from ?? act.time.from } };
  }
  if (value?.kind !== 'names') return null;
  return replaceNames(act, kind, value, fragment);
}

function replacePeople(act: Understanding, value: Value & { kind: 'people' }): Understanding | null {
  const asksWho = act.intent === 'who-has-role' || act.intent === 'who-has-permission';
  if (asksWho) return value.group === null ? null : { ...act, group: value.group };
  if (act.people.length === 0 && act.group === null) return null;
  if (value.group !== null) return act.intent === 'copy-roles' ? null : { ...act, people: [], group: value.group };
  const people: string[] = [];
  for (const one of value.people) {
    const [number] = one.candidates;
    const unclear =
      one.candidates.length !== 1 || (!one.literal && act.effect !== 'read') || value.groupUnclear !== null;
    if (unclear || number === undefined) {
      return {
        ...act,
        people: [],
        group: null,
        outcome: 'ask-back',
        ask: { about: 'person', candidates: one.candidates, text: one.text },
      };
    }
    people.push(number);
  }
  return { ...act, people: act.intent === 'copy-roles' ? [...people, ...act.people.slice(1)] : people, group: null };
}

function replaceNames(
  act: Understanding,
  kind: number,
  value: Value & { kind: 'names' },
  fragment: Fragment,
): Understanding | null {
  const names: string[] = [];
  for (const name of value.names) {
    const [first] = name.values;
    const unclear = (name.values.length > 1 && act.effect !== 'read') || (!name.literal && act.effect !== 'read');
    if (first === undefined) return null;
    if (unclear)
      return {
        ...act,
        outcome: 'ask-back',
        ask: { about: kind === ROLE ? 'role' : 'permission', candidates: name.values, text: name.text },
      };
    names.push(first);
  }
  if (act.intent === null) return null;
  if (kind === SCOPE) return act.scopes.length > 0 ? { ...act, scopes: names } : null;
  if (kind === PARTNER) return act.partners.length > 0 ? { ...act, partners: names } : null;
  if (kind === APP) return act.appPermissions.length > 0 ? { ...act, appPermissions: names } : null;
  // A write goes on with another role only when the words say so; a bare role name may be a question.
  if (act.effect !== 'read' && !fragment.opened) return null;
  if (kind === ROLE)
    return act.roles.length > 0
      ? { ...act, roles: names }
      : changeKind(act, FOR_ROLE, { roles: names, permissions: [] });
  return act.permissions.length > 0
    ? { ...act, permissions: names }
    : changeKind(act, FOR_PERMISSION, { permissions: names, roles: [] });
}

function changeKind(
  act: Understanding,
  map: Readonly<Partial<Record<Intent, Intent>>>,
  slots: Pick<Understanding, 'roles' | 'permissions'>,
): Understanding | null {
  const intent = act.intent === null ? undefined : map[act.intent];
  return intent === undefined ? null : { ...act, ...slots, intent, effect: INTENT_EFFECTS[intent] };
}
