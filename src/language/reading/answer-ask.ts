import { type Ask, INTENT_EFFECTS, NO_SLOTS, type Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge, Value } from '../types-internal.ts';
import { textOf } from './find-reasons.ts';
import type { Fragment } from './fragments.ts';
import type { Lattice } from './lattice.ts';
import { narrow } from './narrow.ts';
import type { Scene } from './scene.ts';
import { timeAnswer } from './time-answers.ts';

/** Reads a text as if it stood alone. */
export type Reread = (text: string) => Understanding;

const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const TIME = slotSymbol('TIME');
const SCOPE = slotSymbol('SCOPE');
const PARTNER = slotSymbol('PARTNER');
const APP = slotSymbol('APP');
const REQ = slotSymbol('REQ');

/**
 * Puts an answer in the place of the words it answers, and reads the sentence again; null when the text is no answer.
 *
 * Only so do other unclear words stay unclear: an answer about the person says nothing about the time.
 */
export function answerAsk(
  previous: Understanding,
  ask: Ask,
  fragment: Fragment | null,
  scene: Scene,
  lattice: Lattice,
  reread: Reread,
): Understanding | null {
  if (isQuestion(lattice)) return null;
  if (isNo(lattice)) return refused(lattice);
  for (const words of answers(ask, fragment, scene, lattice)) {
    for (const sentence of sentences(previous.text, ask, words)) {
      const again = reread(sentence);
      if (again.intent === null || INTENT_EFFECTS[again.intent] !== previous.effect) continue;
      if (again.ask?.about === ask.about && (again.ask.text === ask.text || again.ask.text === '')) continue;
      const reading = { words: ask.text === '' ? ask.about : ask.text, as: words, literal: false };
      return { ...again, text: sentence, readings: [...again.readings, reading] };
    }
  }
  return askAgain(previous, ask, scene, lattice);
}

const ASKING = new Set('who whos which why does do is are can what whats how when where show list'.split(' '));

/** "who is in the support team?" is a question of its own; "what about the one in sales?" is an answer. */
function isQuestion(lattice: Lattice): boolean {
  const [first, second] = wordKeys(lattice);
  return ASKING.has(first ?? '') && second !== 'about' && !isOrdinal(lattice);
}

/** "which one? the second one" still tells which. */
function isOrdinal(lattice: Lattice): boolean {
  return wordKeys(lattice).some((key) => key !== 'one' && Object.hasOwn(ORDINALS, key));
}

const NO = new Set([
  'no',
  'nope',
  'nah',
  'n',
  'nein',
  'dont',
  'not',
  'stop',
  'please',
  'thanks',
  'that',
  'thank',
  'you',
]);

function wordKeys(lattice: Lattice): readonly string[] {
  return lattice.tokens.filter((token) => token.kind === 'word').map((token) => token.key);
}

/** Nothing but a no: what was asked about is not meant, so nothing is. */
export function isNo(lattice: Lattice): boolean {
  const [first, ...rest] = wordKeys(lattice);
  return first !== undefined && ['no', 'nope', 'nah', 'n'].includes(first) && rest.every((key) => NO.has(key));
}

const NOTHING = {
  ...NO_SLOTS,
  outcome: 'declined',
  intent: null,
  effect: null,
  dryRun: false,
  also: [],
  ask: null,
  suggestions: [],
  readings: [],
} as const;

/** The words say not to act. */
export function refused(lattice: Lattice): Understanding {
  const text = lattice.tokens.map((token) => token.text).join(' ');
  return { ...NOTHING, text };
}

const NONE = new Set(['neither', 'none', 'nobody', 'other', 'another', 'else', 'different']);

/** "chris y" may still be two people, "neither" none of those offered: the question stays open, with fewer to choose from. */
function askAgain(previous: Understanding, ask: Ask, scene: Scene, lattice: Lattice): Understanding | null {
  const keys = wordKeys(lattice);
  if (keys.length <= 4 && keys.some((key) => NONE.has(key)) && ask.candidates.length > 0)
    return { ...previous, ask: { ...ask, candidates: keys.includes('other') ? ask.candidates : [] } };
  const left = narrow(ask, scene, lattice);
  return left.length > 1 ? { ...previous, ask: { ...ask, candidates: left } } : null;
}

function* sentences(text: string, ask: Ask, words: string): Generator<string> {
  const at = ask.text === '' ? -1 : text.toLowerCase().indexOf(ask.text.toLowerCase());
  if (at >= 0) yield `${text.slice(0, at)}${words}${text.slice(at + ask.text.length)}`;
  if (ask.text !== '') return;
  const trimmed = text.replace(/[\s.!?]+$/, '');
  const joints = ask.about === 'newRole' ? NEW_NAME_JOINTS : JOINTS;
  for (const joint of joints) yield `${trimmed}${joint}${words}`;
}

const JOINTS = [' ', ' to ', ' from ', ' for ', ' with ', ' because ', ': '];
const NEW_NAME_JOINTS = [' called ', ' to ', ' '];

const ORDINALS: Readonly<Record<string, number>> = {
  first: 0,
  '1st': 0,
  '1': 0,
  one: 0,
  second: 1,
  '2nd': 1,
  '2': 1,
  two: 1,
  third: 2,
  '3rd': 2,
  '3': 2,
  fourth: 3,
  '4th': 3,
  '4': 3,
  last: -1,
  former: 0,
  latter: -1,
};
const AGREEING = new Set(
  'yes yeah yep y yup right correct exactly sure that one him her ok okay please the role permission it is thats indeed true mean i meant this'.split(
    ' ',
  ),
);
const ALL = new Set(['both', 'all', 'of', 'them', 'please', 'two', 'the', 'yes']);
const LONGEST_NAME = 6;
const NAME_LEADS =
  /^(?:(?:please\s+)?(?:call|name)\s+it|it\s+(?:is|should be|shall be)(?:\s+(?:called|named))?|called|named|name\s*(?:is|:)|the name is|its name is)\s+/i;

