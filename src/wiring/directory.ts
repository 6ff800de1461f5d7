import {
  createDirectories,
  type DirectoryOptions,
  type RingCentralDirectories,
} from '../adapters/ringcentral-directory/index.ts';
import type { ProtectingLog } from '../log.ts';
import type { Store } from '../usecases/ports.ts';
import { systemClock } from './system.ts';

/** A spent budget is waited for, as long as one penalty lasts; the asker is told meanwhile that it goes on. */
const LONGEST_PENALTY_MS = 65_000;

/** Where RingCentral is and as which app it is spoken to. */
export type Endpoint = Pick<DirectoryOptions, 'serverUrl' | 'clientId' | 'clientSecret' | 'jwt'>;

/** Opens RingCentral's directory; the log never prints its secrets from now on. */
export function openDirectory(endpoint: Endpoint, store: Store, log: ProtectingLog): RingCentralDirectories {
  log.protect(endpoint.clientSecret);
  log.protect(endpoint.jwt);
  const patience = { maxWaitMs: LONGEST_PENALTY_MS };
  return createDirectories({ ...endpoint, tokenVault: store.tokens, log, clock: systemClock, patience });
}
