import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { isBusy } from './sqlite-errors.ts';

/** How long a writer waits for another process before it gives up. Milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;

/** Prepared statements kept. Lists of varying length make new texts, so the number needs an upper bound. */
const STATEMENTS_KEPT = 300;

/** Kysely's own SQLite dialect over Node's built-in SQLite. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;
  readonly #patienceMs: number;

  constructor(database: DatabaseSync, patienceMs: number) {
    super({ database: asKyselyDatabase(database) });
    this.#database = database;
    this.#patienceMs = patienceMs;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database, this.#patienceMs);
  }
}

/** Kysely assumes SQLite cannot roll back DDL. It can; without this a migration that dies half way wedges the file. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  readonly #patienceMs: number;

  constructor(database: DatabaseSync, patienceMs: number) {
    super({ database: asKyselyDatabase(database) });
    this.#database = database;
    this.#patienceMs = patienceMs;
  }

  /** Plain `begin` takes the write lock too late: `SQLITE_BUSY_SNAPSHOT` then fails a transaction that has read. */
  override async beginTransaction(_connection: DatabaseConnection): Promise<void> {
    await untilFree(this.#database, this.#patienceMs, () => this.#database.exec('begin immediate'));
  }

  /** A full disk rolls back by itself; a second rollback would hide the real error behind its own. */
  override async rollbackTransaction(_connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }
}

/**
 * Runs `attempt` until no other connection stands in its way, for at most `patienceMs`.
 *
 * SQLite's own waiting would block the event loop, and with it a transaction of this very process that has to end
 * first.
 */
export async function untilFree<T>(database: DatabaseSync, patienceMs: number, attempt: () => T): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 32)) {
    try {
      return withoutBlocking(database, attempt);
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(waitMs);
  }
}

function withoutBlocking<T>(database: DatabaseSync, attempt: () => T): T {
  database.exec('pragma busy_timeout = 0');
  try {
    return attempt();
  } finally {
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known) return known;
      if (prepared.size >= STATEMENTS_KEPT) prepared.clear();
      const statement = asKyselyStatement(database.prepare(sql));
      prepared.set(sql, statement);
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
