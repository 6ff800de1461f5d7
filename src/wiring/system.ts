import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Ids } from '../usecases/ports.ts';

/** Letters and digits that nobody mistakes for another. */
const SPOKEN = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const REFERENCE_LENGTH = 6;

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Ids nobody can guess, and references people can read out. */
export const systemIds: Ids = {
  opaque: () => randomBytes(16).toString('base64url'),
  reference: () => Array.from({ length: REFERENCE_LENGTH }, () => SPOKEN[randomInt(SPOKEN.length)]).join(''),
};

/** Waits. */
export async function pause(ms: number): Promise<void> {
  await sleep(ms);
}

/** Zone of this machine, used until an account names its own. */
export function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
