import type { Io } from '#handlers/terminal/composition.ts';
import { backUp as copy } from '../adapters/store/backup.ts';
import { readConfig } from '../config.ts';
import { Fault } from '../domain/faults.ts';

/** Copies the store that the environment names. @throws {Fault} for a server, which has better means of its own */
export async function backUp(env: Io['env'], file: string): Promise<void> {
  const { databaseUrl, dataDir } = readConfig(env, 'other');
  if (databaseUrl === null) return copy(dataDir, file);
  throw new Fault(
    'config-invalid',
    'The store is on a PostgreSQL server, which is copied with its own means, such as pg_dump. Nothing was written. docs/backup.md says more.',
  );
}
