import type { Button } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { findWaiting } from './find-waiting.ts';
import { type Gate, open, shut } from './gate.ts';
import { readOfferBody } from './pending-body.ts';
import type { Session } from './session.ts';

/** What an offered step means. It stays open: checking again is done again, and a change asks before it runs. */
export async function takeOffer(session: Session, button: Button): Promise<Gate<Understanding>> {
  const waiting = await findWaiting(session, button, 'offer');
  if (!waiting.open) return waiting;
  const step = button.index === null ? undefined : readOfferBody(waiting.value.body)?.offers[button.index];
  return step === undefined ? shut({ kind: 'stale' }) : open(step);
}
