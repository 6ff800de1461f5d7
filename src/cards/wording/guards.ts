import type { GuardReason } from '../../domain/change.ts';

/** Why a guard stands against a change, as one sentence about the person. */
export function guardSentence(guard: GuardReason): string {
  switch (guard) {
    case 'last-super-admin':
      return 'They are the last Super Admin; without one nobody could repair the account.';
    case 'own-lockout':
      return 'You would take your own right to change roles. Let another administrator do it.';
    case 'service-account':
      return 'This is the account that Rolecall itself works with; its roles are changed only in the admin portal.';
    case 'no-role-left':
      return 'They would be left without any role, which RingCentral does not allow. Name a role to keep, or reset them to the default role.';
    case 'not-a-user':
      return 'This extension is not a person; only people hold roles.';
    case 'disabled':
      return 'The extension is disabled. Enable it in the admin portal before giving it a role.';
    case 'not-activated':
      return 'The extension is not activated yet. It can be given a role once its owner has set it up.';
    case 'outside-site':
      return 'They belong to a site that you do not administer.';
    case 'escalation':
      return 'The role can change roles and holds permissions that you do not have, or that could not be read. Only somebody who holds all of them may give it.';
    case 'gains-role-rights-oneself':
      return 'You would gain the right to change roles yourself; that needs a second person.';
    case 'protected-role':
      return 'The role is protected; giving or taking it needs a second person.';
    case 'not-assignable':
      return 'RingCentral does not let you give this role.';
    case 'no-right':
      return 'You have no right in RingCentral to change the roles of this person.';
  }
}
