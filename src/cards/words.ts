import type { Extension } from '../domain/people.ts';
import type { Permission, PermissionScope } from '../domain/permissions.ts';
import type { AssignedRole } from '../domain/roles.ts';

// Control characters, bidirectional overrides, zero-width marks that hide text, and tag characters. Zero-width joiners
// stay: Persian names and many emoji need them.
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

/**
 * Makes one line of readable text out of a value that came from outside: nothing in it can break the line, turn the
 * reading direction, hide text or steer a terminal.
 *
 * @param max - longest result in code points; longer text ends in an ellipsis
 */
export function plain(value: string, max = 80): string {
  const line = value.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim();
  return shorten(line, max);
}

/** Cuts a text to `max` code points, with an ellipsis in place of what is missing. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
}

/**
 * Breaks a text into lines of at most `columns` signs where words end; a longer word stays whole.
 *
 * @param indent - what the second line and those after it begin with
 */
export function wrap(text: string, columns: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns || line === '') line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line];
}

/** Joins words as a sentence does: `a`, `a and b`, `a, b and c`. */
export function join(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** The first `max` words, and how many more there are. */
export function some(words: readonly string[], max: number): string {
  if (words.length <= max) return join(words);
  return `${words.slice(0, max).join(', ')} and ${words.length - max} more`;
}

/** `1 role`, `3 roles`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** A person as said in a sentence: name and the number that tells two of the same name apart. */
export function personName(person: Extension): string {
  const name = plain(person.name);
  return name === '' ? `extension ${person.number}` : `${name} (${person.number})`;
}

/** A role's display name as said in a sentence. */
export function roleName(role: { readonly displayName: string; readonly id: string }): string {
  const name = plain(role.displayName);
  return name === '' ? `role ${role.id}` : name;
}

/** A permission as the portal calls it, with its id where that differs. */
export function permissionName(permission: Pick<Permission, 'id' | 'displayName'>): string {
  const name = plain(permission.displayName ?? '');
  return name === '' || name === permission.id ? permission.id : `${name} (${permission.id})`;
}

const REACH: Record<string, string> = {
  Self: 'their own extension only',
  Account: 'the whole account',
  AllExtensions: 'all extensions',
  UserExtensions: 'all user extensions',
  NonUserExtensions: 'extensions that are not users',
  Federation: 'the whole federation of accounts',
  RoleBased: 'as the role says',
  Group: 'their group',
};

/** How far a permission reaches, in words. */
export function reach(scopes: readonly PermissionScope[]): string {
  if (scopes.length === 0) return 'reach not stated';
  return join([...new Set(scopes)].map((scope) => (Object.hasOwn(REACH, scope) ? String(REACH[scope]) : plain(scope))));
}

/** A role as somebody holds it, with what limits it. */
export function heldRole(role: AssignedRole): string {
  const notes = [
    ...(role.autoAssigned ? ['assigned automatically'] : []),
    ...(role.siteRestricted ? ['only for the sites they administer'] : []),
  ];
  return notes.length === 0 ? roleName(role) : `${roleName(role)} (${notes.join(', ')})`;
}

/**
 * Time of day with its zone, such as `09:00:12 MST`.
 *
 * @param at - UTC, epoch milliseconds
 * @param zone - IANA zone
 */
export function clockTime(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(at);
}

/**
 * An instant as people say it, with its zone: `Mon 23 Nov 11:00 MST`; with the year where that is not the year of `now`.
 *
 * @param at - UTC, epoch milliseconds
 * @param zone - IANA zone
 */
export function dayTime(at: number, zone: string, now: number): string {
  const parts = partsOf(at, zone);
  return `${dayName(at, zone, now)} ${parts('hour')}:${parts('minute')} ${parts('timeZoneName')}`;
}

/** The day of an instant: `Mon 23 Nov`; with the year where that is not the year of `now`. */
export function dayName(at: number, zone: string, now: number): string {
  const parts = partsOf(at, zone);
  const year = parts('year') === partsOf(now, zone)('year') ? '' : ` ${parts('year')}`;
  return `${parts('weekday')} ${parts('day')} ${parts('month')}${year}`;
}

function partsOf(at: number, zone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  }).formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

const MINUTE = 60_000;
const UNITS = [
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** A length of time in at most two units: `2 hours`, `1 hour 30 minutes`, `3 days`; `less than a minute`. */
export function lasting(ms: number): string {
  const whole = Math.round(ms / MINUTE) * MINUTE;
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) return 'less than a minute';
  let rest = whole;
  const said = UNITS.slice(first, first + 2).flatMap(([name, size]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount === 0 ? [] : [count(amount, name)];
  });
  return said.join(' ');
}

/** An end as people need it: `Mon 23 Nov 11:00 MST (in 2 hours)`; `(2 hours ago)` once it is over. */
export function endTime(at: number, zone: string, now: number): string {
  const far = at >= now ? `in ${lasting(at - now)}` : `${lasting(now - at)} ago`;
  return `${dayTime(at, zone, now)} (${far})`;
}

/** A wait in words, rounded up so that nobody is told to come back too early. */
export function waiting(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 90 ? count(seconds, 'second') : count(Math.ceil(seconds / 60), 'minute');
}
