import type { Pace } from './limiter-window.ts';
import type { Answer } from './transport.ts';

function numberOf(header: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const value = Number(header);
  return Number.isFinite(value) ? value : null;
}

/**
 * Reads the budget that an answer states.
 *
 * The group's name is not read: it comes in changing case, and the guide says that names may change.
 */
export function readPace(answer: Answer): Pace | null {
  const limit = numberOf(answer.header('X-Rate-Limit-Limit'));
  const seconds = numberOf(answer.header('X-Rate-Limit-Window'));
  const remaining = numberOf(answer.header('X-Rate-Limit-Remaining'));
  if (limit === null && seconds === null && remaining === null) return null;
  return { limit, remaining, windowMs: seconds === null ? null : seconds * 1000 };
}
