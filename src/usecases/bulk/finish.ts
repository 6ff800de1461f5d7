import type { Answer } from '../session.ts';
import { BULK_DUE, loadItems, loadJob, outcomesOf } from './job.ts';
import { finalReport } from './report.ts';
import { BULK_LEASE_MS, type BulkDeps, workOnBulk } from './work.ts';

const LOOK_EVERY_MS = 250;

/**
 * Waits until a change of many people is over, and works on it meanwhile where no running service does.
 *
 * @returns the report; null when there is no such change
 */
export async function finishBulk(deps: BulkDeps, id: string): Promise<Answer | null> {
  const { store, clock, ids, pause } = deps;
  const holder = `finish.${ids.opaque()}`;
  for (;;) {
    const kept = await loadJob(store, id);
    if (kept === null) return null;
    if (kept.state === 'done') {
      const outcomes = await outcomesOf(store, id);
      return finalReport(kept.job, await loadItems(store, id), outcomes, await deps.names.current());
    }
    const claim = { now: clock.now(), limit: 1, holder, ttlMs: BULK_LEASE_MS, kinds: [BULK_DUE] };
    const [due] = await store.due.claim(claim);
    if (due === undefined) await pause(LOOK_EVERY_MS);
    else await workOnBulk(deps, due);
  }
}
