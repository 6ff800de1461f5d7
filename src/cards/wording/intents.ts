import type { Intent } from '../../domain/understanding.ts';

/** What an intent is in words, to complete "I understood that you want to ...". */
export function intentWords(intent: Intent): string {
  switch (intent) {
    case 'check-permission':
      return 'check whether somebody has a permission';
    case 'check-role':
      return 'check whether somebody has a role';
    case 'list-permissions':
      return 'see what somebody may do';
    case 'list-roles-of':
      return 'see what roles somebody has';
    case 'who-has-permission':
      return 'see who has a permission';
    case 'who-has-role':
      return 'see who has a role';
    case 'list-roles':
      return 'see the roles of the account';
    case 'describe-role':
      return 'see what is in a role';
    case 'compare-roles':
      return 'compare two roles';
    case 'compare-people':
      return 'compare what two people have';
    case 'roles-with-permission':
      return 'see which roles include a permission';
    case 'describe-permission':
      return 'see what a permission means';
    case 'assignable-roles':
      return 'see which roles you can give';
    case 'requestable-roles':
      return 'see which roles you can ask for';
    case 'explain-policy':
      return 'see which rule decides';
    case 'show-default-role':
      return 'see the default role';
    case 'explain-access':
      return 'find out why somebody can or cannot do something';
    case 'explain-error':
      return 'have a RingCentral error explained';
    case 'check-app-permission':
      return 'check whether the app has an app permission';
    case 'list-app-permissions':
      return 'see the app permissions of the app';
    case 'describe-app-permission':
      return 'see what an app permission includes';
    case 'check-endpoint':
      return 'see what an API endpoint needs';
    case 'check-scope':
      return 'check whether a partner has a scope';
    case 'list-scopes':
      return 'see the scopes of a partner';
    case 'who-has-scope':
      return 'see which partners have a scope';
    case 'describe-scope':
      return 'see what a scope covers';
    case 'history':
      return 'see what changed in the past';
    case 'export':
      return 'export data';
    case 'list-requests':
      return 'see open requests';
    case 'show-request':
      return 'see how a request stands';
    case 'list-grants':
      return 'see temporary roles';
    case 'whoami':
      return 'see who you are to RingCentral';
    case 'help':
      return 'get help';
    case 'assign-role':
      return 'give a role';
    case 'remove-role':
      return 'take a role away';
    case 'set-roles':
      return 'replace all roles of somebody';
    case 'swap-role':
      return 'change one role for another';
    case 'reset-roles':
      return 'reset somebody to the default role';
    case 'copy-roles':
      return 'give somebody the roles of somebody else';
    case 'give-permission':
      return 'give a permission';
    case 'take-permission':
      return 'take a permission away';
    case 'offboard':
      return 'take all roles from somebody who left';
    case 'pause-role':
      return 'take a role away for a time';
    case 'break-glass':
      return 'get an urgent role without prior approval';
    case 'set-default-role':
      return 'change the default role';
    case 'create-role':
      return 'create a role';
    case 'edit-role':
      return 'change what is in a role';
    case 'rename-role':
      return 'rename a role';
    case 'delete-role':
      return 'delete a role';
    case 'assign-scope':
      return 'give a scope to a partner';
    case 'remove-scope':
      return 'take a scope from a partner';
    case 'extend-grant':
      return 'extend a temporary role';
    case 'end-grant':
      return 'end a temporary role';
    case 'undo':
      return 'undo a change';
    case 'approve':
      return 'approve a request';
    case 'deny':
      return 'deny a request';
    case 'cancel-request':
      return 'cancel a request';
    case 'remind':
      return 'remind the approvers';
    case 'amend-request':
      return 'change a request';
    case 'delegate':
      return 'let somebody decide for you';
    case 'link':
      return 'connect your RingCentral account';
    case 'unlink':
      return 'disconnect your RingCentral account';
  }
}
