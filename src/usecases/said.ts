import { hideSecretShapes } from '../domain/secret-shapes.ts';
import type { Understanding } from '../domain/understanding.ts';

/** What somebody said to bring a change about, fit for being kept: without anything that looks like a secret. */
export type Said = {
  /** Their words; null where a button was pressed and nothing said. */
  readonly words: string | null;
  readonly reason: string | null;
  readonly ticket: string | null;
};

/** Longer words are cut: a record tells what was asked, it does not archive what was pasted. */
const WORDS_KEPT = 1_000;

/** A click without words. */
export const PRESSED: Said = { words: null, reason: null, ticket: null };

/** What is kept of somebody's words. */
export function saidIn({ text, reason, ticket }: Pick<Understanding, 'text' | 'reason' | 'ticket'>): Said {
  return { words: kept(text), reason: kept(reason), ticket: kept(ticket) };
}

/** What every entry about a change that is carried out holds besides its lists: on whose words and decision it rests. */
export function basisOf({ words, reason, ticket }: Said): Record<string, unknown> {
  // Which rule decided and who approved are known where a change needs a decision; without one nobody did.
  return { words, reason, ticket, rule: null, approvers: null };
}

function kept<Text extends string | null>(text: Text): string | null {
  if (text === null) return null;
  const safe = hideSecretShapes(text);
  return safe.length <= WORDS_KEPT ? safe : `${safe.slice(0, WORDS_KEPT).toWellFormed()}…`;
}
