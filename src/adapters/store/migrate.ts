import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Fault } from '#src/domain/faults.ts';
import type { Dialect } from './columns.ts';
import type { Engine } from './handle.ts';
import type { Place } from './place.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the schema up to date: all steps in one transaction, or none.
 *
 * Several processes may do this at once; the first one works, the others find it done.
 *
 * @param place - named in the sentence of a refusal
 * @throws {Fault} `store-unavailable` when the database was written by a newer version or by another program
 */
export async function migrate(
  { db, dialect }: Pick<Engine, 'db' | 'dialect'>,
  migrations: Record<string, Migration>,
  place: Place,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // A file is locked as a whole by now. A server is not: whoever comes second waits here, then finds it done.
    if (dialect === 'postgres')
      await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(current_schema()))`.execute(trx);
    await refuseStrangers(trx, dialect, Object.keys(migrations), place);
    const { error } = await new Migrator({
      db: trx,
      provider: { getMigrations: async () => migrations },
    }).migrateToLatest();
    if (error) throw error;
  });
}

/** Any number that no other program is likely to lock by. */
const LOCK = 0x726f6c65;

async function refuseStrangers(
  db: Kysely<Tables>,
  dialect: Dialect,
  known: readonly string[],
  place: Place,
): Promise<void> {
  const tables = await ownTables(db, dialect);
  if (tables.length === 0) return;
  if (!tables.includes('kysely_migration')) {
    throw new Fault(
      'store-unavailable',
      `${place.name} belongs to another program. Nothing was changed. ${place.elsewhere}`,
    );
  }
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const newer = done.map((step) => step.name).filter((name) => !known.includes(name));
  if (newer.length > 0) {
    throw new Fault(
      'store-unavailable',
      `${place.name} was written by a newer Rolecall (${newer.join(', ')}). Nothing was changed. Start that version again, or put back the backup made before the upgrade.`,
    );
  }
}

/** Tables of the file, or of the schema that is worked in: a server's database may hold others, which are none of ours. */
export async function ownTables(db: Kysely<Tables>, dialect: Dialect): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (dialect === 'sqlite') return tables.map((table) => table.name);
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  return tables.filter((table) => table.schema === rows[0]?.schema).map((table) => table.name);
}
