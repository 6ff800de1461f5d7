import type { BulkItem } from '../../domain/bulk.ts';
import type { Planned } from '../build-plan.ts';
import type { ConfirmBody } from '../pending-body.ts';
import { isChanged } from '../plan-change.ts';
import type { Pending, StoreChange } from '../ports.ts';
import { changeEntry } from '../record-change.ts';
import { type Answer, refuse, type Session } from '../session.ts';
import { BULK, BULK_DUE, BULK_ITEMS, type BulkJob, itemOf } from './job.ts';
import { progress } from './report.ts';

/**
 * Starts a confirmed change of many people, to be worked on in the background until each of them has their outcome.
 *
 * The job, what is due of it and the end of the question are written in one transaction: from there on it goes on by
 * itself, whatever becomes of this process.
 */
export async function startBulk(
  session: Session,
  pending: Pending,
  body: ConfirmBody,
  planned: Planned,
): Promise<Answer> {
  const { store, clock } = session.deps;
  const job = jobOf(session, pending, body, planned);
  const items = planned.plan.people.filter(isChanged).map(itemOf);
  const now = clock.now();
  const changes: readonly StoreChange[] = [
    record(session, job, JSON.stringify(job), now),
    { ...record(session, job, JSON.stringify(items satisfies readonly BulkItem[]), now, BULK_ITEMS) },
    { write: 'due.put', due: { id: `${BULK_DUE}:${job.id}`, kind: BULK_DUE, ref: job.id, dueAt: now } },
    { write: 'pending.move', id: pending.id, version: pending.version, from: 'taken', to: 'done' },
  ];
  const entry = changeEntry(session, 'change.started', planned.plan, { job: job.id });
  if (!(await store.commit(changes, [entry]))) return refuse({ kind: 'already-settled', state: 'done' });
  return progress(job, []);
}

function record(session: Session, job: BulkJob, body: string, createdAt: number, kind = BULK): StoreChange {
  return {
    write: 'record.insert',
    record: {
      kind,
      id: job.id,
      state: 'running',
      owner: session.asker.person.id,
      subject: null,
      ref: job.reference,
      endsAt: null,
      body,
      createdAt,
    },
  } as const;
}

function jobOf(session: Session, pending: Pending, body: ConfirmBody, { plan, verbs, givesRights }: Planned): BulkJob {
  const guarded = plan.people.flatMap(({ person, guard }) => (guard === null ? [] : [{ extension: person.id, guard }]));
  return {
    id: pending.id,
    reference: session.reference,
    asker: session.asker.person.id,
    identity: session.asker.proof,
    intent: plan.intent,
    acts: body.acts,
    verbs: [...new Set([...verbs.values()].flat())],
    givesRights,
    words: body.words,
    reason: body.reason,
    ticket: body.ticket,
    undoes: body.acts.find((act) => act.undo !== undefined)?.undo?.change ?? null,
    total: plan.people.filter(isChanged).length,
    leftOut: guarded,
    service: 'untried',
    // What else the call may do to somebody's roles is not documented, so the first concerns one person.
    size: 1,
    stopped: null,
    resumesAt: null,
    failures: 0,
  };
}
