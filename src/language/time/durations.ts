import type { Token } from '../text/tokens.ts';
import { beginsWithDigit } from './digits.ts';

/** A length of time as said; `iso` is null when the words can mean two things or nothing. */
export type Duration = { readonly to: number; readonly iso: string | null; readonly days: number };

type Unit = 'Y' | 'M' | 'W' | 'D' | 'TH' | 'TM' | 'TS';

const UNITS: Readonly<Record<string, Unit | 'unclear'>> = {
  s: 'TS',
  sec: 'TS',
  secs: 'TS',
  second: 'TS',
  seconds: 'TS',
  min: 'TM',
  mins: 'TM',
  minute: 'TM',
  minutes: 'TM',
  minuts: 'TM',
  minites: 'TM',
  mnts: 'TM',
  minuets: 'TM',
  h: 'TH',
  hr: 'TH',
  hrs: 'TH',
  hour: 'TH',
  hours: 'TH',
  houres: 'TH',
  hous: 'TH',
  huors: 'TH',
  ours: 'TH',
  hors: 'TH',
  hurs: 'TH',
  horus: 'TH',
  d: 'D',
  day: 'D',
  days: 'D',
  dys: 'D',
  dayz: 'D',
  w: 'W',
  wk: 'W',
  wks: 'W',
  week: 'W',
  weeks: 'W',
  wekks: 'W',
  weeek: 'W',
  weks: 'W',
  mo: 'M',
  mos: 'M',
  mth: 'M',
  mths: 'M',
  month: 'M',
  months: 'M',
  monts: 'M',
  moths: 'M',
  y: 'Y',
  yr: 'Y',
  yrs: 'Y',
  year: 'Y',
  years: 'Y',
  // Minutes or months: only the speaker knows.
  m: 'unclear',
  ms: 'unclear',
};
const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  couple: 2,
  half: 0.5,
  zero: 0,
  no: 0,
  another: 1,
  hundred: 100,
  fourteen: 14,
};
const VAGUE = new Set(['few', 'several', 'some', 'many', 'multiple']);
const WORKING = new Set(['working', 'business', 'work']);
const COMPACT =
  /^(?:\d+(?:\.\d+)?(?:days?|hours?|hrs?|weeks?|wks?|months?|mths?|mins?|minutes?|secs?|seconds?|years?|yrs?|mo|h|d|w|m|s|y))+(?:\d{1,2})?$/;
const COMPACT_PART =
  /(\d+(?:\.\d+)?)(days?|hours?|hrs?|weeks?|wks?|months?|mths?|mins?|minutes?|secs?|seconds?|years?|yrs?|mo|h|d|w|m|s|y)?/g;
const ISO = /^p(?:\d+y)?(?:\d+m)?(?:\d+w)?(?:\d+d)?(?:t(?:\d+h)?(?:\d+m)?(?:\d+s)?)?$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;

type Sum = Map<Unit, number>;

/** Reads a duration that starts at token `at`; null when none does. */
export function readDuration(tokens: readonly Token[], at: number): Duration | null {
  const key = tokens[at]?.key ?? '';
  if (!mayLead(key)) return null;
  if (key.length > 2 && ISO.test(key) && !key.endsWith('t')) return done(at + 1, isoSum(key));
  if (key === '-' && tokens[at]?.spaced !== false && isNumber(tokens[at + 1])) {
    const rest = readDuration(tokens, at + 1);
    return rest === null ? null : { ...rest, iso: null };
  }
  const sum: Sum = new Map();
  let next = at;
  let unclear = false;
  for (let parts = 0; parts < 5; parts += 1) {
    const start = parts === 0 ? next : skipAnd(tokens, next);
    const part = readPart(tokens, start);
    if (part === null) break;
    // "2 hours a day": a rate, and no length.
    unclear ||= part.unclear || (parts > 0 && start === next && ['a', 'an'].includes(tokens[start]?.key ?? ''));
    for (const [unit, amount] of part.amounts) sum.set(unit, (sum.get(unit) ?? 0) + amount);
    next = part.to;
  }
  if (next === at) return null;
  return unclear ? { to: next, iso: null, days: 0 } : done(next, sum);
}

