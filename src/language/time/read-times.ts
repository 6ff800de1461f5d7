import type { Token } from '../text/tokens.ts';
import type { PeriodValue, TimeValue } from '../types-internal.ts';
import { addDays, type Calendar, compareDays, type Day, START_OF_DAY } from './calendar.ts';
import { readClock } from './clock.ts';
import { monthOf } from './day-names.ts';
import { beginsWithDigit } from './digits.ts';
import { type Duration, readDuration } from './durations.ts';
import { endOf, type Point, type Span, startOf } from './point.ts';
import { readPoint } from './points.ts';

/** Words about time: what they mean for an order (ahead) and for looking back. */
export type TimeReading = {
  readonly to: number;
  readonly time: TimeValue | null;
  readonly period: PeriodValue | null;
  /** No preposition: "2 hours", "tomorrow". */
  readonly bare: boolean;
};

const UNTIL = new Set([
  'until',
  'till',
  'til',
  'untill',
  'unitl',
  'utnil',
  'untl',
  'thru',
  'through',
  'expiring',
  'expires',
  'ending',
  'ends',
  'end',
]);
const FROM = new Set(['from', 'starting', 'beginning', 'effective', 'on', 'at', 'starts', 'start', 'as', 'form']);
const FOR = new Set(['for', 'fro', 'during', 'over', 'by', 'to', 'lasting', 'of', 'only', 'just']);
const NONE: TimeValue = { for: null, until: null, from: null, unclear: null, text: '' };

/** Reads the time that starts at token `at`, prepositions included; null when the words are about something else. */
export function readTime(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const reading = readBetween(tokens, at, calendar) ?? readLed(tokens, at, calendar) ?? readBare(tokens, at, calendar);
  if (reading === null) return null;
  return withText(tokens, at, reading);
}

const LIMITS = new Set(['only', 'max', 'maximum', 'tops']);

/** "for 2 hours only": the limit is part of the time. */
function withText(tokens: readonly Token[], at: number, found: TimeReading): TimeReading {
  const isLimited = LIMITS.has(tokens[found.to]?.key ?? '') && found.time !== null;
  const reading = isLimited ? { ...found, to: found.to + 1 } : found;
  const last = tokens[reading.to - 1];
  if (last === undefined || reading.time === null) return reading;
  let text = '';
  for (let next = at; next < reading.to; next += 1) {
    const token = tokens[next];
    text += `${next > at && token?.spaced ? ' ' : ''}${token?.text ?? ''}`;
  }
  return { ...reading, time: { ...reading.time, text } };
}

function unclear(why: string): TimeValue {
  return { ...NONE, unclear: why };
}

function readLed(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const word = key(0);
  if (
    (word === 'up' && (key(1) === 'to' || key(1) === 'until')) ||
    (word === 'no' && key(1) === 'later' && key(2) === 'than') ||
    (word === 'valid' && UNTIL.has(key(1)))
  ) {
    return readUntil(tokens, at + (word === 'no' ? 3 : 2), calendar);
  }
  if (UNTIL.has(word)) {
    const next =
      ['until', 'till', 'til'].includes(key(1)) ||
      key(1) === 'on' ||
      key(1) === 'at' ||
      key(1) === 'in' ||
      key(1) === 'by'
        ? 2
        : 1;
    return readUntil(tokens, at + next, calendar, word);
  }
  if (word === 'since' || word === 'after') return readSince(tokens, at, calendar);
  if (word === 'before' || word === 'by') return readBefore(tokens, at, calendar) ?? readFor(tokens, at, calendar);
  if (word === 'in') return readIn(tokens, at, calendar);
  if (FOR.has(word)) return readFor(tokens, at, calendar);
  if (FROM.has(word)) return readFrom(tokens, at, calendar);
  return null;
}

