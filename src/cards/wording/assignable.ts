import type { AssignableRole, Saying } from '../../domain/reply.ts';
import { count, join, personName, plain, roleName } from '../words.ts';
import { type Body, list, maybe, table, text } from './body.ts';
import { guardSentence } from './guards.ts';

type Assignable = Extract<Saying, { kind: 'assignable-roles' }>;

/** Words for "what roles can I give this person". */
export function assignableRoles(saying: Assignable): Body {
  const { person, roles, asked, hiddenFromAsker } = saying;
  const who = personName(person);
  const can = roles.filter((row) => !row.held && row.guard === null);
  const held = roles.filter((row) => row.held);
  const cannot = roles.filter((row) => !row.held && row.guard !== null);
  const [first] = can;
  return {
    headline: headline(saying, can),
    parts: [
      ...(asked && roles.length === 1
        ? []
        : table(
            `Roles that you can give ${who}`,
            ['Role', 'Kind', 'Description'],
            can.map(({ role }) => [
              roleName(role),
              role.custom ? 'custom' : 'standard',
              plain(role.description ?? '', 120),
            ]),
          )),
      ...list('Not these:', byReason(cannot)),
      ...maybe(held.length > 0 && `${who} already has ${join(held.map(({ role }) => roleName(role)))}.`),
      ...maybe(hiddenFromAsker && 'Custom roles are not shown: that needs the permission ReadUserRoles.'),
      text(
        `${sourceWords(saying.source)}${first === undefined ? '' : ` To give one, write "give ${person.number} ${roleName(first.role)}".`}`,
      ),
    ],
  };
}

function headline({ person, roles, asked }: Assignable, can: readonly AssignableRole[]): string {
  const who = personName(person);
  const [only] = roles;
  if (asked && only !== undefined && roles.length === 1) {
    const what = roleName(only.role);
    if (only.held) return `${who} already has ${what}.`;
    return only.guard === null ? `Yes. You can give ${who} ${what}.` : `No. You cannot give ${who} ${what}.`;
  }
  if (can.length === 0) return `There is no ${asked ? 'role among them' : 'further role'} that you can give ${who}.`;
  return `You can give ${who} ${count(can.length, 'role')}${asked ? ` of these ${roles.length}` : ''}.`;
}

/** One line for each reason: what a person would otherwise read again and again. */
function byReason(rows: readonly AssignableRole[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { role, guard } of rows) {
    const reason = guard === null ? '' : guardSentence(guard);
    reasons.set(reason, [...(reasons.get(reason) ?? []), roleName(role)]);
  }
  return [...reasons].map(([reason, names]) => `${join(names)}: ${reason}`);
}

function sourceWords(source: Assignable['source']): string {
  switch (source) {
    case 'ringcentral':
      return "This is RingCentral's own list for you, less what Rolecall would refuse.";
    case 'no-token':
      return 'Computed from your assigned roles: without a RingCentral sign-in of yours, RingCentral cannot be asked for its own list.';
    case 'no-feature':
      return 'Computed from your assigned roles: this account does not have the feature with which RingCentral makes such a list itself.';
    case 'no-permission':
      return 'Computed from your assigned roles: RingCentral does not let your sign-in ask for its own list.';
  }
}
