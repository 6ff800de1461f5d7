import type { Log, Teller } from '../usecases/ports.ts';

/** Where no chat is connected what would be told goes to the log, and is done with. */
export function createLogTeller(log: Log): Teller {
  const note = (to: string, saying: string, reference: string) => {
    log.warn('nobody to tell: no chat is connected', { to, saying, reference });
    return true;
  };
  return {
    tell: async (to, { saying, reference }) => note(to, saying.kind, reference),
    announce: async ({ saying, reference }) => note('channel', saying.kind, reference),
  };
}
