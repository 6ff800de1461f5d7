import type { Token } from '../text/tokens.ts';
import { trait } from '../text/traits.ts';
import { addDays, type Calendar, type Day, lastOfMonth } from './calendar.ts';
import { type Clock, readClock } from './clock.ts';
import { readDate } from './dates.ts';
import { monthOf, WEEKDAYS } from './day-names.ts';
import { type Point, span } from './point.ts';
import { readSpan, SHIFTS } from './spans.ts';
import { MODIFIERS, readWeekday } from './weekdays.ts';

/** Days by their distance from today. */
const RELATIVE: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  '2day': 0,
  tomorrow: 1,
  tmrw: 1,
  tmr: 1,
  tomorow: 1,
  tommorow: 1,
  tommorrow: 1,
  tomorrrow: 1,
  '2morrow': 1,
  tmw: 1,
  tmorrow: 1,
  tomorro: 1,
  yesterday: -1,
  yday: -1,
  yesterdays: -1,
};
const OTHER_LEADS = new Set(
  'noon midday midnight day eod cob eob eow eom eoy close end rest remainder weekend q1 q2 q3 q4'.split(' '),
);

/** A point begins with a digit or with one of these words; most words need not be tried. */
const POINT_LEAD = trait(
  (key) =>
    /^\d/.test(key) ||
    [RELATIVE, WEEKDAYS, SHIFTS].some((table) => Object.hasOwn(table, key)) ||
    monthOf(key) !== null ||
    MODIFIERS.has(key) ||
    OTHER_LEADS.has(key),
);

/** Reads a point that starts at token `at`. `led` tells that a preposition of time stands before it. */
export function readPoint(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const start = tokens[at]?.key === 'the' && led ? at + 1 : at;
  if (((tokens[start]?.traits ?? 0) & POINT_LEAD) === 0) return null;
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
  const shift = RELATIVE[key(0)];
  if (shift !== undefined && Object.hasOwn(RELATIVE, key(0))) return day(1, addDays(today, shift));
  if (key(0) === 'day' && key(1) === 'after' && key(2).startsWith('tom')) return day(3, addDays(today, 2));
  if (key(0) === 'day' && key(1) === 'before' && key(2) === 'yesterday') return day(3, addDays(today, -2));
  if (['eod', 'cob', 'eob'].includes(key(0))) {
    const rest = readNamedDay(tokens, at + 1, calendar, true);
    return rest !== null && rest.size === 'day' ? { ...rest, isEnd: true } : { ...day(1, today), isEnd: true };
  }
  return (
    readEndOf(tokens, at, calendar) ??
    readWeekday(tokens, at, calendar, led) ??
    readDate(tokens, at, calendar, led) ??
    readSpan(tokens, at, calendar, led)
  );
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
