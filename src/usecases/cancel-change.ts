import type { Button } from '../domain/reply.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { readConfirmBody } from './pending-body.ts';
import { changeEntry } from './record-change.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Drops a change that waits for its confirmation. */
export async function cancelChange(session: Session, button: Button): Promise<Answer> {
  const waiting = await findWaiting(session, button, 'confirm');
  if (!waiting.open) return refuse(waiting.reason);
  const { id, version, body } = waiting.value;
  const kept = readConfirmBody(body);
  const entry = kept === null ? null : changeEntry(session, 'change.cancelled', kept.plan, { pending: id });
  const first = await session.deps.store.pending.move(id, version, 'open', 'cancelled', entry);
  if (first) return answer({ kind: 'cancelled' }, { outcome: 'declined' });
  const settled = await alreadySettled(session, id);
  return settled.open ? refuse({ kind: 'stale' }) : refuse(settled.reason);
}
