/** A day of the asker's calendar. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };
export type ClockTime = { readonly hour: number; readonly minute: number; readonly second: number };

/** The asker's moment: local day and clock, and how to get from local to instants. */
export type Calendar = {
  readonly today: Day;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly nowMs: number;
  /** ISO 8601 instant with the offset that the zone has then. */
  readonly instant: (day: Day, clock: ClockTime) => string;
  readonly instantOfMs: (ms: number) => string;
  /** Whether the clocks of the zone show this time exactly once that day: not skipped, not shown twice. */
  readonly isOnce: (day: Day, clock: ClockTime) => boolean;
};

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;
// Clocks change at a quarter of an hour at the finest.
const MS_PER_QUARTER = 900_000;
export const START_OF_DAY: ClockTime = { hour: 0, minute: 0, second: 0 };
export const END_OF_DAY: ClockTime = { hour: 23, minute: 59, second: 59 };

/** Reads `now` (ISO 8601 with offset) in `zone`; an unknown zone keeps the offset of `now`. */
export function readCalendar(now: string, zone: string): Calendar {
  if (latest !== null && latest.now === now && latest.zone === zone) return latest.calendar;
  const nowMs = Date.parse(now);
  const known = zoneOf(zone);
  const offsets = known === null ? steady(offsetOf(now)) : known.offsetAt;
  const local = new Date(nowMs + offsets(nowMs) * MS_PER_MINUTE);
  const today = { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
  const calendar: Calendar = {
    today,
    weekday: weekdayOf(today),
    nowMs,
    instant: (day, clock) => known?.instant(wallOf(day, clock)) ?? instant(wallOf(day, clock), offsets),
    instantOfMs: (ms) => formatInstant(ms, offsets(ms)),
    isOnce: (day, clock) => isOnce(day, clock, offsets),
  };
  latest = { now, zone, calendar };
  return calendar;
}

/** The calendar of the last text: several readings of one message share their moment. */
let latest: { readonly now: string; readonly zone: string; readonly calendar: Calendar } | null = null;

/** The offset of a place whose clocks nobody knows. */
function steady(offset: number): (ms: number) => number {
  return () => offset;
}

/** What a zone's clocks show. Both are slow to work out, and messages of the same days ask for the same few. */
type Zone = {
  /** Minutes east of Greenwich at an instant. */
  readonly offsetAt: (ms: number) => number;
  /** The instant at which the clocks show a time, in ms as if it were UTC. */
  readonly instant: (wall: number) => string;
};

const zones = new Map<string, Zone | null>();

function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const made = readZone(name);
  zones.set(name, made);
  return made;
}

function readZone(name: string): Zone | null {
  try {
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    const offset = rememberNumbers((quarter) => readOffset(formatter, quarter * MS_PER_QUARTER));
    const offsetAt = (ms: number): number => offset(Math.floor(ms / MS_PER_QUARTER));
    return { offsetAt, instant: rememberNumbers((wall) => instant(wall, offsetAt)) };
  } catch {
    return null;
  }
}

function readOffset(formatter: Intl.DateTimeFormat, ms: number): number {
  const text = formatter.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
  return text === 'GMT' ? 0 : offsetOf(text);
}

const MOST_REMEMBERED = 4096;

function rememberNumbers<T>(work: (from: number) => T): (from: number) => T {
  const known = new Map<number, T>();
  return (from) => {
    const before = known.get(from);
    if (before !== undefined) return before;
    const made = work(from);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(from, made);
    return made;
  };
}

const OFFSET = /([+-])(\d{2}):?(\d{2})$/;

function offsetOf(text: string): number {
  const match = OFFSET.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function wallOf(day: Day, clock: ClockTime): number {
  return Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second);
}

function instant(wall: number, offsets: (ms: number) => number): string {
  // Twice: the first offset may be that of the other side of a change to summer time.
  const guess = wall - offsets(wall) * MS_PER_MINUTE;
  const ms = wall - offsets(guess) * MS_PER_MINUTE;
  return formatInstant(ms, offsets(ms));
}

/** The offsets a day apart on either side cover every change of the clocks. */
function isOnce(day: Day, clock: ClockTime, offsets: (ms: number) => number): boolean {
  const wall = wallOf(day, clock);
  const near = new Set([offsets(wall - MS_PER_DAY), offsets(wall), offsets(wall + MS_PER_DAY)]);
  const fitting = [...near].filter((offset) => offsets(wall - offset * MS_PER_MINUTE) === offset);
  return fitting.length === 1;
}

function formatInstant(ms: number, offset: number): string {
  const local = new Date(Math.floor(ms / 1000) * 1000 + offset * MS_PER_MINUTE).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day) + count * MS_PER_DAY);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** 1 is Monday, 7 is Sunday. */
function weekdayOf(day: Day): number {
  const zeroIsSunday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
  return zeroIsSunday === 0 ? 7 : zeroIsSunday;
}

/** The last day of a month; month 0 and 13 reach into the neighbouring years. */
export function lastOfMonth(year: number, month: number): Day {
  const last = new Date(Date.UTC(year, month, 0));
  return { year: last.getUTCFullYear(), month: last.getUTCMonth() + 1, day: last.getUTCDate() };
}

/** Negative when `a` comes first. */
export function compareDays(a: Day, b: Day): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** Whether the calendar has such a day: 30 February it has not. */
export function isDay(day: Day): boolean {
  return day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= lastOfMonth(day.year, day.month).day;
}
