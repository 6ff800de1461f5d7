import { type Kysely, sql } from 'kysely';
import { Fault } from '#src/domain/faults.ts';
import { handleOf } from './handle.ts';
import { migrate, ownTables } from './migrate.ts';
import { migrationsOf } from './migrations.ts';
import type { Opened } from './open-file.ts';
import { databaseAt, type Place } from './place.ts';
import { postgresEngine } from './postgres-engine.ts';
import { notAllowed } from './postgres-errors.ts';
import { poolOf } from './postgres-pool.ts';
import type { Tables } from './schema.ts';
import type { StoreOptions } from './store-options.ts';

/** A service answers several people at once; a command does one thing. */
const CONNECTIONS = { service: 10, command: 3 };

/**
 * Opens a database on a server. Any number of instances may: there is nothing that only one may hold, and what an
 * instance held when it was cut off runs out.
 *
 * @throws {Fault}
 */
export async function openServer(
  url: string,
  { exclusive, mustExist, clock, serverTime = true, patienceMs, log }: StoreOptions,
): Promise<Opened> {
  const place = databaseAt(url);
  const pool = await poolOf(url, exclusive ? CONNECTIONS.service : CONNECTIONS.command);
  const engine = postgresEngine(pool, { place, log, serverTime, patienceMs });
  try {
    // Waits for a server that is just starting, too; the schema is brought up to date in one try.
    const tables = await engine.read((db) => ownTables(db, 'postgres'));
    if (mustExist && tables.length === 0) throw empty(place);
    if (tables.length === 0) await engine.read((db) => refuseClosed(db, place));
    await migrate(engine, migrationsOf('postgres'), place);
    const handle = handleOf(engine, clock);
    return { handle, place, close: () => handle.close() };
  } catch (error) {
    await engine.close();
    throw engine.asFault(error);
  }
}

function empty({ name, elsewhere }: Place): Fault {
  return new Fault('config-invalid', `${name} holds nothing of Rolecall. Nothing was made or changed. ${elsewhere}`);
}

/** Since PostgreSQL 15 nobody but the owner of a database may make tables in its schema `public`. */
async function refuseClosed(db: Kysely<Tables>, place: Place): Promise<void> {
  const { rows } = await sql<{ may: boolean | null }>`
    select has_schema_privilege(current_schema(), 'CREATE') as may
  `.execute(db);
  if (!rows[0]?.may) throw new Fault('config-invalid', notAllowed(place));
}
