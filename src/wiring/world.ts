import { randomBytes } from 'node:crypto';
import { createPartnerDirectory } from '../adapters/carrierx/partners.ts';
import type { RingCentralDirectories } from '../adapters/ringcentral-directory/index.ts';
import { openStore } from '../adapters/store/open-store.ts';
import type { Conversation } from '../conversation/index.ts';
import { createConversation } from '../conversation/index.ts';
import type { ProtectingLog } from '../log.ts';
import type { Store } from '../usecases/ports.ts';
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
  readonly partners: readonly string[];
  readonly zone: string;
  close(): Promise<void>;
};

export type PartnerEndpoint = { readonly baseUrl: string; readonly token: string };

export type WorldOptions = {
  readonly endpoint: Endpoint;
  /** Where partners are listed; their names are understood even where nothing about them can be answered yet. */
  readonly partners?: PartnerEndpoint | null;
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
    const [names, partners] = await Promise.all([directories.names.current(), partnerNames(options)]);
    const zone = names.account.zone ?? systemZone();
    const deps = { directories, names: directories.names, store, clock: systemClock, ids: systemIds, log, pause };
    return {
      store,
      directories,
      conversation: createConversation({ ...deps, zone, partners }),
      deps,
      partners,
      zone,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Names only: without them a partner is not recognised, which is no reason to refuse everything else. */
async function partnerNames({ partners, log }: WorldOptions): Promise<readonly string[]> {
  if (!partners) return [];
  try {
    return (await createPartnerDirectory(partners).listPartners()).map((partner) => partner.name);
  } catch (error) {
    log.warn('partners could not be listed', { why: error instanceof Error ? error.message : 'unknown' });
    return [];
  }
}
