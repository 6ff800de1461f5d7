import type { Transaction } from 'kysely';
import type { AuditEntry, Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';
import { storable } from './text.ts';

/**
 * Adds an entry under the next sequence number.
 *
 * Call it last in a transaction: it locks the head row, and one order of locks for everybody means no deadlock.
 */
export async function appendAudit(trx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  const { seq } = await trx
    .updateTable('audit_head')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('audit')
    .values({
      seq,
      at: entry.at,
      actor: storable(entry.actor),
      action: storable(entry.action),
      subject: entry.subject === null ? null : storable(entry.subject),
      reference: storable(entry.reference),
      body: storable(entry.body),
    })
    .execute();
}

/** The record of what was asked, decided and done. */
export function auditOf({ read, write }: Handle): Store['audit'] {
  return {
    append: (entry) => write((trx) => appendAudit(trx, entry)),
    list: (limit) =>
      read((db) =>
        db
          .selectFrom('audit')
          .select(['at', 'actor', 'action', 'subject', 'reference', 'body'])
          .orderBy('seq', 'desc')
          .limit(Math.max(0, Math.trunc(limit)))
          .execute(),
      ),
  };
}
