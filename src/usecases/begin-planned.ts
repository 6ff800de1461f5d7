import type { GuardReason, PersonResult } from '../domain/change.ts';
import { Fault, isFault } from '../domain/faults.ts';
import { ended, extensionIn, type Grant, type GrantEnd, leasesOf } from '../domain/grant.ts';
import { type GrantEffect, mark, type TimedAct } from '../domain/grant-effects.ts';
import type { NotBegun } from '../domain/grant-event.ts';
import { withTrouble } from '../domain/grant-moves.ts';
import type { AssignedRole, RoleSummary } from '../domain/roles.ts';
import { FOR_GOOD } from '../domain/time-span.ts';
import { type BackgroundDeps, turnOf } from './background.ts';
import { planGathered } from './build-plan.ts';
import { executeChange } from './execute-change.ts';
import { namesOf, tell } from './grant-told.ts';
import { type KeptLedger, ledgerChanges, loadLedger } from './ledgers.ts';
import type { StoreChange } from './ports.ts';
import type { Deps } from './session.ts';
import { shown } from './shown-grants.ts';

/** What is planned for good is given up after this long without a chance to give it; milliseconds. */
const GIVEN_UP_AFTER_MS = 86_400_000;

/**
 * Gives what was to be given from now on, by the right that whoever asked has now.
 *
 * When that right is gone, or something else stands against it, nothing is given and both are told. What the person has
 * without us by now stays as it is and is never taken.
 */
export async function beginPlanned(deps: BackgroundDeps, kept: KeptLedger, grant: Grant): Promise<void> {
  const now = deps.clock.now();
  if (now >= (grant.endsAt ?? grant.startsAt + GIVEN_UP_AFTER_MS)) {
    return closeUnbegun(deps, kept, grant, 'missed', { kind: 'missed' });
  }
  await give(deps, kept, grant, {
    pendingId: `begin:${grant.id}`,
    acts: [assigning(grant)],
    effect: 'begin',
    heldBefore: leasesOf(kept.ledger.grants, grant.role).length === 0,
    list: (after) => after,
  });
}

/** How a grant's role is given when nobody is there to confirm it. */
export type Giving = {
  readonly pendingId: string;
  readonly acts: readonly TimedAct[];
  readonly effect: Extract<GrantEffect['kind'], 'begin' | 'return'>;
  /** Whether a role that is there already is there without us. */
  readonly heldBefore: boolean;
  /** The list to write, from the one that the plan makes. */
  readonly list: (after: readonly AssignedRole[]) => readonly AssignedRole[];
};

/** The act that gives a grant's role. */
export function assigning({ role, roleName }: Grant): TimedAct {
  return { intent: 'assign-role', roles: [summary(role, roleName)], removed: [], span: FOR_GOOD };
}

/** A role by its id; what else is known of it does not matter to a list. */
export function summary(id: RoleSummary['id'], displayName: string): RoleSummary {
  return { id, displayName, description: null, custom: false, hidden: false };
}

/** Plans the giving anew as a turn of whoever asked, and carries it out as it stands now. */
export async function give(deps: BackgroundDeps, kept: KeptLedger, grant: Grant, giving: Giving): Promise<void> {
  try {
    const session = await turnOf(deps, grant.asker, { reference: grant.reference, thread: 'grants' });
    if (session === null) return await closeUnbegun(deps, kept, grant, 'no-right', { kind: 'no-right' });
    const { person } = kept.ledger;
    const planned = await planGathered(session, 'assign-role', [{ person, acts: giving.acts }]);
    if (!planned.open)
      throw new Fault('directory-forbidden', 'the app cannot change roles', { errorCode: planned.reason.kind });
    const [plan] = planned.value.plan.people;
    if (plan === undefined) throw new Error('a plan without the person that it is for');
    if (plan.guard !== null) return await refused(deps, kept, grant, plan.guard);
    if (plan.before.some(({ id }) => id === grant.role) && giving.heldBefore) {
      return await closeUnbegun(deps, kept, grant, 'held-before', { kind: 'held-before' });
    }
    const role = { id: grant.role, displayName: grant.roleName };
    const effect: GrantEffect = { kind: giving.effect, role, grants: [mark(grant)] };
    const people = [{ ...plan, after: giving.list(plan.after), grants: [effect] }];
    const { pendingId } = giving;
    const confirmed = {
      ...planned.value,
      plan: { ...planned.value.plan, people },
      pendingId,
      words: null,
      ticket: null,
      reason: grant.reason,
      undoes: null,
    };
    const [result] = await executeChange(session, confirmed);
    await report(deps, grant, result);
  } catch (error) {
    if (!isFault(error)) deps.log.error('a planned start broke', { grant: grant.id, error: String(error) });
    await retryLater(deps, grant, error);
  }
}

