import { hash } from 'node:crypto';
import type { ListedEntry } from '#src/usecases/ports.ts';

/** What the first entry names as the hash before it. */
export const CHAIN_START = '0'.repeat(64);

/**
 * Hash of an entry: SHA-256, in hexadecimal, over the UTF-8 bytes of one JSON array without spaces:
 * `[prev, seq, at, actor, action, subject, reference, body]`, with `body` as the text it is.
 *
 * The text has to be as it will be read back. Whoever checks the chain computes this on their own: see
 * `domain/verify-audit.ts`, which shares no code with this.
 */
export function chainHash(prev: string, entry: ListedEntry): string {
  const { seq, at, actor, action, subject, reference, body } = entry;
  return hash('sha256', JSON.stringify([prev, seq, at, actor, action, subject, reference, body]), 'hex');
}
