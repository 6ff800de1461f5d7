import type { Button } from '../domain/reply.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { type Gate, open, shut } from './gate.ts';
import { type ChooseBody, readChooseBody } from './pending-body.ts';
import type { Session } from './session.ts';

/** What was asked, and what the person chose. */
export type Chosen = { readonly question: ChooseBody; readonly value: string };

/** Takes one choice of a question; the first click settles it. */
export async function takeChoice(session: Session, button: Button): Promise<Gate<Chosen>> {
  const waiting = await findWaiting(session, button, 'choose');
  if (!waiting.open) return waiting;
  const { id, version, body } = waiting.value;
  const question = readChooseBody(body);
  const value = button.index === null ? undefined : question?.values[button.index];
  if (question === null || value === undefined) return shut({ kind: 'stale' });
  const first = await session.deps.store.pending.move(id, version, 'open', 'done', null);
  return first ? open({ question, value }) : alreadySettled(session, id);
}