async function refused(deps: Deps, kept: KeptLedger, grant: Grant, guard: GuardReason): Promise<void> {
  const noRight = guard === 'no-right' || guard === 'outside-site';
  const why: NotBegun = noRight ? { kind: 'no-right' } : { kind: 'guard', guard };
  await closeUnbegun(deps, kept, grant, noRight ? 'no-right' : 'refused', why);
}

async function report(deps: Deps, grant: Grant, result: PersonResult | undefined): Promise<void> {
  const kept = await loadLedger(deps.store, extensionIn(grant.id) ?? '');
  const now = kept?.ledger.grants.find(({ id }) => id === grant.id);
  if (kept === null || now === undefined || result === undefined) return;
  const { outcome } = result;
  if (outcome.kind === 'refused') return refused(deps, kept, now, outcome.guard);
  if (outcome.kind !== 'changed') {
    return retryLater(deps, grant, outcome.kind === 'failed' ? outcome.code : outcome.kind);
  }
  await deps.store.commit(await toBoth(deps, kept, now, { kind: 'begun' }), []);
}

/** Closes what does not begin and tells both whoever asked and whoever it was for. */
async function closeUnbegun(deps: Deps, kept: KeptLedger, grant: Grant, how: GrantEnd, why: NotBegun): Promise<void> {
  const now = deps.clock.now();
  const grants = kept.ledger.grants.map((each) => (each.id === grant.id ? ended(each, how, now) : each));
  const entry = {
    at: now,
    actor: 'rolecall',
    action: 'grant.not-begun',
    subject: kept.ledger.person.number,
    reference: grant.reference,
    body: JSON.stringify({
      extension: kept.ledger.person.id,
      grant: grant.id,
      role: grant.role,
      asker: grant.asker,
      why,
    }),
  };
  const told = await toBoth(deps, kept, grant, { kind: 'not-begun', why });
  await deps.store.commit([...ledgerChanges(kept, grants, now), ...told], [entry]);
}

type Told = { readonly kind: 'begun' } | { readonly kind: 'not-begun'; readonly why: NotBegun };

async function toBoth(deps: Deps, { ledger }: KeptLedger, grant: Grant, told: Told): Promise<readonly StoreChange[]> {
  const { person } = ledger;
  const about = shown(grant, person, await namesOf(deps));
  const toHolder = tell(deps, grant, person.id, { ...told, grant: about, own: true });
  if (grant.asker === person.id) return toHolder;
  return [...toHolder, ...tell(deps, grant, grant.asker, { ...told, grant: about, own: false })];
}

async function retryLater(deps: Deps, grant: Grant, why: unknown): Promise<void> {
  const kept = await loadLedger(deps.store, extensionIn(grant.id) ?? '');
  if (kept === null) return;
  const code = typeof why === 'string' ? why : isFault(why) ? (why.data.errorCode ?? why.code) : 'internal';
  const askedMs = isFault(why) ? (why.data.retryAfterMs ?? null) : null;
  const now = deps.clock.now();
  const grants = kept.ledger.grants.map((each) =>
    each.id === grant.id ? withTrouble(each, code, askedMs, now) : each,
  );
  deps.log.warn('something that was planned waits', { grant: grant.id, code });
  await deps.store.commit(ledgerChanges(kept, grants, now), []);
}