function readUntil(tokens: readonly Token[], at: number, calendar: Calendar, word = 'until'): TimeReading | null {
  if (tokens[at]?.key === 'further' && tokens[at + 1]?.key === 'notice')
    return { to: at + 2, time: unclear('open'), period: null, bare: false };
  const duration = readDuration(tokens, at);
  const point = readPoint(tokens, at, calendar, true);
  if (point === null || (duration !== null && duration.to > point.to)) {
    if (duration === null) return null;
    return { to: duration.to, time: unclear('two readings'), period: null, bare: false };
  }
  // A word like "end" or "starts" leads only to a full point, not to a loose number.
  if (
    !['until', 'till', 'til', 'through', 'thru', 'untill'].includes(word) &&
    point.size === 'clock' &&
    point.clock === null
  )
    return null;
  const period = point.past === null ? null : { since: null, until: endOf(point, point.past, calendar) };
  return { to: point.to, time: until(point, calendar), period, bare: false };
}

function until(point: Point, calendar: Calendar): TimeValue {
  const there = point.coming;
  if (there === null) return unclear(point.past === null ? 'two readings' : 'past or two readings');
  if (point.size === 'clock' && point.clock === null) return unclear('two readings');
  if (point.size === 'span' && !point.isEnd) return unclear('two readings');
  if (!isCertain(point, there.last, calendar)) return unclear('two readings');
  const end = endOf(point, there, calendar);
  if (Date.parse(end) <= calendar.nowMs) return unclear('past');
  return point.size === 'clock' ? { ...NONE, until: end, isClock: true } : { ...NONE, until: end };
}

/** A clock time that the change to or from summer time skips or repeats names no one instant. */
function isCertain(point: Point, day: Day, calendar: Calendar): boolean {
  return point.clock === null || point.size === 'instant' || calendar.isOnce(day, point.clock);
}

function readSince(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const point = readPoint(tokens, at + 1, calendar, true) ?? readAgo(tokens, readDuration(tokens, at + 1), calendar);
  if (point === null || point.past === null) return null;
  const since = startOf({ ...point, clock: null }, point.past, calendar);
  return { to: point.to, time: null, period: { since, until: null }, bare: false };
}

function readBefore(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const point = readPoint(tokens, at + 1, calendar, true);
  if (point === null) return null;
  const past =
    point.past === null
      ? null
      : { since: null, until: calendar.instant(addDays(point.past.first, -1), { hour: 23, minute: 59, second: 59 }) };
  // "by friday", "before friday": when it starts or when it ends is not said.
  return { to: point.to, time: unclear('two readings'), period: past, bare: false };
}

function readIn(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const duration = readDuration(tokens, at + 1);
  if (duration !== null && tokens[duration.to]?.key !== 'ago')
    return { to: duration.to, time: inTime(duration, calendar), period: null, bare: false };
  const lasting = readLastLength(tokens, at + 1, calendar);
  if (lasting !== null) return lasting;
  const point = readPoint(tokens, at + 1, calendar, true);
  if (point === null || point.size === 'clock') return null;
  return { to: point.to, time: unclear('two readings'), period: periodOf(point, calendar), bare: false };
}

function inTime(duration: Duration, calendar: Calendar): TimeValue {
  if (duration.iso === null || duration.days === 0) return unclear('two readings');
  if (duration.days < 1) return { ...NONE, from: calendar.instantOfMs(calendar.nowMs + duration.days * 86_400_000) };
  return { ...NONE, from: calendar.instantOfMs(calendar.nowMs + Math.round(duration.days) * 86_400_000) };
}

function readFor(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  let next = at + 1;
  while (
    [
      'the',
      'next',
      'only',
      'just',
      'about',
      'around',
      'another',
      'exactly',
      'a',
      'roughly',
      'coming',
      'max',
      'maximum',
      'at',
      'most',
      'approximately',
    ].includes(tokens[next]?.key ?? '')
  ) {
    const from = readForFrom(tokens, at, next, calendar);
    if (from !== null) return from;
    next += 1;
  }
  return readForFrom(tokens, at, next, calendar);
}

