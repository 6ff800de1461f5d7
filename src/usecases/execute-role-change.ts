import type { Authority } from '../domain/authority.ts';
import { isFault } from '../domain/faults.ts';
import type { RoleId } from '../domain/ids.ts';
import type { RoleOutcome, RolePlan } from '../domain/role-change.ts';
import { dictionaryOf } from '../domain/role-merge.ts';
import type { PlannedRole } from './build-role-plan.ts';
import { type CallRecord, createCallRecord } from './call-record.ts';
import { writerFor } from './establish-authority.ts';
import { codeOf, mayStillHappen } from './execute-change.ts';
import type { RoleDirectory } from './ports.ts';
import { type KeptRoleChange, type RoleBasis, recordRoleIntent, roleEntry, settleRoleChange } from './role-records.ts';
import { type RoleTruth, readRoleTruth, type TruthReader } from './role-truth.ts';
import { basisOf, type Said } from './said.ts';
import type { Session } from './session.ts';

/** Carries out a plan that was read just now and confirmed: intent, call, reading back, outcome. */
export async function executeRoleChange(
  session: Session,
  { plan, authority }: PlannedRole,
  said: Pick<RoleBasis, 'pendingId'> & Said,
): Promise<{ readonly outcome: RoleOutcome; readonly record: string }> {
  const writer = await writerFor(session, authority.verb);
  const through = writer === session.asker.own ? 'own-token' : 'service-account';
  const kept = await recordRoleIntent(session, plan, { ...said, authority, through });
  const calls = createCallRecord();
  const called = await call(session, () => write(writer, authority, plan, calls));
  const outcome = await findTruth(session, writer, authority, kept, called, calls);
  const basis = { proof: authority.proof, through, ...basisOf(said), requests: calls.made };
  await settle(session, plan, kept, outcome, basis);
  await makeKnown(session, plan);
  return { outcome, record: kept.stored.id };
}

/** What the call gave: the id of a new role, or what went wrong. Only reading back tells whether it took effect. */
type Called = { readonly made: RoleId | null; readonly fault: unknown };

async function call(session: Session, effect: () => Promise<RoleId | null>): Promise<Called> {
  try {
    return { made: await effect(), fault: null };
  } catch (error) {
    session.deps.log.warn('a change of a role did not answer well', {
      reference: session.reference,
      code: codeOf(error),
    });
    return { made: null, fault: error };
  }
}

async function write(
  writer: RoleDirectory,
  right: Authority,
  { intent, before, after }: RolePlan,
  { call }: CallRecord,
): Promise<RoleId | null> {
  if (intent === 'create-role' && after !== null)
    return writer.createRole(right as Authority<'edit-role'>, after, call);
  if (before === null) throw new Error(`${intent} without a role`);
  if (intent === 'set-default-role')
    await writer.changeDefaultRole(right as Authority<'default-role'>, before.id, call);
  else if (intent === 'delete-role') await writer.deleteRole(right as Authority<'edit-role'>, before.id, call);
  else if (after !== null) await writer.updateRole(right as Authority<'edit-role'>, before.id, after, call);
  return null;
}

async function findTruth(
  session: Session,
  writer: RoleDirectory,
  right: Authority,
  { change }: KeptRoleChange,
  { made, fault }: Called,
  calls: CallRecord,
): Promise<RoleOutcome> {
  let truth: RoleTruth;
  try {
    truth = await readBack(session, writer, (reader) => readRoleTruth(reader, change, made));
    if (truth.kind === 'differs' && change.intent === 'create-role') {
      truth = await mend(session, writer, right, change, truth, calls);
    }
  } catch (error) {
    return { kind: 'unsettled', code: codeOf(error) };
  }
  if (truth.kind !== 'as-before') return truth;
  if (fault === null) return { kind: 'failed', code: 'no-effect', detail: null };
  if (mayStillHappen(fault)) return { kind: 'unsettled', code: codeOf(fault) };
  return { kind: 'failed', code: codeOf(fault), detail: isFault(fault) ? (fault.data.missing ?? null) : null };
}

/**
 * RingCentral was seen to create a role with other permissions than were sent, and to take them with a second call:
 * nobody holds the role yet, so it is put right at once.
 */
async function mend(
  session: Session,
  writer: RoleDirectory,
  right: Authority,
  change: KeptRoleChange['change'],
  truth: Extract<RoleTruth, { kind: 'differs' }>,
  calls: CallRecord,
): Promise<RoleTruth> {
  const { after } = change;
  const id = truth.now?.id ?? null;
  if (after === null || id === null) return truth;
  const { fault } = await call(session, async () => {
    await writer.updateRole(right as Authority<'edit-role'>, id, after, calls.call);
    return id;
  });
  const mended = await readBack(session, writer, (reader) => readRoleTruth(reader, change, id));
  return mended.kind === 'changed' && fault === null ? { ...mended, mended: true } : mended;
}

/** The other identity is asked where the writer cannot read: the truth must not stay unknown for want of a call. */
async function readBack(
  session: Session,
  writer: RoleDirectory,
  read: (reader: TruthReader) => Promise<RoleTruth>,
): Promise<RoleTruth> {
  const { directories, clock } = session.deps;
  const dictionary = dictionaryOf(session.names.permissions);
  const as = (directory: RoleDirectory) => read({ directory, dictionary, now: () => clock.now() });
  if (writer === directories.service) return as(writer);
  return as(writer).catch(() => as(directories.service));
}

/** The change stands whether or not its outcome could be recorded; an open record is settled later. */
async function settle(
  session: Session,
  plan: RolePlan,
  kept: KeptRoleChange,
  outcome: RoleOutcome,
  basis: Record<string, unknown>,
): Promise<void> {
  const { store, log } = session.deps;
  try {
    const entry = roleEntry(session, 'role.outcome', plan, { record: kept.stored.id, outcome, ...basis });
    await settleRoleChange(store, kept, outcome, entry);
  } catch (error) {
    log.error('an outcome could not be recorded', { reference: session.reference, error: String(error) });
  }
}

/** How long the answer waits for the names to be read again: somebody who just made a role speaks of it next. */
const NAMES_WAIT_MS = 3_000;

async function makeKnown(session: Session, { before }: RolePlan): Promise<void> {
  const { names, log, pause } = session.deps;
  if (before !== null) session.shelf.forget(before.id);
  const renewed = names.refresh().catch((error: unknown) => {
    log.warn('names could not be read again', { reference: session.reference, error: String(error) });
  });
  await Promise.race([renewed, pause(NAMES_WAIT_MS)]);
}
