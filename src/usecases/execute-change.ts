import { type Authority, isRefusal } from '../domain/authority.ts';
import type { ChangeOutcome, PersonPlan, PersonResult } from '../domain/change.ts';
import { isFault } from '../domain/faults.ts';
import { toAssign } from '../domain/merge.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { type AssignedRole, sameAssignments } from '../domain/roles.ts';
import { guardAgain, type Planned } from './build-plan.ts';
import { type CallRecord, createCallRecord } from './call-record.ts';
import { type ChangeVerb, mayChange, verbOf } from './change-rights.ts';
import { writerFor } from './establish-authority.ts';
import { grantsAlone, grantsAtIntent, grantsAtOutcome, timesNow } from './grant-writes.ts';
import { CALL_TAKES_AT_MOST_MS, LEASE_FOR_MS } from './limits.ts';
import { OWN_CALL } from './own-first.ts';
import { isChanged } from './plan-change.ts';
import type { Lease, NewIntent, RoleDirectory } from './ports.ts';
import { personEntry, trailList } from './record-change.ts';
import { basisOf, type Said } from './said.ts';
import { afresh, type Session } from './session.ts';

/** Confirmed work: the plan and the record it belongs to. */
export type Confirmed = Pick<Planned, 'plan' | 'verbs' | 'givesRights'> &
  Said & {
    readonly pendingId: string;
    /** The change that this one takes back. */
    readonly undoes: string | null;
  };

/**
 * Carries out a confirmed plan, one person after the other, and reports how it went for each.
 *
 * RingCentral has no transactions: what was changed before a failure stays changed and is told so.
 */
export async function executeChange(session: Session, confirmed: Confirmed): Promise<readonly PersonResult[]> {
  const results: PersonResult[] = [];
  for (const each of confirmed.plan.people) {
    const { person, before, after, guard } = each;
    if (guard !== null) results.push({ person, before, after: before, outcome: { kind: 'refused', guard } });
    else if (isChanged(each)) results.push(await changed(session, each, confirmed));
    else results.push({ person, before, after, outcome: { kind: 'unchanged' } });
  }
  return results;
}

async function changed(session: Session, each: PersonPlan, confirmed: Confirmed): Promise<PersonResult> {
  const { person, before, after } = each;
  const outcome = await changePerson(session, each, confirmed);
  const times = outcome.kind === 'changed' ? await timesNow(session, each) : [];
  return { person, before, after, outcome, ...(times.length > 0 && { times }) };
}

/**
 * Changes one person, alone under a lease, and tells how it went.
 *
 * @param authorize - establishes the right anew, right before the call
 */
export async function changePerson(
  session: Session,
  each: PersonPlan,
  confirmed: Confirmed,
  authorize: Authorize = (now, verbs) => mayChange(now, verbs, each.person),
): Promise<ChangeOutcome> {
  try {
    const lease = await leaseFor(session, each);
    if (lease === null) return await notMade(session, each, { kind: 'failed', code: 'busy', detail: null });
    try {
      return await changeUnderLease(session, each, confirmed, lease, authorize);
    } finally {
      await lease.release().catch(() => session.deps.log.warn('lease was not released', { extension: each.person.id }));
    }
  } catch (error) {
    // Nothing was written yet: every fault after the call is settled where it happens.
    return notMade(session, each, failed(session, error));
  }
}

/** What was confirmed and never called leaves its entry as well; the answer stands whether or not it could be written. */
async function notMade(session: Session, each: PersonPlan, outcome: ChangeOutcome): Promise<ChangeOutcome> {
  const { store, log } = session.deps;
  try {
    await store.audit.append(personEntry(session, 'change.failed', each, { outcome }));
  } catch (error) {
    log.error('a change that was not made could not be recorded', {
      reference: session.reference,
      error: String(error),
    });
  }
  return outcome;
}

function failed(session: Session, error: unknown): ChangeOutcome {
  if (isFault(error)) {
    return { kind: 'failed', code: error.data.errorCode ?? error.code, detail: error.data.missing ?? null };
  }
  session.deps.log.error('a change broke before its call', { reference: session.reference, error: String(error) });
  return { kind: 'failed', code: 'internal', detail: null };
}

/** Establishes the right over somebody by facts read for this call. */
type Authorize = (now: Session, verbs: readonly ChangeVerb[]) => Promise<Authority<ChangeVerb> | RefusalReason>;

/** How often and how long somebody else's lease is waited for: a change takes a few seconds. */
const LEASE_TRIES = 20;
const LEASE_PAUSE_MS = 250;

