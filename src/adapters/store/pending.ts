import type { Selectable, Transaction } from 'kysely';
import { Fault } from '#src/domain/faults.ts';
import { extensionId } from '#src/domain/ids.ts';
import type { AuditEntry, Pending, Store } from '#src/usecases/ports.ts';
import { appendAudit } from './audit.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';

/** Kept this long after the end, so that a late click is told "expired" rather than "unknown". Milliseconds. */
const KEPT_AFTER_END_MS = 7 * 24 * 60 * 60 * 1000;

/** Questions that wait for one person's click. */
export function pendingOf({ read, write, clock }: Handle): Store['pending'] {
  async function load(id: string): Promise<Pending | null> {
    const row = await read((db) => db.selectFrom('pending').selectAll().where('id', '=', id).executeTakeFirst());
    return row ? asPending(row) : null;
  }

  function save(pending: Pending, audit: AuditEntry | null): Promise<void> {
    return write(async (trx) => {
      await sweep(trx, clock.now() - KEPT_AFTER_END_MS);
      await insertNewer(trx, pending);
      if (audit) await appendAudit(trx, audit);
    });
  }

  /** The version names what was shown, so a move leaves it: the state decides who was first. */
  function move(
    id: string,
    version: number,
    from: Pending['state'],
    to: Pending['state'],
    audit: AuditEntry | null,
  ): Promise<boolean> {
    return write(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('pending')
        .set({ state: to })
        .where('id', '=', id)
        .where('version', '=', version)
        .where('state', '=', from)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return false;
      if (audit) await appendAudit(trx, audit);
      return true;
    });
  }

  return { load, save, move };
}

/** A new question, or a newer version of one; an older version never comes back over a newer one. */
async function insertNewer(trx: Transaction<Tables>, pending: Pending): Promise<void> {
  const facts = {
    version: pending.version,
    kind: pending.kind,
    owner: pending.owner,
    state: pending.state,
    body: pending.body,
    created_at: pending.createdAt,
    expires_at: pending.expiresAt,
  };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('pending')
    .values({ id: pending.id, ...facts })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts).where('pending.version', '<', pending.version))
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) {
    throw new Fault(
      'store-conflict',
      'This question was changed by someone else meanwhile. Nothing was saved. Ask again.',
    );
  }
}

/** What an unsettled change still points to stays, however old. */
async function sweep(trx: Transaction<Tables>, endedBefore: number): Promise<void> {
  await trx
    .deleteFrom('pending')
    .where('expires_at', '<=', endedBefore)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('intent')
            .select('intent.id')
            .whereRef('intent.pending_id', '=', 'pending.id')
            .where('intent.settled_at', 'is', null),
        ),
      ),
    )
    .execute();
}

function asPending(row: Selectable<Tables['pending']>): Pending {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind as Pending['kind'],
    owner: extensionId(row.owner),
    state: row.state as Pending['state'],
    body: row.body,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
