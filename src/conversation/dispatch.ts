import type { Intent, Understanding } from '../domain/understanding.ts';
import { actsOf, isChange } from '../usecases/acts.ts';
import { checkPermission } from '../usecases/check-permission.ts';
import { checkRole } from '../usecases/check-role.ts';
import { describeRole } from '../usecases/describe-role.ts';
import { help } from '../usecases/help.ts';
import { listPermissions } from '../usecases/list-permissions.ts';
import { listRoles } from '../usecases/list-roles.ts';
import { listRolesOf } from '../usecases/list-roles-of.ts';
import { planChange } from '../usecases/plan-change.ts';
import { recordRefusal } from '../usecases/record-refusal.ts';
import { rolesWithPermission } from '../usecases/roles-with-permission.ts';
import { type Answer, answer, type Session } from '../usecases/session.ts';
import { undo } from '../usecases/undo-change.ts';
import { whoHasPermission, whoHasRole } from '../usecases/who-has.ts';
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
  'roles-with-permission': rolesWithPermission,
  whoami,
  help: async () => help(),
  'assign-role': planChange,
  'remove-role': planChange,
  'set-roles': planChange,
  'swap-role': planChange,
  'reset-roles': planChange,
  'copy-roles': planChange,
  offboard: planChange,
  undo,
};

/** Intents whose use case takes the people from `session.attachment`. */
const WITH_FILE: readonly Intent[] = [];

/** Tells whether a file that comes with these words is used; with any other it is refused instead of left aside. */
export function takesFile(intent: Intent | null): boolean {
  return intent !== null && WITH_FILE.includes(intent);
}

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
