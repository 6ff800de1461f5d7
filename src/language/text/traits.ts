import { rememberWords } from './memo.ts';

/** A yes-or-no fact about single words, as one bit. */
export type Trait = number;

const MOST_TRAITS = 31;
const tests: ((key: string) => boolean)[] = [];
let isAsked = false;

/**
 * Declares a fact about single words, such as "may begin a time".
 *
 * Each word is tested once, when it is first met; from then on a finder sees by one bit that a word is none of its
 * concern. Declare traits when modules load: a word that was met before would not have the bit.
 *
 * @throws TypeError when words were met already, or when there are more traits than bits
 */
export function trait(holds: (key: string) => boolean): Trait {
  if (isAsked || tests.length >= MOST_TRAITS) throw new TypeError('too late or too many traits');
  tests.push(holds);
  return 2 ** (tests.length - 1);
}

/** All traits of a folded word. */
export const traitsOf = rememberWords((key) => {
  isAsked = true;
  let traits = 0;
  for (const [at, holds] of tests.entries()) if (holds(key)) traits += 2 ** at;
  return traits;
});

/** The traits that any word of a text has. */
export function traitsIn(tokens: readonly { readonly traits: number }[]): number {
  let traits = 0;
  for (const token of tokens) traits |= token.traits;
  return traits;
}
