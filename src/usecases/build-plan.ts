import { type Authority, isRefusal, RIGHTS } from '../domain/authority.ts';
import type { GuardReason, PersonPlan, Plan } from '../domain/change.ts';
import { type Holdings, holdingsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import { fingerprintOf } from '../domain/fingerprint.ts';
import { differenceOf } from '../domain/gains.ts';
import { type GrantEffect, grantEffects, isNow, type TimedAct } from '../domain/grant-effects.ts';
import { decideGuard, type GuardFacts, ROLE_CHANGING } from '../domain/guards.ts';
import type { ExtensionId, RoleId } from '../domain/ids.ts';
import { type Merged, type MergeNote, mergeRoles, type RoleAct, rolesOnlyIn } from '../domain/merge.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { type AssignedRole, isSuperAdmin, SUPER_ADMIN } from '../domain/roles.ts';
import { type Act, type ActsOnPerson, gatherActs, planIntent } from './acts.ts';
import { type ChangeVerb, hiddenLists, mayChange, mayShowContents, verbsOf } from './change-rights.ts';
import { hiddenInCrowd, type Rights, rightsOverCrowd } from './crowd-rights.ts';
import { REFRESH_AT_MOST_EVERY_MS } from './everybody.ts';
import { type Gate, open, shut } from './gate.ts';
import { ledgerOf } from './ledgers.ts';
import { AT_ONCE_AT_MOST, LIST_FROM } from './limits.ts';
import { rolesOf } from './reading.ts';
import type { Session } from './session.ts';

/** A plan with the right that it rests on. */
export type Planned = {
  readonly plan: Plan;
  /** The first right that was established; null when none was. */
  readonly authority: Authority<ChangeVerb> | null;
  /** Why each refused person is refused, where that is more than a guard. */
  readonly refusals: ReadonlyMap<ExtensionId, RefusalReason>;
  /** People whose last role would be taken, with the default role that takes its place. */
  readonly defaults: ReadonlyMap<ExtensionId, string>;
  /** People whose lists were changed after the change that is to be undone. */
  readonly changedSince: ReadonlySet<ExtensionId>;
  /** The rights that the change of each person takes. */
  readonly verbs: ReadonlyMap<ExtensionId, readonly ChangeVerb[]>;
  /** Whether somebody is given a role that can change roles: then what the asker holds is looked at again at the call. */
  readonly givesRights: boolean;
};

/**
 * Reads the people of a change and works out what it would do to each of them.
 *
 * The right comes first for each person: nothing is read about somebody whom the asker may not change and see.
 *
 * @param depth - `checked` for a plan that is only compared with the one that was shown: of people whom no guard judges
 *   by it, what they gain and lose is not worked out then
 */
export async function buildPlan(
  turn: Session,
  acts: readonly Act[],
  depth: 'shown' | 'checked' = 'shown',
): Promise<Gate<Planned>> {
  const few = await gatherActs(turn, acts);
  if (!few.open) return few;
  const crowded = few.value.length > AT_ONCE_AT_MOST;
  const session = crowded ? await withFreshNames(turn) : turn;
  const gathered = crowded ? await gatherActs(session, acts) : few;
  return gathered.open ? planGathered(session, planIntent(acts), gathered.value, { crowded, depth }) : gathered;
}

/** The same for people and roles that are known already, such as those of a grant whose time has come. */
export async function planGathered(
  session: Session,
  intent: Plan['intent'],
  gathered: readonly ActsOnPerson[],
  { crowded = false, depth = 'shown' }: { readonly crowded?: boolean; readonly depth?: 'shown' | 'checked' } = {},
): Promise<Gate<Planned>> {
  const verbs = new Map(gathered.map(({ person, acts: done }) => [person.id, verbsOf(intent, done)]));
  const established = await rightsOver(session, gathered, verbs, crowded);
  if (!established.open) return established;
  const { rights, refusals } = established.value;
  const drafts = await draftAll(session, gathered, rights);
  const asked = [...new Set([...verbs.values()].flat())];
  const shared = { ...(await sharedFacts(session, [...drafts.values()], asked)), depth };
  const guarded = await guardAll(session, gathered, drafts, shared, refusals);
  const lists = [...drafts.values()].flatMap(({ before, after }) => [before, after]);
  const people = (await mayShowContents(session, lists, rights)) ? guarded : guarded.map(withoutContents);
  const plan = { intent, people, fingerprint: fingerprintOf(intent, people), readAt: session.facts.readAt };
  const defaults = new Map([...drafts].flatMap(([id, draft]) => defaultNote(id, draft)));
  const since = [...drafts].filter(([, { notes }]) => notes.some((note) => note.kind === 'changed-since'));
  return open({
    plan,
    changedSince: new Set(since.map(([id]) => id)),
    authority: rights.values().next().value ?? null,
    refusals,
    defaults,
    verbs,
    givesRights: shared.givesRights,
  });
}

/** Of many people names, sites and states are read in one listing instead of one call for each, at most a minute ago. */
export async function withFreshNames(session: Session): Promise<Session> {
  const isNew = session.deps.clock.now() - session.names.readAt < REFRESH_AT_MOST_EVERY_MS;
  const names = isNew ? session.names : await session.deps.names.refresh();
  session.facts.know(names.people);
  return { ...session, names };
}

async function rightsOver(
  session: Session,
  gathered: readonly ActsOnPerson[],
  verbs: ReadonlyMap<ExtensionId, readonly ChangeVerb[]>,
  crowded: boolean,
): Promise<Gate<Rights>> {
  const crowd = gathered.map(({ person }) => ({ person, verbs: verbs.get(person.id) ?? [] }));
  const established = crowded ? await rightsOverCrowd(session, crowd) : await rightsOverEach(session, crowd);
  if (!established.open) return established;
  const { rights, refusals } = established.value;
  const changeable = gathered.flatMap(({ person }) => (rights.has(person.id) ? [person] : []));
  const hidden = crowded ? await hiddenInCrowd(session, changeable) : await hiddenLists(session, changeable, rights);
  for (const [id, reason] of hidden) {
    if (reason.kind === 'app-lacks-scope') return shut(reason);
    rights.delete(id);
    refusals.set(id, reason);
  }
  return established;
}

async function rightsOverEach(
  session: Session,
  people: readonly { readonly person: Extension; readonly verbs: readonly ChangeVerb[] }[],
): Promise<Gate<Rights>> {
  const found: Rights = { rights: new Map(), refusals: new Map() };
  for (const { person, verbs } of people) {
    const right = await mayChange(session, verbs, person);
    if (!isRefusal(right)) found.rights.set(person.id, right);
    else if (right.kind === 'app-lacks-scope') return shut(right);
    else found.refusals.set(person.id, right);
  }
  return open(found);
}

type Draft = Merged & {
  readonly person: Extension;
  readonly before: readonly AssignedRole[];
  /** The list to write at once; `after` is what it comes to when everything has begun that begins later. */
  readonly now: readonly AssignedRole[];
  readonly grants: readonly GrantEffect[];
};

function defaultNote(id: ExtensionId, draft: Draft): readonly (readonly [ExtensionId, string])[] {
  const note = draft.notes.find((each) => each.kind === 'default-takes-place');
  return note === undefined ? [] : [[id, note.role]];
}

async function draftAll(
  session: Session,
  all: readonly ActsOnPerson[],
  rights: ReadonlyMap<ExtensionId, Authority<ChangeVerb>>,
): Promise<ReadonlyMap<ExtensionId, Draft>> {
  if (rights.size >= LIST_FROM) await session.facts.everyone();
  const drafts = new Map<ExtensionId, Draft>();
  for (const { person, acts } of all) {
    const right = rights.get(person.id);
    if (right === undefined) continue;
    const before = await rolesOf(session, right, person);
    const merged = await mergeAll(session, before, acts);
    const atOnce = acts.filter(isNow);
    const now = atOnce.length === acts.length ? merged.after : (await mergeAll(session, before, atOnce)).after;
    const { ledger } = await ledgerOf(session, person);
    const grants = grantEffects({ grants: ledger.grants, before, after: now, acts, now: session.deps.clock.now() });
    const notes = timedNotes(merged.notes, acts, grants);
    drafts.set(person.id, { person, before, now, after: merged.after, notes, grants });
  }
  return drafts;
}

/** The default role is read only where it takes a place. */
async function mergeAll(session: Session, before: readonly AssignedRole[], acts: readonly TimedAct[]): Promise<Merged> {
  const plain = mergeRoles(before, acts, null);
  const needsDefault = plain.after.length === 0 || acts.some(isToDefault);
  return needsDefault ? mergeRoles(before, acts, await session.facts.defaultRole()) : plain;
}

function isToDefault({ intent }: RoleAct): boolean {
  return intent === 'reset-roles' || intent === 'offboard';
}

/** A role that is there already means something else when it was meant for a time, or was held for one. */
function timedNotes(
  notes: readonly MergeNote[],
  acts: readonly TimedAct[],
  effects: readonly GrantEffect[],
): readonly MergeNote[] {
  const forATime = acts.some(({ span }) => span.end !== null);
  return notes.flatMap((note): readonly MergeNote[] => {
    if (note.kind !== 'already-has') return [note];
    if (effects.some(({ role }) => role.displayName === note.role)) return [];
    return forATime ? [{ kind: 'has-for-good', role: note.role }] : [note];
  });
}

async function guardAll(
  session: Session,
  all: readonly ActsOnPerson[],
  drafts: ReadonlyMap<ExtensionId, Draft>,
  shared: Shared,
  refusals: ReadonlyMap<ExtensionId, RefusalReason>,
): Promise<readonly PersonPlan[]> {
  const plans: PersonPlan[] = [];
  for (const { person } of all) {
    const draft = drafts.get(person.id);
    if (draft !== undefined) plans.push(await planPerson(session, draft, shared));
    else
      plans.push(refusedPerson(person, refusals.get(person.id)?.kind === 'outside-site' ? 'outside-site' : 'no-right'));
  }
  return plans;
}

/** The change without what roles hold, for somebody who may not see that. */
function withoutContents(each: PersonPlan): PersonPlan {
  return { ...each, gains: [], losses: [], contentsHidden: true };
}

/** Nothing about a person is shown to somebody who may not change them. */
function refusedPerson(person: Extension, guard: GuardReason): PersonPlan {
  return { person, before: [], after: [], gains: [], losses: [], guard, notes: [], grants: [] };
}

type Shared = { readonly depth?: 'shown' | 'checked' } & Pick<
  GuardFacts,
  'asker' | 'serviceAccount' | 'askerHolds' | 'askerIsSuperAdmin' | 'superAdminsLeft' | 'rightsUsed'
> &
  Pick<Planned, 'givesRights'>;

async function sharedFacts(session: Session, drafts: readonly Draft[], verbs: readonly ChangeVerb[]): Promise<Shared> {
  return {
    ...(await askersOwn(session, drafts)),
    asker: session.asker.person.id,
    serviceAccount: await session.facts.serviceAccount(),
    superAdminsLeft: await superAdminsLeft(session, drafts),
    rightsUsed: verbs.flatMap((verb) => RIGHTS[verb].needs),
  };
}

/** What the asker holds matters only where a role that can change roles is given; otherwise it is not read. */
async function askersOwn(
  session: Session,
  drafts: readonly Draft[],
): Promise<Pick<Shared, 'askerHolds' | 'askerIsSuperAdmin' | 'givesRights'>> {
  const given = drafts.flatMap(({ before, after }) => rolesOnlyIn(after, before));
  const { holdings } = await holdingsOfRoles(session, given);
  if (!ROLE_CHANGING.some((permission) => holdings.has(permission))) {
    return { askerHolds: new Map(), askerIsSuperAdmin: false, givesRights: false };
  }
  const assigned = await session.facts.assignedRoles(session.asker.person.id);
  const free = assigned.filter((role) => !role.siteRestricted);
  return {
    askerHolds: (await holdingsOfRoles(session, free)).holdings,
    askerIsSuperAdmin: free.some((role) => isSuperAdmin(role.id)),
    givesRights: true,
  };
}

/** Decides once more what stands against one person's change, from what is true now. */
export async function guardAgain(
  session: Session,
  { person, before, after }: PersonPlan,
  verbs: readonly ChangeVerb[],
): Promise<GuardReason | null> {
  const draft = { person, before, now: after, after, notes: [], grants: [] };
  return (await planPerson(session, draft, await sharedFacts(session, [draft], verbs))).guard;
}

async function planPerson(session: Session, draft: Draft, shared: Shared): Promise<PersonPlan> {
  // The name index may lag behind: who may be given roles is decided by the extension as it is now.
  const person = await session.facts.extension(draft.person.id);
  const { before, after } = draft;
  const added = await holdingsOfRoles(session, rolesOnlyIn(after, before));
  const judged = shared.depth !== 'checked' || person.status !== 'Enabled' || person.id === shared.asker;
  const difference = judged ? await differenceFor(session, before, after) : { gains: [], losses: [] };
  const guard = decideGuard({ ...shared, person, before, after, difference, added: added.holdings });
  return {
    person,
    before,
    after: draft.now,
    ...difference,
    // A role that RingCentral does not show could hold anything, so nobody is given it on trust.
    guard: guard ?? (added.unread.length > 0 ? 'escalation' : null),
    notes: draft.notes.map((note) => noteWords(note, person)),
    grants: draft.grants,
  };
}

async function differenceFor(session: Session, before: readonly AssignedRole[], after: readonly AssignedRole[]) {
  const had = await holdingsOfRoles(session, before);
  const has = await holdingsOfRoles(session, after);
  return differenceOf(had.holdings, has.holdings);
}

type Seen = { readonly holdings: Holdings; readonly unread: readonly RoleId[] };

/** What the same roles give is worked out once for a turn: of a thousand people most hold the same few lists. */
const SEEN = new WeakMap<Session['facts'], Map<string, Promise<Seen>>>();

function holdingsOfRoles(session: Session, assigned: readonly AssignedRole[]): Promise<Seen> {
  const known = SEEN.get(session.facts) ?? new Map<string, Promise<Seen>>();
  SEEN.set(session.facts, known);
  const key = assigned.map((role) => `${role.id}|${role.siteRestricted}|${role.autoAssigned}`).join();
  const seen = known.get(key) ?? seeRoles(session, assigned);
  known.set(key, seen);
  return seen;
}

async function seeRoles(session: Session, assigned: readonly AssignedRole[]): Promise<Seen> {
  const { roles, unread } = await session.facts.roles(assigned.map((role) => role.id));
  return { holdings: holdingsOf(assigned, roles, inclusionsOf(session.names.permissions)), unread };
}

function noteWords(note: MergeNote, person: Extension): string {
  switch (note.kind) {
    case 'already-has':
      return `${person.name} already has ${note.role}.`;
    case 'has-for-good':
      return `${person.name} already has ${note.role} without an end: it stays, and nothing will be taken.`;
    case 'does-not-have':
      return `${person.name} does not have ${note.role}.`;
    case 'default-takes-place':
      return `Nothing else would remain, so the default role ${note.role} takes its place.`;
    case 'changed-since':
      return `Somebody changed the roles of ${person.name} after that change.`;
    case 'time-over':
      return `${note.role} was theirs only for a time, which is over: it does not come back.`;
    case 'only-for-a-time':
      return `${note.role} is not copied: the one to copy from has it for a time only.`;
    case 'gone':
      return `${note.role} does not exist any more and cannot be given back.`;
  }
}

/** Counts the enabled Super Admins that the plan leaves; stops at the first, since one is enough. */
async function superAdminsLeft(session: Session, drafts: readonly Draft[]): Promise<number | null> {
  const losing = drafts.filter(({ before, after }) => rolesOnlyIn(before, after).some((role) => isSuperAdmin(role.id)));
  if (losing.length === 0) return null;
  const everyone = await session.facts.everyone();
  for (const [extension, roles] of everyone) {
    if (losing.some(({ person }) => person.id === extension)) continue;
    if (!roles.some((role) => role.id === SUPER_ADMIN && !role.siteRestricted)) continue;
    if (await isEnabled(session, extension)) return 1;
  }
  return 0;
}

async function isEnabled(session: Session, extension: ExtensionId): Promise<boolean> {
  const known = session.names.byId(extension);
  if (known === undefined) return false;
  return (await session.facts.extension(extension)).status === 'Enabled';
}