/** The words that the text may put in the place of the unclear ones, the likeliest first. */
function* answers(ask: Ask, fragment: Fragment | null, scene: Scene, lattice: Lattice): Generator<string> {
  const keys = wordKeys(lattice);
  const [only] = ask.candidates;
  const isPlural = ask.about === 'person' || ask.about === 'role' || ask.about === 'permission';
  if (only !== undefined && ask.candidates.length === 1 && ask.about !== 'intent' && isAll(keys, AGREEING)) yield only;
  if (isPlural && ask.candidates.length === 2 && isAll(keys, ALL) && (keys.includes('both') || keys.includes('all')))
    yield ask.candidates.join(' and ');
  const chosen = byOrder(ask, fragment, lattice);
  if (chosen !== null) yield chosen;
  const said = lattice.tokens.map((token) => token.text).join(' ');
  if (ask.about === 'reason') yield said;
  if (ask.about === 'newRole') yield* newName(scene, lattice);
  if (ask.about === 'time') yield* timeWords(ask, fragment, scene, lattice);
  const value = fragment === null ? null : valueWords(ask, fragment, scene);
  if (value !== null) yield value;
  const left = narrow(ask, scene, lattice);
  if (left.length === 1 && left[0] !== undefined) yield left[0];
}

function isAll(keys: readonly string[], allowed: ReadonlySet<string>): boolean {
  return keys.length > 0 && keys.every((key) => allowed.has(key));
}

/** "the second one", "2". */
function byOrder(ask: Ask, fragment: Fragment | null, lattice: Lattice): string | null {
  const keys = lattice.tokens.filter(({ kind }) => kind === 'word' || kind === 'number').map((token) => token.key);
  if (ask.candidates.length < 2 || keys.length > 4 || ask.about === 'time') return null;
  const named = fragment?.values.some(({ kind }) => kind !== TIME) ?? false;
  const ordinal = keys.find((key) => Object.hasOwn(ORDINALS, key) && (key !== 'one' || keys.length === 1));
  return ordinal === undefined || named ? null : (ask.candidates.at(ORDINALS[ordinal] ?? 0) ?? null);
}

function* newName(scene: Scene, lattice: Lattice): Generator<string> {
  const said = textOf(scene, 0, lattice.tokens.length)
    .replace(NAME_LEADS, '')
    .replace(/["'.!]+/g, '')
    .trim();
  if (said !== '' && said.split(/\s+/).length <= LONGEST_NAME) yield `"${said}"`;
}

function* timeWords(ask: Ask, fragment: Fragment | null, scene: Scene, lattice: Lattice): Generator<string> {
  const edge = fragment?.values.find(({ kind }) => kind === TIME)?.edge ?? null;
  const said = edge === null ? textOf(scene, 0, lattice.tokens.length) : textOf(scene, edge.from, edge.to);
  const words = timeAnswer(ask.text, said, edge);
  if (words !== null) yield words;
}

function valueWords(ask: Ask, fragment: Fragment, scene: Scene): string | null {
  const [first, ...rest] = fragment.values;
  if (first === undefined || ask.about === 'time') return null;
  // "Manager until friday": the answer, and when.
  if (rest.some(({ kind }) => kind !== TIME)) return null;
  const words = oneValue(ask, first, scene);
  if (words === null || rest.length === 0) return words;
  return [words, ...rest.map(({ edge }) => textOf(scene, edge.from, edge.to))].join(' ');
}

function oneValue(
  ask: Ask,
  { kind, edge }: { readonly kind: number; readonly edge: Edge },
  scene: Scene,
): string | null {
  const { value } = edge;
  if (value?.kind === 'request') return ask.about === 'request' ? value.id : null;
  if (value?.kind === 'people' && (ask.about === 'person' || ask.about === 'group'))
    return personWords(ask, value, textOf(scene, edge.from, edge.to), scene);
  if (value?.kind !== 'names' || SYMBOL_OF[ask.about] !== kind) return null;
  const among = value.names[0]?.values.filter((name) => ask.candidates.includes(name)) ?? [];
  if (value.names.length === 1 && (value.names[0]?.values.length ?? 0) > 1)
    return among.length === 1 ? (among[0] ?? null) : null;
  return value.names.map((name) => name.values[0]).join(' and ');
}

const SYMBOL_OF: Readonly<Partial<Record<Ask['about'], number>>> = {
  role: ROLE,
  permission: PERM,
  partner: PARTNER,
  scope: SCOPE,
  appPermission: APP,
  request: REQ,
};

function personWords(ask: Ask, value: Value & { kind: 'people' }, said: string, scene: Scene): string | null {
  if (value.group !== null) return ask.candidates.length > 0 ? within(ask, value, scene) : said;
  const numbers = value.people.flatMap((person) => (person.candidates.length === 1 ? person.candidates : []));
  const narrowed =
    value.people.length === 1
      ? (value.people[0]?.candidates ?? []).filter((number) => ask.candidates.includes(number))
      : [];
  if (numbers.length === value.people.length) return numbers.join(', ');
  return narrowed.length === 1 ? (narrowed[0] ?? null) : null;
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
