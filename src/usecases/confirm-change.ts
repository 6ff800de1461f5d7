import type { PersonResult } from '../domain/change.ts';
import type { Button, Turn, TurnOutcome } from '../domain/reply.ts';
import { buildPlan, type Planned } from './build-plan.ts';
import { startBulk } from './bulk/start.ts';
import { executeChange } from './execute-change.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { type Gate, open } from './gate.ts';
import { AT_ONCE_AT_MOST } from './limits.ts';
import { type ConfirmBody, readConfirmBody } from './pending-body.ts';
import { isChanged, preview } from './plan-change.ts';
import type { Pending } from './ports.ts';
import { changeEntry } from './record-change.ts';
import { type Answer, afresh, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/**
 * Carries out what a person confirmed, or shows it anew when it is no longer what they saw.
 *
 * One click wins: the question is taken by compare-and-set, so a second click or a redelivery finds it settled. The
 * right and the lists are read again; if anything moved, a new preview asks again.
 */
export async function confirmChange(session: Session, button: Button): Promise<Answer> {
  const waiting = await findWaiting(session, button, 'confirm');
  if (!waiting.open) return refuse(waiting.reason);
  const taken = await take(session, waiting.value);
  if (!taken.open) return refuse(taken.reason);
  const body = taken.value;
  const planned = await planAgain(session, waiting.value, body);
  if (!planned.open) {
    const entry = changeEntry(session, 'change.refused', body.plan, { reason: planned.reason.kind });
    await session.deps.store.audit.append(entry);
    return settleAnd(session, waiting.value, refuse(planned.reason));
  }
  if (planned.value.plan.fingerprint !== body.plan.fingerprint) {
    return settleAnd(session, waiting.value, await preview(session, body, planned.value, true));
  }
  if (planned.value.plan.people.filter(isChanged).length > AT_ONCE_AT_MOST) {
    return startBulk(session, waiting.value, body, planned.value);
  }
  const { plan, verbs, givesRights } = planned.value;
  const confirmed = {
    plan,
    verbs,
    givesRights,
    pendingId: waiting.value.id,
    words: body.words,
    reason: body.reason,
    ticket: body.ticket,
    undoes: undoneBy(body),
  };
  const results = await executeChange(session, confirmed);
  return settleAnd(session, waiting.value, await report(session, waiting.value.id, body, planned.value, results));
}

function undoneBy({ acts }: ConfirmBody): string | null {
  return acts.find((act) => act.undo !== undefined)?.undo?.change ?? null;
}

async function take(session: Session, pending: Pending): Promise<Gate<ConfirmBody>> {
  const body = readConfirmBody(pending.body);
  if (body === null) return { open: false, reason: { kind: 'stale' } };
  const entry = changeEntry(session, 'change.confirmed', body.plan, { pending: pending.id });
  const first = await session.deps.store.pending.move(pending.id, pending.version, 'open', 'taken', entry);
  return first ? open(body) : alreadySettled(session, pending.id);
}

/** Plans anew; a fault here changed nothing, so the question is given back and the button works once more. */
async function planAgain(session: Session, pending: Pending, body: ConfirmBody): Promise<Gate<Planned>> {
  try {
    const depth = body.plan.people.length > AT_ONCE_AT_MOST ? 'checked' : 'shown';
    const again = await buildPlan(session, body.acts, depth);
    const isSame = again.open && again.value.plan.fingerprint === body.plan.fingerprint;
    return isSame || depth === 'shown' ? again : await buildPlan(session, body.acts);
  } catch (error) {
    await session.deps.store.pending.move(pending.id, pending.version, 'taken', 'open', null);
    throw error;
  }
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

/** Tells how it went; when nothing was written because every list had moved, shows the change against the new lists. */
async function report(
  session: Session,
  change: string,
  body: ConfirmBody,
  planned: Planned,
  results: readonly PersonResult[],
): Promise<Answer> {
  const kinds = new Set(results.map(({ outcome }) => outcome.kind));
  const onlyMoved = kinds.has('moved') && [...kinds].every((kind) => kind === 'moved' || kind === 'refused');
  if (onlyMoved) {
    const again = await buildPlan(afresh(session), body.acts);
    return again.open ? preview(session, body, again.value, true) : refuse(again.reason);
  }
  const { authority } = planned;
  const about = aboutResults(results);
  const undoable = kinds.has('changed') || kinds.has('differs');
  const undo: Button | null = undoable ? { action: 'undo', id: change, version: 1, index: null } : null;
  return answer(
    { kind: 'changed', results, undo },
    { ...(authority && { authority }), outcome: outcomeOf(kinds), about },
  );
}

function outcomeOf(kinds: ReadonlySet<PersonResult['outcome']['kind']>): TurnOutcome {
  if (kinds.has('changed')) return 'changed';
  if (kinds.has('failed') || kinds.has('unsettled') || kinds.has('differs')) return 'fault';
  return kinds.has('refused') ? 'refused' : 'answered';
}

function aboutResults(results: readonly PersonResult[]): Turn['facts'] {
  const changed = results.filter(({ outcome }) => outcome.kind === 'changed');
  return {
    people: numbersOf(results.map(({ person }) => person)),
    roles: roleNames(results.flatMap(({ before, after }) => [...before, ...after])),
    permissions: [],
    changes: changed.map(({ person, before, after }) => ({
      extension: person.number,
      before: roleNames(before),
      after: roleNames(after),
    })),
  };
}
