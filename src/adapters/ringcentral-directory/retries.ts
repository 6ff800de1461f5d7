import type { Fault } from '../../domain/faults.ts';
import type { Operation } from './operations.ts';

export type RetryOptions = {
  /** Pause before each further try; their number is the number of further tries. */
  readonly delaysMs: readonly number[];
  /** No further try begins later than this after the first. */
  readonly withinMs: number;
};

/**
 * The guide asks for 2 s, doubled, about five tries. A person waits for most of our calls: two further tries, sooner,
 * and then the truth.
 */
export const DEFAULT_RETRIES: RetryOptions = { delaysMs: [500, 2000], withinMs: 12_000 };

/**
 * Decides the pause before the next try, or null for no further try.
 *
 * Only reads are repeated, and only after trouble that may pass: a write whose answer was lost may have happened, and
 * what refuses once refuses again. A budget spent (429) carried nothing out, so it is tried once more in the limiter's
 * queue, which keeps the penalty, whatever the effect.
 */
export function pauseBeforeRetry(
  operation: Operation,
  fault: Fault,
  tries: number,
  elapsedMs: number,
  options: RetryOptions,
): number | null {
  if (fault.code === 'rate-limited') return fault.data.status === 429 && tries === 1 ? 0 : null;
  if (fault.code !== 'directory-unavailable' || operation.effect === 'write') return null;
  const pause = options.delaysMs[tries - 1];
  if (pause === undefined) return null;
  const asked = Math.max(pause, fault.data.retryAfterMs ?? 0);
  return elapsedMs + asked > options.withinMs ? null : asked;
}
