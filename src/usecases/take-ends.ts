import { type Authority, decideGrantEnd, isRefusal } from '../domain/authority.ts';
import type { ChangeOutcome } from '../domain/change.ts';
import { isFault } from '../domain/faults.ts';
import { ended, type Grant } from '../domain/grant.ts';
import { withTrouble } from '../domain/grant-moves.ts';
import { dueGrants, rolesToTake } from '../domain/grant-time.ts';
import { accountId, type ExtensionId } from '../domain/ids.ts';
import { toAssign } from '../domain/merge.ts';
import { type AssignedRole, sameAssignments } from '../domain/roles.ts';
import { endsTold, overdueTold } from './grant-told.ts';
import { type KeptLedger, ledgerChanges, loadLedger, lookAgain } from './ledgers.ts';
import { CALL_TAKES_AT_MOST_MS, LEASE_FOR_MS } from './limits.ts';
import type { AuditEntry, Call, Lease, StoreChange } from './ports.ts';
import type { Deps } from './session.ts';

/** What became of somebody's ends. */
export type EndsTaken =
  /** Nothing was due: somebody else was first, or the end has moved. */
  | { readonly kind: 'nothing' }
  /** Another change of the same person is under way. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'ended'; readonly grants: readonly Grant[]; readonly roles: readonly AssignedRole[] }
  /** It is tried again by itself. */
  | { readonly kind: 'failed'; readonly code: string; readonly grants: readonly Grant[] };

/** An end goes before everything else that waits for RingCentral. */
const FIRST: Call = { urgency: 'revocation' };

/**
 * Takes from one person what they held for a time that is over.
 *
 * The record alone decides, by the clock as it is now: whoever calls this, and however often, nothing ends before its
 * time or twice. A role is told as ended only once RingCentral does not show it any more.
 */
export async function takeEnds(deps: Deps, extension: ExtensionId): Promise<EndsTaken> {
  const { store, clock, ids } = deps;
  const known = await loadLedger(store, extension);
  if (known === null || dueGrants(known.ledger.grants, clock.now()).ends.length === 0) {
    if (known !== null) await store.commit(lookAgain(known, clock.now()), []);
    return { kind: 'nothing' };
  }
  const account = accountId(known.ledger.account);
  const lease = await store.lease(account, extension, `end.${ids.opaque()}`, clock.now(), LEASE_FOR_MS);
  if (lease === null) return { kind: 'busy' };
  try {
    return await takeUnder(deps, extension, lease);
  } finally {
    await lease.release().catch(() => deps.log.warn('lease was not released', { extension }));
  }
}

async function takeUnder(deps: Deps, extension: ExtensionId, lease: Lease): Promise<EndsTaken> {
  const kept = await loadLedger(deps.store, extension);
  const ending = kept === null ? [] : dueGrants(kept.ledger.grants, deps.clock.now()).ends;
  if (kept === null || ending.length === 0) return { kind: 'nothing' };
  try {
    const found = await deps.directories.service.readAssignedRoles(extension, FIRST);
    const after = await remaining(deps, kept, ending, found);
    if (sameAssignments(found, after))
      return await close(deps, kept, ending, { before: found, after: found, intent: null });
    return await take(deps, kept, ending, { before: found, after }, lease);
  } catch (error) {
    return notTaken(deps, kept, ending, error, []);
  }
}

/**
 * The list without the roles that no lease holds any longer. Where nothing would remain the default role takes their
 * place; where one of them is the default role it stays as such.
 */
async function remaining(
  deps: Deps,
  { ledger }: KeptLedger,
  ending: readonly Grant[],
  found: readonly AssignedRole[],
): Promise<readonly AssignedRole[]> {
  const over = rolesToTake(ledger.grants, ending);
  const stays = found.filter(({ id }) => !over.includes(id));
  if (stays.length > 0 || found.length === 0) return stays;
  const { id, displayName } = await deps.directories.service.readDefaultRole(FIRST);
  const asHeld = found.find((role) => role.id === id);
  return [asHeld ?? { id, displayName, autoAssigned: false, siteRestricted: false }];
}

type Lists = { readonly before: readonly AssignedRole[]; readonly after: readonly AssignedRole[] };

async function take(
  deps: Deps,
  kept: KeptLedger,
  ending: readonly Grant[],
  lists: Lists,
  lease: Lease,
): Promise<EndsTaken> {
  const { directories, clock, store, ids } = deps;
  const { service } = directories;
  const { ledger } = kept;
  const serviceAccount = await service.owner();
  const authority = decideGrantEnd({
    ledger,
    ...lists,
    defaultRole: lists.after[0]?.id ?? null,
    serviceAccount,
    appPermissions: await service.appPermissions(),
    now: clock.now(),
  });
  if (isRefusal(authority)) return notTaken(deps, kept, ending, 'app-lacks-scope', []);
  if (clock.now() + CALL_TAKES_AT_MOST_MS > lease.until) return { kind: 'busy' };
  const intent = ids.opaque();
  const record = {
    id: intent,
    pendingId: `grant:${ending[0]?.id ?? ''}`,
    account: accountId(ledger.account),
    extension: ledger.person.id,
    asker: serviceAccount,
    reference: referenceOf(ending),
    ...lists,
    createdAt: clock.now(),
    undoes: null,
  };
  const entry = entryOf(deps, kept, 'grant.intent', ending, { intent, proof: authority.proof, ...written(lists) });
  if (!(await store.commit([{ write: 'intent.record', intent: record }], [entry]))) return { kind: 'busy' };
  const fault = await call(deps, authority, ledger.person.id, lists.after);
  return judge(deps, kept, ending, { ...lists, intent }, fault);
}

