import type { ErrorLexicon, ErrorPhrase, PastedError } from '../domain/error-lexicon.ts';
import { messageWords } from '../domain/error-phrases.ts';
import { type ErrorVerdict, UNKNOWN_VERDICT, verdictOfStatus } from '../domain/error-verdict.ts';
import { errorCodes, errorVerdicts } from './catalogue.ts';

let lexicon: ErrorLexicon | null = null;

/** What the reading of pasted errors needs to know of published codes and messages. */
export function errorLexicon(): ErrorLexicon {
  lexicon ??= {
    codes: new Set(errorCodes().map((row) => row.code)),
    aliases: new Map(
      errorCodes().flatMap((row) =>
        row.topLevel === null || row.topLevel === row.code ? [] : [[row.topLevel, row.code]],
      ),
    ),
    oauthErrors: new Set(errorVerdicts().flatMap((row) => row.oauthErrors)),
    phrases: phrasesByStart(),
  };
  return lexicon;
}

/** Messages of one word would be found anywhere. */
const FEWEST_WORDS = 2;

function phrasesByStart(): ErrorLexicon['phrases'] {
  const byStart = new Map<string, ErrorPhrase[]>();
  for (const { code, message, runtimeMessage, runtimeMessageVariant } of errorCodes()) {
    for (const each of [message, runtimeMessage, runtimeMessageVariant]) {
      const words = trimmed(messageWords(each ?? ''));
      const [start] = words;
      if (start === undefined || words.length < FEWEST_WORDS) continue;
      byStart.set(start, [...(byStart.get(start) ?? []), { words, code }]);
    }
  }
  for (const phrases of byStart.values()) phrases.sort((one, other) => other.words.length - one.words.length);
  return byStart;
}

/** A value at the end of a message is no part of it. */
function trimmed(words: readonly string[]): readonly string[] {
  const end = words.indexOf('*');
  return end !== -1 && words.slice(end).every((word) => word === '*') ? words.slice(0, end) : words;
}

/** Words that make a missing resource the extension or account itself. */
const ANOTHERS = /^(?:account|extension|targetExtension|owner)(?:Id)?$/;

/**
 * Whose problem an error is and what kind of cure helps; by its code, else by OAuth's word, else by the bare status.
 *
 * An extension or account that is not found is somebody else's, or nobody's; anything else that is not found was
 * named wrongly.
 */
export function verdictOf(error: PastedError | null, status: number | null): ErrorVerdict {
  const row =
    errorVerdicts().find(({ codes }) => error?.code != null && codes.includes(error.code)) ??
    errorVerdicts().find(
      ({ oauthErrors }) => error?.code == null && error?.oauthError != null && oauthErrors.includes(error.oauthError),
    );
  if (row === undefined) return error === null && status !== null ? verdictOfStatus(status) : UNKNOWN_VERDICT;
  const { whose, cure, inferred } = row;
  const anothers = cure === 'missing-resource' && error?.parameter != null && ANOTHERS.test(error.parameter);
  return anothers ? { whose: 'wrong-extension', cure, inferred: true } : { whose, cure, inferred };
}
