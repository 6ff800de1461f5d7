import { assertNever } from '../domain/faults.ts';
import type { Reply, Saying } from '../domain/reply.ts';
import type { Card } from './card.ts';
import { appPermissionCheck, appPermissionDescription, appPermissions } from './wording/app-permissions.ts';
import { assignableRoles } from './wording/assignable.ts';
import { fileUnused } from './wording/attachments.ts';
import type { Body, Wording } from './wording/body.ts';
import { bulk } from './wording/bulk.ts';
import { changed, changePreview, dryRun, nothingToChange } from './wording/changes.ts';
import { peopleComparison, roleComparison } from './wording/comparisons.ts';
import { defaultRole, permissionDescription, roleDescription } from './wording/descriptions.ts';
import { endpointNeeds, endpointUnknown } from './wording/endpoints.ts';
import { accessExplained } from './wording/explain-access.ts';
import { errorExplained } from './wording/explain-error.ts';
import { fault } from './wording/faults.ts';
import { grantEvent, grantExtended, grantList, grantPreview } from './wording/grant-events.ts';
import { anchor, exported, history } from './wording/history.ts';
import { permissionWays } from './wording/permission-ways.ts';
import { permissionCheck, permissionsOf, rolesWithPermission } from './wording/permissions.ts';
import { askBack, help, notAvailable, notUnderstood } from './wording/questions.ts';
import { refusal } from './wording/refusals.ts';
import { roleDryRun, rolePreview, roleUnchanged } from './wording/role-changes.ts';
import { roleChanged } from './wording/role-results.ts';
import { roleCheck, roleList, rolesOf, whoami, whoHas } from './wording/roles.ts';
import { scopeCheck, scopeDescription, scopesOf, whoHasScope } from './wording/scopes.ts';
import { undoQuestion } from './wording/undo.ts';
import { clockTime, plain } from './words.ts';

export type { Wording } from './wording/body.ts';

const UTC: Wording = { zone: 'UTC' };

/**
 * Puts a reply into words, the same for every platform: the verdict first, then how it comes about, then when and how
 * it was read and the reference.
 */
export function render(reply: Reply, wording: Wording = UTC): Card {
  const { headline, parts, buttons = [] } = say(reply.saying, wording);
  const readings = reply.readings.map((reading) => `I read ${plain(reading, 200)}.`).join(' ');
  return {
    headline,
    parts: readings === '' ? parts : [{ kind: 'text', text: readings }, ...parts],
    buttons,
    footnote: footnote(reply, wording),
  };
}

function say(saying: Saying, wording: Wording): Body {
  switch (saying.kind) {
    case 'permission-check':
      return permissionCheck(saying.answers);
    case 'role-check':
      return roleCheck(saying.answers);
    case 'permissions-of':
      return permissionsOf(saying);
    case 'roles-of':
      return rolesOf(saying);
    case 'access-explained':
      return accessExplained(saying);
    case 'app-permissions':
      return appPermissions(saying);
    case 'app-permission-check':
      return appPermissionCheck(saying);
    case 'app-permission-description':
      return appPermissionDescription(saying);
    case 'endpoint-needs':
      return endpointNeeds(saying);
    case 'endpoint-unknown':
      return endpointUnknown(saying);
    case 'error-explained':
      return errorExplained(saying);
    case 'history':
      return history(saying, wording);
    case 'anchor':
      return anchor(saying);
    case 'exported':
      return exported(saying, wording);
    case 'who-has':
      return whoHas(saying);
    case 'role-list':
      return roleList(saying);
    case 'role-description':
      return roleDescription(saying);
    case 'role-comparison':
      return roleComparison(saying);
    case 'people-comparison':
      return peopleComparison(saying);
    case 'permission-description':
      return permissionDescription(saying);
    case 'assignable-roles':
      return assignableRoles(saying);
    case 'default-role':
      return defaultRole(saying);
    case 'scope-check':
      return scopeCheck(saying);
    case 'scopes-of':
      return scopesOf(saying);
    case 'who-has-scope':
      return whoHasScope(saying);
    case 'scope-description':
      return scopeDescription(saying);
    case 'roles-with-permission':
      return rolesWithPermission(saying);
    case 'whoami':
      return whoami(saying);
    case 'help':
      return help(saying);
    case 'change-preview':
      return changePreview(saying, wording);
    case 'dry-run':
      return dryRun(saying, wording);
    case 'nothing-to-change':
      return nothingToChange(saying);
    case 'changed':
      return changed(saying, wording);
    case 'undo-question':
      return undoQuestion(saying);
    case 'permission-ways':
      return permissionWays(saying);
    case 'role-preview':
      return rolePreview(saying, wording);
    case 'role-dry-run':
      return roleDryRun(saying);
    case 'role-unchanged':
      return roleUnchanged(saying);
    case 'role-changed':
      return roleChanged(saying, wording);
    case 'bulk':
      return bulk(saying, wording);
    case 'working':
      return short(
        saying.people === 1 ? 'Working on it.' : `Working on it: ${saying.people} people.`,
        'The result appears here once RingCentral shows it.',
      );
    case 'cancelled':
      return short('Cancelled.', 'Nothing was changed.');
    case 'grant-event':
      return grantEvent(saying, wording);
    case 'grant-preview':
      return grantPreview(saying, wording);
    case 'grant-extended':
      return grantExtended(saying, wording);
    case 'grant-list':
      return grantList(saying, wording);
    case 'ask-back':
      return askBack(saying);
    case 'not-understood':
      return notUnderstood(saying);
    case 'declined':
      return short('All right, I leave it.', 'Nothing was changed.');
    case 'not-available':
      return notAvailable(saying);
    case 'file-unused':
      return fileUnused(saying);
    case 'refused':
      return refusal(saying.reason);
    case 'fault':
      return fault(saying);
    default:
      return assertNever(saying);
  }
}

function short(headline: string, line: string): Body {
  return { headline, parts: [{ kind: 'text', text: line }] };
}

function footnote(reply: Reply, { zone }: Wording): string {
  const checked = proofWords(reply.proof);
  const facts = [
    ...(reply.asOf === null ? [] : [`as of ${clockTime(reply.asOf, zone)}`]),
    ...(checked === null ? [] : [checked]),
  ].join(', ');
  const reference = reply.reference === '' ? '' : `ref ${plain(reply.reference, 40)}`;
  return [facts, reference].filter((each) => each !== '').join(' · ');
}

function proofWords(proof: Reply['proof']): string | null {
  switch (proof?.kind) {
    case undefined:
      return null;
    case 'own-token':
      return 'checked with your own RingCentral sign-in';
    case 'computed':
      return proof.siteRestricted
        ? 'your right computed from your assigned roles, limited to your sites'
        : 'your right computed from your assigned roles';
    case 'self':
      return 'about yourself';
    case 'policy':
      return 'you are named as a CarrierX administrator';
    case 'grant':
      return 'by the recorded end of the grant';
    default:
      return assertNever(proof);
  }
}
