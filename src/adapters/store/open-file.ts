import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '#src/domain/faults.ts';
import { connect, refuseDamaged } from './connect.ts';
import { freeClaims } from './due.ts';
import { type Folder, prepareFolder } from './folder.ts';
import { type Engine, type Handle, handleOf } from './handle.ts';
import { type InstanceLock, lockInstance } from './instance-lock.ts';
import { freeServiceLeases } from './leases.ts';
import { migrate } from './migrate.ts';
import { migrationsOf } from './migrations.ts';
import { fileAt, type Place } from './place.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { asStoreFault } from './sqlite-errors.ts';
import type { StoreOptions } from './store-options.ts';

/** Name of the database inside the data folder. */
export const DATABASE_FILE = 'rolecall.sqlite';
const LOCK_FILE = 'rolecall.lock';

/** A database ready for work, its schema up to date. */
export type Opened = { readonly handle: Handle; readonly place: Place; close(): Promise<void> };

type FileOptions = Pick<StoreOptions, 'directory' | 'exclusive' | 'mustExist' | 'clock'>;

/** Opens the database file of a folder. @throws {Fault} */
export async function openFile(options: FileOptions): Promise<Opened> {
  if (options.mustExist) refuseMissing(options.directory);
  const folder = prepareFolder(options.directory);
  let lock: InstanceLock | null = null;
  try {
    if (options.exclusive) lock = lockInstance(join(folder.path, LOCK_FILE), folder.path);
    const handle = await openHandle(join(folder.path, DATABASE_FILE), options);
    return {
      handle,
      place: fileAt(join(folder.path, DATABASE_FILE)),
      async close() {
        await handle.close();
        leave(folder, lock);
      },
    };
  } catch (error) {
    leave(folder, lock);
    throw error;
  }
}

/** Refuses a folder without a database. @throws {Fault} `config-invalid` */
export function refuseMissing(directory: string | null): void {
  const file = join(resolve(directory ?? ''), DATABASE_FILE);
  if (directory !== null && existsSync(file)) return;
  throw new Fault(
    'config-invalid',
    `There is no database at ${file}. Nothing was made or changed. Name the data folder of the service with ROLECALL_DATA_DIR.`,
  );
}

async function openHandle(file: string, { clock, exclusive, directory }: FileOptions): Promise<Handle> {
  let engine: Engine | null = null;
  try {
    const database = await connect(file, directory !== null);
    engine = sqliteEngine(database, file);
    if (exclusive) refuseDamaged(database, file);
    await migrate(engine, migrationsOf('sqlite'), fileAt(file));
    const handle = handleOf(engine, clock);
    if (exclusive) await freeServiceLeases(handle);
    if (exclusive) await freeClaims(handle);
    return handle;
  } catch (error) {
    await engine?.close();
    throw asStoreFault(error, file);
  }
}

/** The lock goes last, so that the next service finds the file closed. Twice is harmless. */
function leave(folder: Folder, lock: InstanceLock | null): void {
  lock?.release();
  folder.dispose();
}

/**
 * Tells whether a service runs on a data folder now: whoever can take its lock is alone.
 *
 * The lock is held for a moment only; a service that starts at that very moment is refused and says so.
 */
export function serviceRunsOn(directory: string): boolean {
  const folder = resolve(directory);
  if (!existsSync(join(folder, LOCK_FILE))) return false;
  try {
    lockInstance(join(folder, LOCK_FILE), folder).release();
    return false;
  } catch {
    return true;
  }
}
