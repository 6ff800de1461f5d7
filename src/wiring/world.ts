import { randomBytes } from 'node:crypto';
import { openKept, type RingCentralDirectories } from '../adapters/ringcentral-directory/index.ts';
import { openStore } from '../adapters/store/open-store.ts';
import type { Conversation } from '../conversation/index.ts';
import { createConversation } from '../conversation/index.ts';
import { isFault } from '../domain/faults.ts';
import type { Account } from '../domain/people.ts';
import type { ProtectingLog } from '../log.ts';
import type { Clock, Names, Store } from '../usecases/ports.ts';
import { createRoleShelf, type RoleShelf } from '../usecases/role-shelf.ts';
import type { Deps } from '../usecases/session.ts';
import { type CarrierxEndpoint, connectCarrierx } from './carrierx.ts';
import { type Endpoint, openDirectory, SHORT_COMMAND, type Temper, WHILE_RUNNING } from './directory.ts';
import { forgetfulOfSessions } from './lacking-scope.ts';
import { pause, systemClock, systemIds, systemZone } from './system.ts';

/** RingCentral, the store and the conversation over them: the assistant without any chat. */
export type World = {
  readonly store: Store;
  readonly directories: RingCentralDirectories;
  readonly conversation: Conversation;
  /** What use cases that no conversation starts are given. */
  readonly deps: Deps;
  readonly shelf: RoleShelf;
  readonly partners: readonly string[];
  /** Its name is the main number until the names are read. */
  readonly account: Account;
  readonly zone: string;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly endpoint: Endpoint;
  /** Null where CarrierX is not connected. */
  readonly carrierx?: CarrierxEndpoint | null;
  /** PostgreSQL, which several instances share, instead of a file. */
  readonly databaseUrl?: string | null;
  /** Null for a fresh temporary store. */
  readonly directory: string | null;
  readonly encryptionKey: Uint8Array | null;
  /** True for the service, of which a data folder bears one. */
  readonly exclusive: boolean;
  readonly log: ProtectingLog;
  /** How patient it is with the names; by default as a service or a command has to be. */
  readonly temper?: Temper;
  /** The machine's own, unless a test lets days pass. */
  readonly clock?: Clock;
  /** Told once when RingCentral's call budget makes somebody wait for long. */
  readonly onLongWait?: () => void;
  /** For measurements against a stand-in that does not count calls. */
  readonly callsPerMinute?: number;
};

/** A key for a store that ends with the process. */
export function freshKey(): Uint8Array {
  return randomBytes(32);
}

/**
 * Opens a world; what was opened is closed again when the rest cannot be.
 *
 * The service does not wait for the names of a large account: they are read on behind its back, and whoever asks
 * meanwhile is told when to ask again. A short command waits for them, since it has nothing else to do.
 *
 * @throws {Fault}
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { endpoint, directory, encryptionKey, exclusive, log, clock = systemClock } = options;
  const temper = options.temper ?? (exclusive ? WHILE_RUNNING : SHORT_COMMAND);
  const { databaseUrl = null } = options;
  if (databaseUrl !== null) log.protect(decodeURIComponent(new URL(databaseUrl).password));
  const store = await openStore({ databaseUrl, directory, encryptionKey, exclusive, clock, log });
  const closing = [() => store.close()];
  try {
    const temporary = directory === null && databaseUrl === null;
    const kept = temporary ? null : await openKept(endpoint, store.keepsakes, log);
    const { onLongWait, callsPerMinute } = options;
    // A file bears one service: what it spends it knows by itself.
    const sharedState = databaseUrl === null ? null : store.shared;
    const optional = { ...(onLongWait ? { onLongWait } : {}), ...(callsPerMinute ? { callsPerMinute } : {}) };
    const directories = openDirectory(endpoint, { store, kept, sharedState, log, temper, ...optional });
    closing.unshift(() => directories.close());
    const [account, { carrierx, partners }] = await Promise.all([
      accountOf(directories, temper, log),
      connectCarrierx(options.carrierx ?? null, log),
    ]);
    const zone = account.zone ?? systemZone();
    const base = { directories, names: directories.names, store, clock, ids: systemIds };
    const outside = { ...base, log, pause, zone };
    const deps: Deps = carrierx ? { ...outside, carrierx } : outside;
    const shelf = createRoleShelf(directories.service, clock, await kept?.loadRoles());
    closing.unshift(async () => kept?.saveRoles(shelf.holdings()));
    const conversation = forgetfulOfSessions(createConversation({ ...deps, partners, shelf }), directories);
    return { store, directories, conversation, deps, shelf, partners, account, zone, close: () => closeAll(closing) };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close();
}

/** The account by its names, or, where they take long, by the account itself; either proves the sign-in. */
async function accountOf(
  { names, service }: RingCentralDirectories,
  { startWaitMs }: Temper,
  log: ProtectingLog,
): Promise<Account> {
  const reading = names.current().catch((error: unknown) => {
    if (isFault(error, 'names-pending')) return null;
    throw error;
  });
  const read = await withinMs(reading, startWaitMs);
  if (read) return read.account;
  // The index itself tells when the reading fails after all.
  reading.catch(() => {});
  const { id, mainNumber, zone } = await service.readAccount();
  log.info('ready before all names are read', { account: id });
  return { id, name: mainNumber ?? id, zone };
}

/** Null when it takes longer; the work goes on. */
async function withinMs(work: Promise<Names | null>, waitMs: number): Promise<Names | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, waitMs, null);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
