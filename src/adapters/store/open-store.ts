import type { Keepsakes, Log, SharedState, Store } from '#src/usecases/ports.ts';
import { auditOf } from './audit.ts';
import { claimsOf } from './claims.ts';
import { commitOf } from './commit.ts';
import { dueOf } from './due.ts';
import type { Handle } from './handle.ts';
import { intentsOf } from './intents.ts';
import { keepsakesOf } from './keepsakes.ts';
import { leasesOf } from './leases.ts';
import { linksOf } from './links.ts';
import { type Opened, openFile } from './open-file.ts';
import { openServer } from './open-server.ts';
import { pendingOf } from './pending.ts';
import { recordsOf } from './records.ts';
import { noSealer, type Sealer, sealerOf } from './sealing.ts';
import { seenOf } from './seen.ts';
import { sharedStateOf } from './shared-state.ts';
import type { StoreOptions } from './store-options.ts';
import { threadsOf } from './threads.ts';
import { countUnreadable, tokensOf } from './tokens.ts';

/** The store, and beside it what the adapters leave for the next process. */
export type OpenStore = Store & {
  readonly keepsakes: Keepsakes;
  readonly shared: SharedState;
  /** Where it lies, for people; begins a sentence. */
  readonly place: string;
};

/**
 * Opens the store in a folder or on a server: makes it when it is new, brings its schema up to date when it is older.
 *
 * What a method has acknowledged is on the disk: it survives a crash and a power cut.
 *
 * @throws {Fault} `config-invalid` for a folder, an address or a key that cannot be used; `store-unavailable` when
 *   another service runs on the folder, the server is away, or the database is damaged, foreign, newer than this
 *   version, read-only, or on a full disk
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const sealer = options.encryptionKey === null ? noSealer() : sealerOf(options.encryptionKey);
  const { databaseUrl = null } = options;
  const opened = databaseUrl === null ? await openFile(options) : await openServer(databaseUrl, options);
  try {
    if (options.encryptionKey !== null) await warnOfOtherKey(opened.handle, sealer, options.log);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return storeOf(opened, sealer, options.exclusive);
}

function storeOf({ handle, place, close }: Opened, sealer: Sealer, exclusive: boolean): OpenStore {
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
    shared: sharedStateOf(handle),
    place: place.name,
    close,
  };
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
