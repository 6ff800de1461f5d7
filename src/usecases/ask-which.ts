import type { Choice } from '../domain/reply.ts';
import type { AskAbout, Understanding } from '../domain/understanding.ts';
import { poseQuestion } from './pose-question.ts';
import type { Answer, Session } from './session.ts';

/**
 * Asks which of several is meant, where one answer holds one only; null when there is no choice to make.
 */
export async function askWhich(
  session: Session,
  understanding: Understanding,
  about: AskAbout,
  choices: readonly Choice[],
): Promise<Answer | null> {
  if (choices.length < 2) return null;
  const words = choices.map((choice) => choice.label).join(', ');
  return poseQuestion(session, { understanding, about, words, mode: 'narrow' }, choices);
}

/** Choices that are said as they are named. */
export function plainChoices(values: readonly string[]): readonly Choice[] {
  return values.map((value) => ({ value, label: value, detail: null }));
}
