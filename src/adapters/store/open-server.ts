import { handleOf } from './handle.ts';
import { migrate } from './migrate.ts';
import { migrationsOf } from './migrations.ts';
import type { Opened } from './open-file.ts';
import { databaseAt } from './place.ts';
import { postgresEngine } from './postgres-engine.ts';
import { poolOf } from './postgres-pool.ts';
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
  { exclusive, clock, serverTime = true, log }: StoreOptions,
): Promise<Opened> {
  const place = databaseAt(url);
  const pool = await poolOf(url, exclusive ? CONNECTIONS.service : CONNECTIONS.command);
  const engine = postgresEngine(pool, { place, log, serverTime });
  try {
    // Waits for a server that is just starting; the schema itself is brought up to date once.
    await engine.read((db) => db.introspection.getSchemas());
    await migrate(engine, migrationsOf('postgres'), place);
    const handle = handleOf(engine, clock);
    return { handle, close: () => handle.close() };
  } catch (error) {
    await engine.close();
    throw engine.asFault(error);
  }
}
