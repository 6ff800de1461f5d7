import type { Token } from '../text/tokens.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { WordReading } from './scene.ts';

const NONE: readonly WordReading[] = [];
const LETTERS = /^\p{L}[\p{L}\p{M}]*$/u;
const MOST_SLIPS = 6;
const MOST_STARTS = 8;
const SHORTEST_START = 3;
/** Slips are looked up for so many words of a text; a longer flood of unknown words is no sentence. */
const MOST_LOOKUPS = 40;

/** What each word may be: itself when known, otherwise a stem, a slip or the start of a first name. */
export function readWords(tokens: readonly Token[], vocabulary: Vocabulary): readonly (readonly WordReading[])[] {
  let lookups = 0;
  return tokens.map((token) => {
    if (token.kind !== 'word' && token.kind !== 'number' && token.kind !== 'code') return NONE;
    const word = vocabulary.dictionary.find(token.key);
    if (word !== -1) return [{ word, slip: false, stem: false }];
    if (token.kind !== 'word' || !LETTERS.test(token.key) || lookups >= MOST_LOOKUPS) return NONE;
    lookups += 1;
    return guess(token.key, vocabulary);
  });
}

function guess(key: string, vocabulary: Vocabulary): readonly WordReading[] {
  const { dictionary, people } = vocabulary;
  // "bobs roles": a possessive without its apostrophe is no slip.
  if (key.endsWith('s') && key.length > 3) {
    const stem = dictionary.find(key.slice(0, -1));
    if (stem !== -1 && people.withWord(stem).length > 0) return [{ word: stem, slip: false, stem: true }];
  }
  const found: WordReading[] = [];
  for (const near of vocabulary.spelling.near(key)) {
    if (found.length >= MOST_SLIPS) break;
    const word = dictionary.words[near.word] ?? '';
    if (isLikely(key, word, near.distance)) found.push({ word: near.word, slip: true, stem: false });
  }
  if (key.length >= SHORTEST_START) {
    for (const word of people.startingWith(key, MOST_STARTS)) {
      if (!found.some((reading) => reading.word === word)) found.push({ word, slip: true, stem: false });
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
