import type { SelectQueryBuilder, Transaction } from 'kysely';
import type { AuditEntry, AuditQuery, ListedEntry } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';
import { storable } from './text.ts';

type Trail = Tables['about']['trail'];

/** Rows written by one statement; engines limit the number of parameters. */
const ROWS_AT_ONCE = 500;

/** An entry as it will be read back. */
export function asStored(entry: AuditEntry, seq: number): ListedEntry {
  return {
    seq,
    at: entry.at,
    actor: storable(entry.actor),
    action: storable(entry.action),
    subject: entry.subject === null ? null : storable(entry.subject),
    reference: storable(entry.reference),
    body: storable(entry.body),
  };
}

/** Notes whom entries are about: a subject that joins several by commas is about each. */
export async function noteSubjects(
  trx: Transaction<Tables>,
  trail: Trail,
  entries: readonly ListedEntry[],
): Promise<void> {
  const rows = entries.flatMap(({ seq, subject }) =>
    [...new Set(subject?.split(',') ?? [])]
      .filter((each) => each !== '')
      .map((each) => ({ trail, subject: each, seq })),
  );
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await trx
      .insertInto('about')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
}

/** The entries of a trail that fit, newest first. */
export function listTrail({ read }: Handle, trail: Trail, query: AuditQuery): Promise<ListedEntry[]> {
  return read((db) => {
    // Both trails have these columns; the query is the same for either.
    const all = db
      .selectFrom(trail as 'audit')
      .select(['seq', 'at', 'actor', 'action', 'subject', 'reference', 'body']);
    return narrowed(all, trail, query)
      .orderBy('seq', 'desc')
      .limit(Math.max(0, Math.trunc(query.limit)))
      .execute();
  });
}

function narrowed<O>(
  all: SelectQueryBuilder<Tables, 'audit', O>,
  trail: Trail,
  { actor, subject, action, reference, from, until, before }: AuditQuery,
): SelectQueryBuilder<Tables, 'audit', O> {
  let some = all;
  if (actor !== undefined) some = some.where('actor', '=', storable(actor));
  if (reference !== undefined) some = some.where('reference', '=', storable(reference));
  if (action?.endsWith('.')) {
    // All that begins so lies between the dot and the sign after it, which is the slash.
    some = some.where('action', '>=', action).where('action', '<', `${action.slice(0, -1)}/`);
  } else if (action !== undefined) some = some.where('action', '=', action);
  if (from !== undefined) some = some.where('at', '>=', from);
  if (until !== undefined) some = some.where('at', '<', until);
  if (before !== undefined) some = some.where('seq', '<', before);
  if (subject !== undefined) {
    some = some.where('seq', 'in', (eb) =>
      eb
        .selectFrom('about')
        .select('about.seq')
        .where('trail', '=', trail)
        .where('about.subject', '=', storable(subject)),
    );
  }
  return some;
}
