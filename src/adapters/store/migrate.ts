import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Fault } from '#src/domain/faults.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the schema up to date: all steps in one transaction, or none.
 *
 * Several processes may do this at once; the first one works, the others find it done.
 *
 * @param file - named in the sentence of a refusal
 * @throws {Fault} `store-unavailable` when the file was written by a newer version or by another program
 */
export async function migrate(db: Kysely<Tables>, migrations: Record<string, Migration>, file: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await refuseStrangers(trx, Object.keys(migrations), file);
    const { error } = await new Migrator({
      db: trx,
      provider: { getMigrations: async () => migrations },
    }).migrateToLatest();
    if (error) throw error;
  });
}

async function refuseStrangers(db: Kysely<Tables>, known: readonly string[], file: string): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length === 0) return;
  if (!tables.some((table) => table.name === 'kysely_migration')) {
    throw new Fault(
      'store-unavailable',
      `The database ${file} belongs to another program. Nothing was changed. Name another folder with ROLECALL_DATA_DIR.`,
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
      `The database ${file} was written by a newer Rolecall (${newer.join(', ')}). Nothing was changed. Start that version again, or put back the backup made before the upgrade.`,
    );
  }
}
