const MS_PER_MINUTE = 60_000;
const OFFSET = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/;

/** An ISO 8601 duration in the units that were said: `P1W`, `P2DT3H`, `PT90M`. */
export type Duration = {
  readonly months: number;
  readonly days: number;
  /** Hours, minutes and seconds together. */
  readonly ms: number;
};

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Reads an ISO 8601 duration of whole units; null for anything else and for one that is nothing. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const duration = {
    months: (years ?? 0) * 12 + (months ?? 0),
    days: (weeks ?? 0) * 7 + (days ?? 0),
    ms: ((hours ?? 0) * 60 + (minutes ?? 0)) * MS_PER_MINUTE + (seconds ?? 0) * 1000,
  };
  return duration.months + duration.days + duration.ms === 0 ? null : duration;
}

/**
 * The instant that is a duration later.
 *
 * Months and days are days of the calendar in `zone`: "for a day" ends at the same time of day, also when the clocks
 * change in between. Hours and minutes are time that passes.
 *
 * @param at - UTC, epoch milliseconds
 * @param zone - IANA zone
 */
export function later(at: number, { months, days, ms }: Duration, zone: string): number {
  if (months === 0 && days === 0) return at + ms;
  const wall = new Date(at + offsetAt(at, zone));
  const day = wall.getUTCDate();
  wall.setUTCDate(1);
  wall.setUTCMonth(wall.getUTCMonth() + months);
  wall.setUTCDate(Math.min(day, lastDayOfMonth(wall)) + days);
  return instantOf(wall.getTime(), zone) + ms;
}

function lastDayOfMonth(wall: Date): number {
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The instant of a wall clock; one that the change to summer time leaves out is as much later as it leaves out. */
function instantOf(wall: number, zone: string): number {
  const before = wall - offsetAt(wall - 86_400_000, zone);
  const guess = wall - offsetAt(before, zone);
  return guess + offsetAt(guess, zone) === wall ? guess : before;
}

/** Making a formatter takes a hundred times longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds east of Greenwich that a zone has at an instant. */
function offsetAt(at: number, zone: string): number {
  const formatter =
    formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, formatter);
  const name = formatter.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = OFFSET.exec(name);
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  return (match?.[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE;
}