/** A length begins with a digit, an ISO sign, a minus or a number word; most words need not be tried. */
function mayLead(key: string): boolean {
  const first = key.charCodeAt(0);
  if (beginsWithDigit(key) || first === LETTER_P || key === '-' || key === 'fortnight') return true;
  return key === 'a' || key === 'three' || key === 'quarter' || VAGUE.has(key) || Object.hasOwn(NUMBERS, key);
}

const LETTER_P = 112;

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && (DECIMAL.test(token.key) || COMPACT.test(token.key));
}

function skipAnd(tokens: readonly Token[], at: number): number {
  const key = tokens[at]?.key;
  return key === 'and' || key === ',' || key === '&' ? at + 1 : at;
}

type Amounts = Iterable<readonly [Unit, number]>;
type Part = { readonly to: number; readonly amounts: Amounts; readonly unclear: boolean };

function readPart(tokens: readonly Token[], at: number): Part | null {
  const key = tokens[at]?.key;
  if (key === undefined) return null;
  if (beginsWithDigit(key) && COMPACT.test(key)) return readCompact(key, at, tokens);
  if (key === 'fortnight') return { to: at + 1, amounts: [['W', 2]], unclear: false };
  return readCounted(tokens, at);
}

function readCompact(key: string, at: number, tokens: readonly Token[]): Part | null {
  // "2h-3h": a span of lengths is no length.
  const range = tokens[at + 1]?.key === '-' && !(tokens[at + 1]?.spaced ?? true) && isNumber(tokens[at + 2]);
  const amounts: Sum = new Map();
  let unclear = range;
  let last: Unit | null = null;
  for (const [, digits, name] of key.matchAll(COMPACT_PART)) {
    // "1h30": a bare rest counts in the next smaller unit.
    const unit: Unit | 'unclear' =
      name === undefined
        ? last === 'TH'
          ? 'TM'
          : 'unclear'
        : last === 'TH' && name === 'm'
          ? 'TM'
          : (UNITS[name] ?? 'unclear');
    if (unit === 'unclear') unclear = true;
    else {
      last = unit;
      amounts.set(unit, (amounts.get(unit) ?? 0) + Number(digits));
    }
  }
  return { to: range ? at + 3 : at + 1, amounts, unclear };
}

/** "two hours", "an hour and a half", "half an hour", "a couple of days", "2-3 days", "three quarters of an hour". */
function readCounted(tokens: readonly Token[], at: number): Part | null {
  const key = (offset: number): string => tokens[at + offset]?.key ?? '';
  let used = 0;
  let amount: number | null = null;
  let unclear = false;
  if (key(0) === 'three' && key(1) === 'quarters') [amount, used] = [0.75, 2];
  else if (key(0) === 'a' && key(1) === 'quarter') [amount, used] = [0.25, 2];
  else if (key(0) === 'quarter') [amount, used] = [0.25, 1];
  else if (key(0) === 'a' && (key(1) === 'couple' || key(1) === 'half')) [amount, used] = [NUMBERS[key(1)] ?? 0, 2];
  else if (VAGUE.has(key(0)) || (key(0) === 'a' && VAGUE.has(key(1)))) {
    [amount, used, unclear] = [1, key(0) === 'a' ? 2 : 1, true];
  } else if (DECIMAL.test(key(0))) [amount, used] = [Number(key(0)), 1];
  else if (Object.hasOwn(NUMBERS, key(0))) [amount, used] = [NUMBERS[key(0)] ?? 0, 1];
  if (amount === null) return null;
  if (
    DECIMAL.test(key(used - 1)) &&
    key(used) === ',' &&
    tokens[at + used]?.spaced === false &&
    /^\d$/.test(key(used + 1)) &&
    tokens[at + used + 1]?.spaced === false
  ) {
    amount += Number(key(used + 1)) / 10;
    used += 2;
  }
  if (
    (key(used) === '-' || key(used) === 'or' || key(used) === 'to') &&
    numberOf(key(used + 1)) !== null &&
    UNITS[key(used + 2)] !== undefined
  ) {
    unclear = true;
    used += 2;
  }
  if (key(used) === 'and' && key(used + 1) === 'a' && key(used + 2) === 'half') {
    amount += 0.5;
    used += 3;
  }
  if (key(used) === 'of') used += 1;
  if (
    (key(used) === 'a' ||
      key(used) === 'an' ||
      key(used) === 'more' ||
      key(used) === 'full' ||
      key(used) === 'whole' ||
      key(used) === 'extra' ||
      key(used) === 'additional' ||
      key(used) === 'good') &&
    UNITS[key(used + 1)] !== undefined
  )
    used += 1;
  if (WORKING.has(key(used)) && UNITS[key(used + 1)] !== undefined) {
    unclear = true;
    used += 1;
  }
  const unit =
    key(used) === 'fortnight' || key(used) === 'fortnights'
      ? 'W'
      : Object.hasOwn(UNITS, key(used))
        ? UNITS[key(used)]
        : undefined;
  if (unit === undefined) return null;
  // A single letter after "a" is a letter, not a unit: "plan a d".
  if (key(used).length === 1 && !DECIMAL.test(key(0))) return null;
  if (key(used).startsWith('fortnight')) amount *= 2;
  used += 1;
  if (key(used) === 'and' && key(used + 1) === 'a' && key(used + 2) === 'half') {
    amount += 0.5;
    used += 3;
  }
  if (key(used) === 'or' && (numberOf(key(used + 1)) !== null || key(used + 1) === 'so')) {
    unclear = true;
    used += 2;
    if (UNITS[key(used)] !== undefined) used += 1;
  }
  if (unit === 'unclear') return { to: at + used, amounts: [], unclear: true };
  return { to: at + used, amounts: [[unit, amount]], unclear };
}

