import { Fault } from '../../domain/faults.ts';
import type { Clock } from '../../usecases/ports.ts';
import {
  answered,
  type Budget,
  budgetOf,
  type CallWindow,
  forgetOld,
  freshWindow,
  goesAt,
  mayGo,
  type Pace,
  penalised,
  sent,
  takenUp,
} from './limiter-window.ts';
import type { SharedBudget } from './shared-budget.ts';
import { abortedFault, type Timers } from './timers.ts';

/** Order in the queue: what takes access away first, what nobody waits for last. */
const PRIORITIES = { revocation: 0, write: 1, read: 2, background: 3 } as const;
export type Priority = keyof typeof PRIORITIES;

export type LimiterSettings = {
  readonly limit: number;
  readonly windowMs: number;
  /** Calls of this limiter on the way at the same time. */
  readonly maxConcurrent: number;
  /** Part of the limit that background calls leave for people who wait. */
  readonly backgroundReserve: number;
};

export type Wish = {
  readonly operation: string;
  readonly priority: Priority;
  /** Longest stay in the queue; beyond it the asker is told when it goes on. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Leave to send one call. Exactly one of its methods is called once the call is over. */
export type Ticket = {
  answered(pace: Pace | null): void;
  penalised(retryAfterMs: number, pace: Pace | null): void;
};

/** Paces the calls of one (identity, group). */
export type Limiter = {
  acquire(wish: Wish): Promise<Ticket>;
  /** Stops everything for `retryAfterMs`, e.g. when a limit above this group was hit. */
  stop(retryAfterMs: number): void;
  /** Nothing queued, nothing on the way, nothing that still counts. */
  idle(): boolean;
  /** Estimates how long the last of so many more calls would wait; milliseconds. */
  forecast(calls: number, priority: Priority): number;
  /** What still counts; null when nothing does. */
  budget(): Budget | null;
};

/** What is known before the first call. */
export type LimiterStart = { readonly penaltyUntil: number; readonly budget: Budget | null };

type Waiter = Wish & { readonly until: number; resolve(ticket: Ticket): void; reject(fault: Fault): void };

function busyFault(wish: Wish, retryAfterMs: number): Fault {
  const wait = Math.max(1000, Math.ceil(retryAfterMs));
  return new Fault('rate-limited', `the call budget of ${wish.operation} is spent for now`, {
    operation: wish.operation,
    retryAfterMs: wait,
  });
}

/**
 * Makes a limiter that never lets more calls out than the window allows, and none during a penalty.
 *
 * A penalty restarts with every call made during it, so an impatient client never recovers: waiting calls stay in the
 * queue, and those that would wait longer than they may are refused with the time at which it goes on.
 *
 * @param shared - the same budget as all instances together know it; null where this process is the only one
 */
export function createLimiter(
  settings: LimiterSettings,
  clock: Clock,
  timers: Timers,
  { penaltyUntil, budget }: LimiterStart = { penaltyUntil: 0, budget: null },
  shared: SharedBudget | null = null,
): Limiter {
  let window: CallWindow =
    budget === null ? freshWindow(settings.limit, settings.windowMs) : takenUp(budget, clock.now());
  window = { ...window, penaltyUntil: Math.max(window.penaltyUntil, penaltyUntil) };
  let queue: Waiter[] = [];
  let cancelWake: (() => void) | null = null;
  let asking = false;
  /** The shared budget said to wait: for whoever is no more urgent than the one that asked. */
  let held = { until: 0, rank: 0 };

  function reserveOf(wish: Pick<Wish, 'priority'>): number {
    return wish.priority === 'background' ? Math.min(settings.backgroundReserve, window.limit - 1) : 0;
  }

  function pump(): void {
    cancelWake?.();
    cancelWake = null;
    window = forgetOld(window, clock.now());
    if (asking) return;
    for (let head = queue[0]; head && canGo(head); head = queue[0]) {
      if (shared !== null) {
        ask(shared, head);
        return;
      }
      letOut(null);
    }
    const head = queue[0];
    if (!head || window.inFlight >= settings.maxConcurrent) return;
    const wake = delayAt(0, head);
    // Held back only by calls on the way: the next answer wakes the queue.
    if (wake <= 0 && window.inFlight > 0) return;
    cancelWake = timers.after(Math.max(1, wake), pump);
  }

  function letOut(call: string | null): void {
    const head = queue.shift();
    if (head) {
      window = sent(window);
      head.resolve(ticket(call));
    } else if (call !== null) {
      // Whoever asked has left meanwhile: the call is counted and not made.
      shared?.answered(call, null);
    }
  }

  /** Other instances spend the same budget: it is asked for each call, one at a time, for whoever is first by then. */
  function ask(budgets: SharedBudget, head: Waiter): void {
    asking = true;
    void budgets
      .take(reserveOf(head))
      // A store that is away must not stop what it does not decide: what this process knows decides alone then.
      .catch(() => null)
      .then((answer) => {
        asking = false;
        if (answer === null) letOut(null);
        else if ('call' in answer) letOut(answer.call);
        else held = { until: clock.now() + answer.waitMs, rank: PRIORITIES[head.priority] };
        pump();
        refuseHopeless();
      });
  }

  function heldFor(wish: Pick<Wish, 'priority'>): number {
    return PRIORITIES[wish.priority] >= held.rank ? Math.max(0, held.until - clock.now()) : 0;
  }

  function canGo(head: Waiter): boolean {
    return (
      heldFor(head) === 0 && window.inFlight < settings.maxConcurrent && mayGo(window, clock.now(), reserveOf(head))
    );
  }

  function ticket(call: string | null): Ticket {
    let open = true;
    function close(pace: Pace | null, retryAfterMs: number | null): void {
      if (!open) return;
      open = false;
      window = answered(window, clock.now(), pace);
      if (retryAfterMs !== null) window = penalised(window, clock.now(), retryAfterMs);
      if (call !== null && retryAfterMs === null) shared?.answered(call, pace);
      if (call !== null && retryAfterMs !== null) shared?.penalised(call, retryAfterMs, pace);
      pump();
      refuseHopeless();
    }
    return {
      answered: (pace) => close(pace, null),
      penalised: (retryAfterMs, pace) => close(pace, retryAfterMs),
    };
  }

  /** Whoever would wait longer than they may is told now, not at the end of the wait. */
  function refuseHopeless(): void {
    const kept: Waiter[] = [];
    for (const waiter of queue) {
      const delay = delayAt(kept.length, waiter);
      if (clock.now() + delay > waiter.until) waiter.reject(busyFault(waiter, delay));
      else kept.push(waiter);
    }
    queue = kept;
  }

  function delayAt(position: number, wish: Pick<Wish, 'priority'>): number {
    return Math.max(heldFor(wish), goesAt(window, clock.now(), position, reserveOf(wish)) - clock.now());
  }

  function enqueue(waiter: Waiter): void {
    const behind = queue.findIndex((other) => PRIORITIES[other.priority] > PRIORITIES[waiter.priority]);
    const position = behind === -1 ? queue.length : behind;
    const delay = delayAt(position, waiter);
    if (delay > waiter.maxWaitMs) {
      waiter.reject(busyFault(waiter, delay));
      return;
    }
    queue.splice(position, 0, waiter);
    pump();
  }

  function leave(waiter: Waiter, fault: (position: number) => Fault): void {
    const position = queue.indexOf(waiter);
    if (position === -1) return;
    queue.splice(position, 1);
    waiter.reject(fault(position));
    pump();
  }

  function acquire(wish: Wish): Promise<Ticket> {
    if (wish.signal?.aborted) return Promise.reject(abortedFault(wish.operation));
    return new Promise<Ticket>((resolve, reject) => {
      const onAbort = () => leave(waiter, () => abortedFault(wish.operation));
      const cancelDeadline = timers.after(wish.maxWaitMs, () =>
        leave(waiter, (position) => busyFault(wish, delayAt(position, wish))),
      );
      const done = () => {
        cancelDeadline();
        wish.signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        ...wish,
        until: clock.now() + wish.maxWaitMs,
        resolve: (given) => {
          done();
          resolve(given);
        },
        reject: (fault) => {
          done();
          reject(fault);
        },
      };
      wish.signal?.addEventListener('abort', onAbort, { once: true });
      enqueue(waiter);
    });
  }

  return {
    acquire,
    stop(retryAfterMs) {
      window = penalised(window, clock.now(), retryAfterMs);
      shared?.stop(retryAfterMs);
      pump();
      refuseHopeless();
    },
    forecast: (calls, priority) => delayAt(Math.max(0, queue.length + calls - 1), { priority }),
    budget: () => budgetOf(window, clock.now()),
    idle() {
      window = forgetOld(window, clock.now());
      return (
        queue.length === 0 &&
        !asking &&
        window.inFlight === 0 &&
        window.frees.length === 0 &&
        clock.now() >= window.penaltyUntil
      );
    },
  };
}