function readForFrom(tokens: readonly Token[], at: number, next: number, calendar: Calendar): TimeReading | null {
  const word = tokens[at]?.key ?? '';
  const lasting = readLastLength(tokens, next, calendar);
  if (lasting !== null) return lasting;
  const duration = readDuration(tokens, next);
  const point =
    word === 'for' ||
    word === 'during' ||
    word === 'over' ||
    word === 'of' ||
    word === 'fro' ||
    word === 'only' ||
    word === 'just'
      ? readPoint(tokens, next, calendar, word !== 'only' && word !== 'just')
      : null;
  if (duration !== null && (point === null || duration.to >= point.to)) {
    if (tokens[duration.to]?.key === 'ago') return null;
    const fromNow = tokens[duration.to]?.key === 'from' && tokens[duration.to + 1]?.key === 'now';
    return { to: duration.to + (fromNow ? 2 : 0), time: forTime(duration), period: null, bare: false };
  }
  if (point !== null && point.size !== 'clock')
    return { to: point.to, time: during(point, calendar), period: periodOf(point, calendar), bare: word !== 'for' };
  // "for 30": thirty what?
  if (word === 'for' && /^\d{1,3}$/.test(tokens[next]?.key ?? '') && !isExtension(tokens, next)) {
    const after = tokens[next + 1];
    if (
      after === undefined ||
      ['punctuation', 'number'].includes(after.kind) ||
      !/^\p{L}/u.test(after.key) ||
      CLOSERS.has(after.key)
    ) {
      return { to: next + 1, time: unclear('two readings'), period: null, bare: false };
    }
  }
  return null;
}

const CLOSERS = new Set(['please', 'pls', 'because', 'and', 'thanks', 'only', 'plz', 'thx']);

/** Three digits after "for" may be somebody's extension; the reading as a person then stands beside this one. */
function isExtension(tokens: readonly Token[], at: number): boolean {
  return (tokens[at]?.key.length ?? 0) >= 3;
}

function forTime(duration: Duration): TimeValue {
  return duration.iso === null ? unclear('two readings') : { ...NONE, for: duration.iso };
}

/** "for today", "for next week": from its start, if that is ahead, to its end. */
function during(point: Point, calendar: Calendar): TimeValue {
  const there = point.coming;
  if (there === null) return unclear('two readings');
  if (compareDays(there.last, calendar.today) < 0) return unclear('past');
  const until = calendar.instant(there.last, { hour: 23, minute: 59, second: 59 });
  const begins = compareDays(there.first, calendar.today) > 0 && !point.isEnd;
  return { ...NONE, until, from: begins ? calendar.instant(there.first, START_OF_DAY) : null };
}

function readFrom(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  let next = at + 1;
  if (['from', 'of', 'on', 'at', 'in', 'with', 'by'].includes(tokens[next]?.key ?? '')) next += 1;
  if (tokens[next]?.key === 'now') {
    const on = tokens[next + 1]?.key === 'on' ? 1 : 0;
    const after = readUntilAfter(tokens, next + 1 + on, calendar);
    return after ?? { to: next + 1 + on, time: NONE, period: null, bare: false };
  }
  const point = readPoint(tokens, next, calendar, true);
  if (
    point === null ||
    (tokens[at]?.key === 'on' && point.size === 'clock') ||
    (tokens[at]?.key === 'as' && next === at + 1)
  )
    return null;
  if (point.size === 'clock' && point.clock === null && !['at', 'from'].includes(tokens[at]?.key ?? '')) return null;
  const hours = readHours(tokens, point, calendar);
  if (hours !== null) return hours;
  const range = readRange(tokens, point, calendar);
  if (range !== null) return range;
  return { to: point.to, time: startTime(point, calendar), period: periodOf(point, calendar), bare: false };
}

