import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#src/domain/faults.ts';
import { privately } from './folder.ts';
import { asStoreFault, isBusy } from './sqlite-errors.ts';

/** Held until released or until the process ends, however it ends: there is no stale lock to clear away. */
export type InstanceLock = { release(): void };

/**
 * Takes the lock that keeps a second service off the same folder.
 *
 * It is an exclusive transaction on a small database of its own, so the operating system frees it with the process,
 * and short commands can still open the real database.
 *
 * @throws {Fault} `store-unavailable` when another service holds it
 */
export function lockInstance(file: string, directory: string): InstanceLock {
  let database: DatabaseSync | null = null;
  try {
    database = privately(() => new DatabaseSync(file, { timeout: 0 }));
    database.exec('begin exclusive');
    const held = database;
    return {
      release() {
        if (held.isOpen) held.close();
      },
    };
  } catch (error) {
    database?.close();
    if (!isBusy(error)) throw asStoreFault(error, file);
    throw new Fault(
      'store-unavailable',
      `Rolecall is already running on the data folder ${directory}. Nothing was changed. Stop the other one first, or name another folder with ROLECALL_DATA_DIR.`,
      {},
      { cause: error },
    );
  }
}
