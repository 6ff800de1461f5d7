import type { Token } from '../text/tokens.ts';
import { addDays, type Calendar, lastOfMonth } from './calendar.ts';
import { monthOf, SHY } from './day-names.ts';
import type { Point, Span } from './point.ts';

const SPAN_WORDS = new Set(['week', 'month', 'year', 'quarter', 'weekend']);

/** Words before a stretch, by how many such stretches it lies from the present one. */
export const SHIFTS: Readonly<Record<string, number>> = {
  last: -1,
  previous: -1,
  past: -1,
  this: 0,
  current: 0,
  next: 1,
  coming: 1,
  following: 1,
};

/** Weeks, months, quarters, years: "last week", "next month", "june", "2025", "q3". */
export function readSpan(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const whole = (used: number, coming: Span | null, past: Span | null): Point => ({
    to: at + used,
    coming,
    past,
    clock: null,
    isEnd: false,
    size: 'span',
  });
  const shift = Object.hasOwn(SHIFTS, key(0)) ? SHIFTS[key(0)] : undefined;
  if (shift !== undefined && SPAN_WORDS.has(key(1))) {
    const there = unitSpan(key(1), shift, calendar);
    return whole(2, there, there);
  }
  if (key(0) === 'weekend' && led) {
    const there = unitSpan('weekend', 0, calendar);
    return whole(1, there, unitSpan('weekend', -1, calendar));
  }
  if (shift !== undefined && monthOf(key(1)) !== null)
    return whole(
      2,
      shift === 0 ? monthSpan(monthOf(key(1)) ?? 1, null, calendar).coming : null,
      monthSpan(monthOf(key(1)) ?? 1, null, calendar).past,
    );
  const month = monthOf(key(0));
  if (month !== null && (led || !SHY.has(key(0)))) {
    const year = /^(?:19|20)\d{2}$/.test(key(1)) ? Number(key(1)) : null;
    const { coming, past } = monthSpan(month, year, calendar);
    return whole(year === null ? 1 : 2, coming, past);
  }
  const quarter = key(0).startsWith('q') ? /^q([1-4])$/.exec(key(0)) : null;
  if (quarter !== null) return quarterSpan(Number(quarter[1]), at, tokens, calendar);
  if (led && /^20\d{2}$/.test(key(0))) {
    const year = Number(key(0));
    const there = { first: { year, month: 1, day: 1 }, last: { year, month: 12, day: 31 } };
    return whole(1, there, there);
  }
  return null;
}

function quarterSpan(quarter: number, at: number, tokens: readonly Token[], calendar: Calendar): Point {
  const written = tokens[at + 1]?.key ?? '';
  const hasYear = /^20\d{2}$/.test(written);
  const { today } = calendar;
  const year = hasYear ? Number(written) : today.month > quarter * 3 - 3 ? today.year : today.year - 1;
  const there = { first: { year, month: quarter * 3 - 2, day: 1 }, last: lastOfMonth(year, quarter * 3) };
  return { to: at + (hasYear ? 2 : 1), coming: there, past: there, clock: null, isEnd: false, size: 'span' };
}

function monthSpan(month: number, year: number | null, calendar: Calendar): { coming: Span; past: Span } {
  const { today } = calendar;
  const of = (one: number): Span => ({ first: { year: one, month, day: 1 }, last: lastOfMonth(one, month) });
  if (year !== null) return { coming: of(year), past: of(year) };
  return {
    coming: of(month >= today.month ? today.year : today.year + 1),
    past: of(month <= today.month ? today.year : today.year - 1),
  };
}

function unitSpan(unit: string, shift: number, calendar: Calendar): Span {
  const { today, weekday } = calendar;
  if (unit === 'week') {
    const monday = addDays(today, 1 - weekday + shift * 7);
    return { first: monday, last: addDays(monday, 6) };
  }
  if (unit === 'weekend') {
    const saturday = addDays(today, 6 - weekday + shift * 7);
    return { first: saturday, last: addDays(saturday, 1) };
  }
  if (unit === 'month') {
    const last = lastOfMonth(today.year, today.month + shift);
    return { first: { ...last, day: 1 }, last };
  }
  if (unit === 'quarter') {
    const end = lastOfMonth(today.year, (Math.ceil(today.month / 3) + shift) * 3);
    const start = lastOfMonth(end.year, end.month - 2);
    return { first: { ...start, day: 1 }, last: end };
  }
  const year = today.year + shift;
  return { first: { year, month: 1, day: 1 }, last: { year, month: 12, day: 31 } };
}
