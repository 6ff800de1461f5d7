import type { Token } from '../text/tokens.ts';
import type { ClockTime } from './calendar.ts';
import { beginsWithDigit } from './digits.ts';
import { readDuration } from './durations.ts';

const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|a\.m|p\.m)$/;
const COLON = /^(\d{1,2}):(\d{2})$/;

export type Clock = { readonly to: number; readonly clock: ClockTime | null };

/** A clock time; `clock` is null when the words leave morning or evening open. */
export function readClock(tokens: readonly Token[], at: number, led: boolean): Clock | null {
  const key = tokens[at]?.key ?? '';
  const next = tokens[at + 1]?.key ?? '';
  if (key === 'noon' || key === 'midday') return { to: at + 1, clock: { hour: 12, minute: 0, second: 0 } };
  if (key === 'midnight') return { to: at + 1, clock: { hour: 24, minute: 0, second: 0 } };
  if (!beginsWithDigit(key)) return null;
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
