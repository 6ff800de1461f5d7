import type { Selectable, Transaction } from 'kysely';
import type { ChangeOutcome } from '#src/domain/change.ts';
import { Fault } from '#src/domain/faults.ts';
import { accountId, extensionId } from '#src/domain/ids.ts';
import type { AssignedRole } from '#src/domain/roles.ts';
import type { AuditEntry, IntentQuery, NewIntent, Store, StoredIntent } from '#src/usecases/ports.ts';
import { appendAudit } from './audit.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';

/** What was about to be written to RingCentral, and how it went. */
export function intentsOf({ read, write, clock }: Handle): Store['intents'] {
  function record(intent: NewIntent, audit: AuditEntry): Promise<void> {
    return write(async (trx) => {
      if (!(await insertIntent(trx, intent))) {
        throw new Fault('store-conflict', 'This was recorded already. Nothing was saved a second time.');
      }
      await appendAudit(trx, audit);
    });
  }

  function settle(id: string, outcome: ChangeOutcome, audit: AuditEntry): Promise<boolean> {
    return write(async (trx) => {
      if (!(await settleIntent(trx, id, outcome, clock.now()))) return false;
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

  async function find({
    limit,
    reference,
    extension,
    asker,
    pendingId,
    undoes,
    inEffect,
  }: IntentQuery): Promise<readonly StoredIntent[]> {
    const rows = await read((db) => {
      let some = db.selectFrom('intent').selectAll();
      if (reference !== undefined) some = some.where('reference', '=', reference);
      if (extension !== undefined) some = some.where('extension', '=', extension);
      if (asker !== undefined) some = some.where('asker', '=', asker);
      if (pendingId !== undefined) some = some.where('pending_id', '=', pendingId);
      if (undoes !== undefined) some = some.where('undoes', '=', undoes);
      if (inEffect) some = some.where('effect', '=', 1);
      return some
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(Math.max(0, Math.trunc(limit)))
        .execute();
    });
    return rows.map(asIntent);
  }

  return { record, settle, unsettled, find };
}

/** Writes down what is about to be called; false when the id is taken. */
export async function insertIntent(trx: Transaction<Tables>, intent: NewIntent): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
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
      undoes: intent.undoes,
      outcome_json: null,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Writes down how it went; false when that is known already.
 *
 * An `unsettled` outcome is written down, but the intent stays open: its truth is still to be found out.
 */
export async function settleIntent(
  trx: Transaction<Tables>,
  id: string,
  outcome: ChangeOutcome,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('intent')
    .set((eb) => ({
      outcome_json: JSON.stringify(outcome),
      settled_at: outcome.kind === 'unsettled' ? null : now,
      effect: outcome.kind === 'changed' || outcome.kind === 'differs' ? 1 : 0,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
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
    undoes: row.undoes,
    outcome: row.outcome_json === null ? null : (JSON.parse(row.outcome_json) as ChangeOutcome),
  };
}
