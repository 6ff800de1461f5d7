import type { Intent, Understanding } from '../domain/understanding.ts';
import { helpTopicOf } from '../language/index.ts';
import { actsOf, isChange } from '../usecases/acts.ts';
import { assignableRoles } from '../usecases/assignable-roles.ts';
import { checkAppPermission } from '../usecases/check-app-permission.ts';
import { checkEndpoint } from '../usecases/check-endpoint.ts';
import { checkPermission } from '../usecases/check-permission.ts';
import { checkRole } from '../usecases/check-role.ts';
import { checkScope } from '../usecases/check-scope.ts';
import { comparePeople } from '../usecases/compare-people.ts';
import { compareRoles } from '../usecases/compare-roles.ts';
import { createRole } from '../usecases/create-role.ts';
import { deleteRole } from '../usecases/delete-role.ts';
import { describeAppPermission } from '../usecases/describe-app-permission.ts';
import { describePermission } from '../usecases/describe-permission.ts';
import { describeRole } from '../usecases/describe-role.ts';
import { describeScope } from '../usecases/describe-scope.ts';
import { editRole } from '../usecases/edit-role.ts';
import { endGrant } from '../usecases/end-grant.ts';
import { explainAccess } from '../usecases/explain-access.ts';
import { explainError } from '../usecases/explain-error.ts';
import { exportRecords } from '../usecases/export.ts';
import { extendGrant } from '../usecases/extend-grant.ts';
import { givePermission } from '../usecases/give-permission.ts';
import { help } from '../usecases/help.ts';
import { history } from '../usecases/history.ts';
import { listAppPermissions } from '../usecases/list-app-permissions.ts';
import { listGrants } from '../usecases/list-grants.ts';
import { listPermissions } from '../usecases/list-permissions.ts';
import { listRoles } from '../usecases/list-roles.ts';
import { listRolesOf } from '../usecases/list-roles-of.ts';
import { listScopes } from '../usecases/list-scopes.ts';
import { planChange } from '../usecases/plan-change.ts';
import { recordRefusal } from '../usecases/record-refusal.ts';
import { renameRole } from '../usecases/rename-role.ts';
import { rolesWithPermission } from '../usecases/roles-with-permission.ts';
import { type Answer, answer, type Session } from '../usecases/session.ts';
import { setDefaultRole } from '../usecases/set-default-role.ts';
import { showDefaultRole } from '../usecases/show-default-role.ts';
import { takePermission } from '../usecases/take-permission.ts';
import { undo } from '../usecases/undo-change.ts';
import { whoHasPermission, whoHasRole } from '../usecases/who-has.ts';
import { whoHasScope } from '../usecases/who-has-scope.ts';
import { whoami } from '../usecases/whoami.ts';

type UseCase = (session: Session, understanding: Understanding) => Promise<Answer>;

/** The only map from intent to use case. An intent that is missing here is understood and not built yet. */
const USE_CASES: { readonly [Name in Intent]?: UseCase } = {
  'check-permission': checkPermission,
  'check-role': checkRole,
  'list-permissions': listPermissions,
  'list-roles-of': listRolesOf,
  'who-has-permission': whoHasPermission,
  'who-has-role': whoHasRole,
  'list-roles': listRoles,
  'describe-role': describeRole,
  'compare-roles': compareRoles,
  'compare-people': comparePeople,
  'roles-with-permission': rolesWithPermission,
  'describe-permission': describePermission,
  'assignable-roles': assignableRoles,
  'show-default-role': showDefaultRole,
  'check-scope': checkScope,
  'list-scopes': listScopes,
  'who-has-scope': whoHasScope,
  'describe-scope': describeScope,
  'explain-access': explainAccess,
  'explain-error': explainError,
  'check-app-permission': checkAppPermission,
  'list-app-permissions': listAppPermissions,
  'describe-app-permission': describeAppPermission,
  'check-endpoint': checkEndpoint,
  history: (session, understanding) => history(session, understanding),
  export: exportRecords,
  whoami,
  help: async (_session, understanding) => help(helpTopicOf(understanding)),
  'assign-role': planChange,
  'remove-role': planChange,
  'set-roles': planChange,
  'swap-role': planChange,
  'reset-roles': planChange,
  'copy-roles': planChange,
  offboard: planChange,
  undo,
  'give-permission': givePermission,
  'take-permission': takePermission,
  'create-role': createRole,
  'edit-role': editRole,
  'rename-role': renameRole,
  'delete-role': deleteRole,
  'set-default-role': setDefaultRole,
  'pause-role': planChange,
  'extend-grant': extendGrant,
  'end-grant': endGrant,
  'list-grants': listGrants,
};

/** Runs the use case of what was understood; what is not built yet is refused by its name. */
export async function dispatch(session: Session, understanding: Understanding): Promise<Answer> {
  const { intent } = understanding;
  if (intent === null) throw new Error('nothing to do without an intent');
  const useCase = USE_CASES[intent];
  if (useCase === undefined) return notAvailable(intent);
  if (isChange(intent) && actsOf(understanding) === null) {
    return notAvailable(understanding.also.find((act) => !isChange(act.intent))?.intent ?? intent);
  }
  const result = await useCase(session, understanding);
  const { saying } = result;
  if (!isChange(intent) && saying.kind === 'refused') await recordRefusal(session, understanding, saying.reason);
  return result;
}

function notAvailable(intent: Intent): Answer {
  return answer({ kind: 'not-available', intent, part: 'all' }, { outcome: 'refused' });
}
