import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Claim, ClaimedDue, Due, NewDue, Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';
import { storable } from './text.ts';

/** Done rows are kept this long, so that their ids still stop what is asked for twice. Milliseconds. */
const KEPT_AFTER_DONE_MS = 30 * 24 * 60 * 60 * 1000;

/** What has to be looked at in time: rows with a date, claimed by one worker at a time. */
export function dueOf(handle: Handle): Store['due'] {
  const { read, write } = handle;

  /** One probe of an index says that nothing is due, which is the rule: no transaction for that. */
  async function claim(wish: Claim): Promise<readonly ClaimedDue[]> {
    // An empty list cannot be said in SQL.
    if (wish.kinds?.length === 0) return [];
    const some = await read((db) => claimable(handle, db, wish).select('id').limit(1).executeTakeFirst());
    if (!some) return [];
    return write((trx) => take(handle, trx, wish));
  }

  async function hold(due: ClaimedDue, now: number, ttlMs: number): Promise<ClaimedDue | null> {
    const { numUpdatedRows } = await write((trx) =>
      inHands(trx, due)
        .set({ next_at: handle.instant(now, ttlMs) })
        .where('next_at', '>', handle.instant(now))
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows === 1n ? { ...due, leaseUntil: now + ttlMs } : null;
  }

  return {
    claim,
    hold,
    async load(id) {
      const row = await read((db) => db.selectFrom('due').selectAll().where('id', '=', id).executeTakeFirst());
      return row ? asDue(row) : null;
    },
    async nextAt(kinds) {
      if (kinds?.length === 0) return null;
      const row = await read((db) => {
        const all = waiting(db).select('next_at').orderBy('next_at').limit(1);
        return (kinds ? all.where('kind', 'in', kinds) : all).executeTakeFirst();
      });
      return row?.next_at ?? null;
    },
    async parked(limit) {
      const rows = await read((db) =>
        db.selectFrom('due').selectAll().where('parked_at', 'is not', null).orderBy('parked_at').limit(limit).execute(),
      );
      return rows.map(asDue);
    },
  };
}

function waiting(db: Kysely<Tables>) {
  return db.selectFrom('due').where('done_at', 'is', null).where('parked_at', 'is', null);
}

/** Whether a lease has run out is judged by the store's clock, whether a date has come by the asker's. */
function claimable({ instant }: Handle, db: Kysely<Tables>, { now, kinds }: Claim) {
  const free = waiting(db).where('next_at', '<=', instant(now)).where('due_at', '<=', now);
  return kinds ? free.where('kind', 'in', kinds) : free;
}

async function take(handle: Handle, trx: Transaction<Tables>, wish: Claim): Promise<ClaimedDue[]> {
  const free = claimable(handle, trx, wish).select('id').orderBy('next_at').limit(wish.limit);
  // Rows that another claimer has just locked are theirs.
  const picked = await (handle.dialect === 'postgres' ? free.forUpdate().skipLocked() : free).execute();
  if (picked.length === 0) return [];
  const ids = picked.map((row) => row.id);
  const rows = await trx
    .updateTable('due')
    .set((eb) => ({
      fence: eb('fence', '+', 1),
      attempts: eb('attempts', '+', 1),
      lease_by: wish.holder,
      next_at: handle.instant(wish.now, wish.ttlMs),
    }))
    .where('id', 'in', ids)
    .returningAll()
    .execute();
  const leaseUntil = wish.now + wish.ttlMs;
  const claimed = rows.map((row) => asClaimed(row, leaseUntil));
  return claimed.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** Due at its instant from now on, whatever was there; its fence leaves earlier claimers behind. */
export async function putDue(trx: Transaction<Tables>, due: NewDue): Promise<void> {
  const { id, ...fresh } = freshRow(due);
  await trx
    .insertInto('due')
    .values({ id, ...fresh, fence: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ ...fresh, fence: eb('due.fence', '+', 1) })))
    .execute();
}

/** The same, unless a row of this id is there. */
export async function addDue(trx: Transaction<Tables>, due: NewDue): Promise<void> {
  await trx
    .insertInto('due')
    .values({ ...freshRow(due), fence: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function freshRow({ id, kind, ref, dueAt }: NewDue) {
  const clean = { attempts: 0, lease_by: null, last_error: null, done_at: null, parked_at: null };
  return { id: storable(id), kind, ref: storable(ref), due_at: dueAt, next_at: dueAt, ...clean };
}

/** Takes a row out of the waiting ones, out of the hands of whoever has it. */
export async function cancelDue(trx: Transaction<Tables>, id: string, now: number): Promise<void> {
  await trx
    .updateTable('due')
    .set((eb) => ({ done_at: now, lease_by: null, parked_at: null, fence: eb('fence', '+', 1) }))
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .execute();
}

type Held = Pick<ClaimedDue, 'id' | 'fence'>;

/** Marks a claimed row done; false when it is not in the claimer's hands any more. Sweeps old ones on the way. */
export async function settleDue(trx: Transaction<Tables>, due: Held, now: number): Promise<boolean> {
  const { numUpdatedRows } = await inHands(trx, due).set({ done_at: now, lease_by: null }).executeTakeFirstOrThrow();
  await trx
    .deleteFrom('due')
    .where('done_at', '<', now - KEPT_AFTER_DONE_MS)
    .execute();
  return numUpdatedRows === 1n;
}

/** Gives a claimed row back, to be tried again; false when it is not in the claimer's hands any more. */
export async function failDue(trx: Transaction<Tables>, due: Held, retryAt: number, error: string): Promise<boolean> {
  const back = { next_at: retryAt, lease_by: null, last_error: storable(error) };
  const { numUpdatedRows } = await inHands(trx, due).set(back).executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Gives a claimed row up until it is put again; false when it is not in the claimer's hands any more. */
export async function parkDue(trx: Transaction<Tables>, due: Held, now: number, error: string): Promise<boolean> {
  const parked = { parked_at: now, lease_by: null, last_error: storable(error) };
  const { numUpdatedRows } = await inHands(trx, due).set(parked).executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

function inHands(trx: Transaction<Tables>, { id, fence }: Held) {
  return trx
    .updateTable('due')
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('lease_by', 'is not', null)
    .where('done_at', 'is', null)
    .where('parked_at', 'is', null);
}

/**
 * Frees what an earlier service had claimed when it was cut off, so that nothing due waits for its lease. Only for a
 * service that has the instance lock, which proves the earlier one gone.
 */
export async function freeClaims({ write }: Handle): Promise<void> {
  await write((trx) =>
    trx
      .updateTable('due')
      .set((eb) => ({ next_at: eb.ref('due_at'), lease_by: null }))
      .where('lease_by', 'is not', null)
      .where('done_at', 'is', null)
      .execute(),
  );
}

function asClaimed(row: Selectable<Tables['due']>, leaseUntil: number): ClaimedDue {
  const { id, kind, ref, due_at: dueAt, fence, attempts, last_error: lastError } = row;
  return { id, kind, ref, dueAt, fence, attempts, lastError, leaseUntil };
}

function asDue(row: Selectable<Tables['due']>): Due {
  return {
    id: row.id,
    kind: row.kind,
    ref: row.ref,
    dueAt: row.due_at,
    nextAt: row.next_at,
    attempts: row.attempts,
    lastError: row.last_error,
    leaseBy: row.lease_by,
    doneAt: row.done_at,
    parkedAt: row.parked_at,
  };
}
