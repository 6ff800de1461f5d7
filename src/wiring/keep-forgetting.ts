import type { Deps } from '../usecases/session.ts';

const DAY_MS = 86_400_000;

/**
 * Forgets who saw what once it is old enough: now, and every day.
 *
 * @returns what stops it; resolves when nothing is being removed any more
 */
export function keepForgetting(
  { store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>,
  keptDays: number,
  everyMs = DAY_MS,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  async function forget(): Promise<void> {
    try {
      const gone = await store.seen.purge(clock.now() - keptDays * DAY_MS);
      if (gone > 0) log.info('old looks were forgotten', { count: gone });
    } catch (error) {
      log.warn('old looks could not be forgotten', { why: error instanceof Error ? error.message : 'unknown' });
    }
    if (!stopped) timer = setTimeout(again, everyMs).unref();
  }
  let working = forget();
  function again(): void {
    working = forget();
  }
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
