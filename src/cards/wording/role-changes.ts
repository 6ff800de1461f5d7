import type { Saying } from '../../domain/reply.ts';
import type { Reached, RolePlan, Touched } from '../../domain/role-change.ts';
import type { CardButton, ConfirmDialog, DiffLine, Part } from '../card.ts';
import { clockTime, count, join, personName, plain, roleName, some } from '../words.ts';
import { type Body, list, maybe, table, text, type Wording } from './body.ts';
import { roleNote } from './role-notes.ts';

/** Permissions of a list that are shown one by one; more are counted. That a deletion takes all is no news. */
const LINES_SHOWN = 20;
const LINES_OF_DELETED = 6;

/** Words for a change of a role that waits for its confirmation. */
export function rolePreview(saying: Extract<Saying, { kind: 'role-preview' }>, { zone }: Wording): Body {
  const { plan, confirm, cancel, expiresAt, moved } = saying;
  return {
    headline: `${roleQuestion(plan)} Nothing has changed yet.`,
    parts: [
      ...maybe(
        moved && 'Something changed after the first preview. This is the role, and whom it reaches, as it is now.',
      ),
      ...roleParts(plan),
      text(`Confirm by ${clockTime(expiresAt, zone)}; after that, ask again.`),
    ],
    buttons: [
      { label: 'Confirm', button: confirm, style: styleOf(plan), confirm: confirmDialog(plan) },
      { label: 'Cancel', button: cancel, style: null, confirm: null },
    ] satisfies CardButton[],
  };
}

/** Words for "what would happen if", and for "can this role be deleted". */
export function roleDryRun({ plan }: Extract<Saying, { kind: 'role-dry-run' }>): Body {
  const headline =
    plan.intent === 'delete-role'
      ? `Yes. RingCentral says that ${plain(plan.name)} can be deleted. Nothing has changed.`
      : `Dry run: ${roleQuestion(plan)} Nothing has changed.`;
  return { headline, parts: roleParts(plan) };
}

/** Words for a role that already is as it is wanted; why, where something was asked for. */
export function roleUnchanged({ plan }: Extract<Saying, { kind: 'role-unchanged' }>): Body {
  const name = plain(plan.name);
  const headline =
    plan.intent === 'set-default-role'
      ? `Nothing to change: ${name} already is the default role.`
      : `Nothing to change: ${name} already is as you want it.`;
  return { headline, parts: list(null, plan.notes.map(roleNote)) };
}

/** The question of a preview, e.g. `Add Meetings to Front Desk?`. */
function roleQuestion(plan: RolePlan): string {
  const name = plain(plan.name);
  switch (plan.intent) {
    case 'create-role':
      return plan.base === null ? `Create the role ${name}?` : `Create the role ${name} from ${roleName(plan.base)}?`;
    case 'edit-role':
      return editQuestion(plan);
    case 'rename-role':
      return `Rename ${name} to ${plain(plan.after?.displayName ?? '')}?`;
    case 'delete-role':
      return `Delete the role ${name}?`;
    case 'set-default-role':
      return plan.base === null
        ? `Make ${name} the default role?`
        : `Make ${name} the default role instead of ${roleName(plan.base)}?`;
  }
}

function editQuestion({ name, after, gains, losses }: RolePlan): string {
  const role = plain(name);
  if (after !== null && after.displayName !== name) return `Put ${role} back as ${plain(after.displayName)}?`;
  if (losses.length === 0 && gains.length > 0 && gains.length <= 3) return `Add ${join(gains)} to ${role}?`;
  if (gains.length === 0 && losses.length > 0 && losses.length <= 3) return `Take ${join(losses)} out of ${role}?`;
  return `Change what is in ${role}?`;
}

function roleParts(plan: RolePlan): Part[] {
  return [
    ...diffPart(plan),
    ...list(null, [...plan.notes.map(roleNote), ...factsOf(plan)]),
    ...maybe(uncertainWords(plan)),
    ...reachParts(plan),
  ];
}

function diffPart(plan: RolePlan): Part[] {
  const lines: DiffLine[] = [
    ...nameLines(plan),
    ...(plan.intent === 'delete-role'
      ? shown(plan.losses, LINES_OF_DELETED, (id) => ({ sign: '-', text: id }))
      : shown(plan.losses, LINES_SHOWN, (id) => ({ sign: '-', text: `${id}: goes` }))),
    ...shown(plan.gains, LINES_SHOWN, (id) => ({
      sign: '+',
      text: plan.intent === 'create-role' ? id : `${id}: comes`,
    })),
    ...(plan.intent === 'edit-role' ? [{ sign: ' ' as const, text: 'everything else: stays' }] : []),
  ];
  const changed = lines.some((line) => line.sign !== ' ');
  return changed ? [{ kind: 'diff', title: diffTitle(plan), lines }] : [];
}

function nameLines({ intent, name, after }: RolePlan): DiffLine[] {
  if (intent === 'create-role' || after === null || after.displayName === name) return [];
  return [
    { sign: '-', text: `Name: ${plain(name)}` },
    { sign: '+', text: `Name: ${plain(after.displayName)}` },
  ];
}