async function call(
  { directories, log }: Deps,
  authority: Authority<'assign'>,
  extension: ExtensionId,
  after: readonly AssignedRole[],
): Promise<unknown> {
  try {
    await directories.service.replaceAssignedRoles(authority, extension, toAssign(after), FIRST);
    return null;
  } catch (error) {
    log.warn('an end did not answer well', { extension, code: codeOf(error) });
    return error;
  }
}

/** RingCentral's own list is the only proof that something has ended. */
async function judge(
  deps: Deps,
  kept: KeptLedger,
  ending: readonly Grant[],
  write: Lists & { readonly intent: string },
  fault: unknown,
): Promise<EndsTaken> {
  const { before, after, intent } = write;
  let found: readonly AssignedRole[];
  try {
    found = await deps.directories.service.readAssignedRoles(kept.ledger.person.id, FIRST);
  } catch (error) {
    // What was written is settled from its record; the end itself is tried again until RingCentral shows it.
    return notTaken(deps, kept, ending, error, []);
  }
  const over = rolesToTake(kept.ledger.grants, ending);
  if (!found.some(({ id }) => over.includes(id)) || sameAssignments(found, after)) {
    return close(deps, kept, ending, { before, after: found, intent, wanted: after });
  }
  const outcome: ChangeOutcome = sameAssignments(found, before)
    ? { kind: 'failed', code: fault === null ? 'no-effect' : codeOf(fault), detail: null }
    : { kind: 'differs', found };
  return notTaken(deps, kept, ending, fault ?? 'no-effect', [{ write: 'intent.settle', id: intent, outcome }]);
}

type Closing = Lists & { readonly intent: string | null; readonly wanted?: readonly AssignedRole[] };

async function close(
  deps: Deps,
  kept: KeptLedger,
  ending: readonly Grant[],
  { before, after, intent, wanted = after }: Closing,
): Promise<EndsTaken> {
  const { store, clock } = deps;
  const now = clock.now();
  const grants = kept.ledger.grants.map((grant) =>
    ending.includes(grant) ? ended(grant, grant.endedBy === null ? 'expired' : 'revoked', now, intent) : grant,
  );
  const outcome: ChangeOutcome = sameAssignments(after, wanted)
    ? { kind: 'changed', verifiedAt: now }
    : { kind: 'differs', found: after };
  const changes: readonly StoreChange[] = [
    ...(intent === null ? [] : [{ write: 'intent.settle', id: intent, outcome } as const]),
    ...ledgerChanges(kept, grants, now),
    ...(await endsTold(deps, kept, grants, ending, after)),
  ];
  const entry = entryOf(deps, kept, 'grant.ended', ending, { intent, ...written({ before, after }) });
  if (!(await store.commit(changes, [entry]))) return { kind: 'busy' };
  return { kind: 'ended', grants: ending, roles: after };
}

async function notTaken(
  deps: Deps,
  kept: KeptLedger,
  ending: readonly Grant[],
  why: unknown,
  settled: readonly StoreChange[],
): Promise<EndsTaken> {
  const { store, clock, log } = deps;
  const code = typeof why === 'string' ? why : codeOf(why);
  const askedMs = isFault(why) ? (why.data.retryAfterMs ?? null) : null;
  const now = clock.now();
  const grants = kept.ledger.grants.map((grant) =>
    ending.includes(grant) ? withTrouble(grant, code, askedMs, now) : grant,
  );
  const late = grants.filter(
    (grant, index) => grant.state === 'overdue' && kept.ledger.grants[index]?.state !== 'overdue',
  );
  if (late.length > 0)
    log.error('a role that should have ended is still held', { extension: kept.ledger.person.id, code });
  const told = await overdueTold(deps, kept, late);
  const entry = entryOf(deps, kept, 'grant.end-failed', ending, { code });
  const first = await store.commit([...settled, ...ledgerChanges(kept, grants, now), ...told], [entry]);
  return first
    ? { kind: 'failed', code, grants: grants.filter((_, index) => ending.includes(kept.ledger.grants[index] as Grant)) }
    : { kind: 'busy' };
}

function codeOf(error: unknown): string {
  return isFault(error) ? (error.data.errorCode ?? error.code) : 'internal';
}

function referenceOf(ending: readonly Grant[]): string {
  return ending[0]?.reference ?? '';
}

function written({ before, after }: Lists) {
  return { before: toAssign(before), after: toAssign(after) };
}

/** The audit entry of an end; nobody asked for it just now, so the actor is the assistant itself. */
function entryOf(
  { clock }: Deps,
  { ledger }: KeptLedger,
  action: string,
  grants: readonly Grant[],
  details: Record<string, unknown>,
): AuditEntry {
  const { person } = ledger;
  const facts = grants.map(({ id, role, asker, endsAt, endedBy }) => ({ id, role, asker, endsAt, endedBy }));
  return {
    at: clock.now(),
    actor: 'rolecall',
    action,
    subject: person.number,
    reference: referenceOf(grants),
    body: JSON.stringify({ extension: person.id, grants: facts, ...details }),
  };
}
