import type { Account, Extension } from './model.ts';
import { isUser } from './model.ts';

/** A made-up call: enough to see whether somebody may read call logs and recordings. */
export type MadeUpCall = {
  readonly id: string;
  readonly sessionId: string;
  readonly owner: Extension;
  readonly direction: 'Inbound' | 'Outbound';
  readonly outsideNumber: string;
  readonly result: 'Accepted' | 'Missed' | 'Call connected' | 'In Progress';
  readonly startedAt: number;
  readonly durationSeconds: number;
  readonly recordingId: string | null;
  readonly recordingType: 'Automatic' | 'OnDemand';
  readonly active: boolean;
};

const MINUTE = 60_000;

/**
 * Three past calls for each named user, the first one recorded, and a running one for every eighth. Counted back from
 * `now`, so that the default range of 24 hours is never empty.
 */
export function makeUpCalls(account: Account, now: number): readonly MadeUpCall[] {
  const people = account.extensions.filter((extension) => extension.named && isUser(extension));
  return people.flatMap((owner, nth) => [
    ...[0, 1, 2].map((which) => pastCall(owner, nth, which, now)),
    ...(nth % 8 === 2 ? [activeCall(owner, nth, now)] : []),
  ]);
}

function pastCall(owner: Extension, nth: number, which: number, now: number): MadeUpCall {
  const serial = 7000 + nth * 10 + which;
  const inbound = which !== 1;
  return {
    id: `SB${serial}AAA`,
    sessionId: String(51_000_000_000 + serial),
    owner,
    direction: inbound ? 'Inbound' : 'Outbound',
    outsideNumber: `+1720555${String(1000 + ((nth * 37 + which * 11) % 9000))}`,
    result: which === 2 ? 'Missed' : inbound ? 'Accepted' : 'Call connected',
    startedAt: now - (30 + nth * 7 + which * 95) * MINUTE,
    durationSeconds: which === 2 ? 0 : 45 + nth * 5 + which * 30,
    recordingId: which === 0 ? String(61_000_000_000 + serial) : null,
    recordingType: nth % 2 === 0 ? 'Automatic' : 'OnDemand',
    active: false,
  };
}

function activeCall(owner: Extension, nth: number, now: number): MadeUpCall {
  return {
    ...pastCall(owner, nth, 3, now),
    result: 'In Progress',
    direction: 'Inbound',
    startedAt: now - 2 * MINUTE,
    durationSeconds: 120,
    active: true,
  };
}
