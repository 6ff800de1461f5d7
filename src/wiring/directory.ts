import {
  createDirectories,
  type DirectoryOptions,
  type RingCentralDirectories,
} from '../adapters/ringcentral-directory/index.ts';
import type { ProtectingLog } from '../log.ts';
import type { Store } from '../usecases/ports.ts';
import { systemClock } from './system.ts';

/** Where RingCentral is and as which app it is spoken to. */
export type Endpoint = Pick<DirectoryOptions, 'serverUrl' | 'clientId' | 'clientSecret' | 'jwt'>;

/** Opens RingCentral's directory; the log never prints its secrets from now on. */
export function openDirectory(endpoint: Endpoint, store: Store, log: ProtectingLog): RingCentralDirectories {
  log.protect(endpoint.clientSecret);
  log.protect(endpoint.jwt);
  return createDirectories({ ...endpoint, tokenVault: store.tokens, log, clock: systemClock });
}
