import { createHash } from 'node:crypto';
import type { AuditEntry, AuditQuery, ChainedEntry, ListedEntry } from '#src/usecases/ports.ts';

/** Narrows a trail in memory as a query asks; an entry's number is its place, counted from 1. */
export function listed(entries: readonly AuditEntry[], query: AuditQuery): readonly ListedEntry[] {
  const { actor, subject, action, reference, from, until, before } = query;
  return entries
    .map((entry, index) => ({ ...entry, seq: index + 1 }))
    .filter((entry) => actor === undefined || entry.actor === actor)
    .filter((entry) => reference === undefined || entry.reference === reference)
    .filter((entry) => subject === undefined || (entry.subject?.split(',').includes(subject) ?? false))
    .filter((entry) => action === undefined || fits(entry.action, action))
    .filter((entry) => (from === undefined || entry.at >= from) && (until === undefined || entry.at < until))
    .filter((entry) => before === undefined || entry.seq < before)
    .reverse()
    .slice(0, Math.max(0, query.limit));
}

function fits(action: string, wanted: string): boolean {
  return wanted.endsWith('.') ? action.startsWith(wanted) : action === wanted;
}

/** Chains a trail in memory. */
export function chained(entries: readonly AuditEntry[]): readonly ChainedEntry[] {
  let prev = '0'.repeat(64);
  return entries.map(({ at, actor, action, subject, reference, body }, index) => {
    const seq = index + 1;
    const text = JSON.stringify([prev, seq, at, actor, action, subject, reference, body]);
    const hash = createHash('sha256').update(text).digest('hex');
    const entry = { seq, at, actor, action, subject, reference, body, prev, hash };
    prev = hash;
    return entry;
  });
}
