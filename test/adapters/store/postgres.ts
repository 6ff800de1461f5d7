import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Address of a server for tests; `.ci/postgresql start DIR` makes one. Null where there is none. */
export const TEST_DATABASE_URL: string | null = process.env.ROLECALL_TEST_DATABASE_URL?.trim() || null;

if (TEST_DATABASE_URL === null) {
  console.warn('ROLECALL_TEST_DATABASE_URL is not set: what needs PostgreSQL is skipped (see CONTRIBUTING.md).');
}

/** Runs SQL on a server, past the store. */
export async function onServer<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A schema of its own on the server of tests: its address, and what removes it. */
export async function freshSchema(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  if (TEST_DATABASE_URL === null) throw new Error('there is no server for tests');
  const server = TEST_DATABASE_URL;
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create schema ${name}`);
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${name}`);
  return {
    url: url.href,
    drop: async () => void (await onServer(server, `drop schema if exists ${name} cascade`)),
  };
}
