import type { ChangeOutcome } from '../../domain/change.ts';
import { isFault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { Reply } from '../../domain/reply.ts';
import { createFreshFacts } from '../fresh-facts.ts';
import type { ClaimedDue, StoreChange, Teller } from '../ports.ts';
import type { RoleShelf } from '../role-shelf.ts';
import type { Answer, Deps, Session } from '../session.ts';
import { settleIntents } from '../settle-intents.ts';
import type { Lists } from './assign-to-many.ts';
import { BULK, type BulkJob, type JobItem, type KeptJob, loadItems, loadJob, outcomesOf } from './job.ts';
import { finalReport, progress } from './report.ts';
import { changeNext } from './step.ts';

/** What work in the background needs besides the use cases. */
export type BulkDeps = Deps & { readonly shelf: RoleShelf; readonly teller: Teller };

/** How long a worker keeps a job without a sign of life: after a crash another one goes on then. */
export const BULK_LEASE_MS = 60_000;
/** A message is edited no more often than people read. */
const TELL_EVERY_MS = 5_000;
const UNSETTLED_AGAIN_MS = 5_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * Works on a change of many people until everybody has an outcome, then tells the asker.
 *
 * Whatever it finds in the store is where it goes on: after a crash, a pause of RingCentral's or a stop by a person.
 */
export async function workOnBulk(deps: BulkDeps, claimed: ClaimedDue): Promise<void> {
  const items = await loadItems(deps.store, claimed.ref);
  let due = claimed;
  let toldAt = 0;
  let lists: Lists | null = null;
  for (;;) {
    const held = await deps.store.due.hold(due, deps.clock.now(), BULK_LEASE_MS);
    const kept = await loadJob(deps.store, due.ref);
    if (held === null) return;
    due = held;
    if (kept === null || kept.state === 'done') return settle(deps, due, []);
    const outcomes = await outcomesOf(deps.store, kept.job.id);
    let session: Session | null;
    try {
      // Anew for each step: somebody who is disabled or leaves on the way changes nobody any more.
      session = await sessionOf(deps, kept.job);
    } catch (error) {
      return pause(deps, due, kept, outcomes, error);
    }
    if (session === null) return abandon(deps, due, kept);
    const waiting = kept.job.stopped === null ? waitingOf(session, items, outcomes) : [];
    const open = [...outcomes.values()].some(({ kind }) => kind === 'unsettled');
    if (waiting.length === 0 && !open) return finish(deps, due, kept, session, items, outcomes);
    if (waiting.length === 0 && !(await settledNow(deps))) return again(deps, due, kept, UNSETTLED_AGAIN_MS, null);
    if (waiting.length === 0) continue;
    try {
      const step = await changeNext(session, kept.job, waiting, lists);
      lists = 'lists' in step ? step.lists : null;
      await move(deps, kept, step);
    } catch (error) {
      return pause(deps, due, kept, outcomes, error);
    }
    if (deps.clock.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = deps.clock.now();
    await tell(deps, kept.job, progress(kept.job, [...outcomes.values()]));
  }
}

/** The asker's turn in the background: their own token where they have one, everything to be read anew. */
async function sessionOf(deps: BulkDeps, job: BulkJob): Promise<Session | null> {
  const names = await deps.names.current();
  const person = names.byId(job.asker);
  if (person === undefined) return null;
  const own = await deps.directories.as(job.asker);
  const facts = createFreshFacts(deps.directories, deps.clock.now(), own);
  if (!(await isEnabled(facts, job.asker))) return null;
  const asker = { person, own, proof: job.identity };
  return { deps, asker, names, facts, shelf: deps.shelf, reference: job.reference, thread: `bulk:${job.id}` };
}

async function isEnabled(facts: Session['facts'], asker: ExtensionId): Promise<boolean> {
  try {
    return (await facts.extension(asker)).status === 'Enabled';
  } catch (error) {
    if (isFault(error, 'directory-not-found')) return false;
    throw error;
  }
}

function waitingOf(
  { names }: Session,
  items: readonly JobItem[],
  outcomes: ReadonlyMap<ExtensionId, ChangeOutcome>,
): readonly JobItem[] {
  return items.filter(({ extension }) => !outcomes.has(extension) && names.byId(extension) !== undefined);
}

async function settledNow(deps: BulkDeps): Promise<boolean> {
  return (await settleIntents(deps)).left === 0;
}

type Moved = Awaited<ReturnType<typeof changeNext>>;

/** Writes down what the step taught; a miss means that somebody stopped the job meanwhile, and the next look sees it. */
async function move(deps: BulkDeps, kept: KeptJob, step: Moved): Promise<void> {
  const learned = 'refused' in step ? { stopped: step.refused } : { service: step.service, size: step.size };
  const job = { ...kept.job, ...learned, failures: 0, resumesAt: null };
  if (JSON.stringify(job) !== JSON.stringify(kept.job)) await deps.store.commit([moveTo(kept, job)], []);
}

function moveTo({ version, state }: KeptJob, job: BulkJob, to: KeptJob['state'] = state): StoreChange {
  return {
    write: 'record.move',
    record: { kind: BULK, id: job.id, version },
    to: { state: to, body: JSON.stringify(job) },
  };
}

/** Waits for RingCentral, as long as it says or longer each time; nobody is forgotten. */
async function pause(
  deps: BulkDeps,
  due: ClaimedDue,
  kept: KeptJob,
  outcomes: ReadonlyMap<ExtensionId, ChangeOutcome>,
  error: unknown,
): Promise<void> {
  const failures = kept.job.failures + 1;
  const asked = isFault(error) ? (error.data.retryAfterMs ?? 0) : 0;
  const wait = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
  const why = isFault(error) ? error.code : String(error);
  deps.log.warn('a change of many people waits', { job: kept.job.id, why, waitMs: wait });
  const job = { ...kept.job, failures, resumesAt: deps.clock.now() + wait };
  await again(deps, due, { ...kept, job }, wait, why);
  await tell(deps, job, progress(job, [...outcomes.values()]));
}

async function again(deps: BulkDeps, due: ClaimedDue, kept: KeptJob, ms: number, why: string | null): Promise<void> {
  const retryAt = deps.clock.now() + ms;
  const back: StoreChange = { write: 'due.fail', due, retryAt, error: why ?? 'waits for the truth of a change' };
  if (await deps.store.commit([moveTo(kept, kept.job), back], [])) return;
  // Somebody stopped the job meanwhile: only the time of the next look is written.
  await deps.store.commit([back], []);
}

/** Tells how it went, and only then calls it done: somebody who was not told is told at the next start. */
async function finish(
  deps: BulkDeps,
  due: ClaimedDue,
  kept: KeptJob,
  session: Session,
  items: readonly JobItem[],
  outcomes: ReadonlyMap<ExtensionId, ChangeOutcome>,
): Promise<void> {
  const report = finalReport(kept.job, items, outcomes, session.names);
  await tell(deps, kept.job, report);
  const counts = report.saying.kind === 'bulk' ? report.saying.counts : {};
  await settle(deps, due, [moveTo(kept, kept.job, 'done')], {
    actor: session.asker.person.number,
    reference: kept.job.reference,
    body: JSON.stringify({ job: kept.job.id, counts, stopped: kept.job.stopped }),
  });
}

/** Whoever asked for it has left: nobody else is changed in their name. */
async function abandon(deps: BulkDeps, due: ClaimedDue, kept: KeptJob): Promise<void> {
  const job: BulkJob = { ...kept.job, stopped: { kind: 'person-gone' } };
  deps.log.error('a change of many people was given up: whoever asked for it has left', { job: job.id });
  const body = JSON.stringify({ job: job.id, stopped: job.stopped });
  await settle(deps, due, [moveTo(kept, job, 'done')], { actor: 'rolecall', reference: job.reference, body });
}

type Told = { readonly actor: string; readonly reference: string; readonly body: string };

async function settle(
  deps: BulkDeps,
  due: ClaimedDue,
  changes: readonly StoreChange[],
  told: Told | null = null,
): Promise<void> {
  const entry = told === null ? [] : [{ at: deps.clock.now(), action: 'change.finished', subject: null, ...told }];
  await deps.store.commit([...changes, { write: 'due.settle', due }], entry);
}

async function tell(deps: BulkDeps, job: BulkJob, { about: _, ...rest }: Answer): Promise<void> {
  const reply: Reply = { ...rest, readings: [], reference: job.reference };
  try {
    await deps.teller.tell(job.asker, reply, `bulk:${job.id}`);
  } catch (error) {
    deps.log.warn('somebody could not be told about a change of many people', { job: job.id, why: String(error) });
  }
}
