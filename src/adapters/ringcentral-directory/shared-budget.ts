import type { SharedState } from '../../usecases/ports.ts';
import {
  answered,
  type CallWindow,
  forgetOld,
  freshWindow,
  goesAt,
  mayGo,
  type Pace,
  penalised,
} from './limiter-window.ts';

/** Asked before each call, where several instances spend one budget. All delays are from now on. */
export type SharedBudget = {
  /** Leave for one call, or how long to wait before asking again; `reserve` calls are left for others. */
  take(reserve: number): Promise<{ readonly call: string } | { readonly waitMs: number }>;
  /** The call came back, or was not made after all. */
  answered(call: string, pace: Pace | null): void;
  penalised(call: string, retryAfterMs: number, pace: Pace | null): void;
  /** Nothing goes out for so long, e.g. when a limit above this budget was hit. */
  stop(retryAfterMs: number): void;
};

/** A call that was not answered by then was sent by an instance that is gone. */
const ANSWERED_WITHIN_MS = 60_000;
/** Calls on the way hold a budget back that is nearly spent: their answers may free it at any moment. */
const ASK_AGAIN_MS = 200;

type Shared = Omit<CallWindow, 'inFlight'> & {
  /** Calls on the way: which, and until when they are taken to be. */
  readonly out: readonly { readonly call: string; readonly until: number }[];
};

export type SharedBudgetOptions = {
  readonly state: SharedState;
  /** Names the budget among all instances. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  /** Makes ids that no two instances share. */
  readonly newId: () => string;
  /** Told when what happened could not be shared. */
  readonly onTrouble: (error: unknown) => void;
};

/** A budget in the store: the same decisions as in memory, each made while no other instance can make one. */
export function createSharedBudget(options: SharedBudgetOptions): SharedBudget {
  const { state, name, limit, windowMs, newId, onTrouble } = options;

  function change<T>(work: (shared: Shared, now: number) => { shared: Shared; result: T }): Promise<T> {
    return state.change(name, (body, now) => {
      const read = body === null ? { ...freshWindow(limit, windowMs), out: [] } : (JSON.parse(body) as Shared);
      const { shared, result } = work(lostCounted(read, now), now);
      return { body: JSON.stringify(shared), result };
    });
  }

  function note(work: (shared: Shared, now: number) => Shared): void {
    change((shared, now) => ({ shared: work(shared, now), result: null })).catch(onTrouble);
  }

  return {
    take: (reserve) =>
      change<{ call: string } | { waitMs: number }>((shared, now) => {
        const window = asWindow(shared);
        if (!mayGo(window, now, reserve)) return { shared, result: { waitMs: waitOf(window, now, reserve) } };
        const call = newId();
        const out = [...shared.out, { call, until: now + ANSWERED_WITHIN_MS }];
        return { shared: { ...shared, out }, result: { call } };
      }),
    answered: (call, pace) => note((shared, now) => closed(shared, call, now, pace)),
    penalised: (call, retryAfterMs, pace) =>
      note((shared, now) => stopped(closed(shared, call, now, pace), now, retryAfterMs)),
    stop: (retryAfterMs) => note((shared, now) => stopped(shared, now, retryAfterMs)),
  };
}

function waitOf(window: CallWindow, now: number, reserve: number): number {
  // An answer may free the budget long before it would by itself, but never ends a penalty.
  const goes = window.inFlight > 0 ? window.penaltyUntil : goesAt(window, now, 0, reserve);
  return Math.max(ASK_AGAIN_MS, goes - now);
}

function asWindow({ out, ...window }: Shared): CallWindow {
  return { ...window, inFlight: out.length };
}

/** Calls of an instance that is gone count as answered at the last moment they could have been. */
function lostCounted(shared: Shared, now: number): Shared {
  const lost = shared.out.filter(({ until }) => until <= now);
  const current = lost.reduce((so, { call, until }) => closed(so, call, until, null), shared);
  const { inFlight: _inFlight, ...window } = forgetOld(asWindow(current), now);
  return { ...window, out: current.out };
}

function closed(shared: Shared, call: string, now: number, pace: Pace | null): Shared {
  const out = shared.out.filter((each) => each.call !== call);
  // A late answer of a call that was counted as lost already.
  if (out.length === shared.out.length) return shared;
  const { inFlight: _inFlight, ...window } = answered(asWindow(shared), now, pace);
  return { ...window, out };
}

function stopped(shared: Shared, now: number, retryAfterMs: number): Shared {
  const { inFlight: _inFlight, ...window } = penalised(asWindow(shared), now, retryAfterMs);
  return { ...window, out: shared.out };
}
