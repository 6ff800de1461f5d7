import type { PostgresCursor, PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { asConnectionLost } from './postgres-errors.ts';

/** A server that cannot be reached at all is given up after this. Milliseconds. */
const CONNECT_WITHIN_MS = 5_000;
/** No statement of ours takes long; one that does is stuck. Milliseconds. */
const STATEMENT_TAKES_AT_MOST_MS = 30_000;
/** A process that was stopped inside a transaction must not hold its locks for ever. Milliseconds. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** Object id of the type `bigint`; https://www.postgresql.org/docs/current/catalog-pg-type.html. */
const INT8 = 20;

/**
 * Connections to a server, as Kysely takes them. The driver is loaded only here, so that whoever keeps a file never
 * pays for it.
 *
 * @param connections - at most so many at once
 */
export async function poolOf(url: string, connections: number): Promise<PostgresPool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'rolecall',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    statement_timeout: STATEMENT_TAKES_AT_MOST_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: {
      // Instants and counters are whole numbers below 2^53; the driver would give them as text.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // A connection that breaks tells so by an event as well, and an event nobody hears ends the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return asKyselyPool(pool);
}

function asKyselyPool(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw asConnectionLost(error);
      });
      const known = wrapped.get(client) ?? asKyselyClient(client);
      wrapped.set(client, known);
      return known;
    },
    end: () => pool.end(),
    options: pool.options,
  } as PostgresPool;
}

function asKyselyClient(client: PoolClient): PostgresPoolClient {
  async function query(sql: unknown, parameters?: readonly unknown[]): Promise<unknown> {
    try {
      return await client.query(sql as string, parameters as unknown[]);
    } catch (error) {
      throw asConnectionLost(error);
    }
  }
  return {
    query: query as PostgresPoolClient['query'] & (<R>(cursor: PostgresCursor<R>) => PostgresCursor<R>),
    // A connection that broke is thrown away by the pool itself.
    release: (...args: Parameters<PoolClient['release']>) => client.release(...args),
  } as PostgresPoolClient;
}
