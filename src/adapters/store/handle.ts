import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { Fault } from '#src/domain/faults.ts';
import type { Clock } from '#src/usecases/ports.ts';
import type { Dialect } from './columns.ts';
import type { Tables } from './schema.ts';

/** What a database does in its own way. */
export type Engine = {
  readonly dialect: Dialect;
  readonly db: Kysely<Tables>;
  /** The present by the clock that judges leases, `afterMs` later; `callerNow` is what the asker holds it to be. */
  instant(callerNow: number, afterMs?: number): RawBuilder<number>;
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** All or nothing; `work` may run more than once where the first run has surely left nothing. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Turns the engine's errors into faults with sentences; anything else comes back as it is. */
  asFault(error: unknown): unknown;
  close(): Promise<void>;
};

/** The open database as the parts of the store use it. */
export type Handle = Pick<Engine, 'dialect' | 'instant'> & {
  readonly clock: Clock;
  /** One statement that reads. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** The one way to write: everything in `work` is kept, on disk, or nothing is. It does nothing but write. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Waits for what is under way, then closes. Safe to call twice. */
  close(): Promise<void>;
};

/** Wraps an open database: faults with sentences, a guard against waiting for oneself, an orderly end. */
export function handleOf(engine: Engine, clock: Clock): Handle {
  const inside = new AsyncLocalStorage<true>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    // On the one connection of a file it would wait for ever; on a server it would stand outside the transaction.
    if (inside.getStore()) throw new Error('the store was used inside its own transaction; use the trx given');
    if (closed)
      throw new Fault('store-unavailable', 'Rolecall is shutting down. Nothing was saved. Ask again when it is back.');
    const running = inside.run(true, work).catch((error: unknown) => {
      throw engine.asFault(error);
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
    await engine.close();
  }

  return {
    clock,
    dialect: engine.dialect,
    instant: engine.instant,
    read: (work) => run(() => engine.read(work)),
    write: (work) => run(() => engine.write(work)),
    close,
  };
}
