import type { Context } from '@slack/bolt';
import type { Log } from '#src/usecases/ports.ts';
import { describe } from './door.ts';

/**
 * Tells Slack at once that the gesture arrived, before anything else: it waits three seconds and shows an error then.
 *
 * A lost acknowledgement does not stop the work. The member sees Slack's warning and then the answer, which is better
 * than the warning alone.
 */
export async function acknowledge(ack: () => Promise<void>, context: Context, log: Log): Promise<void> {
  context.acknowledged = true;
  try {
    await ack();
  } catch (error) {
    log.warn('an acknowledgement was lost', { why: describe(error) });
  }
}
