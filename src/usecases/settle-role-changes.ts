import { isFault } from '../domain/faults.ts';
import type { RoleOutcome } from '../domain/role-change.ts';
import { dictionaryOf } from '../domain/role-merge.ts';
import { LEASE_FOR_MS } from './limits.ts';
import { type KeptRoleChange, openRoleChanges, settleRoleChange } from './role-records.ts';
import { readRoleTruth } from './role-truth.ts';
import type { Deps } from './session.ts';
import type { Settled } from './settle-intents.ts';

/**
 * Finds the outcome of changes of roles that were cut off between their record and their result.
 *
 * RingCentral is read again and its word decides; nothing is written there. What cannot be read now, or is being worked
 * on, is left for the next time.
 */
export async function settleRoleChanges(deps: Deps): Promise<Settled> {
  let settled = 0;
  let left = 0;
  const open = await openRoleChanges(deps);
  if (open.length === 0) return { settled, left };
  const { clock, ids, log, names, store } = deps;
  const { account } = await names.current();
  const lease = await store.lease(account.id, 'roles', `settle.${ids.opaque()}`, clock.now(), LEASE_FOR_MS);
  if (lease === null) return { settled, left: open.length };
  try {
    for (const kept of open) {
      if (await settleOne(deps, kept)) settled++;
      else left++;
    }
  } finally {
    await lease.release();
  }
  log.info('settled changes of roles that were cut off', { settled, left });
  return { settled, left };
}

async function settleOne(deps: Deps, kept: KeptRoleChange): Promise<boolean> {
  const { clock, log, store } = deps;
  const { change, stored } = kept;
  try {
    const outcome = await readOutcome(deps, kept);
    return await settleRoleChange(store, kept, outcome, {
      at: clock.now(),
      actor: 'rolecall',
      action: 'role.settled',
      subject: null,
      reference: change.reference,
      body: JSON.stringify({ record: stored.id, intent: change.intent, role: change.role, name: change.name, outcome }),
    });
  } catch (error) {
    const code = isFault(error) ? error.code : String(error);
    log.warn('a change of a role could not be settled', { record: stored.id, code });
    return false;
  }
}

async function readOutcome({ directories, names, clock }: Deps, { change }: KeptRoleChange): Promise<RoleOutcome> {
  const { permissions } = await names.current();
  const reader = { directory: directories.service, dictionary: dictionaryOf(permissions), now: () => clock.now() };
  const truth = await readRoleTruth(reader, change, null);
  return truth.kind === 'as-before' ? { kind: 'unchanged' } : truth;
}
