import type { Dictionary, Phrases } from '../names/dictionary.ts';
import type { PeopleIndex } from '../names/people-index.ts';
import type { Spelling } from '../names/spelling.ts';
import { rememberWords } from '../text/memo.ts';
import type { Token } from '../text/tokens.ts';
import type { Meaning } from '../vocabulary.ts';
import { SKIP } from './lattice.ts';

/** A word that a written word may be, with all that the index knows of it. */
export type WordReading = {
  readonly word: number;
  readonly slip: boolean;
  /** Possessive or plural s left off. */
  readonly stem: boolean;
  /** The node that phrases beginning with the word go on from; -1 when none does. */
  readonly start: number;
  /** People who have the word in their name. */
  readonly people: Uint32Array;
  /** Whether the word means something by itself. */
  readonly isOrdinary: boolean;
  /** Whether it is by itself the name of something that is no person. */
  readonly isNameOfThing: boolean;
  /** What it costs to leave the word over. */
  readonly skip: number;
};

/** What a word may be; each word is looked up once and remembered. */
export type WordReader = {
  /** The word itself, as the dictionary has it; empty when it has not. */
  readonly known: (key: string) => readonly WordReading[];
  /** A stem, a slip or the start of a first name. */
  readonly guessed: (key: string) => readonly WordReading[];
};

/** The parts of a vocabulary that know words. */
type Index = {
  readonly dictionary: Dictionary;
  readonly phrases: Phrases<Meaning>;
  readonly people: PeopleIndex;
  readonly spelling: Spelling;
  readonly isOrdinary: (word: number) => boolean;
};

const NONE: readonly WordReading[] = [];
const LETTERS = /^\p{L}[\p{L}\p{M}]*$/u;
const MOST_SLIPS = 6;
const MOST_STARTS = 8;
const SHORTEST_START = 3;
/** Slips are looked up for so many words of a text; a longer flood of unknown words is no sentence. */
const MOST_LOOKUPS = 40;

/** Reads single words against an index that changes no more. */
export function createWordReader(index: Index): WordReader {
  return {
    known: rememberWords((key) => {
      const word = index.dictionary.find(key);
      return word === -1 ? NONE : [describe(index, word, false, false)];
    }),
    guessed: rememberWords((key) => (LETTERS.test(key) ? guess(key, index) : NONE)),
  };
}

/** What each word may be: itself when known, otherwise a stem, a slip or the start of a first name. */
export function readWords(tokens: readonly Token[], reader: WordReader): readonly (readonly WordReading[])[] {
  let lookups = 0;
  const readings: (readonly WordReading[])[] = [];
  for (const { kind, key } of tokens) {
    let found = kind === 'word' || kind === 'number' || kind === 'code' ? reader.known(key) : NONE;
    if (found.length === 0 && kind === 'word' && lookups < MOST_LOOKUPS) {
      if (LETTERS.test(key)) lookups += 1;
      found = reader.guessed(key);
    }
    readings.push(found);
  }
  return readings;
}

function describe(index: Index, word: number, slip: boolean, stem: boolean): WordReading {
  const start = index.phrases.step(0, word);
  const meanings = start === -1 ? [] : index.phrases.meanings(start);
  const isOrdinary = index.isOrdinary(word);
  return {
    word,
    slip,
    stem,
    start,
    people: index.people.withWord(word),
    isOrdinary,
    isNameOfThing: meanings.some((meaning) => meaning.kind === 'name'),
    skip: slip ? SKIP.unknown : skipCost(meanings, isOrdinary),
  };
}

/** The lightest that a word alone is taken for; a cue weighs more than an ordinary word. */
function skipCost(meanings: readonly Meaning[], isOrdinary: boolean): number {
  let least = SKIP.unknown;
  for (const { kind } of meanings) if (kind !== 'name' && SKIP[kind] < least) least = SKIP[kind];
  return least === SKIP.unknown && isOrdinary ? SKIP.ordinary : least;
}

function guess(key: string, index: Index): readonly WordReading[] {
  const { dictionary, people, spelling } = index;
  // "bobs roles": a possessive without its apostrophe is no slip.
  if (key.endsWith('s') && key.length > 3) {
    const stem = dictionary.find(key.slice(0, -1));
    if (stem !== -1 && people.withWord(stem).length > 0) return [describe(index, stem, false, true)];
  }
  const found: WordReading[] = [];
  for (const near of spelling.near(key)) {
    if (found.length >= MOST_SLIPS) break;
    const word = dictionary.words[near.word] ?? '';
    if (isLikely(key, word, near.distance)) found.push(describe(index, near.word, true, false));
  }
  if (key.length >= SHORTEST_START) {
    for (const word of people.startingWith(key, MOST_STARTS)) {
      if (!found.some((reading) => reading.word === word)) found.push(describe(index, word, true, false));
    }
  }
  return found;
}

/** A slip keeps the first letter, or swaps it with the second; two slips need a long word. */
function isLikely(key: string, word: string, distance: number): boolean {
  if (word.length < 3 || /\d/.test(word)) return false;
  const sameStart = key[0] === word[0] || (key[0] === word[1] && key[1] === word[0]);
  if (distance > 1) return sameStart && key.length >= 7 && word.length >= 6;
  if (key.length <= 3 || word.length <= 3) return sameStart && key.length >= 3;
  return sameStart || key.length >= 6;
}
