import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultKind, usualFault } from './faults.ts';
import type { Reply } from './http/reply.ts';

/** The connection is to be cut without an answer. */
export class Dropped extends Error {}

/** Answers a call as an injected fault says. @throws {Dropped} */
export async function spoil(fault: FaultKind, run: () => Promise<Reply>): Promise<Reply> {
  switch (fault.kind) {
    case 'status': {
      const usual = usualFault(fault.status);
      return { status: fault.status, json: fault.body ?? usual.body, headers: { ...usual.headers, ...fault.headers } };
    }
    case 'html': {
      const bytes = Buffer.from('<html><body><h1>Service temporarily unavailable</h1></body></html>');
      return { status: fault.status ?? 502, raw: { type: 'text/html', bytes } };
    }
    case 'timeout':
      await sleep(fault.ms, undefined, { ref: false });
      throw new Dropped();
    case 'slow':
      await sleep(fault.ms, undefined, { ref: false });
      return run();
    case 'drop':
      if (fault.when === 'after') await run().catch(() => null);
      throw new Dropped();
  }
}