async function leaseFor(session: Session, { person }: PersonPlan): Promise<Lease | null> {
  const { store, clock, ids, pause } = session.deps;
  const holder = `${session.reference}.${ids.opaque()}`;
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const lease = await store.lease(session.names.account.id, person.id, holder, clock.now(), LEASE_FOR_MS);
    if (lease !== null) return lease;
    await pause(LEASE_PAUSE_MS);
  }
  return null;
}

async function changeUnderLease(
  session: Session,
  each: PersonPlan,
  confirmed: Confirmed,
  lease: Lease,
  authorize: Authorize,
): Promise<ChangeOutcome> {
  // Whatever was read before the lease may be out of date: the right and the list are read again here.
  const now = afresh(session);
  const { person, before, after } = each;
  const verbs = confirmed.verbs.get(person.id) ?? [verbOf(confirmed.plan.intent)];
  const authority = await authorize(now, verbs);
  if (isRefusal(authority)) {
    const guard = authority.kind === 'outside-site' ? 'outside-site' : 'no-right';
    await session.deps.store.audit.append(personEntry(session, 'change.refused', each, { reason: authority.kind }));
    return { kind: 'refused', guard };
  }
  const found = await now.facts.assignedRoles(person.id);
  if (sameAssignments(before, after) && sameAssignments(found, before)) return writeGrants(now, each, confirmed);
  if (sameAssignments(found, after)) return { kind: 'unchanged' };
  if (!sameAssignments(found, before)) {
    await session.deps.store.audit.append(personEntry(session, 'change.moved', each, { found: trailList(found) }));
    return { kind: 'moved', found };
  }
  // The rights over the person do not tell whether the asker still holds all that the role brings.
  const guard = confirmed.givesRights ? await guardAgain(now, each, verbs) : null;
  if (guard !== null) {
    await session.deps.store.audit.append(personEntry(session, 'change.refused', each, { reason: guard }));
    return { kind: 'refused', guard };
  }
  if (session.deps.clock.now() + CALL_TAKES_AT_MOST_MS > lease.until) {
    return notMade(session, each, { kind: 'failed', code: 'busy', detail: null });
  }
  return write(now, each, confirmed, authority);
}

async function write(
  session: Session,
  each: PersonPlan,
  confirmed: Confirmed,
  authority: Authority<ChangeVerb>,
): Promise<ChangeOutcome> {
  const { deps, asker } = session;
  const { before, after } = each;
  const id = deps.ids.opaque();
  const writer = await writerFor(session, authority.verb);
  const through = writer === asker.own ? 'own-token' : 'service-account';
  const { proof } = authority;
  const intent = intentOf(session, each, confirmed, id);
  const grants = await grantsAtIntent(session, each, { id, before, after, reason: confirmed.reason });
  const basis = { ...entryBasis(each, confirmed, id), proof, through };
  const entry = personEntry(session, 'change.intent', each, basis);
  const first = await deps.store.commit([{ write: 'intent.record', intent }, ...grants], [entry]);
  if (!first) return notMade(session, each, { kind: 'failed', code: 'busy', detail: null });
  const calls = createCallRecord();
  const fault = await call(session, writer, authority, each, calls);
  const outcome = await findTruth(session, writer, each, fault, calls);
  if (outcome.kind !== 'unsettled') await settle(session, each, id, outcome, { ...basis, requests: calls.made });
  return outcome;
}

function intentOf(session: Session, each: PersonPlan, confirmed: Confirmed, id: string): NewIntent {
  const { deps, asker, names, reference } = session;
  const { person, before, after } = each;
  return {
    id,
    pendingId: confirmed.pendingId,
    account: names.account.id,
    extension: person.id,
    asker: asker.person.id,
    reference,
    before,
    after,
    createdAt: deps.clock.now(),
    undoes: confirmed.undoes,
  };
}

/** What the entries of intent and outcome hold besides the lists. */
function entryBasis({ grants }: PersonPlan, confirmed: Confirmed, intent: string): Record<string, unknown> {
  const { pendingId: change, undoes } = confirmed;
  return { intent, change, undoes, ...basisOf(confirmed), ...(grants.length > 0 && { grants }) };
}

