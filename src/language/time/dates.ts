import type { Token } from '../text/tokens.ts';
import { addDays, type Calendar, compareDays, type Day, isDay, lastOfMonth } from './calendar.ts';
import { monthOf } from './day-names.ts';
import { beginsWithDigit } from './digits.ts';
import { type Point, type Span, span } from './point.ts';

const ORDINAL = /^(\d{1,2})(st|nd|rd|th)$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:t(\d{2}):(\d{2})(?::(\d{2}))?(z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads a date: "4 december", "dec 4th", "the 4th", "4.12.", "24/12", "2026-12-04"; null when none starts at `at`. */
export function readDate(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  if (!beginsWithDigit(key(0))) return readMonthFirst(tokens, at, calendar);
  const iso = ISO_DATE.exec(key(0));
  if (iso !== null) return readIso(iso, at, calendar);
  const dayFirst = dayNumber(key(0));
  if (dayFirst !== null) {
    const used = key(1) === 'of' ? 2 : 1;
    const month = monthOf(key(used));
    if (month !== null) return dated(tokens, at + used + 1, dayFirst, month, calendar);
    if (ORDINAL.test(key(0)) && led) return nextDayOfMonth(at + 1, dayFirst, calendar);
  }
  return readNumeric(tokens, at, calendar, led);
}

/** "december 4", "dec the 4th". */
function readMonthFirst(tokens: readonly Token[], at: number, calendar: Calendar): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const month = monthOf(key(0));
  if (month === null) return null;
  const offset = key(1) === 'the' ? 2 : 1;
  const day = dayNumber(key(offset));
  const isClock = /^(am|pm|oclock|:)/.test(key(offset + 1));
  return day === null || isClock ? null : dated(tokens, at + offset + 1, day, month, calendar);
}

function dayNumber(key: string): number | null {
  const ordinal = ORDINAL.exec(key);
  const value = ordinal !== null ? Number(ordinal[1]) : /^\d{1,2}$/.test(key) ? Number(key) : Number.NaN;
  return value >= 1 && value <= 31 ? value : null;
}

function dated(tokens: readonly Token[], next: number, day: number, month: number, calendar: Calendar): Point {
  const comma = tokens[next]?.key === ',' ? next + 1 : next;
  const year = /^(?:19|20)\d{2}$/.test(tokens[comma]?.key ?? '') ? Number(tokens[comma]?.key) : null;
  const readings = year === null ? yearless(month, day, calendar) : both({ year, month, day });
  return { to: year === null ? next : comma + 1, ...readings, clock: null, isEnd: false, size: 'day' };
}

function both(date: Day): { coming: Span | null; past: Span | null } {
  const one = isDay(date) ? span(date) : null;
  return { coming: one, past: one };
}

const HALF_YEAR_DAYS = 183;

/** A date without a year: ahead it is the next one, unless it was only just; looking back it is the last one. */
function yearless(month: number, day: number, calendar: Calendar): { coming: Span | null; past: Span | null } {
  const { today } = calendar;
  const years = [today.year - 1, today.year, today.year + 1].map((year) => ({ year, month, day })).filter(isDay);
  const next = years.find((date) => compareDays(date, today) >= 0) ?? null;
  const last = years.findLast((date) => compareDays(date, today) <= 0) ?? null;
  const justGone =
    last !== null && compareDays(last, today) !== 0 && compareDays(last, addDays(today, -HALF_YEAR_DAYS)) > 0;
  return { coming: next === null ? null : justGone ? span(last) : span(next), past: last && span(last) };
}

function nextDayOfMonth(to: number, day: number, calendar: Calendar): Point {
  const { today } = calendar;
  const months = [-2, -1, 0, 1, 2]
    .map((shift) => ({ ...lastOfMonth(today.year, today.month + shift), day }))
    .filter(isDay);
  const coming = months.find((date) => compareDays(date, today) > 0) ?? null;
  const past = months.findLast((date) => compareDays(date, today) <= 0) ?? null;
  return { to, coming: coming && span(coming), past: past && span(past), clock: null, isEnd: false, size: 'day' };
}

/** "4.12.", "4.12.2026", "24/12", "5/6": day and month may be swapped, then the reading is open. */
function readNumeric(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const dotted = DOTTED.exec(key(0));
  if (dotted !== null && (led || dotted[3] !== undefined)) {
    const year = dotted[3] === undefined ? null : Number(dotted[3].length === 2 ? `20${dotted[3]}` : dotted[3]);
    const to = key(1) === '.' && tokens[at + 1]?.spaced === false ? at + 2 : at + 1;
    const [day, month] = [Number(dotted[1]), Number(dotted[2])];
    if (month < 1 || month > 12 || day > 31) return null;
    return {
      to,
      ...(year === null ? yearless(month, day, calendar) : both({ year, month, day })),
      clock: null,
      isEnd: false,
      size: 'day',
    };
  }
  if (key(1) !== '/' || !/^\d{1,2}$/.test(key(0)) || !/^\d{1,2}$/.test(key(2))) return null;
  const [first, second] = [Number(key(0)), Number(key(2))];
  const hasYear = key(3) === '/' && /^(?:\d{4}|\d{2})$/.test(key(4));
  const to = hasYear ? at + 5 : at + 3;
  const year = hasYear ? Number(key(4).length === 2 ? `20${key(4)}` : key(4)) : null;
  const reading = (month: number, day: number): { coming: Span | null; past: Span | null } =>
    year === null ? yearless(month, day, calendar) : both({ year, month, day });
  const open = { coming: null, past: null };
  const chosen =
    first === second
      ? reading(first, second)
      : first > 12 && second <= 12
        ? reading(second, first)
        : second > 12 && first <= 12
          ? reading(first, second)
          : open;
  return { to, ...chosen, clock: null, isEnd: false, size: 'day' };
}

function readIso(iso: RegExpExecArray, at: number, calendar: Calendar): Point {
  const date = { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const both = isDay(date) ? span(date) : null;
  if (iso[4] === undefined) return { to: at + 1, coming: both, past: both, clock: null, isEnd: false, size: 'day' };
  const clock = { hour: Number(iso[4]), minute: Number(iso[5]), second: Number(iso[6] ?? 0) };
  if (iso[7] === undefined) return { to: at + 1, coming: both, past: both, clock, isEnd: false, size: 'day' };
  const local = calendar.instantOfMs(Date.parse(iso[0].toUpperCase()) || 0);
  const [year = 0, month = 0, day = 0] = local.slice(0, 10).split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = local.slice(11, 19).split(':').map(Number);
  const there = span({ year, month, day });
  return { to: at + 1, coming: there, past: there, clock: { hour, minute, second }, isEnd: false, size: 'instant' };
}
