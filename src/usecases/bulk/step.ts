import { isRefusal, narrowTo } from '../../domain/authority.ts';
import { largestGroup } from '../../domain/bulk.ts';
import type { ChangeOutcome, PersonPlan } from '../../domain/change.ts';
import { Fault } from '../../domain/faults.ts';
import type { RefusalReason } from '../../domain/reply.ts';
import { sameAssignments } from '../../domain/roles.ts';
import { guardAgain, withFreshNames } from '../build-plan.ts';
import { mayChange } from '../change-rights.ts';
import { establishAuthority } from '../establish-authority.ts';
import { type Confirmed, changePerson } from '../execute-change.ts';
import { CALL_TAKES_AT_MOST_MS, LEASE_FOR_MS } from '../limits.ts';
import type { Lease, StoreChange } from '../ports.ts';
import { personEntry } from '../record-change.ts';
import { afresh, type Session } from '../session.ts';
import { assignToMany, basisIn, type Lists, type Served } from './assign-to-many.ts';
import type { BulkJob, JobItem } from './job.ts';

const MANY_AT_ONCE = 1_000;
/** Calls for fewer people are not worth it. */
const FEW = 10;
/** People changed by calls of their own before the rights are read again. */
const ONE_BY_ONE = 10;
/** A step that has taken so long ends, and the next one reads the rights again. */
const STEP_TAKES_AT_MOST_MS = 30_000;

/** What one step came to: how the call for many people serves, or why nobody may be changed any more. */
export type Step =
  | (Pick<BulkJob, 'service' | 'size'> & {
      /** Everybody's list as this step left it, for the next one that follows at once. */
      readonly lists: Lists | null;
    })
  | { readonly refused: RefusalReason };

/**
 * Changes the next few of those who wait: many by one call where RingCentral's call for many does its work, each by
 * calls of their own where it does not.
 *
 * The asker's right is read anew first, and everybody's list unless it was read at the end of the step just before.
 *
 * @throws {Fault} when RingCentral cannot be read; nothing was written then
 */
export async function changeNext(
  session: Session,
  job: BulkJob,
  waiting: readonly JobItem[],
  lists: Lists | null,
): Promise<Step> {
  const now = job.givesRights ? await withFreshNames(afresh(session)) : afresh(session);
  const verb = job.verbs[0] ?? 'assign';
  const right = await establishAuthority(now, verb, 'account');
  if (isRefusal(right)) return { refused: right };
  const group = inOneCall(job) && right.sites === null ? largestGroup(waiting.filter(isPlain), job.size) : null;
  if (group === null) {
    for (const item of waiting.slice(0, ONE_BY_ONE)) {
      await changeAlone(now, job, item);
      // The right that this step rests on must not grow old while RingCentral makes calls wait.
      if (now.deps.clock.now() - now.facts.readAt > STEP_TAKES_AT_MOST_MS) break;
    }
    return { service: job.service, size: job.size, lists: null };
  }
  const served = await underLeases(now, group.items, async (held, until) => {
    const ready = await checkLists(now, job, held, lists);
    if (ready.length === 0) return null;
    if (now.deps.clock.now() + CALL_TAKES_AT_MOST_MS > until) throw busy('people could not be held for long enough');
    return assignToMany(now, job, group.move, ready);
  });
  for (const each of served?.replaced ?? []) await changePlanned(now, job, each);
  return { ...learned(job, served), lists: served?.lists ?? null };
}

/** How the call for many people goes on: with more people, with fewer, or not at all. */
function learned({ service, size }: BulkJob, served: Served | null): Pick<BulkJob, 'service' | 'size'> {
  if (served === null) return { service, size };
  if (served.service === 'serves') return { service: 'serves', size: size === 1 ? MANY_AT_ONCE : size };
  const smaller = Math.floor(size / 4);
  return served.service === 'refused' && smaller >= FEW
    ? { service: 'serves', size: smaller }
    : { service: 'does-not', size };
}

/** Trouble that passes by itself: the turn of those people comes again. */
function busy(why: string): Fault {
  return new Fault('directory-unavailable', why);
}

/**
 * Holds the people for the time of the call; those whom somebody else changes just now wait for the next step.
 *
 * @param work - gets whom it holds, and until when at least
 * @throws {Fault} when somebody else changes all of them just now
 */
async function underLeases(
  { deps, names, reference }: Session,
  items: readonly JobItem[],
  work: (held: readonly JobItem[], until: number) => Promise<Served | null>,
): Promise<Served | null> {
  const leases: Lease[] = [];
  const held: JobItem[] = [];
  const holder = `${reference}.${deps.ids.opaque()}`;
  try {
    for (const item of items) {
      const lease = await deps.store.lease(names.account.id, item.extension, holder, deps.clock.now(), LEASE_FOR_MS);
      if (lease === null) continue;
      leases.push(lease);
      held.push(item);
    }
    if (held.length === 0) throw busy('somebody else changes these people just now');
    return await work(held, Math.min(...leases.map(({ until }) => until)));
  } finally {
    for (const lease of leases) await lease.release().catch(() => deps.log.warn('a lease was not released'));
  }
}

