import { fold, foldWithUmlauts } from '../text/fold.ts';
import type { VocabularyInput } from '../types.ts';
import type { Dictionary } from './dictionary.ts';

type Person = VocabularyInput['people'][number];

/** Who is called what, for any number of people. */
export type PeopleIndex = {
  readonly people: readonly Person[];
  readonly byNumber: (number: string) => number;
  readonly byEmail: (email: string) => number;
  /** People with this word in their name; empty for a word no name holds. */
  readonly withWord: (word: number) => Uint32Array;
  /** Words of a person's name, in order; the first is the first name. */
  readonly nameOf: (person: number) => Uint32Array;
  /** Whether the word is somebody's first name. */
  readonly isFirstName: (word: number) => boolean;
  /** First names that start with these letters, at most `limit`. */
  readonly startingWith: (start: string, limit: number) => readonly number[];
};

const SEPARATORS = /[\s,.\-_()/"]+/;
const APOSTROPHES = /['\u2018\u2019]/g;
const NOT_LATIN = /[^\p{Script=Latin}\p{M}\s'\u2018\u2019.,()_-]/u;

/** Splits a name into the words it is found by. */
export function nameWords(name: string): readonly string[] {
  return fold(name.replace(APOSTROPHES, ''))
    .split(SEPARATORS)
    .filter((word) => word !== '');
}

/** Builds the index; new words go into `dictionary`. */
export function indexPeople(people: readonly Person[], dictionary: Dictionary): PeopleIndex {
  const names = people.map((person) => allWords(person, dictionary));
  const firstNames = new Set<number>();
  for (const name of names) if (name[0] !== undefined) firstNames.add(name[0]);
  const postings = invert(names, dictionary.words.length);
  const numbers = new Map<string, number>();
  const emails = new Map<string, number>();
  people.forEach((person, at) => {
    numbers.set(person.number, at);
    if (person.email !== null) emails.set(person.email.toLowerCase(), at);
  });
  const sorted = [...firstNames].sort((a, b) => compare(dictionary.words[a] ?? '', dictionary.words[b] ?? ''));
  return {
    people,
    byNumber: (number) => numbers.get(number) ?? -1,
    byEmail: (email) => emails.get(email) ?? -1,
    withWord: postings,
    nameOf: (person) => names[person] ?? NONE,
    isFirstName: (word) => firstNames.has(word),
    startingWith: (start, limit) => startingWith(start, limit, sorted, dictionary),
  };
}

const NONE = new Uint32Array(0);

/** A name's words; other spellings of an umlaut and, for other scripts, the e-mail's words come after them. */
function allWords(person: Person, dictionary: Dictionary): Uint32Array {
  const words = [...nameWords(person.name)];
  const umlauts = foldWithUmlauts(person.name);
  if (umlauts !== null) words.push(...nameWords(umlauts).filter((word) => !words.includes(word)));
  for (const part of person.name.split(/\s+/))
    if (part.includes('-')) words.push(...nameWords(part.replaceAll('-', '')));
  if (NOT_LATIN.test(person.name)) {
    words.push(...nameWords((person.email ?? '').split('@')[0] ?? ''), words.join(''));
  }
  return Uint32Array.from(words, (word) => dictionary.add(word));
}

function invert(names: readonly Uint32Array[], words: number): (word: number) => Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const name of names) for (const word of name) starts[word + 1] = (starts[word + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const next = starts.slice();
  const data = new Uint32Array(starts[words] ?? 0);
  names.forEach((name, person) => {
    for (const word of name) {
      const place = next[word] ?? 0;
      data[place] = person;
      next[word] = place + 1;
    }
  });
  return (word) => (word < 0 || word >= words ? NONE : data.subarray(starts[word], starts[word + 1]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function startingWith(
  start: string,
  limit: number,
  sorted: readonly number[],
  dictionary: Dictionary,
): readonly number[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dictionary.words[sorted[middle] ?? -1] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < sorted.length && found.length < limit; at += 1) {
    const word = sorted[at] ?? -1;
    if (!(dictionary.words[word] ?? '').startsWith(start)) break;
    found.push(word);
  }
  return found;
}
