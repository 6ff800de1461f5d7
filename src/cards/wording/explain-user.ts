import type { ErrorFinding, Explanation, UserPermissionFacts } from '../../domain/explanation.ts';
import type { PermissionAnswer, RefusalReason } from '../../domain/reply.ts';
import { join, permissionName, personName, plain, roleName, some } from '../words.ts';
import type { CureWords } from './explain-cures.ts';
import { refusal } from './refusals.ts';

const PORTAL = 'the admin portal (https://service.ringcentral.com)';
const EXTENSION = '/restapi/v1.0/account/~/extension';

/** Words for CMN-408 and CMN-419 in three steps: check the person, find the name in the portal, add it through a role. */
export function userPermissionSteps(finding: ErrorFinding, explanation: Explanation): CureWords {
  const { permission, error, verdict } = finding;
  const wide = verdict.cure === 'extended-scope';
  const problem = problemOf(finding, wide);
  if (permission === null) {
    const how = error?.permission === null ? 'The message names it in square brackets; paste that line too.' : '';
    return { problem, steps: [`${how} Then it can be checked, and the roles that bring it can be told.`.trim()] };
  }
  if (permission.knownTo === 'nobody') return { problem, steps: unknownSteps(permission, explanation) };
  if (finding.whose === 'works-now') {
    return {
      problem,
      steps: ['Repeat the call: a user permission counts from the next call, without a new token.', whoElse(finding)],
    };
  }
  return {
    problem,
    steps: [
      `Check: ${checkWords(finding, wide)}`,
      `Name: ${nameWords(permission)}`,
      `Cure: ${roleWords(finding, wide)}`,
      ...portalWords(permission),
      ...apiWords(finding),
      'After that repeat the call: a user permission counts from the next one, and no new token is needed (inferred).',
    ],
  };
}

function problemOf({ permission, error, live }: ErrorFinding, wide: boolean): string {
  const name = permission === null ? (error?.permission ?? null) : permissionName(permission);
  const what = name === null ? 'a user permission' : `the user permission ${plain(name)}`;
  const who = live?.kind === 'people' ? join(live.answers.map((each) => personName(each.person))) : 'they';
  const lack = live?.kind === 'people' && live.answers.length === 1 ? 'lacks' : 'lack';
  if (!wide) return `${who} ${lack} ${what}.`;
  const holds = live?.kind === 'people' && live.answers.every((each) => each.paths.length > 0);
  if (!holds && live?.kind === 'people') return `${who} ${lack} ${what}, even for themselves.`;
  return `${who} may use ${what.replace('the user permission ', '')} for themselves only, and the call is about somebody else.`;
}

function unknownSteps({ id }: UserPermissionFacts, { account }: Explanation): string[] {
  const where = account ? "Neither the account's dictionary nor a public document" : 'No public document';
  return [
    `${where} knows a permission ${id}: check how it is spelt.`,
    `RingCentral's own list: GET /restapi/v1.0/dictionary/permission, with any token.`,
  ];
}

function checkWords({ live, permission, error }: ErrorFinding, wide: boolean): string {
  const id = permission?.id ?? '';
  if (live?.kind === 'people')
    return live.answers.map((answer, at) => liveWords(answer, wide, live.reachesOthers[at] === true)).join(' ');
  const how = `GET ${EXTENSION}/~/authz-profile/check?permissionId=${id}${wide ? '&targetExtensionId=(id of the other)' : ''}, with the token of the person who got the error: "successful": false means that it is missing still.`;
  if (live?.kind === 'unreachable') return `RingCentral could not be asked just now. By hand: ${how}`;
  if (live?.kind === 'refused') return `nobody was looked up: ${refusalWords(live.reason)} By hand: ${how}`;
  if (error !== null && error.oauthError !== null) {
    return 'without it nobody gets a token, so their own token cannot be asked: an administrator looks at their roles and what these hold.';
  }
  return how;
}

/** Why there was no look, in the words that the same refusal has everywhere. */
function refusalWords(reason: RefusalReason): string {
  return refusal(reason).headline.replace(/^No\. /, '');
}

function liveWords({ person, paths, verdict, unseen }: PermissionAnswer, wide: boolean, others: boolean): string {
  const who = personName(person);
  if (verdict === 'cannot-tell')
    return `whether ${who} has it cannot be told: ${plain(unseen ?? 'not all of it could be seen', 300)}.`;
  if (paths.length === 0) return `${who} does not have it, as RingCentral shows it now.`;
  const roles = some([...new Set(paths.map((path) => roleName(path.role)))], 3);
  if (wide && !others)
    return `${who} has it through ${roles}, for their own extension only.${unseen === null ? '' : ` Not certain: ${plain(unseen, 300)}.`}`;
  return `${who} has it through ${roles}.`;
}

