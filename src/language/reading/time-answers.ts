import type { Edge } from '../types-internal.ts';

const LED = /^\s*(?:until|till|til|for|from|by|on|at|in|starting|beginning|since|through|only|up to)\b/i;
const UNIT = /^(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|pm|am|a\.m\.?|p\.m\.?)$/i;
const LAST_NUMBER = /\d{1,3}\s*m?\s*$/;
const CLOCK = /^\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m\.?|p\.m\.?|o'?clock)?$/i;

/**
 * The words about time that an answer makes of the unclear ones; null when they are none.
 *
 * "5pm" after "until 5" is "until 5pm", "minutes" after "for 30" is "for 30 minutes". A day or a clock time alone tells
 * the end: who is asked how long answers with it, and a start would leave what was ordered without an end.
 */
export function timeAnswer(unclear: string, said: string, edge: Edge | null): string | null {
  const words = said.trim().replace(/[.!,;]+$/, '');
  if (UNIT.test(words)) return completeNumber(unclear, words);
  if (edge?.value?.kind !== 'time') return null;
  if (LED.test(words)) return words;
  if (CLOCK.test(words) && LAST_NUMBER.test(unclear) && !/^\s*for\b/i.test(unclear))
    return unclear.replace(LAST_NUMBER, words);
  const { time } = edge.value;
  if (time?.for != null) return `for ${words}`;
  const start = /^\s*(?:from|starting|beginning|on)\b/i.exec(unclear);
  return start === null ? `until ${words}` : `${start[0].trim()} ${words}`;
}

function completeNumber(unclear: string, unit: string): string | null {
  const number = LAST_NUMBER.exec(unclear);
  return number === null ? null : `${unclear.slice(0, number.index)}${Number.parseInt(number[0], 10)} ${unit}`;
}
