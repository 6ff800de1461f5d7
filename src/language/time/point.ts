import { type Calendar, type ClockTime, type Day, END_OF_DAY, START_OF_DAY } from './calendar.ts';

/**
 * A stretch of the calendar as said: one day, a week, a month, with or without a clock time.
 *
 * `past` and `coming` are the two readings that words without a year or week have; which one is meant depends on whether
 * the speaker looks back or ahead.
 */
export type Point = {
  readonly to: number;
  readonly coming: Span | null;
  readonly past: Span | null;
  readonly clock: ClockTime | null;
  /** Words that already say "the end of". */
  readonly isEnd: boolean;
  /** A day of the week, which comes again after seven days. */
  readonly isWeekday?: true;
  readonly size: 'day' | 'span' | 'clock' | 'instant';
};

export type Span = { readonly first: Day; readonly last: Day };

/** A day as a stretch. */
export function span(day: Day): Span {
  return { first: day, last: day };
}

/** The instant at which a point starts. */
export function startOf(point: Point, there: Span, calendar: Calendar): string {
  return calendar.instant(there.first, point.clock ?? START_OF_DAY);
}

/** The instant at which a point ends: its clock time, or the last second of its last day. */
export function endOf(point: Point, there: Span, calendar: Calendar): string {
  return calendar.instant(there.last, point.clock ?? END_OF_DAY);
}
