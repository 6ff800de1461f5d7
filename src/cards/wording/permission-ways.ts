import type { PermissionWay, Saying } from '../../domain/reply.ts';
import type { CardButton } from '../card.ts';
import { count, join, permissionName, personName, roleName, shorten, some } from '../words.ts';
import { type Body, list, maybe, text } from './body.ts';
import { guardSentence } from './guards.ts';

type Ways = Extract<Saying, { kind: 'permission-ways' }>;

/** People named in a headline; more are counted. */
const NAMED = 2;
/** Slack shows about thirty characters of a label; longer ones are told in full in the list. */
const LABEL = 60;

/** Words for the roles through which a permission can be given or taken: one is chosen, none is taken silently. */
export function permissionWays(saying: Ways): Body {
  const { people, apart, already } = saying;
  if (people.length === 0) return { headline: alreadyHeadline(saying), parts: maybe('Nothing was changed.') };
  if (apart.length > 0) return goApart(saying);
  const free = freeWays(saying);
  const blocked = saying.ways.filter((way) => !free.includes(way));
  return {
    headline: headlineOf(saying, free.length),
    parts: [
      ...maybe(already.length > 0 && alreadyHeadline(saying)),
      ...list(
        free.length > 0 ? 'You can choose:' : null,
        free.map((way) => wayWords(way, saying)),
      ),
      ...list(
        'Not for you to choose:',
        blocked.map((way) => `${wayWords(way, saying)} ${blockedWords(way)}`),
      ),
      ...maybe(moreWords(saying)),
      text(closing(saying, free.length)),
    ],
    buttons: free.flatMap((way, index): CardButton[] => {
      const button = saying.buttons[index];
      return button === undefined ? [] : [{ label: shorten(labelOf(way), LABEL), button, style: null, confirm: null }];
    }),
  };
}

/** Ways with a button, in the order of the buttons. */
function freeWays({ ways, people }: Ways): readonly PermissionWay[] {
  return ways.filter((way) => way.blocked.length < Math.max(1, people.length));
}

function what({ permissions }: Ways): string {
  return join(permissions.map(permissionName));
}

function who(people: Ways['people']): string {
  return people.length <= NAMED ? join(people.map(personName)) : count(people.length, 'person', 'people');
}

function alreadyHeadline(saying: Ways): string {
  const { act, already } = saying;
  const many = already.length !== 1;
  if (act === 'give') return `${who(already)} already ${many ? 'have' : 'has'} ${what(saying)}.`;
  return `${who(already)} ${many ? 'do' : 'does'} not have ${what(saying)}.`;
}

function headlineOf(saying: Ways, free: number): string {
  const { act, people } = saying;
  if (act === 'give') {
    return free === 0
      ? `You cannot give ${who(people)} any role that brings ${what(saying)}.`
      : `Which role should give ${what(saying)} to ${who(people)}?`;
  }
  return free === 0
    ? `There is no way for you to take ${what(saying)} from ${who(people)}.`
    : `How should ${who(people)} lose ${what(saying)}?`;
}

function wayWords(way: PermissionWay, { people }: Ways): string {
  const gone = join(way.removed.map(roleName));
  switch (way.way) {
    case 'assign':
      return `${roleName(way.role ?? NO_ROLE)}${kindOf(way)}: ${besides(way)}`;
    case 'remove':
      return `Take ${gone} away: ${besides(way)}`;
    case 'swap':
      return `${roleName(way.role ?? NO_ROLE)} instead of ${gone}: ${besides(way)}`;
    case 'edit': {
      const reach = way.holders > people.length ? count(way.holders, 'person', 'people') : 'nobody else';
      return `Change ${gone} itself, which reaches ${reach}: ${besides(way)}`;
    }
  }
}

const NO_ROLE = { displayName: '', id: '' };

function kindOf({ role }: PermissionWay): string {
  return role?.custom === true ? ' (custom role)' : ' (standard role)';
}

/** What comes and goes besides what was asked for. */
function besides({ gains, losses }: PermissionWay): string {
  const words = [
    ...(gains.length === 0 ? [] : [`also brings ${count(gains.length, 'other permission')} (${some(gains, 4)})`]),
    ...(losses.length === 0 ? [] : [`also takes ${count(losses.length, 'other permission')} (${some(losses, 4)})`]),
  ];
  return words.length === 0 ? 'nothing else changes.' : `${join(words)}.`;
}

function blockedWords({ blocked }: PermissionWay): string {
  const [first] = blocked;
  return first === undefined ? '' : guardSentence(first.guard);
}

function labelOf(way: PermissionWay): string {
  const gone = join(way.removed.map(roleName));
  switch (way.way) {
    case 'assign':
      return roleName(way.role ?? NO_ROLE);
    case 'remove':
      return `Take ${gone}`;
    case 'swap':
      return `${roleName(way.role ?? NO_ROLE)} instead`;
    case 'edit':
      return `Change ${gone}`;
  }
}

function moreWords({ more, unread }: Ways): string | null {
  const words = [
    ...(more > 0 ? [`${count(more, 'larger role')} would do it too.`] : []),
    ...(unread > 0 ? [`${count(unread, 'role')} could not be looked into just now; there may be a better one.`] : []),
  ];
  return words.length === 0 ? null : words.join(' ');
}

function closing({ act }: Ways, free: number): string {
  if (free === 0) {
    return act === 'give'
      ? 'Nothing was changed. Put the permission on a role they hold, or ask a RingCentral administrator.'
      : 'Nothing was changed. Ask a RingCentral administrator.';
  }
  return 'RingCentral gives permissions through roles only. Nothing was changed; what you choose is shown before it is done.';
}

function goApart(saying: Ways): Body {
  return {
    headline: `They have ${what(saying)} through different roles, so no one way serves all.`,
    parts: [
      ...list(
        null,
        saying.apart.map(({ person, roles }) => `${personName(person)}: ${join(roles.map(roleName))}`),
      ),
      text('Nothing was changed. Ask for each of them on their own.'),
    ],
  };
}