/** "tomorrow from 9:00 to 17:00", "friday 9-17". */
function readHours(tokens: readonly Token[], day: Point, calendar: Calendar): TimeReading | null {
  if (day.size !== 'day' || day.clock !== null || day.isEnd) return null;
  const led = ['from', 'between', ','].includes(tokens[day.to]?.key ?? '') ? 1 : 0;
  const hour = readClock(tokens, day.to + led, true);
  if (hour === null) return null;
  const range = readRange(tokens, { ...day, to: hour.to, clock: hour.clock }, calendar);
  if (range === null || hour.clock !== null) return range;
  return { ...range, time: unclear('two readings') };
}

function readUntilAfter(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  return UNTIL.has(tokens[at]?.key ?? '') ? readUntil(tokens, at + 1, calendar) : null;
}

function startTime(point: Point, calendar: Calendar): TimeValue {
  const there = point.coming;
  if (there === null || (point.size === 'clock' && point.clock === null)) return unclear('two readings');
  if (!isCertain(point, there.first, calendar)) return unclear('two readings');
  const from = startOf(point, there, calendar);
  const isToday = compareDays(there.first, calendar.today) === 0;
  if (isToday && point.clock === null && point.size === 'day') return NONE;
  if (Date.parse(from) === calendar.nowMs) return NONE;
  return Date.parse(from) < calendar.nowMs ? unclear('past') : { ...NONE, from };
}

/** The second half of "from 2pm to 5pm", "monday - friday", "from 9 to 13 november". */
function readRange(tokens: readonly Token[], first: Point, calendar: Calendar): TimeReading | null {
  const joint = tokens[first.to]?.key ?? '';
  if (!['to', 'until', 'till', 'til', '-', 'through', 'thru', 'and', 'up'].includes(joint)) return null;
  const next = joint === 'up' ? first.to + 2 : first.to + 1;
  const last = readPoint(tokens, next, calendar, true);
  return last === null ? null : between(first, last, calendar);
}

function between(first: Point, last: Point, calendar: Calendar): TimeReading {
  const period =
    first.past === null || last.past === null
      ? null
      : {
          since: startOf({ ...first, clock: null }, first.past, calendar),
          until: endOf({ ...last, clock: null }, last.past, calendar),
        };
  return { to: last.to, time: betweenTime(first, last, calendar), period, bare: false };
}

function betweenTime(first: Point, last: Point, calendar: Calendar): TimeValue {
  const start = first.coming;
  let end = last.coming;
  if (start === null || end === null) return unclear('two readings');
  if ([first, last].some((point) => point.size === 'clock' && point.clock === null)) return unclear('two readings');
  // "tomorrow from 9:00 to 17:00": the second clock time is on the first one's day.
  if (last.size === 'clock' && first.size === 'day') end = start;
  // "from monday until wednesday" said before this week's Wednesday means the one after that Monday.
  if (compareDays(end.last, start.first) < 0 && last.isWeekday)
    end = { first: addDays(end.first, 7), last: addDays(end.last, 7) };
  if (!isCertain(first, start.first, calendar) || !isCertain(last, end.last, calendar)) return unclear('two readings');
  const from = startOf(first, start, calendar);
  const until = endOf(last, end, calendar);
  if (Date.parse(until) <= Date.parse(from) || Date.parse(until) <= calendar.nowMs) return unclear('past');
  const begun = Date.parse(from) <= calendar.nowMs;
  return { ...NONE, until, from: begun ? null : from };
}

function readBetween(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const led = key(0) === 'between' || key(0) === 'from' ? 1 : 0;
  const the = key(led) === 'the' ? 1 : 0;
  const start = at + led + the;
  // "9 to 13 november": the month belongs to both numbers.
  const number = dayOfMonth(tokens[start]?.key ?? '');
  if (number !== null && ['to', '-', 'and', 'until', 'till', 'through'].includes(tokens[start + 1]?.key ?? '')) {
    const last = readPoint(tokens, start + 2, calendar, false);
    if (
      last !== null &&
      last.size === 'day' &&
      (last.past ?? last.coming) !== null &&
      tokens.slice(start + 2, last.to).some((token) => monthOf(token.key) !== null)
    ) {
      const first: Point = { ...last, coming: withDay(last.coming, number), past: withDay(last.past, number) };
      return between(first, last, calendar);
    }
  }
  // "december 1 to 5"
  if (led === 0 && key(0) !== 'between') return readMonthRange(tokens, at, calendar);
  const first = readPoint(tokens, start, calendar, true);
  if (first === null) return readMonthRange(tokens, start, calendar);
  return readMonthRange(tokens, start, calendar) ?? readRange(tokens, first, calendar);
}

