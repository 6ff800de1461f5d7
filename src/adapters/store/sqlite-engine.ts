import type { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { groupCommit } from './group-commit.ts';
import type { Engine } from './handle.ts';
import type { Tables } from './schema.ts';
import { BUSY_TIMEOUT_MS, NodeSqliteDialect } from './sqlite-dialect.ts';
import { asStoreFault } from './sqlite-errors.ts';

/**
 * An open file as an engine: one connection, so one queue of work.
 *
 * @param patienceMs - how long a write waits for another process
 */
export function sqliteEngine(database: DatabaseSync, file: string, patienceMs: number = BUSY_TIMEOUT_MS): Engine {
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database, patienceMs) });
  return {
    dialect: 'sqlite',
    db,
    instant: (callerNow, afterMs = 0) => sql<number>`${callerNow + afterMs}`,
    read: (work) => work(db),
    write: groupCommit(db, database),
    asFault: (error) => asStoreFault(error, file),
    async close() {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}
