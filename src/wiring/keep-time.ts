import { setTimeout as sleep } from 'node:timers/promises';
import { type DueHandlers, takeDue } from '../usecases/run-due.ts';
import type { Deps } from '../usecases/session.ts';

/** Things that are due and never wait for those of another lane. */
export type Lane = {
  readonly handlers: DueHandlers;
  /** How much of it is worked on at the same time. */
  readonly atOnce: number;
};

/** What becomes due meanwhile is noticed within this time; an instant that is known already is met. */
const LOOK_EVERY_MS = 1_000;
const AFTER_TROUBLE_MS = 1_000;
const OTHERS_BUSY_MS = 100;
/** How long the end of the service waits for work under way. */
const DRAIN_MS = 10_000;

/**
 * Does what is due, when it is due, until it is stopped: each lane sleeps until its next instant, at most a second.
 *
 * What is due lies in the store, claimed by lease: whoever is stopped or killed leaves it to the next.
 *
 * @returns what stops it; resolves when nothing is being worked on any more, or after ten seconds
 */
export function keepTime(
  deps: Pick<Deps, 'store' | 'clock' | 'log' | 'ids'>,
  lanes: readonly Lane[],
): () => Promise<void> {
  const stop = new AbortController();
  const running = lanes.map((lane) => runLane(deps, lane, stop.signal));
  return async () => {
    stop.abort();
    await Promise.race([Promise.all(running), sleep(DRAIN_MS, undefined, { ref: false })]);
  };
}

type Parts = Pick<Deps, 'store' | 'clock' | 'log' | 'ids'>;

async function runLane(deps: Parts, { handlers, atOnce }: Lane, signal: AbortSignal): Promise<void> {
  const kinds = Object.keys(handlers);
  const holder = `due.${deps.ids.opaque()}`;
  const underWay = new Set<Promise<void>>();
  while (!signal.aborted) {
    const free = atOnce - underWay.size;
    const started = await take(deps, handlers, { kinds, limit: free, holder });
    for (const work of started ?? []) {
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
    if (started === null) await pause(AFTER_TROUBLE_MS, signal);
    else if (underWay.size >= atOnce) await Promise.race(underWay);
    else if (started.length < free) await untilNext(deps, signal);
  }
  await Promise.all(underWay);
}

/** Null when the store cannot say what is due. */
async function take(deps: Parts, handlers: DueHandlers, wish: Parameters<typeof takeDue>[2]) {
  try {
    return await takeDue(deps, handlers, wish);
  } catch (error) {
    deps.log.warn('what is due could not be looked at', { why: error instanceof Error ? error.message : 'unknown' });
    return null;
  }
}

/** The next instant of any lane: the first entry of the index, however many others wait behind it. */
async function untilNext({ store, clock }: Parts, signal: AbortSignal): Promise<void> {
  const next = await store.due.nextAt().catch(() => null);
  const wait = next === null ? LOOK_EVERY_MS : Math.min(LOOK_EVERY_MS, next - clock.now());
  // What is due and was not claimed is for another lane.
  await pause(wait > 0 ? wait : OTHERS_BUSY_MS, signal);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
