import type { Transaction } from 'kysely';
import type { AuditEntry, ChainedEntry, Store } from '#src/usecases/ports.ts';
import { chainHash } from './chain.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';
import { asStored, listTrail, noteSubjects } from './trails.ts';

/** Entries read by one statement when the whole chain is walked. */
const PAGE = 1_000;
/** Entries written by one statement; nine columns each, and engines limit the number of parameters. */
const ROWS_AT_ONCE = 200;

/**
 * Adds entries to the chain.
 *
 * Call it last in a transaction: it locks the head row, and one order of locks for everybody means no deadlock.
 */
export async function appendAudit(trx: Transaction<Tables>, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const head = await trx
    .updateTable('audit_head')
    .set((eb) => ({ seq: eb('seq', '+', entries.length) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
  const chained = chain(entries, head.seq - entries.length, head.hash);
  for (let from = 0; from < chained.length; from += ROWS_AT_ONCE) {
    await trx
      .insertInto('audit')
      .values(chained.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
  await noteSubjects(trx, 'audit', chained);
  const last = chained.at(-1);
  if (last) await trx.updateTable('audit_head').set({ hash: last.hash }).where('id', '=', 1).execute();
}

function chain(entries: readonly AuditEntry[], afterSeq: number, afterHash: string): ChainedEntry[] {
  let prev = afterHash;
  return entries.map((entry, index) => {
    const stored = asStored(entry, afterSeq + index + 1);
    const chained = { ...stored, prev, hash: chainHash(prev, stored) };
    prev = chained.hash;
    return chained;
  });
}

/** The record of what was asked, decided and done. */
export function auditOf(handle: Handle): Store['audit'] {
  const { read, write } = handle;

  async function* walk(fromSeq = 1): AsyncGenerator<readonly ChainedEntry[]> {
    for (let from = fromSeq; ; ) {
      const page = await read((db) =>
        db
          .selectFrom('audit')
          .select(['seq', 'at', 'actor', 'action', 'subject', 'reference', 'body', 'prev', 'hash'])
          .where('seq', '>=', from)
          .orderBy('seq')
          .limit(PAGE)
          .execute(),
      );
      const last = page.at(-1);
      if (!last) return;
      yield page;
      from = last.seq + 1;
    }
  }

  return {
    append: (entry) => write((trx) => appendAudit(trx, entry)),
    list: (query) => listTrail(handle, 'audit', query),
    chain: walk,
    async firstSince(at) {
      const row = await read((db) =>
        db.selectFrom('audit').select('seq').where('at', '>=', at).orderBy('seq').limit(1).executeTakeFirst(),
      );
      return row?.seq ?? null;
    },
    async head() {
      const head = await read((db) =>
        db.selectFrom('audit_head').select(['seq', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow(),
      );
      return head.seq === 0 ? null : head;
    },
  };
}
