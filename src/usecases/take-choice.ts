import type { RestoreMode } from '../domain/merge.ts';
import type { Button } from '../domain/reply.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { type Gate, open, shut } from './gate.ts';
import { type ChooseBody, readChooseBody, readUndoBody, type UndoBody } from './pending-body.ts';
import type { Session } from './session.ts';
import { wayOf } from './undo-change.ts';

/** What was asked, and what the person chose. */
export type Chosen = { readonly question: ChooseBody; readonly value: string };

/** What was asked about an undo, and how far the person wants to go. */
export type ChosenUndo = { readonly question: UndoBody; readonly mode: RestoreMode };

/** Takes one choice of a question; the first click settles it. */
export async function takeChoice(session: Session, button: Button): Promise<Gate<Chosen | ChosenUndo>> {
  const waiting = await findWaiting(session, button, 'choose');
  if (!waiting.open) return waiting;
  const { id, version, body } = waiting.value;
  const undo = readUndoBody(body);
  const mode = button.index === null ? undefined : wayOf(button.index);
  if (undo !== null && mode !== undefined) {
    const taken = await session.deps.store.pending.move(id, version, 'open', 'done', null);
    return taken ? open({ question: undo, mode }) : alreadySettled(session, id);
  }
  const question = readChooseBody(body);
  const value = button.index === null ? undefined : question?.values[button.index];
  if (question === null || value === undefined) return shut({ kind: 'stale' });
  const first = await session.deps.store.pending.move(id, version, 'open', 'done', null);
  return first ? open({ question, value }) : alreadySettled(session, id);
}
