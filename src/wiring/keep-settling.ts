import type { Deps } from '../usecases/session.ts';
import { settleIntents } from '../usecases/settle-intents.ts';
import { settleRoleChanges } from '../usecases/settle-role-changes.ts';

const LOOK_EVERY_MS = 30_000;

/**
 * Settles changes whose outcome nobody recorded: now, before anything new is begun, and again and again, because this
 * process or a command beside it may leave one behind at any time. Those under way are held by a lease and left alone.
 *
 * @returns what stops it; resolves when nothing is being settled any more
 */
export async function keepSettling(deps: Deps, everyMs = LOOK_EVERY_MS): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let stopped = false;
  async function look(): Promise<void> {
    await settleWhatCanBe(deps);
    if (!stopped) timer = setTimeout(lookAgain, everyMs).unref();
  }
  function lookAgain(): void {
    looking = look();
  }
  await look();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await looking;
  };
}

async function settleWhatCanBe(deps: Deps): Promise<void> {
  try {
    await settleIntents(deps);
    await settleRoleChanges(deps);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    deps.log.warn('unsettled changes could not be looked at', { why });
  }
}
