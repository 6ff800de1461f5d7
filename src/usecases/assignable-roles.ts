import { isRefusal, RIGHTS } from '../domain/authority.ts';
import type { GuardReason } from '../domain/change.ts';
import { summaryOf } from '../domain/cures.ts';
import { type Holdings, holdingsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import { isFault } from '../domain/faults.ts';
import { differenceOf } from '../domain/gains.ts';
import { decideGuard, type GuardFacts } from '../domain/guards.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { AssignableRole, Saying } from '../domain/reply.ts';
import { type AssignedRole, isSuperAdmin, type RoleSummary } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich } from './ask-which.ts';
import { establishAuthority } from './establish-authority.ts';
import { knownRoles } from './known-names.ts';
import { reachPeople, rolesOf } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/**
 * Tells which roles the asker can give to somebody.
 *
 * RingCentral's own listing for the asker says which, where their token and the account have it; otherwise everything
 * counts that nothing stands against. The guards of a change are asked in either case, so that no role is promised
 * that the change would then refuse.
 */
export async function assignableRoles(session: Session, slots: Understanding): Promise<Answer> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return refuse(reached.reason);
  const { people, reaches } = reached.value;
  const choices = people.map(({ number, name }) => ({ value: number, label: `${name} (${number})`, detail: null }));
  const which = await askWhich(session, { ...slots, group: null }, 'person', choices);
  if (which !== null) return which;
  const [first] = reaches;
  if (first === undefined) throw new Error('nobody to give roles to');
  const right = await establishAuthority(session, 'assign', first.person);
  if (isRefusal(right)) return refuse(right);
  const about = { people: numbersOf(people) };
  await recordRead(session, 'assignable-roles', right.proof, about);
  const contents = await establishAuthority(session, 'read-roles', 'account');
  const hiddenFromAsker = isRefusal(contents);
  const asked = slots.roles.length > 0;
  const visible = session.names.roles.filter((role) => !role.hidden && !(role.custom && hiddenFromAsker));
  const roles = asked ? knownRoles(session, slots.roles) : visible;
  const before = await rolesOf(session, first.right, first.person);
  const { source, listed } = await listingFor(session, first.person);
  const guards = await guardsFor(session, first.person, before, roles);
  const rows = roles.map((role) => ({
    role: summaryOf(role),
    held: before.some((held) => held.id === role.id),
    guard: guards.get(role.id) ?? (listed === null || listed.has(role.id) ? null : ('not-assignable' as const)),
  }));
  const given = roleNames(rows.filter(isAssignable).map(({ role }) => role));
  const saying: Saying = {
    kind: 'assignable-roles',
    person: first.person,
    roles: rows,
    source,
    asked,
    hiddenFromAsker: hiddenFromAsker && !asked,
  };
  return answer(saying, { authority: right, about: { ...about, roles: given } });
}

function isAssignable({ held, guard }: AssignableRole): boolean {
  return !held && guard === null;
}

type Listing = {
  readonly source: Extract<Saying, { kind: 'assignable-roles' }>['source'];
  readonly listed: ReadonlySet<RoleId> | null;
};

/** RingCentral's listing is about whoever asks for it, so only the asker's own token will do. */
async function listingFor({ asker }: Session, person: Extension): Promise<Listing> {
  if (asker.own === null) return { source: 'no-token', listed: null };
  try {
    const listed = await asker.own.listAssignableRoles(person.id);
    return { source: 'ringcentral', listed: new Set(listed.map((role) => role.id)) };
  } catch (error) {
    if (isFault(error, 'directory-sign-in')) return { source: 'no-token', listed: null };
    if (!isFault(error, 'directory-forbidden')) throw error;
    return { source: error.data.errorCode === 'CMN-109' ? 'no-feature' : 'no-permission', listed: null };
  }
}

/** What stands against giving each role, decided as for a change; a role that could not be read is not given on trust. */
async function guardsFor(
  session: Session,
  person: Extension,
  before: readonly AssignedRole[],
  roles: readonly RoleSummary[],
): Promise<ReadonlyMap<RoleId, GuardReason>> {
  const target = await session.facts.extension(person.id);
  const own = await session.facts.assignedRoles(session.asker.person.id);
  const free = own.filter((role) => !role.siteRestricted);
  const given = roles.map(({ id, displayName }) => ({ id, displayName, autoAssigned: false, siteRestricted: false }));
  const holdings = await holdingsReader(session, [...before, ...free, ...given]);
  const shared = {
    person: target,
    asker: session.asker.person.id,
    serviceAccount: await session.facts.serviceAccount(),
    before,
    askerHolds: holdings.of(free),
    askerIsSuperAdmin: free.some((role) => isSuperAdmin(role.id)),
    superAdminsLeft: null,
    rightsUsed: RIGHTS.assign.needs,
  };
  const found = given.map((role) => {
    const after = before.some((held) => held.id === role.id) ? before : [...before, role];
    const difference = differenceOf(holdings.of(before), holdings.of(after));
    const facts: GuardFacts = { ...shared, after, difference, added: holdings.of([role]) };
    return [role.id, decideGuard(facts) ?? (holdings.unread.has(role.id) ? 'escalation' : null)] as const;
  });
  return new Map(found.flatMap(([id, guard]) => (guard === null ? [] : [[id, guard]])));
}

type HoldingsReader = {
  readonly of: (roles: readonly AssignedRole[]) => Holdings;
  readonly unread: ReadonlySet<RoleId>;
};

/** Contents come from the shelf: this suggests, and a change looks again. */
async function holdingsReader(session: Session, roles: readonly AssignedRole[]): Promise<HoldingsReader> {
  const ids = [...new Set(roles.map((role) => role.id))];
  const shelved = await session.shelf.look(ids);
  const contents = new Map(shelved.roles.map((role) => [role.id, role]));
  const includes = inclusionsOf(session.names.permissions);
  return {
    of: (assigned) => holdingsOf(assigned, contents, includes),
    unread: new Set(ids.filter((id) => !contents.has(id))),
  };
}
