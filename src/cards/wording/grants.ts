import type { GrantTime } from '../../domain/change.ts';
import { assertNever } from '../../domain/faults.ts';
import type { GrantEffect, GrantMark } from '../../domain/grant-effects.ts';
import { instantOfEnd, LONGEST_MS, SHORTEST_MS, type SpanEnd, type TimeTrouble } from '../../domain/time-span.ts';
import { dayTime, endTime, join, lasting, plain, roleName } from '../words.ts';
import { type Body, text } from './body.ts';

/** The zone of the reader, and the moment that "in 2 hours" counts from. */
export type Moment = { readonly zone: string; readonly now: number };

/** What a change does to roles that are held for a time, one sentence for each. */
export function effectLines(effects: readonly GrantEffect[], moment: Moment): readonly string[] {
  return effects.map((effect) => effectLine(effect, moment));
}

function effectLine(effect: GrantEffect, { zone, now }: Moment): string {
  const role = roleName(effect.role);
  switch (effect.kind) {
    case 'start': {
      const until = endWords(effect.end, { zone, now });
      return effect.joins
        ? `${role} is theirs for a time already. It ends separately ${until}; it is taken when the last of its times is over.`
        : `${role} ends ${until}.`;
    }
    case 'plan':
      return effect.endsAt === null
        ? `${role} is given on ${endTime(effect.from, zone, now)}, if you may still give it then.`
        : `${role} is given on ${endTime(effect.from, zone, now)}, if you may still give it then, and ends ${dayTime(effect.endsAt, zone, now)}.`;
    case 'pause':
      return `${role} is given back ${endWords(effect.end, { zone, now })}, if you may still give it then.`;
    case 'limit':
      return `${role} ends ${endTime(effect.endsAt, zone, now)}.`;
    case 'keep':
      return `${role} is theirs ${untils(effect.grants, { zone, now })}. From now on it stays for good.`;
    case 'begin':
    case 'return':
      return `${role} is given as planned.`;
    case 'drop':
      return dropLine(role, effect.grants, { zone, now });
    default:
      return assertNever(effect);
  }
}

/** A duration counts from the write, which is to come: the instant is what it is if that is now. */
function endWords(end: SpanEnd, { zone, now }: Moment): string {
  const at = instantOfEnd(end, now, zone);
  if (end.kind === 'at') return endTime(at, zone, now);
  return `${dayTime(at, zone, now)} (${lasting(at - now)}, counted from your confirmation)`;
}

function untils(grants: readonly GrantMark[], { zone, now }: Moment): string {
  const ends = grants.flatMap(({ endsAt }) => (endsAt === null ? [] : [dayTime(endsAt, zone, now)]));
  return ends.length === 0 ? 'for a time' : `until ${join([...new Set(ends)])}`;
}

function dropLine(role: string, grants: readonly GrantMark[], moment: Moment): string {
  const [first] = grants;
  if (first?.kind === 'pause')
    return `${role} was to be given back ${untils(grants, moment).replace('until ', 'on ')}; it will not.`;
  if (first?.state === 'planned') {
    return `${role} was to be given on ${dayTime(first.startsAt, moment.zone, moment.now)}; it will not.`;
  }
  return `${role} was theirs ${untils(grants, moment)}; that ends with this.`;
}

/**
 * What is added to the question of a preview, such as ` until Mon 23 Nov 11:00 MST`; null where the times are not the
 * same for everybody.
 */
export function whenWords(people: readonly (readonly GrantEffect[])[], moment: Moment): string | null {
  const all = people.map((effects) => [...new Set(effects.map((effect) => whenOf(effect, moment)))]);
  const [first = []] = all;
  if (first.length > 1 || all.some((each) => each.join() !== first.join())) return null;
  return first[0] ?? '';
}

function whenOf(effect: GrantEffect, { zone, now }: Moment): string {
  switch (effect.kind) {
    case 'start':
    case 'pause':
      return ` until ${dayTime(instantOfEnd(effect.end, now, zone), zone, now)}`;
    case 'plan': {
      const until = effect.endsAt === null ? '' : ` until ${dayTime(effect.endsAt, zone, now)}`;
      return ` from ${dayTime(effect.from, zone, now)}${until}`;
    }
    case 'limit':
      return ` on ${dayTime(effect.endsAt, zone, now)}`;
    case 'keep':
      return ' for good';
    case 'begin':
    case 'return':
    case 'drop':
      return '';
    default:
      return assertNever(effect);
  }
}

/** What now begins and ends when, once it is written: one sentence for each role. */
export function timeLines(times: readonly GrantTime[], { zone, now }: Moment): readonly string[] {
  return times.map(({ kind, roleName: name, startsAt, endsAt }) => {
    const role = plain(name);
    const ends = endsAt === null ? '' : endTime(endsAt, zone, now);
    if (kind === 'pause') return `${role} is given back ${ends}, if whoever asked may still give it then.`;
    if (startsAt <= now) return `${role} ends ${ends}.`;
    const start = `${role} is given ${endTime(startsAt, zone, now)}, if whoever asked may still give it then`;
    return endsAt === null ? `${start}.` : `${start}, and ends ${dayTime(endsAt, zone, now)}.`;
  });
}

/** Words for a time that cannot be taken. */
export function timeRefusal(trouble: TimeTrouble): Body {
  const [headline, next] = troubleWords(trouble);
  return { headline, parts: [text(`Nothing was changed. ${next}`)] };
}

function troubleWords(trouble: TimeTrouble): readonly [string, string] {
  switch (trouble) {
    case 'past':
      return ['That time is over.', 'Say a time that is still to come.'];
    case 'too-short':
      return [`That is too short: the shortest time is ${lasting(SHORTEST_MS)}.`, 'Say a longer time.'];
    case 'too-long':
      return [
        `That is too long for a temporary role: the longest time is ${lasting(LONGEST_MS)}.`,
        'Say a shorter time, or give the role without an end.',
      ];
    case 'starts-too-late':
      return [`That is too far away: a start may be up to ${lasting(LONGEST_MS)} ahead.`, 'Say an earlier start.'];
    case 'ends-before-start':
      return ['That would end before it begins.', 'Say an end after the start.'];
    case 'not-longer':
      return ['That would not be longer: the role lasts until then anyway.', 'Say a later end.'];
    case 'not-for-this':
      return [
        'This change cannot be made at that time or for that time.',
        'Say it without the time, or give or take a single role for a time, such as "give bob Manager for 2 hours" or "take Manager from bob until Monday".',
      ];
    default:
      return assertNever(trouble);
  }
}
