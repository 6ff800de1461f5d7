import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

/** The engines that one list of migrations serves. */
export type Dialect = 'sqlite' | 'postgres';

/** What the dialects spell differently. Everything else in a migration is the same Kysely code. */
export type Columns = {
  readonly text: RawBuilder<unknown>;
  /** 8-byte integer: instants, counters. STRICT tables of SQLite know `integer` only. */
  readonly int8: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Starts a table whose columns refuse values of another type. */
  table(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never>;
  /** The same for short rows that are found by their key: SQLite then keeps key and row in one place. */
  keyed(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never>;
};

/** Column types and table options of one dialect. */
export function columnsOf(dialect: Dialect): Columns {
  const sqlite = dialect === 'sqlite';
  return {
    text: sql`text`,
    int8: sqlite ? sql`integer` : sql`bigint`,
    bytes: sqlite ? sql`blob` : sql`bytea`,
    table(db, name) {
      const table = db.schema.createTable(name);
      return sqlite ? table.modifyEnd(sql`strict`) : table;
    },
    keyed(db, name) {
      const table = db.schema.createTable(name);
      return sqlite ? table.modifyEnd(sql`without rowid, strict`) : table;
    },
  };
}
