import { ended, type Grant, leasesOf } from '../domain/grant.ts';
import type { TimedAct } from '../domain/grant-effects.ts';
import type { AssignedRole } from '../domain/roles.ts';
import { FOR_GOOD } from '../domain/time-span.ts';
import type { BackgroundDeps } from './background.ts';
import { assigning, give, summary } from './begin-planned.ts';
import { type KeptLedger, ledgerChanges } from './ledgers.ts';

/**
 * Gives a paused role back, by the right that whoever paused it has now, with the restriction it was held with.
 *
 * A role that was held for a time which is over by now does not come back.
 */
export async function giveBack(deps: BackgroundDeps, kept: KeptLedger, pause: Grant): Promise<void> {
  const { grants } = kept.ledger;
  if (!pause.standing && leasesOf(grants, pause.role).length === 0) {
    const now = deps.clock.now();
    const closed = grants.map((grant) => (grant.id === pause.id ? ended(grant, 'expired', now) : grant));
    await deps.store.commit(ledgerChanges(kept, closed, now), []);
    return;
  }
  await give(deps, kept, pause, {
    pendingId: `return:${pause.id}`,
    acts: [assigning(pause), ...withoutSubstitute(kept, pause)],
    effect: 'return',
    heldBefore: true,
    list: (after) => after.map((role) => asItWas(role, pause)),
  });
}

/** The default role that came only because nothing else remained goes again. */
function withoutSubstitute({ ledger }: KeptLedger, { substitute }: Grant): readonly TimedAct[] {
  if (substitute === null || leasesOf(ledger.grants, substitute).length > 0) return [];
  return [{ intent: 'remove-role', roles: [summary(substitute, '')], removed: [], span: FOR_GOOD }];
}

function asItWas(role: AssignedRole, { role: id, siteRestricted }: Grant): AssignedRole {
  return role.id === id ? { ...role, siteRestricted } : role;
}
