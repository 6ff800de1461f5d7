import { assertNever } from '../../domain/faults.ts';
import type { Drift, GrantEvent, GrantShown, NotBegun } from '../../domain/grant-event.ts';
import type { Button, RefusalReason, Saying } from '../../domain/reply.ts';
import type { CardButton } from '../card.ts';
import { clockTime, count, dayTime, endTime, join, lasting, personName, plain } from '../words.ts';
import { type Body, list, maybe, table, text, type Wording } from './body.ts';
import { faultCodeWords } from './faults.ts';
import type { Moment } from './grants.ts';
import { guardSentence } from './guards.ts';

type Event<Kind extends GrantEvent['kind']> = Extract<GrantEvent, { readonly kind: Kind }>;

/** Words for what became of a role that is held for a time. */
export function grantEvent({ event, at }: Extract<Saying, { kind: 'grant-event' }>, { zone }: Wording): Body {
  const moment = { zone, now: at };
  switch (event.kind) {
    case 'ends-soon':
      return endsSoon(event, moment);
    case 'ended':
      return ended(event, moment);
    case 'overdue':
      return overdue(event, moment);
    case 'begun':
      return begun(event, moment);
    case 'not-begun':
      return notBegun(event, moment);
    case 'drift':
      return drifted(event, moment);
    default:
      return assertNever(event);
  }
}

/** `Your Manager` or `Manager of Bob Brown (102)`. */
function whose({ person, roleName }: GrantShown, own: boolean): string {
  return own ? `Your ${plain(roleName)}` : `${plain(roleName)} of ${personName(person)}`;
}

function endsSoon({ grant, own, extend, end }: Event<'ends-soon'>, { zone, now }: Moment): Body {
  const buttons: CardButton[] = [];
  if (extend !== null) {
    buttons.push({
      label: `Extend by ${lasting(extend.byMs)}`,
      button: extend.button,
      style: 'primary',
      confirm: null,
    });
  }
  if (end !== null) buttons.push({ label: own ? "I'm done" : 'End now', button: end, style: null, confirm: null });
  const ask = extend === null && own ? askForMore(grant) : 'Nothing has to be done: it is taken by itself.';
  return {
    headline: `${whose(grant, own)} ends ${endTime(grant.endsAt ?? now, zone, now)}.`,
    parts: [text(ask)],
    buttons,
  };
}

function askForMore({ givenBy, person }: GrantShown): string {
  const giver = givenBy === null || givenBy.id === person.id ? 'an administrator' : personName(givenBy);
  return `It is taken by itself. If you need it for longer, ask ${giver} to extend it.`;
}

function ended(event: Event<'ended'>, { zone, now }: Moment): Body {
  const { grant, own, by, heldUntil, roles } = event;
  const early = by === null ? '' : ` ${own && by.id === grant.person.id ? 'You' : personName(by)} ended it early.`;
  const late = by === null && grant.endsAt !== null && now - grant.endsAt > 60_000;
  const headline =
    heldUntil === null
      ? `${whose(grant, own)} has ended.`
      : `${whose(grant, own)} is held on: one of its times is over, another lasts until ${dayTime(heldUntil, zone, now)}.`;
  return {
    headline,
    parts: [
      ...maybe(
        heldUntil === null &&
          `RingCentral showed the list without it at ${clockTime(now, zone)}.${early}${late ? ` It should have ended ${dayTime(grant.endsAt ?? now, zone, now)}.` : ''}`,
      ),
      ...maybe(
        roles !== null &&
          heldUntil === null &&
          roles.length > 0 &&
          `What remains: ${join(roles.map((role) => plain(role)))}.`,
      ),
    ],
  };
}

function overdue({ grant, attempts, code, retry }: Event<'overdue'>, { zone, now }: Moment): Body {
  const why = faultCodeWords(code) ?? `RingCentral answered ${plain(code, 60)}.`;
  return {
    headline: `Overdue: ${whose(grant, false)} should have ended ${endTime(grant.endsAt ?? now, zone, now)} and is still held.`,
    parts: [
      text(
        `${count(attempts, 'try', 'tries')} so far. ${why} It is tried again by itself until RingCentral shows that it has ended.`,
      ),
    ],
    buttons: [{ label: 'Try now', button: retry, style: 'danger', confirm: null }],
  };
}

function begun({ grant, own }: Event<'begun'>, { zone, now }: Moment): Body {
  if (grant.kind === 'pause') {
    return { headline: `${whose(grant, own)} has been given back, as planned.`, parts: [] };
  }
  const until = grant.endsAt === null ? 'It stays for good.' : `It ends ${endTime(grant.endsAt, zone, now)}.`;
  const who = own ? 'You now have' : `${personName(grant.person)} now has`;
  return { headline: `${who} ${plain(grant.roleName)}, as planned.`, parts: [text(until)] };
}

function notBegun({ grant, own, why }: Event<'not-begun'>, { zone, now }: Moment): Body {
  const back = grant.kind === 'pause' ? 'given back' : 'given';
  const at = grant.kind === 'pause' ? grant.endsAt : grant.startsAt;
  const planned = `It was planned for ${dayTime(at ?? now, zone, now)}.`;
  if (why.kind === 'held-before') {
    const who = own ? 'You have' : `${personName(grant.person)} has`;
    return {
      headline: `${who} ${plain(grant.roleName)} already.`,
      parts: [text(`${planned} Nothing had to be given, and nothing will be taken.`)],
    };
  }
  return { headline: `${whose(grant, own)} was not ${back}.`, parts: [text(`${planned} ${whyNot(why, grant, own)}`)] };
}

