import type { GrantTime, PersonPlan } from '../domain/change.ts';
import { isOpen } from '../domain/grant.ts';
import { type GrantOutcome, type GrantWrite, withIntent, withOutcome } from '../domain/grant-moves.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import { ledgerChanges, ledgerOf, loadLedger } from './ledgers.ts';
import type { NewIntent, StoreChange } from './ports.ts';
import type { Deps, Session } from './session.ts';

type Begun = Pick<NewIntent, 'id' | 'before' | 'after'> & { readonly reason: string | null };

/**
 * What belongs into the transaction that records a change before its call: the grants that it begins, with their ends
 * due, and what it proposes for those that there are.
 */
export async function grantsAtIntent(
  session: Session,
  { person, grants: effects }: Pick<PersonPlan, 'person' | 'grants'>,
  { id, before, after, reason }: Begun,
): Promise<readonly StoreChange[]> {
  if (effects.length === 0) return [];
  const kept = await ledgerOf(session, person);
  const now = session.deps.clock.now();
  const grants = withIntent(kept.ledger.grants, effects, writeOf(session, person, { id, before, after, reason }, now));
  return ledgerChanges(kept, grants, now);
}

function writeOf(session: Session, { id: holder }: Extension, { id, ...begun }: Begun, now: number): GrantWrite {
  const { deps, asker, reference } = session;
  const newId = () => `${holder}-${deps.ids.opaque()}`;
  return { ...begun, intent: id, asker: asker.person.id, reference, now, zone: deps.zone, newId };
}

/** What belongs into the transaction that records how a change went: its grants begin, end, or never were. */
export async function grantsAtOutcome(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  extension: ExtensionId,
  outcome: Omit<GrantOutcome, 'now'>,
): Promise<readonly StoreChange[]> {
  const kept = await loadLedger(store, extension);
  if (kept === null) return [];
  const now = clock.now();
  return ledgerChanges(kept, withOutcome(kept.ledger.grants, { ...outcome, now }), now);
}

/**
 * Both at once, for a change that leaves the list as it is: somebody's role gets an end, loses it, or is planned for later.
 */
export async function grantsAlone(
  session: Session,
  { person, grants: effects, before }: Pick<PersonPlan, 'person' | 'grants' | 'before'>,
  { id, reason }: Pick<Begun, 'id' | 'reason'>,
): Promise<readonly StoreChange[]> {
  const kept = await ledgerOf(session, person);
  const now = session.deps.clock.now();
  const write = writeOf(session, person, { id, before, after: before, reason }, now);
  const begun = withIntent(kept.ledger.grants, effects, write);
  return ledgerChanges(kept, withOutcome(begun, { intent: id, tookEffect: true, before, found: before, now }), now);
}

/** When the roles that a change gave, took or limited for a time begin and end, as it is on record now. */
export async function timesNow(
  { deps }: Session,
  { person, grants: effects }: Pick<PersonPlan, 'person' | 'grants'>,
): Promise<readonly GrantTime[]> {
  const timed = effects.filter(({ kind }) => kind !== 'keep' && kind !== 'drop').map(({ role }) => role.id);
  if (timed.length === 0) return [];
  const kept = await loadLedger(deps.store, person.id);
  const open = (kept?.ledger.grants ?? []).filter((grant) => isOpen(grant) && timed.includes(grant.role));
  return open.map(({ kind, roleName, startsAt, endsAt }) => ({ kind, roleName, startsAt, endsAt }));
}
