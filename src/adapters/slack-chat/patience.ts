import { setTimeout as sleep } from 'node:timers/promises';
import { slackTrouble } from './faults.ts';

const LONGEST_WAIT_MS = 30_000;
const WAITS = 3;

/**
 * Makes a call, and again after as long as Slack asks when it limits us: three times, half a minute each at most.
 *
 * Waiting here keeps one limited channel from holding up every other call, as the client's own queue would.
 */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      const trouble = slackTrouble(error);
      if (trouble?.kind !== 'limited' || waits >= WAITS || trouble.retryAfterMs > LONGEST_WAIT_MS) throw error;
      await sleep(trouble.retryAfterMs);
    }
  }
}
