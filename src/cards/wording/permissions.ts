import { assertNever } from '../../domain/faults.ts';
import type { Cure, HeldPermission, PermissionAnswer, PermissionPath, Saying } from '../../domain/reply.ts';
import type { Part } from '../card.ts';
import { count, join, permissionName, personName, plain, reach, roleName, some } from '../words.ts';
import { type Body, groupedTable, list, maybe, table, text } from './body.ts';
import { byWords, categoryName, namer } from './categories.ts';

const CURES_SHOWN = 3;

/** Words for "may this person do that": one answer in full, several as a table. */
export function permissionCheck(answers: readonly PermissionAnswer[]): Body {
  const [only] = answers;
  if (only === undefined) return { headline: 'There was nobody to check.', parts: [] };
  return answers.length === 1 ? oneAnswer(only) : severalAnswers(answers);
}

function oneAnswer(answer: PermissionAnswer): Body {
  return {
    headline: verdictSentence(answer),
    parts: [
      ...list(
        'How it reaches them:',
        answer.paths.map((path) => pathSentence(path, answer)),
      ),
      ...maybe(answer.unseen === null ? null : `What could not be seen: ${plain(answer.unseen, 300)}`),
      ...cureParts(answer),
    ],
  };
}

function verdictSentence({ verdict, person, permission }: PermissionAnswer): string {
  const [who, what] = [personName(person), permissionName(permission)];
  switch (verdict) {
    case 'yes':
      return `Yes. ${who} has ${what}.`;
    case 'no':
      return `No. ${who} does not have ${what}.`;
    case 'self-only':
      return `Only for themselves. ${who} has ${what} on their own extension, not for others.`;
    case 'cannot-tell':
      return `Cannot tell whether ${who} has ${what}.`;
    default:
      return assertNever(verdict);
  }
}

/** One way in which a permission reaches a person. */
export function pathSentence(path: PermissionPath, { permission }: PermissionAnswer): string {
  const included = path.through === permission.id ? '' : `, which includes ${permission.id}`;
  const sites = path.role.siteRestricted ? ', only for the sites they administer' : '';
  return `${roleName(path.role)}, ${assignedWords(path.assigned)}, holds ${path.through}${included}. Reach: ${reach(path.scopes)}${sites}.`;
}

function assignedWords(assigned: PermissionPath['assigned']): string {
  switch (assigned) {
    case 'given':
      return 'a role given to them';
    case 'default':
      return 'the default role of the account';
    case 'automatic':
      return 'a role that RingCentral assigned automatically';
    default:
      return assertNever(assigned);
  }
}

/** What would give it, what else each role brings, and who may give it. */
export function cureParts(answer: PermissionAnswer): Part[] {
  if (answer.verdict === 'yes' || answer.verdict === 'cannot-tell') return [];
  const parent =
    answer.assignableParent === null
      ? null
      : `${answer.permission.id} cannot be put on a role by itself: in the admin portal it comes with ${answer.assignableParent}.`;
  if (answer.cures.length === 0) {
    return [...maybe(answer.verdict === 'no' ? noCure(answer) : null), ...maybe(parent)];
  }
  const shown = answer.cures.slice(0, CURES_SHOWN);
  const more = answer.cures.length - shown.length;
  return [
    ...list('What would give it, fewest extra permissions first:', [
      ...shown.map(cureSentence),
      ...(more > 0 ? [`and ${count(more, 'larger role')}`] : []),
    ]),
    ...maybe(answer.rolesUnread ? `${unreadRoles(answer.rolesUnread)}; there may be a better one.` : null),
    text(nextStep(answer)),
    ...maybe(parent),
  ];
}

function noCure({ permission, rolesUnread }: PermissionAnswer): string {
  if (!rolesUnread) return `No role that you may see would give ${permission.id}.`;
  return `Which role would give ${permission.id} cannot be told now: ${unreadRoles(rolesUnread)}. Ask again in a minute.`;
}

function unreadRoles(amount: number): string {
  return `${count(amount, 'role')} could not be looked into just now`;
}

