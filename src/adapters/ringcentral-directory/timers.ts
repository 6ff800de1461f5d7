import { Fault } from '../../domain/faults.ts';

/** Delays, injected so that tests decide when time passes. */
export type Timers = {
  /** Runs `run` after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
};

/** Delays of the machine. */
export const MACHINE_TIMERS: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The fault of a call whose asker stopped waiting before anything was sent. */
export function abortedFault(operation: string, effectUnknown = false): Fault {
  return new Fault('aborted', `${operation} was called off`, {
    operation,
    ...(effectUnknown ? { effectUnknown } : {}),
  });
}

/** Waits `ms`, or throws an `aborted` fault as soon as the signal fires. */
export function waitFor(timers: Timers, ms: number, operation: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedFault(operation));
    const stop = () => {
      cancel();
      reject(abortedFault(operation));
    };
    const cancel = timers.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Waits for shared work without owning it: one asker who gives up does not stop it for the others.
 *
 * @throws {Fault} `aborted` when the signal fires first
 */
export function joinShared<T>(shared: Promise<T>, operation: string, signal?: AbortSignal): Promise<T> {
  if (!signal) return shared;
  return new Promise((resolve, reject) => {
    const stop = () => reject(abortedFault(operation));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
