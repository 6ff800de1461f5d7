import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyMiddlewareArgs, App, Context } from '@slack/bolt';
import type { Log } from '#src/usecases/ports.ts';
import { acknowledge } from './acknowledge.ts';

/** Slack gives up after three seconds; this leaves time to see it in the log before a person complains. */
const WATCHDOG_MS = 2500;

/** What is being worked on, so that a stop can wait for it. */
export type InFlight = { count(): number; drained(capMs: number): Promise<boolean> };

type Unmatched = (args: AnyMiddlewareArgs, context: Context) => Promise<void>;

/**
 * Counts running work, warns about gestures that nobody acknowledges, and catches those that no handler knows: Bolt
 * itself neither answers nor logs them.
 */
export function watchInFlight(app: App, log: Log, unmatched: Unmatched): InFlight {
  let running = 0;
  app.use(async (args) => {
    running += 1;
    const watchdog = isGesture(args)
      ? setTimeout(() => {
          if (args.context.acknowledged !== true) log.error('a gesture is not acknowledged', { type: args.body.type });
        }, WATCHDOG_MS).unref()
      : undefined;
    try {
      await args.next();
      if (isGesture(args) && args.context.acknowledged !== true) {
        await acknowledge(args.ack, args.context, log);
        await unmatched(args, args.context);
      }
    } finally {
      clearTimeout(watchdog);
      running -= 1;
    }
  });
  return {
    count: () => running,
    async drained(capMs) {
      const step = 25;
      for (let waited = 0; running > 0 && waited < capMs; waited += step) await sleep(step);
      return running === 0;
    },
  };
}

/** Events are acknowledged by Bolt before any handler; everything else waits for us. */
function isGesture(args: AnyMiddlewareArgs): args is AnyMiddlewareArgs & { ack: () => Promise<void> } {
  return 'ack' in args && typeof args.ack === 'function' && args.body.type !== 'event_callback';
}
