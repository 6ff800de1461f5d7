import type { Selectable, Transaction } from 'kysely';
import { Fault } from '#src/domain/faults.ts';
import { extensionId } from '#src/domain/ids.ts';
import type { AuditEntry, Pending, Store, StoreChange } from '#src/usecases/ports.ts';
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
      if (!(await savePending(trx, pending, clock.now()))) {
        throw new Fault(
          'store-conflict',
          'This question was changed by someone else meanwhile. Nothing was saved. Ask again.',
        );
      }
      if (audit) await appendAudit(trx, audit);
    });
  }

  function move(
    id: string,
    version: number,
    from: Pending['state'],
    to: Pending['state'],
    audit: AuditEntry | null,
  ): Promise<boolean> {
    return write(async (trx) => {
      if (!(await movePending(trx, { id, version, from, to }))) return false;
      if (audit) await appendAudit(trx, audit);
      return true;
    });
  }

  return { load, save, move };
}

type Move = Omit<Extract<StoreChange, { write: 'pending.move' }>, 'write'>;

/**
 * Moves a question on; false when somebody else was first.
 *
 * The version names what was shown, so a move leaves it: the state decides who was first.
 */
export async function movePending(trx: Transaction<Tables>, { id, version, from, to }: Move): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('pending')
    .set({ state: to })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/**
 * Keeps a new question, or a newer version of one; false when an older version would come back over a newer one. Sweeps
 * old ones on the way.
 */
export async function savePending(trx: Transaction<Tables>, pending: Pending, now: number): Promise<boolean> {
  await sweep(trx, now - KEPT_AFTER_END_MS);
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
  return numInsertedOrUpdatedRows === 1n;
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
