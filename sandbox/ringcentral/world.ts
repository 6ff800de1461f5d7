import type { EventEmitter } from 'node:events';
import type { MadeUpCall } from './account/calls.ts';
import type { Account } from './account/model.ts';
import type { CallLog } from './call-records.ts';
import type { FaultPlan } from './faults.ts';
import type { Limiter } from './limiter.ts';
import type { CodeBook } from './oauth/codes.ts';
import type { Sessions } from './oauth/sessions.ts';
import type { Switches } from './switches.ts';

/** The registered app. New tokens may hold its scopes; tokens already out keep theirs. */
export type App = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
};

/** Wall clock plus what the control API added to it. */
export type Clock = { now(): number; advance(ms: number): void };

/** Everything that one running sandbox holds; in memory only. */
export type World = {
  account: Account;
  /** Phone calls of the named people, made up. */
  phoneCalls: readonly MadeUpCall[];
  switches: Switches;
  limitedMode: boolean;
  /** Counts changes of the account. */
  version: number;
  /** Origin without trailing slash, as it stands in `uri` fields. */
  origin: string;
  readonly app: App;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly codes: CodeBook;
  /** Personal JWT credentials and whose they are. */
  readonly credentials: Map<string, number>;
  readonly limiter: Limiter;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  /** Emits `state` after each change of the account and `call` after each answered request. */
  readonly events: EventEmitter<{ state: [number]; call: [object] }>;
};

/** Marks the account as changed. */
export function touch(world: World): void {
  world.version += 1;
  world.events.emit('state', world.version);
}

/** A clock that the control API can move forward; never backward. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(ms) {
      offset += Math.max(0, ms);
    },
  };
}
