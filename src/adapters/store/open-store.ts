import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '#src/domain/faults.ts';
import type { Clock, Keepsakes, Log, Store } from '#src/usecases/ports.ts';
import { auditOf } from './audit.ts';
import { claimsOf } from './claims.ts';
import { commitOf } from './commit.ts';
import { connect, refuseDamaged } from './connect.ts';
import { dueOf, freeClaims } from './due.ts';
import { type Folder, prepareFolder } from './folder.ts';
import { type Handle, handleOf } from './handle.ts';
import { type InstanceLock, lockInstance } from './instance-lock.ts';
import { intentsOf } from './intents.ts';
import { keepsakesOf } from './keepsakes.ts';
import { freeServiceLeases, leasesOf } from './leases.ts';
import { linksOf } from './links.ts';
import { migrate } from './migrate.ts';
import { migrationsOf } from './migrations.ts';
import { pendingOf } from './pending.ts';
import { recordsOf } from './records.ts';
import { noSealer, type Sealer, sealerOf } from './sealing.ts';
import { seenOf } from './seen.ts';
import { asStoreFault } from './sqlite-errors.ts';
import { threadsOf } from './threads.ts';
import { countUnreadable, tokensOf } from './tokens.ts';

/** Name of the database inside the data folder. */
export const DATABASE_FILE = 'rolecall.sqlite';
const LOCK_FILE = 'rolecall.lock';

export type StoreOptions = {
  /** Data folder, made when missing; null for a fresh temporary one that close removes. */
  readonly directory: string | null;
  /** True for commands that only look: a store that is not there is then refused instead of made. */
  readonly mustExist?: boolean;
  /** 32 bytes. Null for commands that need no stored sign-in: touching one is then a fault. */
  readonly encryptionKey: Uint8Array | null;
  /** True for the service: a second one is refused. Short commands open the file beside it with false. */
  readonly exclusive: boolean;
  readonly clock: Clock;
  readonly log?: Log;
};

/** The store, and beside it what the adapters leave for the next process. */
export type OpenStore = Store & { readonly keepsakes: Keepsakes };

/**
 * Opens the store in a folder: makes it when it is new, brings its schema up to date when it is older.
 *
 * What a method has acknowledged is on the disk: it survives a crash and a power cut.
 *
 * @throws {Fault} `config-invalid` for a folder or a key that cannot be used; `store-unavailable` when another service
 *   runs on the folder, or the file is damaged, foreign, newer than this version, read-only, or on a full disk
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const sealer = options.encryptionKey === null ? noSealer() : sealerOf(options.encryptionKey);
  if (options.mustExist) refuseMissing(options.directory);
  const folder = prepareFolder(options.directory);
  let lock: InstanceLock | null = null;
  try {
    if (options.exclusive) lock = lockInstance(join(folder.path, LOCK_FILE), folder.path);
    const handle = await openHandle(join(folder.path, DATABASE_FILE), options);
    if (options.encryptionKey !== null) await warnOfOtherKey(handle, sealer, options.log);
    return storeOf(handle, sealer, options.exclusive, () => leave(folder, lock));
  } catch (error) {
    leave(folder, lock);
    throw error;
  }
}

function refuseMissing(directory: string | null): void {
  const file = join(resolve(directory ?? ''), DATABASE_FILE);
  if (directory !== null && existsSync(file)) return;
  throw new Fault(
    'config-invalid',
    `There is no database at ${file}. Nothing was made or changed. Name the data folder of the service with ROLECALL_DATA_DIR.`,
  );
}

async function openHandle(file: string, { clock, exclusive, directory }: StoreOptions): Promise<Handle> {
  let handle: Handle | null = null;
  try {
    const database = await connect(file, directory !== null);
    handle = handleOf(database, file, clock);
    if (exclusive) refuseDamaged(database, file);
    await migrate(handle.db, migrationsOf('sqlite'), file);
    if (exclusive) await freeServiceLeases(handle);
    if (exclusive) await freeClaims(handle);
    return handle;
  } catch (error) {
    await handle?.close();
    throw asStoreFault(error, file);
  }
}

function storeOf(handle: Handle, sealer: Sealer, exclusive: boolean, leaveFolder: () => void): OpenStore {
  return {
    commit: commitOf(handle),
    records: recordsOf(handle),
    due: dueOf(handle),
    links: linksOf(handle),
    tokens: tokensOf(handle, sealer),
    claimOnce: claimsOf(handle),
    pending: pendingOf(handle),
    lease: leasesOf(handle, exclusive ? 'service' : 'command'),
    intents: intentsOf(handle),
    threads: threadsOf(handle),
    audit: auditOf(handle),
    seen: seenOf(handle),
    keepsakes: keepsakesOf(handle),
    async close() {
      await handle.close();
      leaveFolder();
    },
  };
}

/** The lock goes last, so that the next service finds the file closed. Twice is harmless. */
function leave(folder: Folder, lock: InstanceLock | null): void {
  lock?.release();
  folder.dispose();
}

/** A wrong key is no reason to refuse the start: nothing is lost, and connecting again mends it person by person. */
async function warnOfOtherKey(handle: Handle, sealer: Sealer, log: Log | undefined): Promise<void> {
  const count = await countUnreadable(handle, sealer);
  if (count === 0) return;
  log?.warn(
    'Stored sign-ins were encrypted with another key than ROLECALL_ENCRYPTION_KEY. Nothing was deleted. Put the earlier key back; if it is lost, these people have to connect their RingCentral account again.',
    { count },
  );
}