/** The name to look for in the portal. */
export function nameWords({ id, displayName, portalLocation, knownTo, label }: UserPermissionFacts): string {
  const meant = label === null ? '' : ` The document's ${label.id} is what servers call ${id}.`;
  const location =
    portalLocation === null ? '' : ` Its place there: ${portalLocation} (from documentation of the portal, inferred).`;
  if (displayName !== null) return `the admin portal calls it "${plain(displayName)}".${location}${meant}`;
  const where = `GET /restapi/v1.0/dictionary/permission/${id}, with any token, tells it as displayName`;
  const known =
    knownTo === 'account'
      ? `the dictionary of this account gives ${id} no name.`
      : `no public document prints its name in the portal; ${where}.`;
  return `${known}${location}${meant}`;
}

function roleWords({ live, permission }: ErrorFinding, wide: boolean): string {
  if (live?.kind === 'people') return liveRoles(live.answers, permission, wide);
  const seen = permission?.seenIn ?? [];
  const far = wide
    ? ' Of these only a role that reaches other extensions helps; as a rule that is an administrator.'
    : '';
  if (seen.length === 0)
    return `give the person a role that holds it. Which roles do, "which role includes ${permission?.id}" tells for your account.${far}`;
  return `give the person a role that holds it. Seen with it in public captures: ${join(seen)}; your own roles may hold it, too (inferred).${far}`;
}

function liveRoles(
  answers: readonly PermissionAnswer[],
  permission: UserPermissionFacts | null,
  wide: boolean,
): string {
  const cures = answers[0]?.cures ?? [];
  const far = wide ? ', and reach others with it' : '';
  if (cures.length === 0) {
    return wide
      ? `no role that you may see is known to give ${permission?.id} over others; use the token of that other person instead.`
      : `no role that you may see would give ${permission?.id}.`;
  }
  const shown = cures.slice(0, 3).map(({ role, extra }) => {
    const more = extra.length === 0 ? 'nothing else' : `${extra.length} more: ${some(extra, 3)}`;
    return `${roleName(role)} (${more})`;
  });
  const mine = cures.find((cure) => cure.askerMayGive);
  const next =
    mine === undefined || answers.length !== 1
      ? 'An administrator can give one.'
      : `You may give it: "give ${answers[0]?.person.number} ${roleName(mine.role)}".`;
  return `roles that bring it${far}, fewest others first: ${shown.join('; ')}. ${next}`;
}

/** The cure as clicks, led to the parent where the permission itself cannot be ticked. */
export function portalWords({ displayName, id, assignable, parent }: UserPermissionFacts): string[] {
  const name = displayName === null ? id : `"${plain(displayName)}"`;
  const tick = parent === null ? name : parent.displayName === null ? parent.id : `"${plain(parent.displayName)}"`;
  const why =
    parent !== null
      ? ` ${id} cannot be put on a role by itself; it comes with ${parent.id}${parent.inferred ? ' (inferred)' : ''}.`
      : assignable === false
        ? ` ${id} cannot be put on a role by itself, and which permission brings it is not known.`
        : '';
  return [
    `Portal: in ${PORTAL} open the person under Users, see their role, and make sure that it has ${tick}, or give them one that has.${why}`,
  ];
}

/** The call that gives the first role of the cure; full replacement, so the reading before it belongs to it. */
function apiWords({ live }: ErrorFinding): string[] {
  return apiCall(live?.kind === 'people' && live.answers.length === 1 ? live.answers[0] : undefined);
}

/** The call that gives the first role of a cure; in general words where nobody was looked at. */
export function apiCall(answer: PermissionAnswer | undefined): string[] {
  const role = answer?.cures[0]?.role;
  if (answer !== undefined && role === undefined) return [];
  const path = `${EXTENSION}/${answer?.person.id ?? '{extensionId}'}/assigned-role`;
  return [
    `API: GET ${path}?showHidden=true, then PUT ${path} with all of these roles and {"id":"${role?.id ?? '{roleId}'}"} besides: PUT replaces the whole list. It takes the app permission RoleManagement and the user permission EditAssignedRoles.`,
  ];
}

/** What the look itself leaves open. */
export function checkLines({ live, whose }: ErrorFinding): string[] {
  const unread = live?.kind === 'people' ? live.answers.reduce((sum, each) => sum + (each.rolesUnread ?? 0), 0) : 0;
  if (unread === 0 || whose === 'works-now') return [];
  return [
    `${unread === 1 ? 'One role' : `${unread} roles`} could not be looked into just now; there may be a better one.`,
  ];
}

function whoElse({ permission, live }: ErrorFinding): string {
  const named =
    live?.kind === 'people' && live.answers.length === 1
      ? 'Was it somebody else who got the error?'
      : 'Was it somebody else?';
  return `${named} Name them: "why can't bob use ${permission?.id}".`;
}