function inOneCall({ service, verbs }: BulkJob): boolean {
  return service !== 'does-not' && verbs.every((verb) => verb === 'assign');
}

/** What has more to it than the list alone is done by itself, where it is written down together. */
function isPlain({ grants }: JobItem): boolean {
  return grants.length === 0;
}

/** Sorts out who is as wanted already, was changed by somebody else, or may not be changed any more. */
async function checkLists(
  session: Session,
  job: BulkJob,
  items: readonly JobItem[],
  lists: Lists | null,
): Promise<readonly PersonPlan[]> {
  const everyone = lists ?? (await session.facts.everyone());
  const ready: PersonPlan[] = [];
  const settled: { each: PersonPlan; outcome: ChangeOutcome }[] = [];
  for (const item of items) {
    const each = planOf(session, item);
    const found = everyone.get(item.extension) ?? [];
    if (sameAssignments(found, item.after)) settled.push({ each, outcome: { kind: 'unchanged' } });
    else if (!sameAssignments(found, item.before)) settled.push({ each, outcome: { kind: 'moved', found } });
    else {
      const guard = job.givesRights ? await guardAgain(session, each, job.verbs) : null;
      if (guard === null) ready.push(each);
      else settled.push({ each, outcome: { kind: 'refused', guard } });
    }
  }
  await recordUnwritten(session, job, settled);
  return ready;
}

function changeAlone(session: Session, job: BulkJob, item: JobItem): Promise<void> {
  return changePlanned(session, job, planOf(session, item));
}

async function changePlanned(session: Session, job: BulkJob, each: PersonPlan): Promise<void> {
  const { id } = each.person;
  const confirmed: Confirmed = {
    plan: { intent: job.intent, people: [each], fingerprint: '', readAt: session.facts.readAt },
    verbs: new Map([[id, job.verbs]]),
    givesRights: job.givesRights,
    pendingId: job.id,
    words: job.words,
    reason: job.reason,
    ticket: job.ticket,
    undoes: job.undoes,
  };
  const outcome = await changePerson(session, each, confirmed, (now) => rightOver(now, session, job, each));
  const { store } = session.deps;
  // What was called has an intent of its own; whatever ended before the call is written down here.
  const [newest] = await store.intents.find({ pendingId: job.id, extension: id, limit: 1 });
  const isOwn =
    outcome.kind !== 'unchanged' && newest !== undefined && JSON.stringify(newest.outcome) === JSON.stringify(outcome);
  if (isOwn || outcome.kind === 'unsettled') return;
  if (isPassing(outcome)) throw busy('RingCentral could not be asked about somebody');
  await recordUnwritten(session, job, [{ each, outcome }]);
}

/** Trouble before the call that passes by itself: the person's turn comes again. */
function isPassing(outcome: ChangeOutcome): boolean {
  return outcome.kind === 'failed' && PASSING.includes(outcome.code);
}

const PASSING: readonly string[] = ['busy', 'rate-limited', 'CMN-301', 'directory-unavailable', 'store-unavailable'];

/** The right over the account, read at the start of this step, serves for each of the few people of the step. */
async function rightOver(now: Session, step: Session, job: BulkJob, { person }: PersonPlan) {
  const verb = job.verbs[0] ?? 'assign';
  if (job.verbs.length > 1) return mayChange(now, job.verbs, person);
  const over = await establishAuthority(step, verb, 'account');
  // A right that is limited to sites hangs on where the person belongs now.
  if (isRefusal(over) || over.sites !== null) return mayChange(now, job.verbs, person);
  return narrowTo(over, person);
}

/** Outcomes without a call stand in the store like all others, so that a later start knows of them. */
async function recordUnwritten(
  session: Session,
  job: BulkJob,
  settled: readonly { readonly each: PersonPlan; readonly outcome: ChangeOutcome }[],
): Promise<void> {
  if (settled.length === 0) return;
  const { deps, asker, names, reference } = session;
  const changes = settled.flatMap(({ each, outcome }): StoreChange[] => {
    const { person, before, after } = each;
    const id = deps.ids.opaque();
    const facts = { account: names.account.id, extension: person.id, asker: asker.person.id, undoes: job.undoes };
    const times = { createdAt: deps.clock.now(), reference };
    return [
      { write: 'intent.record', intent: { id, pendingId: job.id, before, after, ...facts, ...times } },
      { write: 'intent.settle', id, outcome },
    ];
  });
  const entries = settled.map(({ each, outcome }) =>
    personEntry(session, eventOf(outcome), each, { outcome, ...basisIn(job) }),
  );
  if (!(await deps.store.commit(changes, entries))) throw new Error('an outcome could not be written down');
}

function eventOf({ kind }: ChangeOutcome) {
  if (kind === 'moved') return 'change.moved';
  return kind === 'refused' ? 'change.refused' : kind === 'unchanged' ? 'change.outcome' : 'change.failed';
}

function planOf({ names }: Session, { extension, ...rest }: JobItem): PersonPlan {
  const person = names.byId(extension);
  if (person === undefined) throw new Error(`extension ${extension} is not in the account any more`);
  return { ...rest, person, gains: [], losses: [], notes: [] };
}
