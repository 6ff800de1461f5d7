import { type Grant, isOpen, leasesOf, pausesOf } from '../domain/grant.ts';
import type { Drift } from '../domain/grant-event.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { BackgroundDeps } from './background.ts';
import { type KeptLedger, LEDGER, ledgerChanges, readLedger } from './ledgers.ts';
import { noticeChanges } from './notices.ts';
import type { ClaimedDue, Store, StoreChange } from './ports.ts';

/** The kind and the id of what is due for the comparison with RingCentral. */
export const SWEEP = 'grant-sweep';
const EVERY_MS = 6 * 3_600_000;
const PAGE = 500;

/** Makes the comparison due, where it is not yet. */
export function sweepLater(now: number): StoreChange {
  return { write: 'due.add', due: { id: SWEEP, kind: SWEEP, ref: 'account', dueAt: now + EVERY_MS } };
}

/**
 * Compares RingCentral with our grants: given by us and gone, ended and still there. What is new of it is told to the
 * channel and the log; nothing is ever repaired, because somebody may have meant it.
 */
export async function sweepDrift(deps: BackgroundDeps, due: ClaimedDue): Promise<void> {
  const { store, clock, ids, log } = deps;
  const now = clock.now();
  const listed = await deps.directories.service.listAssignedRoles({ urgency: 'background' });
  const lists = new Map(listed.map(({ extension, roles }) => [extension as string, roles]));
  const found: Drift[] = [];
  for await (const kept of everyLedger(store)) {
    const roles = lists.get(kept.ledger.person.id);
    if (roles === undefined) continue;
    const grants = kept.ledger.grants.map((grant) => ({ ...grant, drift: driftOf(grant, kept.ledger.grants, roles) }));
    const changed = grants.filter(({ drift }, index) => drift !== kept.ledger.grants[index]?.drift);
    if (changed.length === 0) continue;
    // A miss means that somebody works on these grants just now: the next comparison sees what came of it.
    if (!(await store.commit(ledgerChanges(kept, grants, now), []))) continue;
    found.push(...changed.flatMap((grant) => told(grant, kept)));
  }
  for (const { kind, person, roleName } of found) {
    log.warn('RingCentral and the grants differ', { kind, extension: person.id, role: roleName });
  }
  const reference = ids.reference();
  const notice = found.length === 0 ? [] : noticeChanges(ids, 'channel', { kind: 'drift', found }, { now, reference });
  await store.commit(
    [{ write: 'due.put', due: { id: due.id, kind: SWEEP, ref: due.ref, dueAt: now + EVERY_MS } }, ...notice],
    found.length === 0 ? [] : [entryOf(found, now, reference)],
  );
}

async function* everyLedger({ records }: Pick<Store, 'records'>): AsyncIterable<KeptLedger> {
  let page = await records.find({ kind: LEDGER, limit: PAGE });
  while (page.length > 0) {
    yield* page.map(readLedger);
    const last = page.at(-1);
    page =
      last === undefined || page.length < PAGE ? [] : await records.find({ kind: LEDGER, limit: PAGE, before: last });
  }
}

/** What is not as recorded about one grant. What began or is ending just now is nobody's drift. */
function driftOf(grant: Grant, all: readonly Grant[], roles: readonly AssignedRole[]): Grant['drift'] {
  if (grant.kind !== 'give') return null;
  const there = roles.some(({ id }) => id === grant.role);
  if (grant.state === 'active') return there || pausesOf(all, grant.role).length > 0 ? null : 'gone';
  const taken = grant.how === 'expired' || grant.how === 'revoked';
  const givenSince = all.some((other) => other.role === grant.role && (isOpen(other) || other.how === 'kept'));
  return taken && there && !givenSince && leasesOf(all, grant.role).length === 0 ? 'still-there' : null;
}

function told({ drift: kind, roleName, endsAt, endedAt }: Grant, { ledger }: KeptLedger): readonly Drift[] {
  return kind === null ? [] : [{ kind, person: ledger.person, roleName, endsAt, endedAt }];
}

function entryOf(found: readonly Drift[], now: number, reference: string) {
  const facts = found.map(({ kind, person, roleName }) => ({ kind, extension: person.id, role: roleName }));
  return {
    at: now,
    actor: 'rolecall',
    action: 'grant.drift',
    subject: found.map(({ person }) => person.number).join(','),
    reference,
    body: JSON.stringify({ found: facts }),
  };
}