function whyNot(why: Exclude<NotBegun, { kind: 'held-before' }>, { givenBy }: GrantShown, own: boolean): string {
  switch (why.kind) {
    case 'no-right': {
      const who = own ? `${givenBy === null ? 'Whoever asked for it' : personName(givenBy)} has` : 'You have';
      return `${who} no right in RingCentral to give it any more. Nothing was changed. Ask an administrator.`;
    }
    case 'guard':
      return `${guardSentence(why.guard)} Nothing was changed.`;
    case 'missed':
      return 'RingCentral or Rolecall could not be reached in all that time. Nothing was changed. Ask again if it is still needed.';
    default:
      return assertNever(why);
  }
}

function drifted({ found }: Event<'drift'>, { zone, now }: Moment): Body {
  return {
    headline: `RingCentral and the temporary roles on record differ in ${count(found.length, 'place')}.`,
    parts: [
      ...list(
        null,
        found.map((each) => driftLine(each, { zone, now })),
      ),
      text('Nothing was changed: somebody may have meant it.'),
    ],
  };
}

function driftLine({ kind, person, roleName, endsAt, endedAt }: Drift, { zone, now }: Moment): string {
  const role = plain(roleName);
  if (kind === 'gone') {
    const until = endsAt === null ? '' : ` until ${dayTime(endsAt, zone, now)}`;
    return `${personName(person)} was given ${role}${until}, and does not have it any more.`;
  }
  const since = endedAt === null ? '' : ` on ${dayTime(endedAt, zone, now)}`;
  return `${role} of ${personName(person)} ended${since}, and they have it again.`;
}

/** Words for a longer time, or the end now, that waits for its confirmation. */
export function grantPreview(saying: Extract<Saying, { kind: 'grant-preview' }>, { zone }: Wording): Body {
  const { grant, endsAt, at, confirm, cancel, expiresAt } = saying;
  const now = dayTime(grant.endsAt ?? at, zone, at);
  const role = `${plain(grant.roleName)} of ${personName(grant.person)}`;
  return {
    headline:
      endsAt === null
        ? `End ${role} now? Nothing has changed yet.`
        : `Extend ${role} until ${endTime(endsAt, zone, at)}? Nothing has changed yet.`,
    parts: [text(`It ends ${now} as things stand. Confirm by ${clockTime(expiresAt, zone)}; after that, ask again.`)],
    buttons: [plainButton('Confirm', confirm, 'primary'), plainButton('Cancel', cancel, null)],
  };
}

function plainButton(label: string, button: Button, style: CardButton['style']): CardButton {
  return { label, button, style, confirm: null };
}

/** Words for a new end. */
export function grantExtended({ grant, at }: Extract<Saying, { kind: 'grant-extended' }>, { zone }: Wording): Body {
  return {
    headline: `Done. ${plain(grant.roleName)} of ${personName(grant.person)} now ends ${endTime(grant.endsAt ?? at, zone, at)}.`,
    parts: [],
  };
}

/** Words for the roles that are held, given later or taken for a time. */
export function grantList({ whose: kind, rows, at }: Extract<Saying, { kind: 'grant-list' }>, { zone }: Wording): Body {
  const moment = { zone, now: at };
  const about = { own: 'You have', named: 'There is', all: 'There is' }[kind];
  if (rows.length === 0) return { headline: `${about} no temporary role.`, parts: [] };
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    return {
      headline: `${plain(only.roleName)} of ${personName(only.person)}: ${stateWords(only, moment)}.`,
      parts: givenBy(only),
    };
  }
  return {
    headline: `${count(rows.length, 'temporary role')}.`,
    parts: table(
      'Temporary roles with their ends',
      ['Person', 'Role', 'State', 'Given by'],
      rows.map((row) => [
        personName(row.person),
        plain(row.roleName),
        stateWords(row, moment),
        row.givenBy === null ? '' : personName(row.givenBy),
      ]),
    ),
  };
}

function givenBy({ givenBy: giver, person }: GrantShown): Body['parts'] {
  return maybe(giver !== null && giver.id !== person.id && `Asked for by ${personName(giver)}.`);
}

function stateWords({ kind, state, startsAt, endsAt, drift }: GrantShown, { zone, now }: Moment): string {
  const end = endsAt === null ? 'without an end' : `ends ${endTime(endsAt, zone, now)}`;
  switch (state) {
    case 'planned':
      return `given ${endTime(startsAt, zone, now)}, ${endsAt === null ? end : `ends ${dayTime(endsAt, zone, now)}`}`;
    case 'starting':
      return `being written, ${end}`;
    case 'active':
      if (kind === 'pause') return `taken away, given back ${endTime(endsAt ?? now, zone, now)}`;
      return drift === 'gone' ? `${end}, but RingCentral does not show it any more` : end;
    case 'overdue':
      return `overdue: it should have ended ${endTime(endsAt ?? now, zone, now)}, and RingCentral still shows it`;
    case 'ended':
      return 'ended, and RingCentral shows it again';
    default:
      return assertNever(state);
  }
}

/** Words for a temporary role that is not there. */
export function noGrant({ person, role }: Extract<RefusalReason, { kind: 'no-grant' }>): Body {
  const what = role === null ? 'no temporary role' : `${plain(role)} not for a time`;
  return {
    headline: `${personName(person)} has ${what}.`,
    parts: [text('Nothing was changed. A role without an end is taken with "take the role from" and the name.')],
  };
}

/** Words for somebody who may end their role but not lengthen it. */
export function mayNotExtend({ givenBy: giver }: Extract<RefusalReason, { kind: 'may-not-extend' }>): Body {
  const who = giver === null ? 'an administrator who may give the role' : `${personName(giver)}, who gave it to you`;
  return {
    headline: 'No. More time takes the right to give the role, which you do not have.',
    parts: [text(`Nothing was changed; it ends as it was to. Ask ${who}.`)],
  };
}
