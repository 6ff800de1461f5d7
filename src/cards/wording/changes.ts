import type { PersonPlan, PersonResult, Plan } from '../../domain/change.ts';
import { assertNever } from '../../domain/faults.ts';
import type { GrantEffect } from '../../domain/grant-effects.ts';
import type { Saying } from '../../domain/reply.ts';
import { type AssignedRole, sameAssignments } from '../../domain/roles.ts';
import type { CardButton, ConfirmDialog, DiffLine, Part } from '../card.ts';
import { clockTime, count, heldRole, join, personName, plain, roleName, some } from '../words.ts';
import { type Body, list, maybe, table, text, type Wording } from './body.ts';
import { faultCodeWords } from './faults.ts';
import { effectLines, type Moment, timeLines, whenWords } from './grants.ts';
import { guardSentence } from './guards.ts';

/** People shown with a list each; more become a table. */
const DIFFS_SHOWN = 5;
/** Rows of people that are read over in a chat; the file that comes with the preview holds all. */
const ROWS_SHOWN = 25;

type RoleMoves = { readonly added: AssignedRole[]; readonly removed: AssignedRole[]; readonly kept: AssignedRole[] };

function moves({ before, after }: { before: readonly AssignedRole[]; after: readonly AssignedRole[] }): RoleMoves {
  const had = new Set(before.map((role) => role.id));
  const has = new Set(after.map((role) => role.id));
  return {
    added: after.filter((role) => !had.has(role.id)),
    removed: before.filter((role) => !has.has(role.id)),
    kept: after.filter((role) => had.has(role.id)),
  };
}

/** Words for a plan that waits for its confirmation. */
export function changePreview(saying: Extract<Saying, { kind: 'change-preview' }>, { zone }: Wording): Body {
  const { plan, confirm, cancel, expiresAt, moved } = saying;
  return {
    headline: `${planQuestion(plan, zone)} Nothing has changed yet.`,
    parts: [
      ...maybe(moved && 'Somebody changed these roles after the first preview. This is the list as it is now.'),
      ...planParts(plan, zone),
      text(`Confirm by ${clockTime(expiresAt, zone)}; after that, ask again.`),
    ],
    buttons: [
      { label: 'Confirm', button: confirm, style: 'primary', confirm: confirmDialog(plan, zone) },
      { label: 'Cancel', button: cancel, style: null, confirm: null },
    ] satisfies CardButton[],
  };
}

/** Words for "what would happen if". */
export function dryRun({ plan }: Extract<Saying, { kind: 'dry-run' }>, { zone }: Wording): Body {
  return { headline: `Dry run: ${planQuestion(plan, zone)} Nothing has changed.`, parts: planParts(plan, zone) };
}

/** Words for a change that would leave everything as it is. */
export function nothingToChange({ plan }: Extract<Saying, { kind: 'nothing-to-change' }>): Body {
  const guarded = plan.people.filter((each) => each.guard !== null);
  const same = plan.people.filter((each) => each.guard === null);
  return {
    headline: 'Nothing to change: the roles are already as you want them.',
    parts: [
      ...list(
        null,
        same.flatMap((each) => [
          `${personName(each.person)} has ${roleList(each.after)}.`,
          ...each.notes.map((note) => plain(note, 300)),
        ]),
      ),
      ...list('Left out:', guarded.map(guardedLine)),
    ],
  };
}

/** Roles with their restriction, or that there is none. */
export function roleList(roles: readonly AssignedRole[]): string {
  return roles.length === 0 ? 'no role' : join(roles.map(heldRole));
}

