import type { Button, TurnOutcome } from '../domain/reply.ts';
import type { RoleOutcome } from '../domain/role-change.ts';
import { buildRolePlan, type PlannedRole } from './build-role-plan.ts';
import { executeRoleChange } from './execute-role-change.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { type Gate, open } from './gate.ts';
import { CALL_TAKES_AT_MOST_MS, LEASE_FOR_MS } from './limits.ts';
import type { Lease, Pending } from './ports.ts';
import { type RoleBody, readRoleBody } from './role-body.ts';
import { isInEffect, roleEntry } from './role-records.ts';
import { type Answer, afresh, answer, refuse, type Session } from './session.ts';
import { aboutRole, previewRole } from './show-role-change.ts';

/**
 * Carries out a change of a role that a person confirmed, or shows it anew when it is no longer what they saw.
 *
 * One click wins, and one change of roles at a time works in an account. Right, role, name and guards are read again
 * under that hold, right before the call: nothing that was read earlier decides.
 */
export async function confirmRoleChange(session: Session, button: Button): Promise<Answer> {
  const waiting = await findWaiting(session, button, 'confirm');
  if (!waiting.open) return refuse(waiting.reason);
  const taken = await take(session, waiting.value);
  if (!taken.open) return refuse(taken.reason);
  const lease = await leaseFor(session);
  if (lease === null) return settleAnd(session, waiting.value, await busy(session, taken.value));
  try {
    return await changeUnderLease(session, waiting.value, taken.value, lease);
  } finally {
    await lease.release().catch(() => session.deps.log.warn('lease was not released', { what: 'roles' }));
  }
}

async function take(session: Session, pending: Pending): Promise<Gate<RoleBody>> {
  const body = readRoleBody(pending.body);
  if (body === null) return { open: false, reason: { kind: 'stale' } };
  const entry = roleEntry(session, 'role.confirmed', body.plan, { pending: pending.id });
  const first = await session.deps.store.pending.move(pending.id, pending.version, 'open', 'taken', entry);
  return first ? open(body) : alreadySettled(session, pending.id);
}

async function changeUnderLease(session: Session, pending: Pending, body: RoleBody, lease: Lease): Promise<Answer> {
  const now = afresh(session);
  const planned = await planAgain(now, pending, body);
  if (!planned.open) {
    const entry = roleEntry(session, 'role.refused', body.plan, { reason: planned.reason });
    await session.deps.store.audit.append(entry);
    return settleAnd(session, pending, refuse(planned.reason));
  }
  if (planned.value.plan.fingerprint !== body.plan.fingerprint) {
    await session.deps.store.audit.append(roleEntry(session, 'role.moved', planned.value.plan));
    return settleAnd(session, pending, await previewRole(now, body, planned.value, true));
  }
  // Past the end of the hold somebody else could change the same role.
  if (session.deps.clock.now() + CALL_TAKES_AT_MOST_MS > lease.until) {
    return settleAnd(session, pending, await busy(session, body));
  }
  const { words, reason, ticket } = body;
  const done = await executeRoleChange(now, planned.value, { pendingId: pending.id, words, reason, ticket });
  return settleAnd(session, pending, told(planned.value, done));
}

/** Plans anew; a fault here changed nothing, so the question is given back and the button works once more. */
async function planAgain(session: Session, pending: Pending, body: RoleBody): Promise<Gate<PlannedRole>> {
  try {
    return await buildRolePlan(session, body.aim);
  } catch (error) {
    await session.deps.store.pending.move(pending.id, pending.version, 'taken', 'open', null);
    throw error;
  }
}

/** How often and how long somebody else's change of roles is waited for. */
const LEASE_TRIES = 20;
const LEASE_PAUSE_MS = 250;

async function leaseFor(session: Session): Promise<Lease | null> {
  const { store, clock, ids, pause } = session.deps;
  const holder = `${session.reference}.${ids.opaque()}`;
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const lease = await store.lease(session.names.account.id, 'roles', holder, clock.now(), LEASE_FOR_MS);
    if (lease !== null) return lease;
    await pause(LEASE_PAUSE_MS);
  }
  return null;
}

async function busy(session: Session, body: RoleBody): Promise<Answer> {
  await session.deps.store.audit.append(roleEntry(session, 'role.failed', body.plan, { reason: 'busy' }));
  return refuse({ kind: 'role', problem: { kind: 'busy' } });
}

/** Closes the question. The answer stands whether or not that could be noted: a taken question never acts again. */
async function settleAnd(session: Session, pending: Pending, result: Answer): Promise<Answer> {
  const { store, log } = session.deps;
  try {
    await store.pending.move(pending.id, pending.version, 'taken', 'done', null);
  } catch (error) {
    log.warn('a question could not be closed', { reference: session.reference, error: String(error) });
  }
  return result;
}

type Done = Awaited<ReturnType<typeof executeRoleChange>>;

function told({ plan, authority }: PlannedRole, { outcome, record }: Done): Answer {
  const undo = isInEffect(outcome) ? ({ action: 'undo', id: record, version: 1, index: null } as const) : null;
  const saying = { kind: 'role-changed', plan, outcome, undo } as const;
  return answer(saying, { authority, outcome: outcomeOf(outcome), about: aboutRole(plan) });
}

function outcomeOf({ kind }: RoleOutcome): TurnOutcome {
  return kind === 'changed' ? 'changed' : 'fault';
}
