import type { BackgroundDeps } from '../usecases/background.ts';
import { BULK_DUE } from '../usecases/bulk/job.ts';
import { workOnBulk } from '../usecases/bulk/work.ts';
import { grantLanes } from '../usecases/keep-grants.ts';
import type { ClaimedDue } from '../usecases/ports.ts';
import type { Lane } from './keep-time.ts';

/** Changes of many people that are worked on at the same time: they share one call budget. */
const BULKS_AT_ONCE = 2;

/** Everything that becomes due: ends first of all, changes of many people beside them. */
export function lanesOf(background: BackgroundDeps): readonly Lane[] {
  const bulk = { handlers: { [BULK_DUE]: (due: ClaimedDue) => workOnBulk(background, due) }, atOnce: BULKS_AT_ONCE };
  return [...grantLanes(background), bulk];
}
