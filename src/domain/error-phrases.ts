import { type ErrorLexicon, type ErrorPhrase, NO_ERROR, type PastedError } from './error-lexicon.ts';

/**
 * Words of a message. A name in brackets stays a word of its own, brackets included; other brackets are left out, and
 * `*` stands for a value without brackets.
 */
export function messageWords(message: string): readonly string[] {
  return (
    message
      .replace(/\[\$\{[^{}]{0,60}\}\]/g, ' ')
      .replace(/\$\{[^{}]{0,60}\}/g, ' * ')
      .toLowerCase()
      .replace(/['’]/g, '')
      .replace(/\[(?![a-z]{2,40}\])[^\][]{0,200}\]/g, ' ')
      .match(/\[[a-z]{2,40}\]|[a-z0-9]+|\*/g) ?? []
  );
}

const MOST_WORDS = 60_000;
/** Values without brackets are one to three words. */
const VALUE_WORDS = 3;
/** A message this short is only believed where the text is hardly more than it, or speaks of an error. */
const SHORT = 3;

/** Errors whose published message stands in a text, for texts that name no code. */
export function phrasesIn(flat: string, lexicon: ErrorLexicon): readonly PastedError[] {
  const words = messageWords(flat.replaceAll('*', ' ')).slice(0, MOST_WORDS);
  const errors: PastedError[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const phrase = lexicon.phrases
      .get(words[at] ?? '')
      ?.find((each) => isAt(words, at, each) && isBelieved(words, each, flat));
    if (phrase === undefined) continue;
    errors.push({ ...NO_ERROR, code: phrase.code, ...valuesIn(flat) });
    at += phrase.words.length - 1;
  }
  return errors;
}

function isAt(words: readonly string[], start: number, phrase: ErrorPhrase, from = 0): boolean {
  let next = start;
  for (let at = from; at < phrase.words.length; at += 1) {
    const wanted = phrase.words[at];
    // What stands in brackets is a value, unless the message itself has it there.
    while (words[next] !== wanted && words[next]?.startsWith('[')) next += 1;
    if (wanted === '*') {
      const ends = [...Array(VALUE_WORDS).keys()].map((more) => next + more + 1);
      return ends.some((end) => isAt(words, end, phrase, at + 1));
    }
    if (words[next] !== wanted) return false;
    next += 1;
  }
  return true;
}

function isBelieved(words: readonly string[], phrase: ErrorPhrase, flat: string): boolean {
  if (phrase.words.length > SHORT) return true;
  return words.length <= phrase.words.length + 6 || /\berror|exception|message|HTTP\b|\b[45]\d\d\b/i.test(flat);
}

function valuesIn(flat: string): Partial<PastedError> {
  const [, feature] = /\bfeature \[([A-Za-z][A-Za-z0-9]{1,47})\]/i.exec(flat) ?? [];
  const [, parameter] = /\bparameter \[([A-Za-z][A-Za-z0-9_.-]{0,59})\]/i.exec(flat) ?? [];
  return { ...(feature === undefined ? {} : { feature }), ...(parameter === undefined ? {} : { parameter }) };
}