function cureSentence({ role, extra }: Cure): string {
  const kind = role.custom ? 'custom role' : 'standard role';
  if (extra.length === 0) return `${roleName(role)} (${kind}) brings nothing else.`;
  return `${roleName(role)} (${kind}) also brings ${count(extra.length, 'other permission')}: ${some(extra, 5)}.`;
}

function nextStep({ cures, person }: PermissionAnswer): string {
  const mine = cures.find((cure) => cure.askerMayGive);
  if (mine === undefined) return 'You cannot give these roles yourself. A RingCentral administrator can.';
  return `You may give it: write "give ${person.number} ${roleName(mine.role)}".`;
}

function severalAnswers(answers: readonly PermissionAnswer[]): Body {
  const tally = (verdict: PermissionAnswer['verdict'], words: string): string[] => {
    const amount = answers.filter((answer) => answer.verdict === verdict).length;
    return amount === 0 ? [] : [`${amount} ${words}`];
  };
  const summary = [
    ...tally('yes', 'yes'),
    ...tally('no', 'no'),
    ...tally('self-only', 'only for themselves'),
    ...tally('cannot-tell', 'cannot tell'),
  ];
  return {
    headline: `${count(answers.length, 'answer')}: ${join(summary)}.`,
    parts: [
      ...table(
        'Who has which permission',
        ['Person', 'Permission', 'Answer', 'Through'],
        answers.map((answer) => [
          personName(answer.person),
          permissionName(answer.permission),
          verdictWord(answer.verdict),
          answer.unseen === null
            ? some([...new Set(answer.paths.map((path) => roleName(path.role)))], 3)
            : plain(answer.unseen, 120),
        ]),
      ),
      ...maybe(
        answers.some((answer) => answer.verdict === 'no') && 'Ask about one person to see what would change a "no".',
      ),
    ],
  };
}

/** A verdict as a table shows it. */
export function verdictWord(verdict: PermissionAnswer['verdict']): string {
  switch (verdict) {
    case 'yes':
      return 'Yes';
    case 'no':
      return 'No';
    case 'self-only':
      return 'Only for themselves';
    case 'cannot-tell':
      return 'Cannot tell';
    default:
      return assertNever(verdict);
  }
}

/** Words for "what can this person do". */
export function permissionsOf({ person, held }: Extract<Saying, { kind: 'permissions-of' }>): Body {
  const headline = `${personName(person)} has ${held.length === 0 ? 'no permissions' : count(held.length, 'permission')}.`;
  const nameOf = namer(held.map(({ permission }) => permission));
  const key = ({ permission }: HeldPermission) => `${categoryName(permission)} ${nameOf(permission)}`;
  const rows = [...held].sort((one, other) => byWords(key(one), key(other))).map((each) => heldRow(each, nameOf));
  const columns = ['Category', 'Permission', 'Reach', 'From role'];
  return { headline, parts: groupedTable(`Permissions of ${personName(person)}`, columns, rows) };
}

function heldRow({ permission, scopes, roles }: HeldPermission, nameOf: ReturnType<typeof namer>): string[] {
  return [
    categoryName(permission),
    nameOf(permission),
    reach(scopes),
    some(
      roles.map((role) => plain(role)),
      3,
    ),
  ];
}

/** Words for "which role includes this permission". */
export function rolesWithPermission(saying: Extract<Saying, { kind: 'roles-with-permission' }>): Body {
  const { permission, roles, hiddenFromAsker } = saying;
  const what = permissionName(permission);
  const [smallest] = roles;
  const hidden = maybe(hiddenFromAsker && 'Custom roles are not shown: that needs the permission ReadUserRoles.');
  if (smallest === undefined) return { headline: `No role that you may see includes ${what}.`, parts: hidden };
  return {
    headline: `${count(roles.length, 'role includes', 'roles include')} ${what}. The smallest is ${roleName(smallest.role)}.`,
    parts: [
      ...table(
        `Roles that include ${permission.id}, smallest first`,
        ['Role', 'Kind', 'Through', 'Other permissions'],
        roles.map(({ role, through, others }) => [
          roleName(role),
          role.custom ? 'custom' : 'standard',
          through === permission.id ? 'itself' : through,
          String(others),
        ]),
      ),
      ...hidden,
    ],
  };
}
