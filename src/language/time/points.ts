import type { Token } from '../text/tokens.ts';
import {
  addDays,
  type Calendar,
  type ClockTime,
  compareDays,
  type Day,
  END_OF_DAY,
  isDay,
  lastOfMonth,
  START_OF_DAY,
} from './calendar.ts';
import { readDuration } from './durations.ts';

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
  readonly size: 'day' | 'span' | 'clock' | 'instant';
};

export type Span = { readonly first: Day; readonly last: Day };

const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
  mon: 1,
  tue: 2,
  tues: 2,
  wed: 3,
  weds: 3,
  thu: 4,
  thur: 4,
  thurs: 4,
  fri: 5,
  sat: 6,
  sun: 7,
  wensday: 3,
  wednsday: 3,
  wendesday: 3,
  tuseday: 2,
  thrusday: 4,
  firday: 5,
  frday: 5,
  fridy: 5,
  munday: 1,
  moday: 1,
  saterday: 6,
};
const MONTHS: Readonly<Record<string, number>> = {
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  janurary: 1,
  febuary: 2,
  decemeber: 12,
  decmber: 12,
  novmber: 11,
};
/** Month and day names that are ordinary words or people's names too; they need a number or a preposition. */
const SHY = new Set([
  'may',
  'march',
  'mar',
  'sun',
  'sat',
  'wed',
  'mon',
  'dec',
  'jan',
  'jun',
  'sep',
  'april',
  'june',
  'august',
  'fri',
  'thu',
]);
const ORDINAL = /^(\d{1,2})(st|nd|rd|th)$/;
const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|a\.m|p\.m)$/;
const COLON = /^(\d{1,2}):(\d{2})$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:t(\d{2}):(\d{2})(?::(\d{2}))?(z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads a point that starts at token `at`. `led` tells that a preposition of time stands before it. */
export function readPoint(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const start = tokens[at]?.key === 'the' && led ? at + 1 : at;
  const clock = readClock(tokens, start, led);
  const day = readDay(tokens, start, calendar, led);
  if (day !== null && (clock === null || day.to > clock.to)) return withClockAfter(tokens, day);
  if (clock === null) return null;
  const next = ['on', 'this', ','].includes(tokens[clock.to]?.key ?? '') ? clock.to + 1 : clock.to;
  const after = readDay(tokens, next, calendar, true);
  if (after !== null && after.size === 'day' && !after.isEnd) return atClock(after, { ...clock, to: after.to });
  const today = { first: calendar.today, last: calendar.today };
  // A bare hour of the morning may be the evening's; beside a day it is read on the 24-hour clock.
  const isOpen =
    /^\d{1,2}$/.test(tokens[start]?.key ?? '') && Number(tokens[start]?.key) <= 12 && clock.to === start + 1;
  return { to: clock.to, coming: today, past: today, clock: isOpen ? null : clock.clock, isEnd: false, size: 'clock' };
}

function withClockAfter(tokens: readonly Token[], day: Point): Point {
  if (day.size !== 'day' || day.isEnd || day.clock !== null) return day;
  const at = tokens[day.to]?.key;
  const led = at === 'at' || at === '@' || at === 'around';
  const clock = readClock(tokens, led || at === ',' ? day.to + 1 : day.to, led);
  if (clock === null) return day;
  return atClock(day, clock);
}

/** "friday at 5": which five is not said, so the point has no instant. */
function atClock(day: Point, { to, clock }: Clock): Point {
  return clock === null ? { ...day, to, coming: null } : { ...day, to, clock };
}

type Clock = { readonly to: number; readonly clock: ClockTime | null };

/** A clock time; `clock` is null when the words leave morning or evening open. */
function readClock(tokens: readonly Token[], at: number, led: boolean): Clock | null {
  const key = tokens[at]?.key ?? '';
  const next = tokens[at + 1]?.key ?? '';
  if (key === 'noon' || key === 'midday') return { to: at + 1, clock: { hour: 12, minute: 0, second: 0 } };
  if (key === 'midnight') return { to: at + 1, clock: { hour: 24, minute: 0, second: 0 } };
  const glued = CLOCK.exec(key);
  if (glued !== null) return { to: at + 1, clock: halfDay(Number(glued[1]), Number(glued[2] ?? 0), glued[3] ?? '') };
  const colon = COLON.exec(key);
  const isHalf = next === 'am' || next === 'pm' || next === 'a.m' || next === 'p.m';
  if (colon !== null) {
    const [hour, minute] = [Number(colon[1]), Number(colon[2])];
    if (isHalf) return { to: at + 2, clock: halfDay(hour, minute, next) };
    return { to: at + 1, clock: hour <= 24 && minute < 60 ? { hour, minute, second: 0 } : null };
  }
  if (!/^\d{1,2}$/.test(key)) return null;
  if (isHalf) return { to: at + 2, clock: halfDay(Number(key), 0, next) };
  if (next === 'oclock') return { to: at + 2, clock: wholeHour(Number(key)) };
  if (!led || readDuration(tokens, at) !== null || Number(key) > 24) return null;
  return { to: at + 1, clock: wholeHour(Number(key)) };
}

/** A bare hour is read on the 24-hour clock; "until 5" may be either five, so it is left open. */
function wholeHour(hour: number): ClockTime | null {
  return hour >= 8 && hour <= 24 ? { hour, minute: 0, second: 0 } : null;
}

function halfDay(hour: number, minute: number, half: string): ClockTime | null {
  if (hour < 1 || hour > 12 || minute > 59) return null;
  return { hour: (hour % 12) + (half.startsWith('p') ? 12 : 0), minute, second: 0 };
}

const UNCLEAR_PARTS = new Set([
  'morning',
  'afternoon',
  'evening',
  'lunch',
  'lunchtime',
  'night',
  'dinner',
  'breakfast',
]);

function readDay(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const day = readNamedDay(tokens, at, calendar, led);
  if (day === null) return null;
  // "tomorrow morning": a stretch whose ends nobody said.
  if (day.size === 'day' && UNCLEAR_PARTS.has(tokens[day.to]?.key ?? '')) {
    return { ...day, to: day.to + 1, coming: null };
  }
  return day;
}

function readNamedDay(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const { today } = calendar;
  const day = (used: number, one: Day, past: Day = one): Point => ({
    to: at + used,
    coming: span(one),
    past: span(past),
    clock: null,
    isEnd: false,
    size: 'day',
  });
  if (['today', 'tonight', '2day'].includes(key(0))) return day(1, today);
  if (
    [
      'tomorrow',
      'tmrw',
      'tmr',
      'tomorow',
      'tommorow',
      'tommorrow',
      'tomorrrow',
      '2morrow',
      'tmw',
      'tmorrow',
      'tomorro',
    ].includes(key(0))
  )
    return day(1, addDays(today, 1));
  if (key(0) === 'yesterday' || key(0) === 'yday' || key(0) === 'yesterdays') return day(1, addDays(today, -1));
  if (key(0) === 'day' && key(1) === 'after' && key(2).startsWith('tom')) return day(3, addDays(today, 2));
  if (key(0) === 'day' && key(1) === 'before' && key(2) === 'yesterday') return day(3, addDays(today, -2));
  if (['eod', 'cob', 'eob'].includes(key(0))) {
    const rest = readNamedDay(tokens, at + 1, calendar, true);
    return rest !== null && rest.size === 'day' ? { ...rest, isEnd: true } : { ...day(1, today), isEnd: true };
  }
  const iso = ISO_DATE.exec(key(0));
  if (iso !== null) return readIso(iso, at, calendar);
  return (
    readEndOf(tokens, at, calendar) ??
    readWeekday(tokens, at, calendar, led) ??
    readDate(tokens, at, calendar, led) ??
    readSpan(tokens, at, calendar, led)
  );
}

function span(day: Day): Span {
  return { first: day, last: day };
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

/** "end of day", "end of the week", "eom", "end of friday". */
function readEndOf(tokens: readonly Token[], at: number, calendar: Calendar): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const end = (used: number, last: Day): Point => ({
    to: at + used,
    coming: span(last),
    past: span(last),
    clock: null,
    isEnd: true,
    size: 'day',
  });
  const { today } = calendar;
  if (key(0) === 'eow') return end(1, addDays(today, 7 - calendar.weekday));
  if (key(0) === 'eom') return end(1, lastOfMonth(today.year, today.month));
  if (key(0) === 'eoy') return end(1, { year: today.year, month: 12, day: 31 });
  if (key(0) === 'close' && key(1) === 'of' && key(2) === 'business') return end(3, today);
  if (key(0) !== 'end' && key(0) !== 'rest' && key(0) !== 'remainder') return null;
  let next = at + 1;
  for (const skip of ['of', 'the', 'this', 'current', 'my', 'our', 'business', 'working', 'work'])
    if (tokens[next]?.key === skip) next += 1;
  const unit = tokens[next]?.key ?? '';
  const used = next + 1 - at;
  if (unit === 'day' || unit === 'workday' || unit === 'shift') return unit === 'shift' ? null : end(used, today);
  if (unit === 'week' || unit === 'workweek') return end(used, addDays(today, 7 - calendar.weekday));
  if (unit === 'month') return end(used, lastOfMonth(today.year, today.month));
  if (unit === 'year') return end(used, { year: today.year, month: 12, day: 31 });
  if (unit === 'quarter') return end(used, lastOfMonth(today.year, Math.ceil(today.month / 3) * 3));
  const inner = readNamedDay(tokens, next, calendar, true);
  return inner === null
    ? null
    : {
        ...inner,
        isEnd: true,
        size: 'day',
        coming: inner.coming && span(inner.coming.last),
        past: inner.past && span(inner.past.last),
      };
}

function readWeekday(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const word = key(0);
  const modified = ['next', 'this', 'coming', 'last', 'past', 'upcoming', 'previous'].includes(word);
  const name = modified ? key(1) : word;
  if (!Object.hasOwn(WEEKDAYS, name) || (SHY.has(name) && !led && !modified)) return null;
  const weekday = WEEKDAYS[name] ?? 1;
  const ahead = ((weekday - calendar.weekday + 6) % 7) + 1;
  const behind = ((calendar.weekday - weekday + 6) % 7) + 1;
  let used = modified ? 2 : 1;
  let coming: Span | null = span(addDays(calendar.today, ahead));
  const past: Span | null = span(addDays(calendar.today, -behind));
  if (key(used) === 'next' && key(used + 1) === 'week') {
    coming = span(addDays(calendar.today, 8 - calendar.weekday + weekday - 1));
    used += 2;
  } else if (key(used) === 'this' && key(used + 1) === 'week') {
    used += 2;
    coming = weekday > calendar.weekday ? coming : null;
  } else if (key(used) === 'last' && key(used + 1) === 'week') {
    return {
      to: at + used + 2,
      coming: null,
      past: span(addDays(calendar.today, 1 - calendar.weekday - 7 + weekday - 1)),
      clock: null,
      isEnd: false,
      size: 'day',
    };
  } else if (key(used) === 'week') {
    used += 1;
    coming = null;
  }
  // "next Tuesday" said on a Monday: tomorrow or in eight days? Clear only when this week's is over or today.
  if (word === 'next' && weekday > calendar.weekday) coming = null;
  // "this Monday" said on a Monday may be today.
  if (word === 'this' && weekday === calendar.weekday) coming = null;
  if (word === 'last' || word === 'past' || word === 'previous') coming = null;
  const date = readCommaDate(tokens, at + used, calendar);
  if (date !== null) return date;
  return { to: at + used, coming, past, clock: null, isEnd: false, size: 'day' };
}

/** "friday, 4 december": the date decides. */
function readCommaDate(tokens: readonly Token[], at: number, calendar: Calendar): Point | null {
  const start = [',', 'the'].includes(tokens[at]?.key ?? '') ? at + 1 : at;
  const date = readDate(tokens, start, calendar, false);
  return date !== null && date.size === 'day' ? date : null;
}

function readDate(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const dayFirst = dayNumber(key(0));
  if (dayFirst !== null) {
    const used = key(1) === 'of' ? 2 : 1;
    const month = monthOf(key(used));
    if (month !== null) return dated(tokens, at + used + 1, dayFirst, month, calendar);
    if (ORDINAL.test(key(0)) && led) return nextDayOfMonth(at + 1, dayFirst, calendar);
  }
  const month = monthOf(key(0));
  if (month !== null) {
    const offset = key(1) === 'the' ? 2 : 1;
    const day = dayNumber(key(offset));
    const isClock = /^(am|pm|oclock|:)/.test(key(offset + 1));
    if (day !== null && !isClock) return dated(tokens, at + offset + 1, day, month, calendar);
  }
  return readNumeric(tokens, at, calendar, led);
}

function dayNumber(key: string): number | null {
  const ordinal = ORDINAL.exec(key);
  const value = ordinal !== null ? Number(ordinal[1]) : /^\d{1,2}$/.test(key) ? Number(key) : Number.NaN;
  return value >= 1 && value <= 31 ? value : null;
}

/** The month a word names; null when it names none. */
export function monthOf(key: string): number | null {
  return Object.hasOwn(MONTHS, key) ? (MONTHS[key] ?? null) : null;
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

const SPAN_WORDS = new Set(['week', 'month', 'year', 'quarter', 'weekend']);

/** Weeks, months, quarters, years: "last week", "next month", "june", "2025", "q3". */
function readSpan(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const whole = (used: number, coming: Span | null, past: Span | null): Point => ({
    to: at + used,
    coming,
    past,
    clock: null,
    isEnd: false,
    size: 'span',
  });
  const shifts: Readonly<Record<string, number>> = {
    last: -1,
    previous: -1,
    past: -1,
    this: 0,
    current: 0,
    next: 1,
    coming: 1,
    following: 1,
  };
  const shift = Object.hasOwn(shifts, key(0)) ? shifts[key(0)] : undefined;
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
  const quarter = /^q([1-4])$/.exec(key(0));
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

/** The instant at which a point starts. */
export function startOf(point: Point, there: Span, calendar: Calendar): string {
  return calendar.instant(there.first, point.clock ?? START_OF_DAY);
}

/** The instant at which a point ends: its clock time, or the last second of its last day. */
export function endOf(point: Point, there: Span, calendar: Calendar): string {
  return calendar.instant(there.last, point.clock ?? END_OF_DAY);
}
