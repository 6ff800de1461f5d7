import { slotSymbol } from '../grammar/symbols.ts';
import type { NameRef } from '../types-internal.ts';
import type { Meaning, NameKind } from '../vocabulary.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';
import type { WordReading } from './word-readings.ts';

const SYMBOLS_OF: Readonly<Record<NameKind, readonly number[] | null>> = {
  role: [slotSymbol('ROLE')],
  rolepart: [slotSymbol('ROLE')],
  permission: [slotSymbol('PERM')],
  app: [slotSymbol('APP')],
  scope: [slotSymbol('SCOPE')],
  partner: [slotSymbol('PARTNER')],
  department: null,
  site: null,
};
const FILLER = [slotSymbol('FILLER')];
const LONGEST_PHRASE = 12;

/** A department or a site that stands at a place of the text. */
export type Place = {
  readonly from: number;
  readonly to: number;
  readonly type: 'department' | 'site' | 'role';
  readonly name: string;
  readonly slip: boolean;
};

/** The places of a text, by the word at which they start. */
export type Places = readonly (readonly Place[] | undefined)[];

/** Finds phrases of grammar, and names of everything but people. Returns places, which people and groups make use of. */
export function findPhrases(scene: Scene): Places {
  const found: (readonly Place[] | undefined)[] = [];
  for (let from = 0; from < scene.lattice.tokens.length; from += 1) {
    const places: Place[] = [];
    findFrom(scene, from, places);
    found.push(places.length === 0 ? undefined : places);
  }
  return found;
}

function findFrom(scene: Scene, from: number, places: Place[]): void {
  for (const reading of scene.readings[from] ?? []) {
    if (reading.start !== -1) takeWord(scene, from, from, reading.start, reading, 0, places);
  }
}

/** Adds what phrases that end with this word mean, and goes on with those that do not end here. */
function takeWord(
  scene: Scene,
  from: number,
  at: number,
  node: number,
  reading: WordReading,
  slipsBefore: number,
  places: Place[],
): void {
  const { phrases } = scene.vocabulary;
  const slips = slipsBefore + (reading.slip ? 1 : 0);
  for (const meaning of phrases.meanings(node))
    addMeaning(scene, from, at + 1, meaning, slips > 0 || reading.stem, places);
  if (phrases.goesOn(node)) walk(scene, from, at + 1, node, slips, places);
}

function walk(scene: Scene, from: number, at: number, node: number, slips: number, places: Place[]): void {
  if (at - from > LONGEST_PHRASE) return;
  const { phrases } = scene.vocabulary;
  for (const reading of scene.readings[at] ?? []) {
    const next = phrases.step(node, reading.word);
    if (next !== -1) takeWord(scene, from, at, next, reading, slips, places);
  }
  // "Standard (International)": brackets inside a name are not words of it.
  const sign = scene.lattice.tokens[at]?.text;
  if (sign === '(' || sign === ')') walk(scene, from, at + 1, node, slips, places);
}

function addMeaning(scene: Scene, from: number, to: number, meaning: Meaning, slip: boolean, places: Place[]): void {
  const { lattice } = scene;
  const first = lattice.tokens[from];
  if (meaning.kind === 'cue') {
    if (slip && (first?.key.length ?? 0) < 4) return;
    if (to - from > 1 && isWrittenIt(scene, to - 1)) return;
    addEdge(lattice, from, to, meaning.symbols, null, slip ? 0.3 : 0, slip);
    return;
  }
  if (meaning.kind === 'filler') {
    if (to - from > 1 || slip) addEdge(lattice, from, to, FILLER, null, slip ? 0.2 : 0, slip);
    return;
  }
  if (meaning.kind !== 'name') return;
  const text = wordsOf(scene, from, to);
  if (meaning.type === 'department' || meaning.type === 'site') {
    // "it" is a pronoun; the department is written IT.
    if (isPronoun(scene, from, to)) return;
    places.push({ from, to: closeBracket(scene, from, to), type: meaning.type, name: meaning.values[0] ?? '', slip });
    return;
  }
  const end = closeBracket(scene, from, to);
  if (meaning.type === 'role') places.push({ from, to: end, type: 'role', name: meaning.values[0] ?? '', slip });
  const isWeak = meaning.weak && !isWrittenAsId(scene, from, to, meaning.values);
  const isPart = meaning.type === 'rolepart';
  // "roles" names the permission Roles only when it is written so.
  const isTypeWord = isWeak && /^roles?$/.test(first?.key ?? '') && to - from === 1;
  const name: NameRef = { values: meaning.values, literal: !slip && !isPart && !isTypeWord, text };
  const symbols = SYMBOLS_OF[meaning.type];
  if (symbols === null) return;
  addEdge(
    lattice,
    from,
    end,
    symbols,
    { kind: 'names', names: [name], or: false },
    (isWeak ? (to - from > 1 ? 0.12 : 0.3) : isPart ? 0.3 : 0) + (slip ? 0.5 : 0),
    slip,
  );
  if (!isWeak && !slip && !isPart) raiseSkip(lattice, from, end, meaning.type === 'partner' ? 1.5 : SKIP.name);
}

