import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#src/domain/faults.ts';
import { privately, refuseUnusable } from './folder.ts';
import { BUSY_TIMEOUT_MS, untilFree } from './sqlite-dialect.ts';
import { damaged } from './sqlite-errors.ts';

/** Largest write-ahead log kept after a checkpoint. Bytes. */
const JOURNAL_LIMIT = 16 * 1024 * 1024;

/** Pages of 4 KiB in the log before they are moved into the file: fewer would move the same pages again and again. */
const CHECKPOINT_PAGES = JOURNAL_LIMIT / 4096;

/** Up to this size a start reads the whole file for damage; beyond, it would be felt, and damage shows when met. */
const CHECKED_UP_TO = 64 * 1024 * 1024;

/**
 * Opens the file with settings under which an acknowledged write survives a power cut.
 *
 * @param outlivesProcess - false for a file that is removed with the process: nothing then waits for the disk
 * @throws SQLite's own errors, {Fault} `config-invalid` for a file that may not be written, `store-unavailable` where the folder cannot carry a write-ahead log
 */
export async function connect(file: string, outlivesProcess = true): Promise<DatabaseSync> {
  refuseUnusable(file);
  const database = privately(
    () => new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true }),
  );
  try {
    const mode = await untilFree(database, BUSY_TIMEOUT_MS, () => database.prepare('pragma journal_mode = wal').get());
    if (mode?.journal_mode !== 'wal') throw noWriteAheadLog(file);
    database.exec(`pragma synchronous = ${outlivesProcess ? 'full' : 'off'}`);
    database.exec(`pragma journal_size_limit = ${JOURNAL_LIMIT}`);
    database.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function noWriteAheadLog(file: string): Fault {
  return new Fault(
    'store-unavailable',
    `The folder of ${file} cannot carry SQLite's write-ahead log; network file systems cannot. Nothing was changed. Name a folder on a local disk with ROLECALL_DATA_DIR.`,
  );
}

/**
 * Looks for damage inside the file before anything is written to it.
 *
 * @throws {Fault} `store-unavailable` when pages contradict each other
 */
export function refuseDamaged(database: DatabaseSync, file: string): void {
  const pages = Number(database.prepare('pragma page_count').get()?.page_count ?? 0);
  const pageSize = Number(database.prepare('pragma page_size').get()?.page_size ?? 0);
  if (pages * pageSize > CHECKED_UP_TO) return;
  const verdict = database.prepare('pragma quick_check(1)').get()?.quick_check;
  if (verdict === 'ok') return;
  throw new Fault('store-unavailable', damaged(file));
}
