import type { Clock } from '../../usecases/ports.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import type { Group } from './operations.ts';
import type { Timers } from './timers.ts';

/** Calls a minute for each (user, app), unless the answers' headers say otherwise. Official guide, "Rate limits". */
const DEFAULT_LIMITS: Readonly<Record<Group, number>> = { Light: 50, Medium: 40, Heavy: 10, Auth: 5 };

export type LimitOptions = {
  readonly limits?: Partial<Record<Group, number>>;
  readonly windowMs?: number;
  readonly maxConcurrent?: number;
};

/** All limiters of the process: one for each (identity, group). */
export type Limits = {
  of(identity: string, group: Group): Limiter;
  /** A limit above the groups was hit (account, address, service): everything stops. */
  stopAll(retryAfterMs: number): void;
};

/** Beyond this many limiters the idle ones are dropped; an idle limiter knows nothing worth keeping. */
const KEEP = 2000;
const WINDOW_MS = 60_000;

/** Makes the limiters of one app. */
export function createLimits(options: LimitOptions, clock: Clock, timers: Timers): Limits {
  const limiters = new Map<string, Limiter>();
  let stoppedUntil = 0;

  function make(group: Group): Limiter {
    const limit = options.limits?.[group] ?? DEFAULT_LIMITS[group];
    const settings = {
      limit,
      windowMs: options.windowMs ?? WINDOW_MS,
      maxConcurrent: options.maxConcurrent ?? 8,
      backgroundReserve: Math.ceil(limit / 5),
    };
    return createLimiter(settings, clock, timers, stoppedUntil);
  }

  function dropIdle(): void {
    for (const [key, limiter] of limiters) if (limiter.idle()) limiters.delete(key);
  }

  return {
    of(identity, group) {
      const key = `${group}:${identity}`;
      const known = limiters.get(key);
      if (known) return known;
      if (limiters.size >= KEEP) dropIdle();
      const limiter = make(group);
      limiters.set(key, limiter);
      return limiter;
    },
    stopAll(retryAfterMs) {
      stoppedUntil = Math.max(stoppedUntil, clock.now() + retryAfterMs);
      for (const limiter of limiters.values()) limiter.stop(retryAfterMs);
    },
  };
}
