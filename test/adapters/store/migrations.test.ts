import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#src/adapters/store/columns.ts';
import { migrationsOf } from '#src/adapters/store/migrations.ts';

/** What the migrations would send to an engine, without one. */
async function statements(dialect: Dialect): Promise<string[]> {
  const sent: CompiledQuery[] = [];
  const postgres = dialect === 'postgres';
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => (postgres ? new PostgresAdapter() : new SqliteAdapter()),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => (postgres ? new PostgresIntrospector(of) : new SqliteIntrospector(of)),
      createQueryCompiler: () => (postgres ? new PostgresQueryCompiler() : new SqliteQueryCompiler()),
    },
    log(event) {
      sent.push(event.query);
    },
  });
  for (const step of Object.values(migrationsOf(dialect))) await step.up(db);
  return sent.map((query) => query.sql);
}

const isTrigger = (sql: string) => /^create (trigger|function)/.test(sql);

describe('the one list of schema steps', () => {
  it('is the same on both engines, but for the words each has for a type', async () => {
    const inWordsOfPostgres = (await statements('sqlite'))
      .filter((sql) => !isTrigger(sql))
      .map((sql) =>
        sql
          .replaceAll(' integer', ' bigint')
          .replaceAll(' blob', ' bytea')
          .replace(/( without rowid,)? strict$/, ''),
      );
    expect(inWordsOfPostgres).toEqual((await statements('postgres')).filter((sql) => !isTrigger(sql)));
    expect(inWordsOfPostgres.filter((sql) => sql.startsWith('create table'))).toHaveLength(16);
  });

  it('makes every table refuse values of another type on SQLite', async () => {
    const tables = (await statements('sqlite')).filter((sql) => sql.startsWith('create table'));
    expect(tables.filter((sql) => !sql.endsWith(' strict'))).toEqual([]);
  });

  it('guards the record on both', async () => {
    const guards = async (dialect: Dialect) => (await statements(dialect)).filter(isTrigger).join('\n');
    expect(await guards('sqlite')).toMatch(/before update on audit[\s\S]*before delete on audit/);
    expect(await guards('postgres')).toMatch(/before update or delete on audit[\s\S]*before truncate on audit/);
  });

  it('is in order by name, and keeps that order on any machine', () => {
    const names = Object.keys(migrationsOf('sqlite'));
    expect([...names].sort()).toEqual(names);
    expect(names.every((name) => /^[0-9]{4}-[a-z-]+$/.test(name))).toBe(true);
  });
});
