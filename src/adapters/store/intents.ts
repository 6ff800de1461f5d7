import type { Selectable } from 'kysely';
import type { ChangeOutcome } from '#src/domain/change.ts';
import { accountId, extensionId } from '#src/domain/ids.ts';
import type { AssignedRole } from '#src/domain/roles.ts';
import type { AuditEntry, Store, StoredIntent } from '#src/usecases/ports.ts';
import { appendAudit } from './audit.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';

/** What was about to be written to RingCentral, and how it went. */
export function intentsOf({ read, write, clock }: Handle): Store['intents'] {
  function record(intent: Omit<StoredIntent, 'outcome'>, audit: AuditEntry): Promise<void> {
    return write(async (trx) => {
      await trx
        .insertInto('intent')
        .values({
          id: intent.id,
          pending_id: intent.pendingId,
          account: intent.account,
          extension: intent.extension,
          asker: intent.asker,
          reference: intent.reference,
          before_json: JSON.stringify(intent.before),
          after_json: JSON.stringify(intent.after),
          created_at: intent.createdAt,
          outcome_json: null,
          settled_at: null,
        })
        .execute();
      await appendAudit(trx, audit);
    });
  }

  /** An `unsettled` outcome is written down, but the intent stays open: its truth is still to be found out. */
  function settle(id: string, outcome: ChangeOutcome, audit: AuditEntry): Promise<boolean> {
    return write(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('intent')
        .set((eb) => ({
          outcome_json: JSON.stringify(outcome),
          settled_at: outcome.kind === 'unsettled' ? null : clock.now(),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', id)
        .where('settled_at', 'is', null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return false;
      await appendAudit(trx, audit);
      return true;
    });
  }

  async function unsettled(): Promise<readonly StoredIntent[]> {
    const rows = await read((db) =>
      db.selectFrom('intent').selectAll().where('settled_at', 'is', null).orderBy('created_at').orderBy('id').execute(),
    );
    return rows.map(asIntent);
  }

  return { record, settle, unsettled };
}

function asIntent(row: Selectable<Tables['intent']>): StoredIntent {
  return {
    id: row.id,
    pendingId: row.pending_id,
    account: accountId(row.account),
    extension: extensionId(row.extension),
    asker: extensionId(row.asker),
    reference: row.reference,
    before: JSON.parse(row.before_json) as AssignedRole[],
    after: JSON.parse(row.after_json) as AssignedRole[],
    createdAt: row.created_at,
    outcome: row.outcome_json === null ? null : (JSON.parse(row.outcome_json) as ChangeOutcome),
  };
}