/** The question of a preview, e.g. `Give Manager to Bob Brown (102)?`. */
function planQuestion(plan: Plan, zone: string): string {
  const people = changingIn(plan);
  const [only] = people;
  const whom =
    only !== undefined && people.length === 1 ? personName(only.person) : count(people.length, 'person', 'people');
  if (plan.intent === 'reset-roles') return `Reset ${whom} to the default role?`;
  if (plan.intent === 'undo') return `Take back that change of ${whom}?`;
  if (plan.intent === 'offboard') return `Take all roles from ${whom}, the default role aside?`;
  const shared = sharedMoves(people);
  if (shared === null) return `Change the roles of ${whom}?`;
  const { added, removed } = shared;
  const when = whenWords(
    people.map(({ grants }) => grants),
    { zone, now: plan.readAt },
  );
  const [timed] = people.flatMap(({ grants }) => grants);
  if (added.length + removed.length === 0 && timed !== undefined && when !== null)
    return timedQuestion(timed, when, whom);
  if (removed.length === 0 && added.length > 0) return `Give ${join(added)} to ${whom}${when ?? ''}?`;
  if (added.length === 0 && removed.length > 0) return `Take ${join(removed)} from ${whom}${when ?? ''}?`;
  if (added.length > 0 && added.length + removed.length <= 4) {
    return `Give ${join(added)} to ${whom} and take ${join(removed)} away?`;
  }
  return `Change the roles of ${whom}?`;
}

/** The question about a role that nothing happens to now. */
function timedQuestion(effect: GrantEffect, when: string, whom: string): string {
  const role = roleName(effect.role);
  switch (effect.kind) {
    case 'start':
    case 'plan':
    case 'begin':
    case 'return':
      return `Give ${role} to ${whom}${when}?`;
    case 'limit':
    case 'pause':
      return `Take ${role} from ${whom}${when}?`;
    case 'keep':
      return `Let ${whom} keep ${role}${when}?`;
    case 'drop':
      return `Give up what is planned for ${whom}?`;
    default:
      return assertNever(effect);
  }
}

/** What comes and goes, when it is the same for everyone. */
function sharedMoves(people: readonly PersonPlan[]): { added: string[]; removed: string[] } | null {
  const all = people.map((each) => {
    const { added, removed } = moves(each);
    return { added: added.map(roleName), removed: removed.map(roleName) };
  });
  const [first] = all;
  if (first === undefined) return null;
  return all.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : null;
}

/** Whom a plan changes; everybody whom nothing stands against where it changes nobody. */
function changingIn(plan: Plan): readonly PersonPlan[] {
  const free = plan.people.filter((each) => each.guard === null);
  const changing = free.filter(({ before, after, grants }) => grants.length > 0 || !sameAssignments(before, after));
  return changing.length === 0 ? free : changing;
}

function planParts(plan: Plan, zone: string): Part[] {
  const moment = { zone, now: plan.readAt };
  const free = plan.people.filter((each) => each.guard === null);
  const guarded = plan.people.filter((each) => each.guard !== null);
  if (free.length <= DIFFS_SHOWN) {
    return [...free.flatMap((each) => personParts(each, moment)), ...list('Not included:', guarded.map(guardedLine))];
  }
  return [
    ...totals(plan),
    ...planTable(changingIn(plan).slice(0, ROWS_SHOWN), moment),
    ...list('Not included:', guarded.length <= ROWS_SHOWN ? guarded.map(guardedLine) : byReason(guarded)),
  ];
}

function totals(plan: Plan): Part[] {
  const changing = changingIn(plan).length;
  const guarded = plan.people.filter((each) => each.guard !== null).length;
  const same = plan.people.length - changing - guarded;
  const parts = [
    `${count(changing, 'person', 'people')} ${changing === 1 ? 'changes' : 'change'}`,
    ...(same > 0 ? [`${same} ${same === 1 ? 'is' : 'are'} as wanted already`] : []),
    ...(guarded > 0 ? [`${guarded} ${guarded === 1 ? 'is' : 'are'} left out`] : []),
  ];
  const more = changing > ROWS_SHOWN ? ` The first ${ROWS_SHOWN} are shown; the file holds all of them.` : '';
  return [text(`${join(parts)}.${more}`)];
}

function byReason(guarded: readonly PersonPlan[]): string[] {
  const groups = Map.groupBy(guarded, ({ guard }) => guard);
  return [...groups].flatMap(([guard, people]) =>
    guard === null ? [] : [`${count(people.length, 'person', 'people')}: ${guardSentence(guard)}`],
  );
}