/** A change that leaves the list as it is and moves only what is known of its times: no call, one transaction. */
async function writeGrants(session: Session, each: PersonPlan, confirmed: Confirmed): Promise<ChangeOutcome> {
  const { store, clock, ids } = session.deps;
  const id = ids.opaque();
  const outcome: ChangeOutcome = { kind: 'changed', verifiedAt: clock.now() };
  const grants = await grantsAlone(session, each, { id, reason: confirmed.reason });
  if (grants.length === 0) return { kind: 'unchanged' };
  const entry = personEntry(session, 'change.outcome', each, { ...entryBasis(each, confirmed, id), outcome });
  const changes = [
    { write: 'intent.record', intent: intentOf(session, each, confirmed, id) },
    { write: 'intent.settle', id, outcome },
    ...grants,
  ] as const;
  const first = await store.commit(changes, [entry]);
  return first ? outcome : notMade(session, each, { kind: 'failed', code: 'busy', detail: null });
}

/** The change stands whether or not its outcome could be recorded; an open intent is settled at the next start. */
async function settle(
  session: Session,
  each: PersonPlan,
  id: string,
  outcome: ChangeOutcome,
  basis: Record<string, unknown>,
): Promise<void> {
  const { store, log } = session.deps;
  try {
    const entry = personEntry(session, 'change.outcome', each, { ...basis, outcome });
    // Whoever was first with the same person's grants moved them on: what became of these is the same.
    for (let tries = 0; tries < 3; tries++) {
      const grants = await grantsAtOutcome(session.deps, each.person.id, { intent: id, ...shownBy(outcome, each) });
      if (await store.commit([{ write: 'intent.settle', id, outcome }, ...grants], [entry])) return;
    }
  } catch (error) {
    log.error('an outcome could not be recorded', { reference: session.reference, intent: id, error: String(error) });
  }
}

/** The list that an outcome showed. */
function shownBy(outcome: ChangeOutcome, { before, after }: Pick<PersonPlan, 'before' | 'after'>) {
  const tookEffect = outcome.kind === 'changed';
  const found = outcome.kind === 'differs' ? outcome.found : tookEffect ? after : before;
  return { tookEffect, before, found };
}

/** Makes the call; what went wrong is returned, because only re-reading tells whether it took effect. */
async function call(
  session: Session,
  writer: RoleDirectory,
  authority: Authority<ChangeVerb>,
  { person, after }: PersonPlan,
  calls: CallRecord,
): Promise<unknown> {
  try {
    if (isReset(authority)) await writer.assignDefaultRole(authority, person.id, calls.call);
    else await writer.replaceAssignedRoles(authority as Authority<'assign'>, person.id, toAssign(after), calls.call);
    return null;
  } catch (error) {
    const code = isFault(error) ? error.code : String(error);
    session.deps.log.warn('a role change did not answer well', { reference: session.reference, code });
    return error;
  }
}

function isReset(authority: Authority<ChangeVerb>): authority is Authority<'reset'> {
  return authority.verb === 'reset';
}

/** Reads the list back: RingCentral's own list is the only proof that a change stands. */
async function findTruth(
  session: Session,
  writer: RoleDirectory,
  { person, before, after }: PersonPlan,
  fault: unknown,
  calls: CallRecord,
): Promise<ChangeOutcome> {
  let found: readonly AssignedRole[];
  try {
    found = await readBack(session, writer, person, calls);
  } catch (error) {
    return { kind: 'unsettled', code: codeOf(error) };
  }
  if (sameAssignments(found, after)) return { kind: 'changed', verifiedAt: session.deps.clock.now() };
  if (!sameAssignments(found, before)) return { kind: 'differs', found };
  if (fault === null) return { kind: 'failed', code: 'no-effect', detail: null };
  return mayStillHappen(fault) ? { kind: 'unsettled', code: codeOf(fault) } : failed(session, fault);
}

/** A call that was sent and not waited for to its end may still take effect: what was there before proves nothing yet. */
export function mayStillHappen(fault: unknown): boolean {
  return isFault(fault) && fault.data.effectUnknown === true && fault.data.timedOut === true;
}

/** RingCentral's own code of a failure, or ours. */
export function codeOf(error: unknown): string {
  return isFault(error) ? (error.data.errorCode ?? error.code) : 'internal';
}

/** The other identity is asked where the writer cannot read: the truth must not stay unknown for want of a call. */
async function readBack(
  session: Session,
  writer: RoleDirectory,
  person: Extension,
  { call }: CallRecord,
): Promise<readonly AssignedRole[]> {
  const { service } = session.deps.directories;
  if (writer === service) return service.readAssignedRoles(person.id, call);
  try {
    return await writer.readAssignedRoles(person.id, { ...OWN_CALL, ...call });
  } catch {
    return service.readAssignedRoles(person.id, call);
  }
}
