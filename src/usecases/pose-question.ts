import type { Button, Choice, Saying } from '../domain/reply.ts';
import { PENDING_FOR_MS } from './limits.ts';
import type { ChooseBody } from './pending-body.ts';
import { type Answer, answer, type Session } from './session.ts';

type Question = Pick<ChooseBody, 'understanding' | 'about' | 'words' | 'mode'>;
type AskBack = Extract<Saying, { kind: 'ask-back' }>;

/** Asks back with one button for each choice. What was said is kept, so that a click goes on from there. */
export async function poseQuestion(
  session: Session,
  question: Question,
  choices: readonly Choice[],
  lastRole: AskBack['lastRole'] = null,
): Promise<Answer> {
  const { intent } = question.understanding;
  if (intent === null) throw new Error('a question back needs to know what was asked');
  const values = choices.map((choice) => choice.value);
  const buttons = choices.length === 0 ? [] : await keepQuestion(session, question, values);
  const saying: AskBack = {
    kind: 'ask-back',
    intent,
    about: question.about,
    words: question.words,
    choices,
    buttons,
    lastRole,
  };
  return answer(saying, { outcome: 'ask-back' });
}

/** Keeps a question with what its buttons stand for, one button for each value. */
export async function keepQuestion(
  session: Session,
  question: Question,
  values: readonly string[],
): Promise<readonly Button[]> {
  const { deps, asker } = session;
  const id = deps.ids.opaque();
  const now = deps.clock.now();
  const body: ChooseBody = { kind: 'choose', ...question, values };
  await deps.store.pending.save(
    {
      id,
      version: 1,
      kind: 'choose',
      owner: asker.person.id,
      state: 'open',
      body: JSON.stringify(body),
      createdAt: now,
      expiresAt: now + PENDING_FOR_MS,
    },
    null,
  );
  return values.map((_, index) => ({ action: 'choose', id, version: 1, index }));
}
