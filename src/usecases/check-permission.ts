import { isRefusal } from '../domain/authority.ts';
import type { ExtensionId, PermissionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { PermissionAnswer } from '../domain/reply.ts';
import type { RoleSummary } from '../domain/roles.ts';
import type { Intent, Slots } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { answerPermission, type PersonFacts, type Wide } from './answer-permission.ts';
import { establishAuthority } from './establish-authority.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownPermission } from './known-names.ts';
import { ownHoldings } from './own-holdings.ts';
import { holdingsThrough, mayReadContents, type ReadAuthority, reachPeople, rolesOf, type Seen } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';

/**
 * Answers whether people have permissions: one answer for each person and permission.
 *
 * About others it takes the right to see who holds which role and the right to see what roles hold.
 */
export async function checkPermission(session: Session, slots: Slots): Promise<Answer> {
  const found = await permissionAnswers(session, 'check-permission', slots);
  if (!found.open) return refuse(found.reason);
  const { answers, credited, about } = found.value;
  const verdict = commonVerdict(answers.map((each) => each.verdict));
  const through = answers.flatMap((each) => each.paths.map((path) => path.role.displayName));
  return answer(
    { kind: 'permission-check', answers },
    { authority: credited, verdict, about: { ...about, roles: [...new Set(through)] } },
  );
}

/** One answer for each person and permission, with the right that they rest on. */
export type PermissionAnswers = {
  readonly answers: readonly PermissionAnswer[];
  /** Everything that each person holds. */
  readonly held: ReadonlyMap<ExtensionId, readonly PermissionId[]>;
  readonly credited: ReadAuthority;
  readonly about: { readonly people: readonly string[]; readonly permissions: readonly string[] };
};

/**
 * Reads what people have of permissions, after the right to know it was established, and puts the look on record.
 *
 * @param wide - suggest only roles that reach others than oneself with the permission
 */
export async function permissionAnswers(
  session: Session,
  intent: Intent,
  slots: Pick<Slots, 'people' | 'group' | 'permissions'>,
  wide: Wide = false,
): Promise<Gate<PermissionAnswers>> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return reached;
  const { reaches, people, credited } = reached.value;
  const contents = await mayReadContents(session, people);
  if (contents !== null && isRefusal(contents)) return shut(contents);
  const permissions = slots.permissions.map((id) => knownPermission(session, id));
  const about = { people: numbersOf(people), permissions: permissions.map((permission) => permission.id) };
  await recordRead(session, intent, credited.proof, about);
  const roles = await rolesToSuggest(session, contents !== null);
  const answers: PermissionAnswer[] = [];
  const held = new Map<ExtensionId, readonly PermissionId[]>();
  for (const { person, right } of reaches) {
    const facts = await factsOf(session, right, person, roles);
    held.set(person.id, [...facts.seen.holdings.keys()]);
    for (const permission of permissions) answers.push(await answerPermission(session, facts, permission, wide));
  }
  return open({ answers, credited, about, held });
}

async function factsOf(
  session: Session,
  right: ReadAuthority,
  person: Extension,
  roles: readonly RoleSummary[],
): Promise<PersonFacts> {
  const seen = await seenOf(session, right, person);
  const enabled = person.status === 'Enabled';
  const mayGive = async () => enabled && !isRefusal(await establishAuthority(session, 'assign', person));
  return { person, seen, roles, mayGive };
}

/** What somebody holds: from RingCentral's own profile for an asker with a token, computed otherwise. */
export async function seenOf(session: Session, right: ReadAuthority, person: Extension): Promise<Seen> {
  const assigned = await rolesOf(session, right, person);
  const own = person.id === session.asker.person.id ? await ownHoldings(session, assigned) : null;
  return own ?? holdingsThrough(session, assigned);
}

/** Without the right to see role contents, people see predefined roles and no custom one. */
async function rolesToSuggest(session: Session, mayReadRoles: boolean): Promise<readonly RoleSummary[]> {
  const { roles } = session.names;
  if (mayReadRoles) return roles;
  const right = await establishAuthority(session, 'read-roles', 'account');
  return isRefusal(right) ? roles.filter((role) => !role.custom) : roles;
}
