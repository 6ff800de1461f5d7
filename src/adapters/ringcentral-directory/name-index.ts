import { Fault } from '../../domain/faults.ts';
import type { Clock, Log, NameIndex, Names } from '../../usecases/ports.ts';
import type { Timers } from './timers.ts';

export type NameIndexOptions = {
  read(signal: AbortSignal): Promise<Names>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** Older names are read again in the background while the old ones are given. */
  readonly maxAgeMs: number;
  /** Names younger than this are not read again on demand, so that unknown names cannot spend the call budget. */
  readonly minAgeMs: number;
  /** Longest time that an asker is held up by reading. */
  readonly patienceMs: number;
  /** Pause after a background reading that failed. */
  readonly retryMs: number;
};

/** The index, and its end. */
export type ClosableNameIndex = NameIndex & { close(): void };

/** Makes an index that is read in single flight and never blocks an asker while it has names to give. */
export function createNameIndex(options: NameIndexOptions): ClosableNameIndex {
  const { clock, timers, log } = options;
  const closed = new AbortController();
  let names: Names | null = null;
  let reading: Promise<Names> | null = null;
  let notBefore = 0;

  async function readOnce(): Promise<Names> {
    try {
      names = await options.read(closed.signal);
      log.info('names read', { people: names.people.length, roles: names.roles.length });
      return names;
    } catch (error) {
      notBefore = clock.now() + options.retryMs;
      throw error;
    }
  }

  function read(): Promise<Names> {
    reading ??= readOnce().finally(() => {
      reading = null;
    });
    reading.catch(() => {});
    return reading;
  }

  function refreshBehind(held: Names): void {
    const now = clock.now();
    if (reading !== null || now - held.readAt < options.maxAgeMs || now < notBefore) return;
    read().catch((error: unknown) => {
      const data = error instanceof Fault ? { code: error.code, ...error.data } : { error: (error as Error).name };
      log.warn('names could not be read again; the old ones stay', data);
    });
  }

  /** Gives what `work` gives, or, once patience is over, what `otherwise` does. */
  function patiently(work: Promise<Names>, otherwise: () => Names): Promise<Names> {
    return new Promise((resolve, reject) => {
      const cancel = timers.after(options.patienceMs, () => {
        try {
          resolve(otherwise());
        } catch (error) {
          reject(error);
        }
      });
      work.then(resolve, reject).finally(cancel);
    });
  }

  function notYet(): Names {
    throw new Fault('rate-limited', 'the names of the account are still being read', {
      operation: 'listExtensions',
      retryAfterMs: options.patienceMs,
    });
  }

  return {
    async current() {
      if (names) {
        refreshBehind(names);
        return names;
      }
      return patiently(read(), notYet);
    },
    async refresh() {
      const held = names;
      if (held && clock.now() - held.readAt < options.minAgeMs) return held;
      return patiently(read(), () => held ?? notYet());
    },
    close() {
      closed.abort();
    },
  };
}
