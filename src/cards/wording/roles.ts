import type { LinkProof } from '../../domain/actor.ts';
import type { RoleAnswer, Saying, WhoHasRow } from '../../domain/reply.ts';
import type { AssignedRole } from '../../domain/roles.ts';
import type { Group } from '../../domain/understanding.ts';
import type { Part } from '../card.ts';
import { count, heldRole, join, permissionName, personName, plain, reach, roleName, some } from '../words.ts';
import { type Body, list, maybe, table } from './body.ts';
import { verdictWord } from './permissions.ts';

/** Words for "is this person a ...". */
export function roleCheck(answers: readonly RoleAnswer[]): Body {
  const [only] = answers;
  if (only === undefined) return { headline: 'There was nobody to check.', parts: [] };
  if (answers.length > 1) return severalRoleAnswers(answers);
  const [who, what] = [personName(only.person), roleName(only.role)];
  if (only.assignment === null) return { headline: `No. ${who} does not have the role ${what}.`, parts: [] };
  return { headline: `Yes. ${who} has the role ${what}.`, parts: list(null, limits(only.assignment)) };
}

function limits(role: AssignedRole): string[] {
  return [
    ...(role.autoAssigned ? ['RingCentral assigned it automatically.'] : []),
    ...(role.siteRestricted ? ['It reaches only the sites they administer.'] : []),
  ];
}

function severalRoleAnswers(answers: readonly RoleAnswer[]): Body {
  const yes = answers.filter((answer) => answer.assignment !== null).length;
  return {
    headline: `${count(answers.length, 'answer')}: ${yes} yes and ${answers.length - yes} no.`,
    parts: [
      ...table(
        'Who has which role',
        ['Person', 'Role', 'Answer', 'Limits'],
        answers.map((answer) => [
          personName(answer.person),
          roleName(answer.role),
          verdictWord(answer.assignment === null ? 'no' : 'yes'),
          answer.assignment === null ? '' : limits(answer.assignment).join(' '),
        ]),
      ),
    ],
  };
}

/** Words for "what roles does this person have". */
export function rolesOf({ people }: Extract<Saying, { kind: 'roles-of' }>): Body {
  const [only] = people;
  if (only === undefined) return { headline: 'There was nobody to look at.', parts: [] };
  if (people.length === 1) {
    return {
      headline: `${personName(only.person)} has ${rolesInWords(only.roles)}.`,
      parts: only.roles.length < 2 ? [] : list(null, only.roles.map(heldRole)),
    };
  }
  return {
    headline: `Roles of ${count(people.length, 'person', 'people')}.`,
    parts: [
      ...table(
        'Roles of each person',
        ['Person', 'Roles'],
        people.map(({ person, roles }) => [
          personName(person),
          roles.length === 0 ? 'none' : join(roles.map(heldRole)),
        ]),
      ),
    ],
  };
}

function rolesInWords(roles: readonly AssignedRole[]): string {
  const [only] = roles;
  if (only === undefined) return 'no role';
  return roles.length === 1 ? `one role: ${heldRole(only)}` : count(roles.length, 'role');
}

/** Words for "who has ...": a count, then a table. */
export function whoHas({ subject, group, negated, rows, unseen }: Extract<Saying, { kind: 'who-has' }>): Body {
  const what = 'permission' in subject ? permissionName(subject.permission) : `the role ${roleName(subject.role)}`;
  const where = group === null ? '' : groupWords(group);
  return {
    headline: `${whoHasCount(rows.length, negated)} ${what}${where}.`,
    parts: [
      ...whoHasTable(rows, what, negated, 'permission' in subject),
      ...maybe(unseen === null ? null : `What could not be seen: ${plain(unseen, 300)}`),
    ],
  };
}

function whoHasCount(amount: number, negated: boolean): string {
  if (amount === 0) return negated ? 'There is nobody without' : 'Nobody has';
  const people = count(amount, 'person', 'people');
  if (negated) return `${people} ${amount === 1 ? 'does' : 'do'} not have`;
  return `${people} ${amount === 1 ? 'has' : 'have'}`;
}

function whoHasTable(rows: readonly WhoHasRow[], what: string, negated: boolean, reaching: boolean): Part[] {
  return table(
    `People who ${negated ? 'do not have' : 'have'} ${what}`,
    ['Person', 'Ext.', 'Department', 'Site', ...(negated ? [] : ['Through', ...(reaching ? ['Reach'] : [])])],
    rows.map(({ person, through, scopes }) => [
      plain(person.name),
      person.number,
      plain(person.department ?? ''),
      plain(person.site?.name ?? ''),
      ...(negated ? [] : [some(through.map(heldRole), 3), ...(reaching ? [reach(scopes)] : [])]),
    ]),
  );
}

function groupWords(group: Group): string {
  return [
    ...(group.department === undefined ? [] : [` in the department ${plain(group.department)}`]),
    ...(group.site === undefined ? [] : [` at the site ${plain(group.site)}`]),
    ...(group.role === undefined ? [] : [` among those with the role ${plain(group.role)}`]),
    ...(group.range === undefined ? [] : [` among extensions ${plain(group.range[0])} to ${plain(group.range[1])}`]),
    ...(group.except === undefined || group.except.length === 0
      ? []
      : [
          `, leaving out ${some(
            group.except.map((who) => plain(who)),
            5,
          )}`,
        ]),
  ].join('');
}

/** Words for "list roles". */
export function roleList({ custom, roles, hiddenFromAsker }: Extract<Saying, { kind: 'role-list' }>): Body {
  const own = roles.filter((role) => role.custom).length;
  const kinds = custom === null && roles.length > 0 ? `: ${roles.length - own} standard, ${own} custom` : '';
  const noun = custom === null ? 'role' : custom ? 'custom role' : 'standard role';
  return {
    headline: roles.length === 0 ? `There is no ${noun} that you may see.` : `${count(roles.length, noun)}${kinds}.`,
    parts: [
      ...table(
        'Roles of the account',
        ['Role', 'Kind', 'Description'],
        roles.map((role) => [
          roleName(role),
          `${role.custom ? 'custom' : 'standard'}${role.hidden ? ', hidden' : ''}`,
          plain(role.description ?? '', 120),
        ]),
      ),
      ...maybe(hiddenFromAsker && 'Custom roles are not shown: that needs the permission ReadUserRoles.'),
    ],
  };
}

/** Words for "who am I". */
export function whoami(saying: Extract<Saying, { kind: 'whoami' }>): Body {
  const { person, roles, proof, mayChangeRoles, ownToken } = saying;
  return {
    headline: `You are ${personName(person)}.`,
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: 'Roles', value: roles.length === 0 ? 'none' : join(roles.map(heldRole)) },
          { label: 'Department', value: plain(person.department ?? '') || 'none' },
          { label: 'Site', value: plain(person.site?.name ?? '') || 'none' },
          { label: 'May change roles', value: verdictWord(mayChangeRoles) },
          { label: 'Identity proved by', value: proofWords(proof) },
          {
            label: 'Rights are checked',
            value: ownToken ? 'with your own RingCentral sign-in' : 'from your assigned roles, by the app',
          },
        ],
      },
    ],
  };
}

const PROOFS: Record<LinkProof, string> = {
  'sign-in': 'signing in to RingCentral',
  'team-messaging-code': 'a one-time code in RingCentral Team Messaging',
  sandbox: 'the sandbox, which connects its people at start-up',
  terminal: 'the RingCentral sign-in of this terminal',
};

function proofWords(proof: string): string {
  return Object.hasOwn(PROOFS, proof) ? PROOFS[proof as LinkProof] : plain(proof, 120);
}
