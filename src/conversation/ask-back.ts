import type { Choice } from '../domain/reply.ts';
import type { Ask, AskAbout, Understanding } from '../domain/understanding.ts';
import { poseQuestion } from '../usecases/pose-question.ts';
import type { Answer, Session } from '../usecases/session.ts';

/** Choices that fit one row of buttons on every platform. */
const CHOICES_AT_MOST = 10;

/** Turns an unclear reading into a question with one button for each candidate. */
export async function askBack(session: Session, understanding: Understanding, ask: Ask): Promise<Answer> {
  const choices = ask.candidates.slice(0, CHOICES_AT_MOST).map((value) => choiceFor(session, ask.about, value));
  return poseQuestion(session, { understanding, about: ask.about, words: ask.text, mode: 'fill' }, choices);
}

function choiceFor(session: Session, about: AskAbout, value: string): Choice {
  switch (about) {
    case 'person':
      return personChoice(session, value);
    case 'role':
      return { value, label: value, detail: session.names.roleByName(value)?.description ?? null };
    case 'permission': {
      const name = session.names.permissionById(value)?.displayName ?? null;
      return { value, label: name ?? value, detail: name === null || name === value ? null : value };
    }
    case 'intent':
      return { value, label: value.replaceAll('-', ' '), detail: null };
    default:
      return { value, label: value, detail: null };
  }
}

function personChoice(session: Session, number: string): Choice {
  const person = session.names.byNumber(number);
  if (person === undefined) return { value: number, label: number, detail: null };
  const facts = [`extension ${number}`, person.department, person.site?.name].filter(
    (fact) => fact !== undefined && fact !== null,
  );
  return { value: number, label: `${person.name} (${number})`, detail: facts.join(', ') };
}
