import type { DatabaseSync } from 'node:sqlite';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

type Work<T> = (trx: Transaction<Tables>) => Promise<T>;

/** Writes that share one wait for the disk; more would make the first ones wait for the last. */
const AT_ONCE = 64;

/** The one that the transaction runs on. */
type Connection = Pick<DatabaseSync, 'exec'>;

type Waiting = { readonly work: Work<unknown>; resolve(value: unknown): void; reject(error: unknown): void };
type Ended = { readonly result: unknown } | { readonly error: unknown };

/**
 * Runs writes so that those which wait at the same time go to the disk together: what a commit costs is the wait for
 * the disk, and a file has one queue anyway.
 *
 * Each is kept or taken back by itself, and is acknowledged only once the disk has all of them. Where the disk does not
 * take them together, each is tried alone, so that one that is too large fails nobody else.
 */
export function groupCommit(db: Kysely<Tables>, connection: Connection): <T>(work: Work<T>) => Promise<T> {
  let queue: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (queue.length > 0) {
      const group = queue.slice(0, AT_ONCE);
      queue = queue.slice(AT_ONCE);
      if (group.length === 1 || !(await together(db, connection, group)))
        for (const each of group) await alone(db, each);
    }
    running = false;
  }

  return function write<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (!running) void drain();
    });
  };
}

async function alone(db: Kysely<Tables>, { work, resolve, reject }: Waiting): Promise<void> {
  await db.transaction().execute(work).then(resolve, reject);
}

/** False when nothing of it was kept. */
async function together(db: Kysely<Tables>, connection: Connection, group: readonly Waiting[]): Promise<boolean> {
  const ended: Ended[] = [];
  try {
    await db.transaction().execute(async (trx) => {
      for (const { work } of group) ended.push(await apart(connection, trx, work));
    });
  } catch {
    return false;
  }
  for (const [index, each] of group.entries()) {
    const how = ended[index];
    if (how && 'result' in how) each.resolve(how.result);
    else each.reject(how?.error);
  }
  return true;
}

/** One of several in a transaction: taking it back leaves the others. */
async function apart(connection: Connection, trx: Transaction<Tables>, work: Work<unknown>): Promise<Ended> {
  connection.exec('savepoint apart');
  try {
    const result = await work(trx);
    connection.exec('release apart');
    return { result };
  } catch (error) {
    // Fails where the engine took back everything, as on a full disk: then the whole group is tried one by one.
    connection.exec('rollback to apart');
    connection.exec('release apart');
    return { error };
  }
}
