import type { Clock } from '../../usecases/ports.ts';
import { createLimiter, type Limiter, type LimiterSettings } from './limiter.ts';
import type { Budget } from './limiter-window.ts';
import type { Group } from './operations.ts';
import type { SharedBudget } from './shared-budget.ts';
import type { Timers } from './timers.ts';

/** Calls a minute for each (user, app), unless the answers' headers say otherwise. Official guide, "Rate limits". */
const DEFAULT_LIMITS: Readonly<Record<Group, number>> = { Light: 50, Medium: 40, Heavy: 10, Auth: 5 };

export type LimitOptions = {
  readonly limits?: Partial<Record<Group, number>>;
  readonly windowMs?: number;
  readonly maxConcurrent?: number;
  /** What an earlier process left. */
  readonly budgets?: Budgets;
  /** Makes the budget that all instances share, by the name of a limiter. */
  readonly shared?: (name: string, settings: Pick<LimiterSettings, 'limit' | 'windowMs'>) => SharedBudget;
  /** Told when a call has been waiting for its budget for some seconds. */
  readonly onLongWait?: () => void;
};

/** Spent budgets by group and identity. */
export type Budgets = Readonly<Record<string, Budget>>;

/** All limiters of the process: one for each (identity, group). */
export type Limits = {
  of(identity: string, group: Group): Limiter;
  /** A limit above the groups was hit (account, address, service): everything stops. */
  stopAll(retryAfterMs: number): void;
  /** What still counts, for the next process. */
  budgets(): Budgets;
};

/** Beyond this many limiters the idle ones are dropped; an idle limiter knows nothing worth keeping. */
const KEEP = 2000;
const WINDOW_MS = 60_000;
/** Somebody who waits this long wonders. */
const LONG_WAIT_MS = 4_000;

/** Makes the limiters of one app. */
export function createLimits(options: LimitOptions, clock: Clock, timers: Timers): Limits {
  const limiters = new Map<string, Limiter>();
  let stoppedUntil = 0;

  function make(group: Group, key: string): Limiter {
    const limit = options.limits?.[group] ?? DEFAULT_LIMITS[group];
    const settings = {
      limit,
      windowMs: options.windowMs ?? WINDOW_MS,
      maxConcurrent: options.maxConcurrent ?? 8,
      backgroundReserve: Math.ceil(limit / 5),
    };
    const start = { penaltyUntil: stoppedUntil, budget: options.budgets?.[key] ?? null };
    const shared = options.shared?.(key, settings) ?? null;
    return announcing(createLimiter(settings, clock, timers, start, shared));
  }

  function announcing(limiter: Limiter): Limiter {
    const { onLongWait } = options;
    if (!onLongWait) return limiter;
    return {
      ...limiter,
      async acquire(wish) {
        const cancel = timers.after(LONG_WAIT_MS, onLongWait);
        return limiter.acquire(wish).finally(cancel);
      },
    };
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
      const limiter = make(group, key);
      limiters.set(key, limiter);
      return limiter;
    },
    stopAll(retryAfterMs) {
      stoppedUntil = Math.max(stoppedUntil, clock.now() + retryAfterMs);
      for (const limiter of limiters.values()) limiter.stop(retryAfterMs);
    },
    budgets() {
      const spent = [...limiters].map(([key, limiter]) => [key, limiter.budget()] as const);
      // Budgets that nobody asked for in this process still count.
      const untouched = Object.entries(options.budgets ?? {}).filter(([key]) => !limiters.has(key));
      return Object.fromEntries([...untouched, ...spent].flatMap(([key, one]) => (one === null ? [] : [[key, one]])));
    },
  };
}
