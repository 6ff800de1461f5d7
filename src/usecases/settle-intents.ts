import type { ChangeOutcome } from '../domain/change.ts';
import { isFault } from '../domain/faults.ts';
import type { ExtensionId } from '../domain/ids.ts';
import { type AssignedRole, sameAssignments } from '../domain/roles.ts';
import { grantsAtOutcome } from './grant-writes.ts';
import { CALL_ARRIVES_WITHIN_MS, LEASE_FOR_MS, LIST_FROM } from './limits.ts';
import type { Lease, StoredIntent } from './ports.ts';
import { trailList } from './record-change.ts';
import type { Deps } from './session.ts';

/** What became of the intents that had no outcome. */
export type Settled = { readonly settled: number; readonly left: number };

/**
 * Finds the outcome of changes that were cut off between their record and their result.
 *
 * RingCentral is read again and its list decides; nothing is written there. What cannot be read now, or is being worked
 * on by another instance, is left for the next time.
 */
export async function settleIntents(deps: Deps): Promise<Settled> {
  const unsettled = await deps.store.intents.unsettled();
  const held: Held[] = [];
  for (const intent of unsettled) {
    const lease = await leaseOf(deps, intent);
    if (lease !== null) held.push({ intent, lease });
  }
  // Only lists that are read under the lease tell the truth: before it somebody may still have been writing.
  const read = held.length < LIST_FROM ? oneByOne(deps) : fromListing(deps);
  let settled = 0;
  for (const each of held) if (await settleOne(deps, each, read)) settled++;
  const left = unsettled.length - settled;
  if (unsettled.length > 0) deps.log.info('settled what was cut off', { settled, left });
  return { settled, left };
}

type Held = { readonly intent: StoredIntent; readonly lease: Lease };

function leaseOf({ store, ids, clock }: Deps, { account, extension }: StoredIntent): Promise<Lease | null> {
  return store.lease(account, extension, `settle.${ids.opaque()}`, clock.now(), LEASE_FOR_MS);
}

type ReadList = (extension: ExtensionId) => Promise<readonly AssignedRole[]>;

function oneByOne({ directories }: Deps): ReadList {
  return async (extension) => {
    try {
      return await directories.service.readAssignedRoles(extension);
    } catch (error) {
      // Whoever left the account holds nothing; the listing of many says the same.
      if (isFault(error, 'directory-not-found')) return [];
      throw error;
    }
  };
}

/** Of many the whole account is read at once. */
function fromListing({ directories }: Deps): ReadList {
  let listing: Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>> | null = null;
  return async (extension) => {
    listing ??= directories.service
      .listAssignedRoles()
      .then((rows) => new Map(rows.map((row) => [row.extension, row.roles])));
    return (await listing).get(extension) ?? [];
  };
}

async function settleOne(deps: Deps, { intent, lease }: Held, read: ReadList): Promise<boolean> {
  const { clock, log, store } = deps;
  try {
    const { outcome, found } = await readOutcome(deps, intent, read);
    const tookEffect = outcome.kind === 'changed';
    const grants = await grantsAtOutcome(deps, intent.extension, {
      intent: intent.id,
      tookEffect,
      before: intent.before,
      found,
    });
    if (outcome.kind === 'unchanged' && grants.length > 0 && mayStillHappen(deps, intent)) return false;
    const names = await deps.names.current();
    const numberOf = (extension: ExtensionId) => names.byId(extension)?.number ?? extension;
    const lists = { before: trailList(intent.before), after: trailList(intent.after) };
    const { pendingId: change, undoes } = intent;
    const body = { intent: intent.id, change, undoes, asker: numberOf(intent.asker), outcome, ...lists };
    const entry = {
      at: clock.now(),
      actor: 'rolecall',
      action: 'change.settled',
      subject: numberOf(intent.extension),
      reference: intent.reference,
      body: JSON.stringify(body),
    };
    return await store.commit([{ write: 'intent.settle', id: intent.id, outcome }, ...grants], [entry]);
  } catch (error) {
    log.warn('an intent could not be settled', {
      intent: intent.id,
      code: isFault(error) ? error.code : String(error),
    });
    return false;
  } finally {
    await lease.release();
  }
}

/**
 * Tells whether a call that was cut off could still be on its way. What it would give has an end on record, and that
 * record must not be closed before the call can no longer arrive.
 */
function mayStillHappen({ clock }: Deps, { createdAt }: StoredIntent): boolean {
  return Math.abs(clock.now() - createdAt) < CALL_ARRIVES_WITHIN_MS;
}

type Read = { readonly outcome: ChangeOutcome; readonly found: readonly AssignedRole[] };

async function readOutcome(deps: Deps, { extension, before, after }: StoredIntent, read: ReadList): Promise<Read> {
  const found = await read(extension);
  if (sameAssignments(found, after)) return { found, outcome: { kind: 'changed', verifiedAt: deps.clock.now() } };
  if (sameAssignments(found, before)) return { found, outcome: { kind: 'unchanged', neverArrived: true } };
  return { found, outcome: { kind: 'differs', found } };
}
