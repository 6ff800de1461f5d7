import { Fault } from '../../domain/faults.ts';
import type { Clock, Log, NameIndex, Names } from '../../usecases/ports.ts';
import type { Timers } from './timers.ts';

export type NameIndexOptions = {
  /** @param progress - told how many people were read, and of how many where that is known */
  read(signal: AbortSignal, progress: (read: number, of: number | null) => void): Promise<Names>;
  /** How long reading so many more people takes; milliseconds. */
  estimateMs?(people: number): number;
  /** Names that an earlier process left, if they may be used; asked once, before the first reading. */
  recall?(): Promise<Names | null>;
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

/** How far a reading has come. */
type ReadingProgress = { readonly read: number; readonly of: number | null };

/** Somebody who watches the start of a large account sees that it goes on. */
const SAY_EVERY_MS = 10_000;

/** The index, and its end. */
export type ClosableNameIndex = NameIndex & { close(): void };

/** Makes an index that is read in single flight and never blocks an asker while it has names to give. */
export function createNameIndex(options: NameIndexOptions): ClosableNameIndex {
  const { clock, timers, log } = options;
  const closed = new AbortController();
  let names: Names | null = null;
  let reading: Promise<Names> | null = null;
  let notBefore = 0;
  let recalled = options.recall === undefined;
  let progress: ReadingProgress | null = null;
  let outwaited = false;

  async function recallOrRead(): Promise<Names> {
    recalled = true;
    const kept = (await options.recall?.()) ?? null;
    if (kept === null) return readOnce();
    names = kept;
    return kept;
  }

  function follow(): (read: number, of: number | null) => void {
    let saidAt = Number.NEGATIVE_INFINITY;
    return (read, of) => {
      const now = clock.now();
      progress = { read, of };
      if (read === of || now - saidAt < SAY_EVERY_MS) return;
      saidAt = now;
      log.info('names are being read', { people: read, of });
    };
  }

  async function readOnce(): Promise<Names> {
    try {
      names = await options.read(closed.signal, follow());
      log.info('names read', { people: names.people.length, roles: names.roles.length });
      return names;
    } catch (error) {
      notBefore = clock.now() + options.retryMs;
      throw error;
    } finally {
      progress = null;
    }
  }

  function read(): Promise<Names> {
    reading ??= (recalled ? readOnce() : recallOrRead()).finally(() => {
      reading = null;
    });
    reading.catch((error: unknown) => {
      if (outwaited) log.error('names could not be read', troubleOf(error));
      outwaited = false;
    });
    return reading;
  }

  function refreshBehind(held: Names): void {
    const now = clock.now();
    if (reading !== null || now - held.readAt < options.maxAgeMs || now < notBefore) return;
    read().catch((error: unknown) => {
      log.warn('names could not be read again; the old ones stay', troubleOf(error));
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

  function restMs(): number {
    return progress?.of ? (options.estimateMs?.(progress.of - progress.read) ?? 0) : 0;
  }

  function notYet(): Names {
    outwaited = true;
    throw new Fault('names-pending', 'the names of the account are still being read', {
      operation: 'listExtensions',
      retryAfterMs: Math.max(options.patienceMs, restMs()),
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
      recalled = true;
      return patiently(read(), () => held ?? notYet());
    },
    close() {
      closed.abort();
    },
  };
}

function troubleOf(error: unknown): Record<string, unknown> {
  return error instanceof Fault ? { code: error.code, ...error.data } : { error: (error as Error).name };
}
