import {
  type Credentials,
  createDirectories,
  type Kept,
  type RingCentralDirectories,
} from '../adapters/ringcentral-directory/index.ts';
import type { ProtectingLog } from '../log.ts';
import type { SharedState, Store } from '../usecases/ports.ts';
import { systemClock } from './system.ts';

/** A spent budget is waited for, as long as one penalty lasts; the asker is told meanwhile that it goes on. */
const LONGEST_PENALTY_MS = 65_000;

/** How patient a process is with the names of the account; milliseconds. */
export type Temper = {
  /** How long its start waits for them. */
  readonly startWaitMs: number;
  /** How long a question waits for them. */
  readonly patienceMs: number;
  /** Up to which age those that an earlier process read are taken up. */
  readonly keptForMs: number;
};

const DAY_MS = 86_400_000;
const TEN_MINUTES_MS = 600_000;
const FIVE_MINUTES_MS = 300_000;

/** A service reads names again behind its back, so that old ones are better than none. */
export const WHILE_RUNNING: Temper = { startWaitMs: 5_000, patienceMs: 10_000, keptForMs: DAY_MS };

/** A command ends too soon to read anything again. The names of 100,000 people take some minutes. */
export const SHORT_COMMAND: Temper = {
  startWaitMs: TEN_MINUTES_MS,
  patienceMs: TEN_MINUTES_MS,
  keptForMs: FIVE_MINUTES_MS,
};

/** Where RingCentral is and as which app it is spoken to. */
export type Endpoint = Credentials;

export type DirectoryParts = {
  readonly store: Store;
  readonly kept: Kept | null;
  /** Where other instances of the same app may run. */
  readonly sharedState?: SharedState | null;
  readonly log: ProtectingLog;
  readonly temper: Temper;
  readonly onLongWait?: () => void;
  /** For measurements against a stand-in that does not count calls. */
  readonly callsPerMinute?: number;
};

/** Opens RingCentral's directory; the log never prints its secrets from now on. */
export function openDirectory(endpoint: Endpoint, parts: DirectoryParts): RingCentralDirectories {
  const { store, kept, log, temper, onLongWait, callsPerMinute: calls } = parts;
  log.protect(endpoint.clientSecret);
  log.protect(endpoint.jwt);
  const { patienceMs, keptForMs } = temper;
  return createDirectories({
    ...endpoint,
    tokenVault: store.tokens,
    log,
    clock: systemClock,
    patience: { maxWaitMs: LONGEST_PENALTY_MS },
    limits: { ...(onLongWait ? { onLongWait } : {}), ...(calls ? { limits: { Light: calls, Medium: calls } } : {}) },
    names: { patienceMs, keptForMs },
    ...(kept ? { kept } : {}),
    ...(parts.sharedState ? { sharedState: parts.sharedState } : {}),
  });
}