function shown(ids: readonly string[], max: number, line: (id: string) => DiffLine): DiffLine[] {
  const more = ids.slice(max);
  const [first] = more;
  return [
    ...ids.slice(0, max).map(line),
    ...(first === undefined ? [] : [{ ...line(first), text: `and ${count(more.length, 'more permission')}` }]),
  ];
}

function diffTitle({ intent, name, base, gains }: RolePlan): string {
  const role = plain(name);
  switch (intent) {
    case 'create-role':
      return `${role} would hold ${count(gains.length, 'permission')}:`;
    case 'edit-role':
    case 'rename-role':
      return `The role ${role}, before and after:`;
    case 'delete-role':
      return `What ${role} holds, which goes with it:`;
    case 'set-default-role':
      return base === null
        ? `What people get who are added from now on:`
        : `What people get who are added from now on, compared with ${roleName(base)}:`;
  }
}

/** What goes without saying to somebody who knows RingCentral, and not to the others. */
function factsOf({ intent, name, base, after, before }: RolePlan): string[] {
  const role = plain(name);
  switch (intent) {
    case 'create-role':
      return [
        'Nobody holds it yet.',
        ...(after !== null && after.scope === null
          ? ['How far it reaches is set by RingCentral; look at it then.']
          : []),
      ];
    case 'edit-role':
      return before?.hidden === true ? ['RingCentral hides this role from lists; that stays so.'] : [];
    case 'rename-role':
      return ['What it holds and who holds it stay the same.'];
    case 'delete-role':
      return [
        `A deleted role does not come back as it was: made again, ${role} has a new id, and nobody holds it.`,
        ...(base === null ? [] : [`Whoever holds nothing else falls back on the default role ${roleName(base)}.`]),
      ];
    case 'set-default-role':
      return [
        'Everybody keeps the roles that they hold today.',
        `Whoever is added from now on gets ${role}; so does whoever loses their only role or is reset to the default role.`,
      ];
  }
}

function uncertainWords({ intent, uncertain, base }: RolePlan): string | null {
  if (uncertain.length === 0) return null;
  const what = `${count(uncertain.length, 'permission')} that cannot be put on a role by hand (${some(uncertain, 4)})`;
  if (intent === 'create-role' && base !== null) {
    return `${roleName(base)} also holds ${what}. RingCentral alone decides whether the new role gets them; you are told afterwards.`;
  }
  return `The role also holds ${what}. RingCentral alone decides whether they stay when the role is written; you are told afterwards.`;
}

function reachParts(plan: RolePlan): Part[] {
  if (plan.intent === 'create-role') return [];
  const { people } = plan.reached;
  const feeling = people.filter((each) => each.gains.length + each.losses.length > 0 || each.fallsBack);
  return [
    text(reachSentence(plan)),
    ...table(
      `Whom the change of ${plain(plan.name)} reaches`,
      ['Person', 'Department', 'Gains', 'Loses', 'Afterwards'],
      feeling.map((each) => reachRow(each, plan)),
    ),
    ...maybe(sameWords(people.length - feeling.length, people.length, plan)),
  ];
}

function reachRow({ person, gains, losses, fallsBack }: Touched, { base }: RolePlan): string[] {
  const fallen = fallsBack ? `falls back on ${base === null ? 'the default role' : roleName(base)}` : '';
  return [personName(person), plain(person.department ?? ''), some(gains, 3), some(losses, 3), fallen];
}

function reachSentence({ intent, name, reached }: RolePlan): string {
  const total = reached.people.length + reached.unseen;
  if (intent === 'set-default-role') {
    return total === 0
      ? 'Nobody is without a role today, so nobody is touched at once.'
      : `${people(total)} without any role of their own ${total === 1 ? 'is' : 'are'} touched at once${unseenWords(reached)}.`;
  }
  if (total === 0) return `Nobody holds ${plain(name)}.`;
  return `${people(total)} ${total === 1 ? 'holds' : 'hold'} ${plain(name)}${unseenWords(reached)}.`;
}

function unseenWords({ people: seen, unseen }: Reached): string {
  if (unseen === 0) return '';
  if (seen.length === 0) return '; you may not see who';
  return `, ${unseen} of whom you may not see`;
}

function sameWords(same: number, seen: number, { intent }: RolePlan): string | null {
  if (same === 0 || intent === 'rename-role') return null;
  if (intent === 'set-default-role') return null;
  const who = same === seen ? (seen === 1 ? 'For them' : 'For all of them') : `For ${people(same)}`;
  return `${who} nothing changes: other roles give them the same.`;
}

function people(amount: number): string {
  return count(amount, 'person', 'people');
}

function styleOf({ intent, losses }: RolePlan): CardButton['style'] {
  return intent === 'delete-role' || losses.length > 0 ? 'danger' : 'primary';
}

/** What takes something from people, and what reaches many, is asked once more by the client itself. */
function confirmDialog(plan: RolePlan): ConfirmDialog | null {
  const total = plan.reached.people.length + plan.reached.unseen;
  const harmless = plan.intent === 'create-role' || plan.intent === 'rename-role';
  if (harmless || (total < 2 && plan.losses.length === 0 && plan.intent !== 'delete-role')) return null;
  const whom = total === 0 ? '' : ` ${reachSentence(plan)}`;
  return { title: 'Change this role?', text: `${roleQuestion(plan)}${whom}`, yes: 'Yes, change', no: 'Back' };
}
