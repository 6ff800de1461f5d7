import { randomBytes } from 'node:crypto';
import type { RingCentralDirectories } from '../adapters/ringcentral-directory/index.ts';
import { openStore } from '../adapters/store/open-store.ts';
import type { Conversation } from '../conversation/index.ts';
import { createConversation } from '../conversation/index.ts';
import type { ProtectingLog } from '../log.ts';
import type { Names, Store } from '../usecases/ports.ts';
import type { Deps } from '../usecases/session.ts';
import { type Endpoint, openDirectory } from './directory.ts';
import { pause, systemClock, systemIds, systemZone } from './system.ts';

/** RingCentral, the store and the conversation over them: the assistant without any chat. */
export type World = {
  readonly store: Store;
  readonly directories: RingCentralDirectories;
  readonly conversation: Conversation;
  /** What use cases that no conversation starts are given. */
  readonly deps: Deps;
  readonly zone: string;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly endpoint: Endpoint;
  /** Null for a fresh temporary store. */
  readonly directory: string | null;
  readonly encryptionKey: Uint8Array | null;
  /** True for the service, of which a data folder bears one. */
  readonly exclusive: boolean;
  readonly log: ProtectingLog;
};

/** A key for a store that ends with the process. */
export function freshKey(): Uint8Array {
  return randomBytes(32);
}

/** Opens a world; what was opened is closed again when the rest cannot be. @throws {Fault} */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { directory, encryptionKey, exclusive, log } = options;
  const store = await openStore({ directory, encryptionKey, exclusive, clock: systemClock, log });
  const directories = openDirectory(options.endpoint, store, log);
  const close = async () => {
    await directories.close();
    await store.close();
  };
  try {
    const zone = zoneOf(await directories.names.current());
    const deps = { directories, names: directories.names, store, clock: systemClock, ids: systemIds, log, pause };
    return { store, directories, conversation: createConversation({ ...deps, zone }), deps, zone, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The account's own zone where RingCentral tells it, else this machine's. */
function zoneOf(names: Names): string {
  return names.account.zone ?? systemZone();
}