/** "in IT" is a place, and not "in it". */
function isWrittenIt(scene: Scene, at: number): boolean {
  const { tokens } = scene.lattice;
  return tokens[at]?.text === 'IT' && tokens.some(({ text }) => /\p{Ll}/u.test(text));
}

/** `Users` is the permission, `users` mostly is not. */
function isWrittenAsId(scene: Scene, from: number, to: number, values: readonly string[]): boolean {
  return (
    to - from === 1 &&
    from > 0 &&
    values.includes(scene.lattice.tokens[from]?.text ?? '') &&
    /^[A-Z]/.test(scene.lattice.tokens[from]?.text ?? '')
  );
}

function closeBracket(scene: Scene, from: number, to: number): number {
  const { tokens } = scene.lattice;
  if (tokens[to]?.text !== ')') return to;
  return tokens.slice(from, to).some((token) => token.text === '(') ? to + 1 : to;
}

/** The words of a stretch as written. */
export function wordsOf(scene: Scene, from: number, to: number): string {
  const { tokens } = scene.lattice;
  if (to === from + 1) return tokens[from]?.text ?? '';
  let text = '';
  for (let at = from; at < to; at += 1)
    text += `${at > from && tokens[at]?.spaced ? ' ' : ''}${tokens[at]?.text ?? ''}`;
  return text;
}

/** What it costs to leave each word over, before names raise it. */
export function setSkipCosts(scene: Scene): void {
  const { lattice } = scene;
  lattice.tokens.forEach((token, at) => {
    lattice.skip[at] = token.quote > 0 ? SKIP.quote : skipCost(scene, at);
  });
  function skipCost(inside: Scene, at: number): number {
    const token = inside.lattice.tokens[at];
    if (token === undefined || token.kind === 'punctuation') return 0;
    // "allowed 2 do": a digit for a word.
    if ((token.key === '2' || token.key === '4') && inside.lattice.tokens[at + 1]?.kind === 'word')
      return SKIP.ordinary;
    if (token.kind === 'number' || token.kind === 'clock' || token.kind === 'date') return SKIP.number;
    const reading = inside.readings[at]?.[0];
    if (token.kind !== 'word' || reading === undefined) return SKIP.unknown;
    return reading.skip;
  }
}

const PRONOUNS = new Set(['it', 'us', 'is', 'me', 'he', 'her', 'all', 'one', 'as', 'am', 'or', 'so']);

function isPronoun(scene: Scene, from: number, to: number): boolean {
  const token = scene.lattice.tokens[from];
  if (token === undefined || to - from !== 1 || !PRONOUNS.has(token.key) || token.text === token.text.toUpperCase())
    return false;
  const before = scene.lattice.tokens[from - 1]?.key ?? '';
  const after = scene.lattice.tokens[to]?.key ?? '';
  return (
    !['team', 'department', 'dept', 'people', 'staff', 'folks', 'guys'].includes(after) &&
    !['in', 'department', 'from'].includes(before)
  );
}
