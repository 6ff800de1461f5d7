import { dueGrants } from '../domain/grant-time.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { BackgroundDeps } from './background.ts';
import { beginPlanned } from './begin-planned.ts';
import { giveBack } from './give-back.ts';
import { loadLedger, lookAgain } from './ledgers.ts';
import { warnOfEnd } from './warn-of-end.ts';

/**
 * Does what the time has come for among somebody's grants, ends aside: begins what was planned, gives back what was
 * paused, warns of what ends soon. Each is looked up anew, so that one may change what the next finds.
 */
export async function takeSteps(deps: BackgroundDeps, extension: ExtensionId): Promise<void> {
  const done = new Set<string>();
  for (;;) {
    const kept = await loadLedger(deps.store, extension);
    if (kept === null) return;
    const { starts, returns, warnings } = dueGrants(kept.ledger.grants, deps.clock.now());
    const ready = [...starts, ...returns].filter(({ trouble }) => (trouble?.retryAt ?? 0) <= deps.clock.now());
    const next = [...ready, ...warnings].find(({ id }) => !done.has(id));
    if (next === undefined) {
      await deps.store.commit(lookAgain(kept, deps.clock.now()), []);
      return;
    }
    done.add(next.id);
    if (starts.includes(next)) await beginPlanned(deps, kept, next);
    else if (returns.includes(next)) await giveBack(deps, kept, next);
    else await warnOfEnd(deps, kept, next);
  }
}
