import { extensionId } from '../domain/ids.ts';
import type { BackgroundDeps } from './background.ts';
import { END_DUE, STEP_DUE } from './ledgers.ts';
import { NOTICE, tellNotice } from './notices.ts';
import type { ClaimedDue } from './ports.ts';
import type { DueHandlers } from './run-due.ts';
import { SWEEP, sweepDrift } from './sweep-drift.ts';
import { takeEnds } from './take-ends.ts';
import { takeSteps } from './take-steps.ts';

/** Somebody else's change of the same person is waited for this long before the next try. */
const BUSY_FOR_MS = 1_000;

/** What is done with what is due of grants: ends in a lane of their own, so that they never wait for anything else. */
export function grantLanes(deps: BackgroundDeps) {
  const ends: DueHandlers = { [END_DUE]: (due) => end(deps, due) };
  const others: DueHandlers = {
    [STEP_DUE]: (due) => takeSteps(deps, extensionId(due.ref)),
    [NOTICE]: (due) => tellNotice(deps, deps.teller, due),
    [SWEEP]: (due) => sweepDrift(deps, due),
  };
  return [
    { handlers: ends, atOnce: 24 },
    { handlers: others, atOnce: 6 },
  ];
}

async function end(deps: BackgroundDeps, due: ClaimedDue): Promise<void> {
  const taken = await takeEnds(deps, extensionId(due.ref));
  if (taken.kind !== 'busy') return;
  const retryAt = deps.clock.now() + BUSY_FOR_MS;
  await deps.store.commit([{ write: 'due.fail', due, retryAt, error: 'busy' }], []);
}
