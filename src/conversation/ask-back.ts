import type { Choice } from '../domain/reply.ts';
import type { Ask, AskAbout, Understanding } from '../domain/understanding.ts';
import { poseQuestion } from '../usecases/pose-question.ts';
import { type Answer, refuse, type Session } from '../usecases/session.ts';

/** Choices that fit one row of buttons on every platform. */
const CHOICES_AT_MOST = 10;

/** Turns an unclear reading into a question with one button for each candidate. */
export async function askBack(session: Session, understanding: Understanding, ask: Ask): Promise<Answer> {
  const site = siteOf(session, understanding, ask);
  if (site !== null) return refuse({ kind: 'sites-not-offered', site, roles: understanding.roles });
  const choices = ask.candidates.slice(0, CHOICES_AT_MOST).map((value) => choiceFor(session, ask.about, value));
  return poseQuestion(session, { understanding, about: ask.about, words: ask.text, mode: 'fill' }, choices);
}

/** The site for which alone a role was to be given: that is refused by name instead of asked about. */
function siteOf({ names }: Session, { intent, roles }: Understanding, { about, text, candidates }: Ask): string | null {
  if (about !== 'group' || intent !== 'assign-role' || roles.length === 0 || candidates.length > 0) return null;
  const said = text.toLowerCase();
  return names.sites.find((site) => said === site.name.toLowerCase())?.name ?? null;
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
