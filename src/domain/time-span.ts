import { later, parseDuration } from './zoned-time.ts';

/** When something ends: at an instant, or so long after it was written. */
export type SpanEnd =
  | { readonly kind: 'at'; readonly at: number }
  /** ISO 8601 duration. */
  | { readonly kind: 'after'; readonly duration: string };

/** For which time a change is meant, frozen as it was said; instants are UTC, epoch milliseconds. */
export type TimeSpan = {
  /** Null for at once. */
  readonly from: number | null;
  /** Null for good. */
  readonly end: SpanEnd | null;
};

/** At once and for good. */
export const FOR_GOOD: TimeSpan = { from: null, end: null };

/** Why a time cannot be taken. */
export type TimeTrouble =
  /** It lies in the past, or passed while the question waited. */
  | 'past'
  | 'too-short'
  | 'too-long'
  | 'starts-too-late'
  | 'ends-before-start'
  /** More time was asked for, and the end would be the same or earlier. */
  | 'not-longer'
  /** The words name a time that this kind of change does not take. */
  | 'not-for-this';

/** Within less nobody gets anything done, and a busy RingCentral may need as long to take it back. */
export const SHORTEST_MS = 60_000;
/** A year and a day: longer than that is standing access, which is given without an end. */
export const LONGEST_MS = 366 * 86_400_000;

type Said = { readonly for: string | null; readonly until: string | null; readonly from: string | null };
type Moment = { readonly now: number; readonly zone: string };

/**
 * Reads the time of an order as it stands now.
 *
 * A duration without a start stays one: it counts from the moment of the write. With a start both ends are instants.
 */
export function decideSpan(said: Said, { now, zone }: Moment): TimeSpan | TimeTrouble {
  const from = said.from === null ? null : Date.parse(said.from);
  if (from !== null && !(from > now)) return 'past';
  if (from !== null && from - now > LONGEST_MS) return 'starts-too-late';
  const end = endOf(said, from, zone);
  if (end === null) return { from, end };
  const trouble = endTrouble(end, from, { now, zone });
  return trouble ?? { from, end };
}

function endOf(said: Said, from: number | null, zone: string): SpanEnd | null {
  if (said.until !== null) return { kind: 'at', at: Date.parse(said.until) };
  if (said.for === null) return null;
  if (from === null) return { kind: 'after', duration: said.for };
  return { kind: 'at', at: instantOfEnd({ kind: 'after', duration: said.for }, from, zone) };
}

function endTrouble(end: SpanEnd, from: number | null, { now, zone }: Moment): TimeTrouble | null {
  const begins = from ?? now;
  const at = instantOfEnd(end, begins, zone);
  if (!(at > now)) return end.kind === 'at' ? 'past' : 'too-short';
  if (!(at > begins)) return 'ends-before-start';
  if (at - begins < SHORTEST_MS) return 'too-short';
  return at - begins > LONGEST_MS ? 'too-long' : null;
}

/**
 * The instant at which something ends that was written at `writtenAt`; not a number when the duration cannot be read.
 */
export function instantOfEnd(end: SpanEnd, writtenAt: number, zone: string): number {
  if (end.kind === 'at') return end.at;
  const duration = parseDuration(end.duration);
  return duration === null ? Number.NaN : later(writtenAt, duration, zone);
}
