/** Rate group of an operation; `NoThrottling` has no limit. */
export type Group = 'Light' | 'Medium' | 'Heavy' | 'Auth' | 'NoThrottling';

/** Calls per window for one user of one app: the published defaults. */
const LIMITS: Readonly<Record<Exclude<Group, 'NoThrottling'>, number>> = {
  Light: 50,
  Medium: 40,
  Heavy: 10,
  Auth: 5,
};

/** What is told when nothing is counted: a client that believes the headers must not slow down by itself. */
const UNCOUNTED = 1_000_000;

const WINDOW_MS = 60_000;
const PENALTY_MS = 60_000;

export type Verdict =
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'passed'; readonly limit: number; readonly remaining: number }
  | { readonly kind: 'refused'; readonly limit: number; readonly retryAfterSeconds: number };

export type Limiter = {
  /** Counts one call of a (user, app) pair in a group. Null user: counted for nobody, told as untouched. */
  take(owner: string | null, group: Group): Verdict;
  reset(): void;
};

type Bucket = { stamps: number[]; penaltyUntil: number };

/**
 * Counts calls for each (user, app, group) over a sliding window of 60 seconds.
 *
 * Going over starts a penalty of 60 seconds, and every call during it starts it anew: an impatient client never
 * gets through.
 */
export function createLimiter(now: () => number, enabled: boolean): Limiter {
  const buckets = new Map<string, Bucket>();
  return {
    reset: () => buckets.clear(),
    take(owner, group) {
      if (group === 'NoThrottling') return { kind: 'unlimited' };
      const limit = enabled ? LIMITS[group] : UNCOUNTED;
      if (owner === null || !enabled) return { kind: 'passed', limit, remaining: limit };
      const key = `${owner} ${group}`;
      const bucket = buckets.get(key) ?? { stamps: [], penaltyUntil: 0 };
      buckets.set(key, bucket);
      return count(bucket, limit, now());
    },
  };
}

function count(bucket: Bucket, limit: number, at: number): Verdict {
  bucket.stamps = bucket.stamps.filter((stamp) => stamp > at - WINDOW_MS);
  if (at < bucket.penaltyUntil || bucket.stamps.length >= limit) {
    bucket.penaltyUntil = at + PENALTY_MS;
    return { kind: 'refused', limit, retryAfterSeconds: PENALTY_MS / 1000 };
  }
  bucket.stamps.push(at);
  return { kind: 'passed', limit, remaining: limit - bucket.stamps.length };
}

/** The four headers that every answer of a limited operation carries; the group in lower case. */
export function rateHeaders(group: Group, verdict: Verdict, penaltyRemaining: 'full' | 'zero'): Record<string, string> {
  if (verdict.kind === 'unlimited') return {};
  const shown = verdict.kind === 'passed' ? verdict.remaining : penaltyRemaining === 'full' ? verdict.limit : 0;
  return {
    'X-Rate-Limit-Group': group.toLowerCase(),
    'X-Rate-Limit-Limit': String(verdict.limit),
    'X-Rate-Limit-Remaining': String(shown),
    'X-Rate-Limit-Window': String(WINDOW_MS / 1000),
    ...(verdict.kind === 'refused' ? { 'Retry-After': String(verdict.retryAfterSeconds) } : {}),
  };
}
