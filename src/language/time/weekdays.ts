import type { Token } from '../text/tokens.ts';
import { addDays, type Calendar } from './calendar.ts';
import { readDate } from './dates.ts';
import { SHY, WEEKDAYS } from './day-names.ts';
import { type Point, type Span, span } from './point.ts';

/** Words before a day of the week that say which one. */
export const MODIFIERS = new Set(['next', 'this', 'coming', 'last', 'past', 'upcoming', 'previous']);

/** Reads a day of the week: "friday", "next tuesday", "monday next week", "friday, 4 december". */
export function readWeekday(tokens: readonly Token[], at: number, calendar: Calendar, led: boolean): Point | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  const word = key(0);
  const modified = MODIFIERS.has(word);
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
  return { to: at + used, coming, past, clock: null, isEnd: false, isWeekday: true, size: 'day' };
}

/** "friday, 4 december": the date decides. */
function readCommaDate(tokens: readonly Token[], at: number, calendar: Calendar): Point | null {
  const start = [',', 'the'].includes(tokens[at]?.key ?? '') ? at + 1 : at;
  const date = readDate(tokens, start, calendar, false);
  return date !== null && date.size === 'day' ? date : null;
}