function guardedLine(each: PersonPlan): string {
  return each.guard === null ? personName(each.person) : `${personName(each.person)}: ${guardSentence(each.guard)}`;
}

function personParts(each: PersonPlan, moment: Moment): Part[] {
  return [
    { kind: 'diff', title: `Roles of ${personName(each.person)}, before and after:`, lines: diffLines(each) },
    ...list(null, [
      ...(each.contentsHidden ? ['What these roles hold is not shown to you: that takes ReadUserRoles.'] : []),
      ...(each.gains.length === 0 ? [] : [`Gains ${count(each.gains.length, 'permission')}: ${some(each.gains, 6)}.`]),
      ...(each.losses.length === 0
        ? []
        : [`Loses ${count(each.losses.length, 'permission')}: ${some(each.losses, 6)}.`]),
      ...(each.gains.length + each.losses.length === 0 && !each.contentsHidden
        ? ['What they may do stays the same.']
        : []),
      ...effectLines(each.grants, moment),
      ...each.notes.map((note) => plain(note, 300)),
    ]),
  ];
}

function diffLines(change: { before: readonly AssignedRole[]; after: readonly AssignedRole[] }): DiffLine[] {
  const { added, removed, kept } = moves(change);
  return [
    ...removed.map((role) => ({ sign: '-' as const, text: `${heldRole(role)}: taken away` })),
    ...kept.flatMap((role) => keptLines(role, change.before)),
    ...added.map((role) => ({ sign: '+' as const, text: `${heldRole(role)}: new` })),
  ];
}

/** A role that stays may still change how far it reaches. */
function keptLines(role: AssignedRole, before: readonly AssignedRole[]): DiffLine[] {
  const was = before.find(({ id }) => id === role.id) ?? role;
  if (was.siteRestricted === role.siteRestricted) return [{ sign: ' ', text: `${heldRole(role)}: stays` }];
  return [
    { sign: '-', text: `${heldRole(was)}: taken away` },
    { sign: '+', text: `${heldRole(role)}: in its place` },
  ];
}

function planTable(people: readonly PersonPlan[], moment: Moment): Part[] {
  return table(
    'Roles before and after, for each person',
    ['Person', 'Before', 'After', 'Times', 'Permissions'],
    people.map((each) => [
      personName(each.person),
      roleList(each.before),
      roleList(each.after),
      effectLines(each.grants, moment).join(' '),
      each.contentsHidden ? 'not shown to you' : `gains ${each.gains.length}, loses ${each.losses.length}`,
    ]),
  );
}

/** Taking away and changing many people is asked once more by the client itself. */
function confirmDialog(plan: Plan, zone: string): ConfirmDialog | null {
  const people = changingIn(plan);
  const takes = people.some((each) => moves(each).removed.length > 0);
  if (!takes && people.length < 2) return null;
  return { title: 'Change these roles?', text: planQuestion(plan, zone), yes: 'Yes, change', no: 'Back' };
}

/** Words for what came of a confirmed change: done only where RingCentral showed it. */
export function changed({ results, undo }: Extract<Saying, { kind: 'changed' }>, { zone }: Wording): Body {
  const [only] = results;
  const buttons: CardButton[] = undo === null ? [] : [{ label: 'Undo', button: undo, style: null, confirm: null }];
  if (only !== undefined && results.length === 1) return { ...oneResult(only, zone), buttons };
  return {
    buttons,
    headline: resultSummary(results),
    parts: [
      ...table(
        'What came of the change, for each person',
        ['Person', 'Outcome', 'Roles now'],
        results.map((result) => [
          personName(result.person),
          [outcomeWords(result, zone), ...timesOf(result, zone)].join(' '),
          rolesNow(result),
        ]),
      ),
    ],
  };
}

