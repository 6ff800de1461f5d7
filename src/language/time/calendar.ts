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
const MS_PER_HOUR = 3_600_000;
export const START_OF_DAY: ClockTime = { hour: 0, minute: 0, second: 0 };
export const END_OF_DAY: ClockTime = { hour: 23, minute: 59, second: 59 };

/** Reads `now` (ISO 8601 with offset) in `zone`; an unknown zone keeps the offset of `now`. */
export function readCalendar(now: string, zone: string): Calendar {
  if (latest !== null && latest.now === now && latest.zone === zone) return latest.calendar;
  const nowMs = Date.parse(now);
  const offsets = zoneOffsets(zone, now);
  const local = new Date(nowMs + offsets(nowMs) * MS_PER_MINUTE);
  const today = { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
  const calendar: Calendar = {
    today,
    weekday: weekdayOf(today),
    nowMs,
    instant: (day, clock) => instant(day, clock, offsets),
    instantOfMs: (ms) => formatInstant(ms, offsets(ms)),
    isOnce: (day, clock) => isOnce(day, clock, offsets),
  };
  latest = { now, zone, calendar };
  return calendar;
}

/** The calendar of the last text: several readings of one message share their moment. */
let latest: { readonly now: string; readonly zone: string; readonly calendar: Calendar } | null = null;

type Zone = { readonly formatter: Intl.DateTimeFormat; readonly offsets: Map<number, number> };

const zones = new Map<string, Zone | null>();

function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  let made: Zone | null = null;
  try {
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    made = { formatter, offsets: new Map() };
  } catch {
    made = null;
  }
  zones.set(name, made);
  return made;
}

const MOST_HOURS = 4096;

/** Minutes east of Greenwich that the zone has at an instant; asking the formatter is slow, so hours are remembered. */
function zoneOffsets(name: string, now: string): (ms: number) => number {
  const zone = zoneOf(name);
  const fallback = offsetOf(now);
  if (zone === null) return () => fallback;
  const { formatter, offsets } = zone;
  return (ms) => {
    const hour = Math.floor(ms / MS_PER_HOUR);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const text = formatter.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const offset = text === 'GMT' ? 0 : offsetOf(text);
    if (offsets.size >= MOST_HOURS) offsets.clear();
    offsets.set(hour, offset);
    return offset;
  };
}

const OFFSET = /([+-])(\d{2}):?(\d{2})$/;

function offsetOf(text: string): number {
  const match = OFFSET.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function instant(day: Day, clock: ClockTime, offsets: (ms: number) => number): string {
  const wall = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second);
  // Twice: the first offset may be that of the other side of a change to summer time.
  const guess = wall - offsets(wall) * MS_PER_MINUTE;
  const ms = wall - offsets(guess) * MS_PER_MINUTE;
  return formatInstant(ms, offsets(ms));
}

/** The offsets a day apart on either side cover every change of the clocks. */
function isOnce(day: Day, clock: ClockTime, offsets: (ms: number) => number): boolean {
  const wall = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute, clock.second);
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
