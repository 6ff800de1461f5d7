import type { Trial } from './plan.ts';

/** Longer than any life of the service. */
const HANG = { kind: 'timeout', ms: 60_000 };

/** Paths of a change: the call that makes it, and the reading of what it is about. */
export type Paths = { readonly method: 'PUT' | 'POST'; readonly call: string; readonly read: string };

/** Lists are read twice before a change is made: when the click is taken, and right before the call. */
const READ_BEFORE = 2;

/** What RingCentral is told to do so that the power goes at the wanted moment. */
export function faultsFor({ moment, ms }: Trial, { method, call, read }: Paths): readonly object[] {
  const write = { method, path: call };
  const reading = { match: { method: 'GET', path: read }, after: READ_BEFORE, fault: HANG };
  switch (moment) {
    case 'any':
      return [];
    case 'before-call':
      return [{ ...reading, after: ms % READ_BEFORE }];
    case 'call-lost':
      return [{ match: write, fault: HANG }];
    case 'call-slow':
      return [{ match: write, fault: { kind: 'slow', ms } }];
    case 'call-cut':
      return [{ match: write, fault: { kind: 'drop', when: 'before' } }, reading];
    case 'answer-lost':
      return [{ match: write, fault: { kind: 'drop', when: 'after' } }, reading];
    case 'before-outcome':
      return [reading];
  }
}
