import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { Fault } from '#src/domain/faults.ts';
import type { Clock } from '#src/usecases/ports.ts';
import type { Dialect } from './columns.ts';
import type { Tables } from './schema.ts';
import { BUSY_TIMEOUT_MS, NodeSqliteDialect } from './sqlite-dialect.ts';
import { asStoreFault } from './sqlite-errors.ts';

/** The open database as the parts of the store use it. */
export type Handle = {
  readonly clock: Clock;
  readonly dialect: Dialect;
  /** The present by the clock that judges leases, `afterMs` later; `callerNow` is what the asker holds it to be. */
  instant(callerNow: number, afterMs?: number): RawBuilder<number>;
  /** One statement that reads. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** The one way to write: everything in `work` is kept, on disk, or nothing is. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** For the schema only. */
  readonly db: Kysely<Tables>;
  /** Waits for what is under way, then closes. Safe to call twice. */
  close(): Promise<void>;
};

/**
 * Wraps an open file: one queue of work, faults with sentences, a guard against waiting for oneself.
 *
 * @param patienceMs - how long a write waits for another process
 */
export function handleOf(
  database: DatabaseSync,
  file: string,
  clock: Clock,
  patienceMs: number = BUSY_TIMEOUT_MS,
): Handle {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database, patienceMs) });
  const inside = new AsyncLocalStorage<true>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    // There is one connection: asking for it again inside a transaction would wait for ever.
    if (inside.getStore()) throw new Error('the store was used inside its own transaction; use the trx given');
    if (closed)
      throw new Fault('store-unavailable', 'Rolecall is shutting down. Nothing was saved. Ask again when it is back.');
    const running = inside.run(true, work).catch((error: unknown) => {
      throw asStoreFault(error, file);
    });
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.allSettled(underWay);
    await db.destroy();
    if (database.isOpen) database.close();
  }

  return {
    clock,
    dialect: 'sqlite',
    instant: (callerNow, afterMs = 0) => sql<number>`${callerNow + afterMs}`,
    db,
    read: (work) => run(() => work(db)),
    write: (work) => run(() => db.transaction().execute(work)),
    close,
  };
}
