import { type Authority, isRefusal } from '../../domain/authority.ts';
import type { SingleMove } from '../../domain/bulk.ts';
import type { ChangeOutcome, PersonPlan } from '../../domain/change.ts';
import { isFault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import { type AssignedRole, sameAssignments } from '../../domain/roles.ts';
import { type CallRecord, createCallRecord } from '../call-record.ts';
import { establishAuthority, writerFor } from '../establish-authority.ts';
import { codeOf, mayStillHappen } from '../execute-change.ts';
import type { AuditEntry, StoreChange } from '../ports.ts';
import { personEntry } from '../record-change.ts';
import { basisOf } from '../said.ts';
import { afresh, type Session } from '../session.ts';
import { type BulkJob, NOT_SERVED } from './job.ts';

/** What a call for many people turned out to do. */
export type Served = {
  readonly service: 'serves' | 'does-not' | 'refused';
  /** People whose other roles were lost by it, with the list that it left: to be put right at once. */
  readonly replaced: readonly PersonPlan[];
  /** Everybody's list as it is after the call; null when it could not be read. */
  readonly lists: Lists | null;
};

/**
 * Gives one role to many people, or takes it from them, in one call, and reads back what came of it.
 *
 * Everybody's intent is written down before the call, everybody's outcome after it. Where RingCentral accepted the call
 * and nothing happened, or does not let it be made, nobody was changed and each person's own turn comes later.
 *
 * @param people - all of them differ from what is wanted by exactly this move, by a list read just now
 */
export async function assignToMany(
  session: Session,
  job: BulkJob,
  move: SingleMove,
  people: readonly PersonPlan[],
): Promise<Served> {
  const authority = await establishAuthority(session, 'assign-bulk', 'account');
  if (isRefusal(authority) || authority.sites !== null) return { service: 'does-not', replaced: [], lists: null };
  const intents = await recordAll(session, job, people, authority);
  const calls = createCallRecord();
  const fault = await call(session, authority, move, people, calls);
  const found = await readBack(session);
  const outcomes = people.map((each) => outcomeFor(session, each, found, fault));
  await settleAll(session, job, intents, people, outcomes, calls.made);
  const replaced = people.flatMap((each, index) => replacedList(each, outcomes[index], move));
  return { service: replaced.length > 0 ? 'does-not' : servedBy(outcomes, fault), replaced, lists: found };
}

/** A call that was refused changed nobody: a smaller one may be taken. */
function servedBy(outcomes: readonly ChangeOutcome[], fault: unknown): Served['service'] {
  if (outcomes.some(({ kind }) => kind === 'changed' || kind === 'unsettled')) return 'serves';
  return fault === null ? 'does-not' : 'refused';
}

/** Giving a role may take the place of all others; a list that differs otherwise was somebody else's edit. */
function replacedList(
  each: PersonPlan,
  outcome: ChangeOutcome | undefined,
  { way, role }: SingleMove,
): readonly PersonPlan[] {
  if (outcome?.kind !== 'differs' || way !== 'add') return [];
  const onlyTheNew = outcome.found.length === 1 && outcome.found[0]?.id === role.id;
  return onlyTheNew ? [{ ...each, before: outcome.found }] : [];
}

async function recordAll(
  session: Session,
  job: BulkJob,
  people: readonly PersonPlan[],
  authority: Authority<'assign-bulk'>,
): Promise<readonly string[]> {
  const { deps, asker, names, reference } = session;
  const ids = people.map(() => deps.ids.opaque());
  const writer = await writerFor(session, 'assign-bulk');
  const through = writer === asker.own ? 'own-token' : 'service-account';
  const createdAt = deps.clock.now();
  const changes = people.map(({ person, before, after }, index): StoreChange => {
    const id = ids[index] ?? '';
    const { id: account } = names.account;
    const facts = { account, extension: person.id, asker: asker.person.id, reference, undoes: job.undoes };
    return { write: 'intent.record', intent: { id, pendingId: job.id, before, after, createdAt, ...facts } };
  });
  const { proof } = authority;
  const entries = people.map((each, index) =>
    personEntry(session, 'change.intent', each, {
      intent: ids[index],
      proof,
      through,
      many: true,
      ...basisIn(job),
    }),
  );
  if (!(await deps.store.commit(changes, entries))) throw new Error('an intent of this change was recorded already');
  return ids;
}

/** What the entries of one person's change hold of the change of many that it belongs to. */
export function basisIn(job: BulkJob): Record<string, unknown> {
  return { change: job.id, undoes: job.undoes, ...basisOf(job) };
}

/** Makes the call; what went wrong is returned, because only re-reading tells whether it took effect. */
async function call(
  session: Session,
  authority: Authority<'assign-bulk'>,
  { role, way }: SingleMove,
  people: readonly PersonPlan[],
  calls: CallRecord,
): Promise<unknown> {
  const ids = people.map(({ person }) => person.id);
  try {
    const writer = await writerFor(session, 'assign-bulk');
    const lists = { added: way === 'add' ? ids : [], removed: way === 'remove' ? ids : [] };
    await writer.assignToMany(authority, role, lists, calls.call);
    return null;
  } catch (error) {
    const code = isFault(error) ? error.code : String(error);
    session.deps.log.warn('a change of many people did not answer well', { reference: session.reference, code });
    return error;
  }
}

/** Roles of everybody, as one listing shows them. */
export type Lists = ReadonlyMap<ExtensionId, readonly AssignedRole[]>;

/** Null when it cannot be read now: the truth is found out later, from the record. */
async function readBack(session: Session): Promise<Lists | null> {
  try {
    return await afresh(session).facts.everyone();
  } catch {
    return null;
  }
}

function outcomeFor(session: Session, each: PersonPlan, lists: Lists | null, fault: unknown): ChangeOutcome {
  if (lists === null) return { kind: 'unsettled', code: fault === null ? 'unread' : codeOf(fault) };
  const found = lists.get(each.person.id) ?? [];
  if (sameAssignments(found, each.after)) return { kind: 'changed', verifiedAt: session.deps.clock.now() };
  if (!sameAssignments(found, each.before)) return { kind: 'differs', found };
  if (mayStillHappen(fault)) return { kind: 'unsettled', code: codeOf(fault) };
  return { kind: 'failed', code: NOT_SERVED, detail: fault === null ? null : codeOf(fault) };
}

/** What stands unsettled stays open in the store and is settled from there. */
async function settleAll(
  session: Session,
  job: BulkJob,
  intents: readonly string[],
  people: readonly PersonPlan[],
  outcomes: readonly ChangeOutcome[],
  requests: CallRecord['made'],
): Promise<void> {
  const changes: StoreChange[] = [];
  const entries: AuditEntry[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const [id, each] = [intents[index], people[index]];
    if (outcome.kind === 'unsettled' || id === undefined || each === undefined) continue;
    changes.push({ write: 'intent.settle', id, outcome });
    entries.push(personEntry(session, 'change.outcome', each, { intent: id, outcome, requests, ...basisIn(job) }));
  }
  if (changes.length > 0) await session.deps.store.commit(changes, entries);
}