function resultSummary(results: readonly PersonResult[]): string {
  const done = results.filter(({ outcome }) => outcome.kind === 'changed').length;
  const same = results.filter(({ outcome }) => outcome.kind === 'unchanged').length;
  if (done + same === results.length)
    return `Done. ${count(done, 'person', 'people')} changed${same > 0 ? `, ${same} already as wanted` : ''}.`;
  return `Partly done. ${done} of ${count(results.length, 'person', 'people')} changed; the others are told below.`;
}

function oneResult(result: PersonResult, zone: string): Body {
  return {
    headline: resultHeadline(result),
    parts: [
      ...(result.outcome.kind === 'changed'
        ? [{ kind: 'diff' as const, title: 'Before and after:', lines: diffLines(result) }]
        : []),
      ...list(null, timesOf(result, zone)),
      text(outcomeWords(result, zone)),
    ],
  };
}

function timesOf({ outcome, times = [] }: PersonResult, zone: string): readonly string[] {
  return outcome.kind === 'changed' ? timeLines(times, { zone, now: outcome.verifiedAt }) : [];
}

function resultHeadline({ person, after, outcome }: PersonResult): string {
  const who = personName(person);
  switch (outcome.kind) {
    case 'changed':
      return `Done. ${who} now has ${roleList(after)}.`;
    case 'unchanged':
      return `Nothing to change. ${who} already has ${roleList(after)}.`;
    case 'moved':
      return `Stopped. Somebody else changed the roles of ${who} meanwhile.`;
    case 'refused':
      return `Refused. The roles of ${who} were not changed.`;
    case 'failed':
      return `Failed. The roles of ${who} are as before.`;
    case 'differs':
      return `Check this. The roles of ${who} are not as asked.`;
    case 'unsettled':
      return `Not known yet. The change of ${who} may or may not have taken effect.`;
    default:
      return assertNever(outcome);
  }
}

/** How it went for one person. */
export function outcomeWords(result: PersonResult, zone: string): string {
  const { outcome } = result;
  switch (outcome.kind) {
    case 'changed':
      return `RingCentral showed the new list at ${clockTime(outcome.verifiedAt, zone)}.`;
    case 'unchanged':
      return 'The roles already were as wanted; nothing was written.';
    case 'moved':
      return `Nothing was written. The list is now: ${roleList(outcome.found)}. Ask again to see a new preview.`;
    case 'refused':
      return `${guardSentence(outcome.guard)} Nothing was written.`;
    case 'failed':
      return failedWords(outcome);
    case 'differs':
      return `Written, but RingCentral now shows: ${roleList(outcome.found)}. Compare it with what you wanted before changing more.`;
    case 'unsettled':
      return `${answered(outcome.code)} It will be read again and settled from the record; nothing will be written twice.`;
    default:
      return assertNever(outcome);
  }
}

function failedWords({ code, detail }: Extract<PersonResult['outcome'], { kind: 'failed' }>): string {
  if (code === 'busy') {
    return 'Another change of this person is under way. Nothing was changed. Ask again when it is done.';
  }
  if (code === 'cut-off') {
    return 'The call did not arrive. Read again, RingCentral shows the old list. Nothing was changed. Try again.';
  }
  const missing = detail === null ? '' : ` RingCentral names as missing: ${plain(detail, 200)}.`;
  return `${answered(code)}${missing} Read again, RingCentral shows the old list. Nothing was changed. Ask again in a few minutes; if it stays so, tell your administrator the reference.`;
}

function answered(code: string): string {
  if (code === 'no-effect') return 'RingCentral accepted the change and did not carry it out.';
  return faultCodeWords(code) ?? `RingCentral answered ${plain(code, 60)}.`;
}

function rolesNow({ before, after, outcome }: PersonResult): string {
  switch (outcome.kind) {
    case 'changed':
    case 'unchanged':
      return roleList(after);
    case 'moved':
    case 'differs':
      return roleList(outcome.found);
    case 'refused':
    case 'failed':
      return roleList(before);
    case 'unsettled':
      return 'not known';
    default:
      return assertNever(outcome);
  }
}
