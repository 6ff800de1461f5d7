import { isFault } from '../domain/faults.ts';
import { retryAfter } from '../domain/grant-time.ts';
import type { ClaimedDue } from './ports.ts';
import type { Deps } from './session.ts';

/** What is done with a due row of one kind. It settles the row itself; what it throws is tried again later. */
type DueHandler = (due: ClaimedDue) => Promise<void>;

/** What can be due, by kind. */
export type DueHandlers = Readonly<Record<string, DueHandler>>;

/** How long a row is in the hands of one worker: longer than anything it does without a sign of life. */
const DUE_LEASE_MS = 300_000;

/**
 * Takes up what is due and free, and starts with it.
 *
 * @param kinds - which kinds; the others wait for another call
 * @param limit - at most so many at a time
 * @returns the work that was started; each ends by itself and never fails
 */
export async function takeDue(
  deps: Pick<Deps, 'store' | 'clock' | 'log'>,
  handlers: DueHandlers,
  { kinds, limit, holder }: { readonly kinds: readonly string[]; readonly limit: number; readonly holder: string },
): Promise<readonly Promise<void>[]> {
  const { store, clock } = deps;
  const claimed = await store.due.claim({ now: clock.now(), limit, holder, ttlMs: DUE_LEASE_MS, kinds });
  return claimed.map((due) => handle(deps, handlers, due));
}

async function handle(
  deps: Pick<Deps, 'store' | 'clock' | 'log'>,
  handlers: DueHandlers,
  due: ClaimedDue,
): Promise<void> {
  try {
    await handlers[due.kind]?.(due);
  } catch (error) {
    await tryAgain(deps, due, error).catch((why: unknown) =>
      // The lease runs out by itself, and then somebody takes it up again.
      deps.log.error('something due could not be given back', { due: due.id, why: String(why) }),
    );
  }
}

async function tryAgain(
  { store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>,
  due: ClaimedDue,
  error: unknown,
): Promise<void> {
  const code = isFault(error) ? error.code : 'internal';
  const askedMs = isFault(error) ? (error.data.retryAfterMs ?? null) : null;
  if (isFault(error)) log.warn('something due waits', { due: due.id, code });
  else log.error('a mistake of ours', { due: due.id, error: error instanceof Error ? error.stack : String(error) });
  const retryAt = clock.now() + retryAfter(due.attempts, askedMs);
  await store.commit([{ write: 'due.fail', due, retryAt, error: code }], []);
}
