/**
 * The decision part of the rate limiter: what may be sent when. Pure; all instants are epoch milliseconds.
 *
 * RingCentral counts calls for each (user, app, group) in a sliding window. The server counts a call when it arrives,
 * which is somewhere between sending and answer, so a call counts here from sending until one window after its answer:
 * whatever the delays on the way, no window of the server's clock then holds more calls than the limit.
 */
export type CallWindow = {
  readonly limit: number;
  readonly windowMs: number;
  /** Sent and not answered yet. */
  readonly inFlight: number;
  /** Instants at which answered calls stop counting, ascending. */
  readonly frees: readonly number[];
  /** Nothing is sent before this instant. */
  readonly penaltyUntil: number;
};

/** What an answer says about the budget; null where it says nothing readable. */
export type Pace = {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly windowMs: number | null;
};

/** Distance kept from the edge of the server's window, for the rounding of two clocks. */
const SLACK_MS = 100;
const LONGEST_WINDOW_MS = 3_600_000;

/** An unused window. */
export function freshWindow(limit: number, windowMs: number, penaltyUntil = 0): CallWindow {
  return { limit, windowMs, inFlight: 0, frees: [], penaltyUntil };
}

/** What a window still holds against its limit, for the next process of the same identity. */
export type Budget = {
  readonly limit: number;
  readonly windowMs: number;
  readonly frees: readonly number[];
  readonly penaltyUntil: number;
};

/** Decides what the next process must know; null when nothing counts any more. Calls on the way count from now. */
export function budgetOf(window: CallWindow, now: number): Budget | null {
  const { limit, windowMs, penaltyUntil } = window;
  const pending = Array.from({ length: window.inFlight }, () => now + windowMs + SLACK_MS);
  const frees = [...window.frees.filter((free) => free > now), ...pending];
  return frees.length === 0 && penaltyUntil <= now ? null : { limit, windowMs, frees, penaltyUntil };
}

/** Takes up a budget that an earlier process left; a clock set back since then holds nothing up longer than a window. */
export function takenUp(budget: Budget, now: number): CallWindow {
  const { limit, windowMs } = budget;
  const latest = now + windowMs + SLACK_MS;
  const frees = budget.frees.filter((free) => free > now).map((free) => Math.min(free, latest));
  const penaltyUntil = Math.min(budget.penaltyUntil, now + LONGEST_WINDOW_MS);
  return { limit, windowMs, inFlight: 0, frees: frees.sort((a, b) => a - b), penaltyUntil };
}

/** Forgets calls that no longer count at `now`. */
export function forgetOld(window: CallWindow, now: number): CallWindow {
  const first = window.frees.findIndex((free) => free > now);
  if (first === 0 || window.frees.length === 0) return window;
  return { ...window, frees: first === -1 ? [] : window.frees.slice(first) };
}

function budget(window: CallWindow, reserve: number): number {
  return Math.max(1, window.limit - reserve);
}

/**
 * Decides whether one more call may be sent at `now`; `reserve` calls of the limit are left for others.
 *
 * Calls on the way count twice. What others spend of a shared budget is learned from answers, and each answer may hide
 * as many of their calls as ours are on the way; so never more are on the way than the rest of the budget can bear,
 * and the last calls of a budget go one by one.
 */
export function mayGo(window: CallWindow, now: number, reserve = 0): boolean {
  if (now < window.penaltyUntil) return false;
  const counting = window.frees.filter((free) => free > now).length;
  return counting + 2 * window.inFlight < budget(window, reserve);
}

/** A call goes out. */
export function sent(window: CallWindow): CallWindow {
  return { ...window, inFlight: window.inFlight + 1 };
}

function sane(value: number | null, low: number, high: number): number | null {
  return value !== null && Number.isFinite(value) && value >= low && value <= high ? value : null;
}

/**
 * A call came back, or was lost: it counts for one window more.
 *
 * `limit` of the answer replaces ours. `remaining` only ever lowers our budget: another process of the same app and
 * user shares the bucket, so what the server counts beyond our own calls is held as if it were ours; a `remaining`
 * above our count is not believed, because during a penalty it may show the full limit.
 */
export function answered(window: CallWindow, now: number, pace: Pace | null): CallWindow {
  const limit = sane(pace?.limit ?? null, 1, 1_000_000) ?? window.limit;
  const windowMs = sane(pace?.windowMs ?? null, 1000, LONGEST_WINDOW_MS) ?? window.windowMs;
  const current = forgetOld(window, now);
  const inFlight = Math.max(0, current.inFlight - 1);
  const freeAt = now + windowMs + SLACK_MS;
  const frees = [...current.frees, freeAt];
  const remaining = sane(pace?.remaining ?? null, 0, limit);
  const foreign = remaining === null ? 0 : limit - remaining - frees.length - inFlight;
  for (let index = 0; index < foreign; index += 1) frees.push(freeAt);
  return { ...current, limit, windowMs, inFlight, frees: frees.sort((a, b) => a - b) };
}

/** The server said stop: nothing goes out for `retryAfterMs`, and a running penalty is never shortened. */
export function penalised(window: CallWindow, now: number, retryAfterMs: number): CallWindow {
  return { ...window, penaltyUntil: Math.max(window.penaltyUntil, now + retryAfterMs + SLACK_MS) };
}

/**
 * Estimates the instant at which a call may go that has `ahead` calls before it in the queue.
 *
 * Calls in flight are taken to be answered now.
 */
export function goesAt(window: CallWindow, now: number, ahead: number, reserve = 0): number {
  const current = forgetOld(window, now);
  const earliest = Math.max(now, current.penaltyUntil);
  const toFree = current.frees.length + current.inFlight + ahead + 1 - budget(current, reserve);
  if (toFree <= 0) return earliest;
  const pending = Array.from({ length: current.inFlight }, () => now + current.windowMs + SLACK_MS);
  const occupied = [...current.frees, ...pending].sort((a, b) => a - b);
  if (toFree <= occupied.length) return Math.max(earliest, occupied[toFree - 1] ?? earliest);
  const rounds = Math.ceil((toFree - occupied.length) / budget(current, reserve));
  return Math.max(earliest, occupied.at(-1) ?? now) + rounds * current.windowMs;
}
