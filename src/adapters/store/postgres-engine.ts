import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresAdapter, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import type { Log } from '#src/usecases/ports.ts';
import type { Engine } from './handle.ts';
import type { Place } from './place.ts';
import { asPostgresFault, ConnectionLost, isAway, isCollision, OutcomeUnknown } from './postgres-errors.ts';
import type { Tables } from './schema.ts';

export type PostgresSettings = {
  readonly place: Place;
  readonly log?: Log | undefined;
  /** How long a server that went away is waited for before the asker is told. */
  readonly patienceMs?: number | undefined;
  /** False in tests that set the clock by hand: leases are then judged by the asker's clock. */
  readonly serverTime: boolean;
};

/** A restart of a server takes a few seconds. */
const PATIENCE_MS = 10_000;
/** Transactions that met take turns; more often than this something else is wrong. */
const COLLISIONS = 10;

/** `migrate` holds a lock of its own. Giving Kysely's back in a transaction that failed would hide why it failed. */
class LockedElsewhere extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class LockedElsewhereDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new LockedElsewhere();
  }
}

/** A server as an engine: several connections, and a way that may break at any time. */
export function postgresEngine(pool: PostgresPool, settings: PostgresSettings): Engine {
  const db = new Kysely<Tables>({ dialect: new LockedElsewhereDialect({ pool }) });
  const { place, serverTime, patienceMs = PATIENCE_MS } = settings;
  const gone = createAbsence(settings);

  /** Runs what has surely left nothing when it failed, until it succeeds or patience ends. */
  async function insist<T>(attempt: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (let tries = 1, waitMs = 50; ; tries += 1, waitMs = Math.min(waitMs * 2, 1_000)) {
      try {
        const result = await attempt();
        gone.ended();
        return result;
      } catch (error) {
        if (isAway(error)) gone.begun(error);
        const again = isAway(error) ? performance.now() < deadline : isCollision(error) && tries < COLLISIONS;
        if (!again) throw error;
      }
      // Two that met must not meet again at once.
      await sleep(waitMs * (0.5 + Math.random()));
    }
  }

  return {
    dialect: 'postgres',
    db,
    instant: (callerNow, afterMs = 0) =>
      serverTime
        ? sql<number>`((extract(epoch from clock_timestamp()) * 1000)::bigint + ${afterMs}::bigint)`
        : sql<number>`${callerNow + afterMs}::bigint`,
    read: (work) => insist(() => work(db)),
    write: (work) => insist(() => transact(db, work)),
    asFault: (error) => asPostgresFault(error, place),
    close: () => db.destroy(),
  };
}

/** One transaction. What fails before its end has begun was surely not kept. */
async function transact<T>(db: Kysely<Tables>, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  const trx = await db.startTransaction().execute();
  let result: T;
  try {
    result = await work(trx);
  } catch (error) {
    // A connection that broke takes its transaction with it.
    await trx
      .rollback()
      .execute()
      .catch(() => {});
    throw error;
  }
  try {
    await trx.commit().execute();
    return result;
  } catch (error) {
    throw error instanceof ConnectionLost || isAway(error) ? new OutcomeUnknown(error) : error;
  }
}

/** Tells once that the server went away, and once that it is back. */
function createAbsence({ log, place }: PostgresSettings) {
  let since: number | null = null;
  return {
    begun(error: unknown): void {
      if (since !== null) return;
      since = performance.now();
      const fault = asPostgresFault(error, place);
      log?.warn('the database cannot be reached; trying again', {
        why: fault instanceof Error ? fault.message : 'unknown',
      });
    },
    ended(): void {
      if (since === null) return;
      log?.info('the database can be reached again', { afterMs: Math.round(performance.now() - since) });
      since = null;
    },
  };
}
