import { assertNever } from '../../domain/faults.ts';
import type { NameRule, RoleGuard, RoleProblem } from '../../domain/role-change.ts';
import { count, join, plain, roleName } from '../words.ts';
import { type Body, text } from './body.ts';

/** Words for a change of a role that cannot be made: what stands against it, and what to do instead. */
export function roleProblem(problem: RoleProblem): Body {
  switch (problem.kind) {
    case 'guard':
      return say(`No. ${guardHeadline(problem.guard, plain(problem.role))}`, guardWords(problem.guard));
    case 'bad-name':
      return say(`A role cannot be called "${plain(problem.name, 60)}".`, nameWords(problem.rule));
    case 'name-taken':
      return say(
        `There already is a role called ${roleName(problem.existing)}.`,
        `It is a ${problem.existing.custom ? 'custom' : 'standard'} role with the id ${problem.existing.id}. Two roles of one name could not be told apart. Choose another name.`,
      );
    case 'empty':
      return say(
        `${plain(problem.name)} would hold nothing.`,
        `Name a role to start from, or permissions: "create role ${plain(problem.name, 40)} from Standard with Meetings".`,
      );
    case 'ambiguous':
      return say(
        `Several roles are called ${plain(problem.name)}.`,
        'Which one is meant cannot be told by the name. Rename one of them in the admin portal, then ask again.',
      );
    case 'busy':
      return say('Another change of roles is under way.', 'Ask again when it is done.');
    case 'one-at-a-time':
      return say('One role at a time, please.', 'Every change of a role reaches people, so each is shown on its own.');
    case 'not-assignable':
      return say(
        `${problem.permission} cannot be put on a role.`,
        'RingCentral gives it by itself, and no permission that can be put on a role brings it.',
      );
    case 'several-parents':
      return say(
        `${problem.permission} cannot be put on a role by itself.`,
        `It comes with ${join(problem.parents, 'or')}. Say which of them you want.`,
      );
    case 'nothing-to-undo':
      return say(
        'There is nothing to take back.',
        'That change did not take effect, or it is not known yet whether it did.',
      );
    case 'not-deletable':
      return say(
        `No. RingCentral says that ${plain(problem.role)} cannot be deleted now.`,
        `Its answer is ${plain(problem.code)}. ${holdersWords(problem.holders)}`,
      );
    default:
      return assertNever(problem);
  }
}

function say(headline: string, why: string): Body {
  return { headline, parts: [text(`${why} Nothing was changed.`)] };
}

function holdersWords(holders: number): string {
  if (holders === 0) return 'Nobody holds it, so that is not the reason.';
  return `${count(holders, 'person holds', 'people hold')} it: give them other roles first, then ask again.`;
}

function guardHeadline(guard: RoleGuard, role: string): string {
  switch (guard) {
    case 'super-admin-default':
    case 'default-role':
      return `${role} stays what it is.`;
    default:
      return `The role ${role} stays as it is.`;
  }
}

function guardWords(guard: RoleGuard): string {
  switch (guard) {
    case 'predefined-role':
      return 'It is one of RingCentral\'s own roles, which nobody can change. Create a role from it and change that: "create role My Role from ...".';
    case 'default-role':
      return 'It is the default role, which new people get. Make another role the default first.';
    case 'role-escalation':
      return 'It can change roles, and it holds permissions that you do not have, or would. Only somebody who holds all of them may change it.';
    case 'gains-role-rights-oneself':
      return 'You hold this role, and would gain the right to change roles yourself; that needs a second person.';
    case 'own-lockout':
      return 'You hold this role, and would take your own right to change roles. Let another administrator do it.';
    case 'service-account':
      return 'Rolecall itself works through this role and might lose what it needs. Change it in the admin portal.';
    case 'super-admin-default':
      return 'Everybody new would be Super Admin.';
    default:
      return assertNever(guard);
  }
}

function nameWords(rule: NameRule): string {
  switch (rule) {
    case 'empty':
      return 'It needs a name.';
    case 'too-long':
      return 'RingCentral allows 128 signs at most.';
    case 'signs':
      return 'RingCentral allows no < > / " and no line break in a name, and signs that cannot be seen would make it look like another.';
    default:
      return assertNever(rule);
  }
}
