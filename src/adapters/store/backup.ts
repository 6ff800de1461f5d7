import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#src/domain/faults.ts';
import { prepareFolder, privately } from './folder.ts';
import { DATABASE_FILE, refuseMissing } from './open-file.ts';
import { BUSY_TIMEOUT_MS } from './sqlite-dialect.ts';
import { asStoreFault, isFull } from './sqlite-errors.ts';

/**
 * Writes a whole copy of a folder's database into one new file, beside a running service or without, and checks it.
 *
 * @throws {Fault} `config-invalid` where there is no database, or something lies at `target`; `store-unavailable` when
 *   the copy cannot be written or is not whole: nothing of it is left then
 */
export function backUp(directory: string, target: string): void {
  refuseMissing(directory);
  const path = resolve(target);
  reserve(path);
  try {
    const file = join(prepareFolder(directory).path, DATABASE_FILE);
    // Reads one state of the database, whatever is written meanwhile.
    using(file, path, (database) => database.prepare('vacuum into ?').run(path));
    using(path, path, refuseBroken);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** Takes the place of the copy, so that nothing that lies there is ever written over. */
function reserve(path: string): void {
  try {
    closeSync(privately(() => openSync(path, 'wx')));
  } catch (error) {
    const why = existsSync(path) ? 'something is there already' : 'it cannot be written there';
    throw new Fault(
      'config-invalid',
      `No copy was made at ${path}: ${why}. Nothing was overwritten. Name a new file in a folder that can be written.`,
      {},
      { cause: error },
    );
  }
}

/** @param target - what a disk without space is about: the file itself is only read */
function using(file: string, target: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    work(database);
  } catch (error) {
    throw asStoreFault(error, isFull(error) ? target : file);
  } finally {
    database.close();
  }
}

function refuseBroken(database: DatabaseSync): void {
  const verdict = database.prepare('pragma integrity_check(1)').get()?.integrity_check;
  if (verdict === 'ok') return;
  throw new Fault(
    'store-unavailable',
    'The copy is not whole, so it was removed. Nothing else was changed. The database itself is damaged: keep it, and look for an older copy.',
  );
}