function readMonthRange(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  if (monthOf(tokens[at]?.key ?? '') === null) return null;
  const first = readPoint(tokens, at, calendar, true);
  if (
    first === null ||
    first.size !== 'day' ||
    !['to', '-', 'through', 'until', 'till'].includes(tokens[first.to]?.key ?? '')
  )
    return null;
  const day = dayOfMonth(tokens[first.to + 1]?.key ?? '');
  if (day === null) return null;
  return between(
    first,
    { ...first, to: first.to + 2, coming: withDay(first.coming, day), past: withDay(first.past, day) },
    calendar,
  );
}

function dayOfMonth(key: string): number | null {
  const number = beginsWithDigit(key) ? /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(key) : null;
  return number === null ? null : Number(number[1]);
}

function withDay(there: Span | null, day: number): Span | null {
  if (there === null) return null;
  const moved = { ...there.first, day };
  return { first: moved, last: moved };
}

function periodOf(point: Point, calendar: Calendar): PeriodValue | null {
  const there = point.past;
  if (there === null || point.size === 'clock') return null;
  return {
    since: startOf({ ...point, clock: null }, there, calendar),
    until: endOf({ ...point, clock: null }, there, calendar),
  };
}

/** "last 7 days", "past two weeks": whole local days back to today. */
function readLastLength(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const start = tokens[at]?.key === 'the' ? at + 1 : at;
  if (!['last', 'past', 'previous', 'preceding'].includes(tokens[start]?.key ?? '')) return null;
  const duration = readDuration(tokens, start + 1);
  if (duration === null || duration.iso === null) return null;
  const since = calendar.instant(addDays(calendar.today, -Math.max(1, Math.round(duration.days))), START_OF_DAY);
  return { to: duration.to, time: null, period: { since, until: null }, bare: false };
}

function readAgo(tokens: readonly Token[], duration: Duration | null, calendar: Calendar): Point | null {
  if (duration === null || tokens[duration.to]?.key !== 'ago' || duration.iso === null) return null;
  const day = addDays(calendar.today, -Math.round(duration.days));
  return { to: duration.to + 1, coming: null, past: { first: day, last: day }, clock: null, isEnd: false, size: 'day' };
}

function readBare(tokens: readonly Token[], at: number, calendar: Calendar): TimeReading | null {
  const lasting = readLastLength(tokens, at, calendar);
  if (lasting !== null) return lasting;
  const duration = readDuration(tokens, at);
  const ago = readAgo(tokens, duration, calendar);
  if (ago !== null) return { to: ago.to, time: unclear('past'), period: periodOf(ago, calendar), bare: true };
  const point = readPoint(tokens, at, calendar, false);
  if (duration !== null && (point === null || duration.to >= point.to)) {
    const fromNow = tokens[duration.to]?.key === 'from' && tokens[duration.to + 1]?.key === 'now';
    if (fromNow) return { to: duration.to + 2, time: inTime(duration, calendar), period: null, bare: true };
    return { to: duration.to, time: forTime(duration), period: null, bare: true };
  }
  if (point === null || (point.size === 'clock' && point.clock === null)) return null;
  const hours = readHours(tokens, point, calendar);
  if (hours !== null) return hours;
  const range = readRange(tokens, point, calendar);
  if (range !== null && range.time?.unclear === null) return range;
  // "next week": from then on, or for that week?
  const time = point.size === 'span' ? unclear('two readings') : startTime(point, calendar);
  return { to: point.to, time, period: periodOf(point, calendar), bare: true };
}