function numberOf(key: string): number | null {
  if (DECIMAL.test(key)) return Number(key);
  return Object.hasOwn(NUMBERS, key) ? (NUMBERS[key] ?? null) : null;
}

function isoSum(key: string): Sum {
  const sum: Sum = new Map();
  const [date = '', time = ''] = key.slice(1).split('t');
  for (const [, digits, unit] of date.matchAll(/(\d+)([ymwd])/g))
    sum.set((unit ?? '').toUpperCase() as Unit, Number(digits));
  for (const [, digits, unit] of time.matchAll(/(\d+)([hms])/g))
    sum.set(`T${(unit ?? '').toUpperCase()}` as Unit, Number(digits));
  return sum;
}

const SMALLER: Readonly<Partial<Record<Unit, readonly [Unit, number]>>> = {
  W: ['D', 7],
  D: ['TH', 24],
  TH: ['TM', 60],
  TM: ['TS', 60],
};
const DAYS: Readonly<Record<Unit, number>> = { Y: 365, M: 30, W: 7, D: 1, TH: 1 / 24, TM: 1 / 1440, TS: 1 / 86_400 };

/** Nearly all lengths are a whole number of one unit. */
function inOneUnit(to: number, unit: Unit, amount: number): Duration {
  const iso = unit.startsWith('T') ? `PT${amount}${unit.slice(1)}` : `P${amount}${unit}`;
  return { to, iso, days: amount * DAYS[unit] };
}

/** Writes the sum in the units said; halves go down one unit. Zero and halves of months have no clear reading. */
function done(to: number, sum: Sum): Duration {
  const [only] = sum;
  if (only !== undefined && sum.size === 1 && only[1] > 0 && Number.isInteger(only[1])) return inOneUnit(to, ...only);
  const whole = new Map<Unit, number>();
  let days = 0;
  for (const unit of ['Y', 'M', 'W', 'D', 'TH', 'TM', 'TS'] as const) {
    let amount = (sum.get(unit) ?? 0) + (whole.get(unit) ?? 0);
    days += (sum.get(unit) ?? 0) * DAYS[unit];
    const rest = amount % 1;
    amount -= rest;
    if (amount > 0) whole.set(unit, amount);
    else whole.delete(unit);
    if (rest < 1e-9) continue;
    const smaller = SMALLER[unit];
    if (smaller === undefined) return { to, iso: null, days };
    whole.set(smaller[0], (whole.get(smaller[0]) ?? 0) + Math.round(rest * smaller[1] * 1e6) / 1e6);
  }
  if (whole.size === 0) return { to, iso: null, days: 0 };
  const part = (units: readonly Unit[]): string =>
    units.map((unit) => (whole.has(unit) ? `${whole.get(unit)}${unit.replace('T', '')}` : '')).join('');
  const time = part(['TH', 'TM', 'TS']);
  return { to, iso: `P${part(['Y', 'M', 'W', 'D'])}${time === '' ? '' : `T${time}`}`, days };
}
