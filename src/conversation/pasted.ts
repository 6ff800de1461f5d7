import type { Slots, Understanding } from '../domain/understanding.ts';
import { explainPaste } from '../usecases/explain-paste.ts';
import { offered } from '../usecases/keep-offers.ts';

type Reread = (text: string) => Understanding;

/**
 * An error in words that mean nothing otherwise, and whom it is about: fragments, logs and notes such as
 * `bob gets CMN-408 [Meetings]`, which no grammar foresees. Anything else that was understood, or is unclear, stays
 * what it is.
 */
export function asPastedError(heard: Understanding, reread: Reread): Understanding {
  const error = errorIn(heard);
  if (error === null) return heard;
  const { people, group } = heard;
  const pasted = offered('explain-error', heard.text, { people, group, error });
  if (people.length > 0 || group !== null) return pasted;
  const sentence = subjectOf(heard.text);
  return sentence === null ? pasted : about(pasted, reread(sentence));
}

/** How a paste begins, or what no sentence holds: words of its message may read as something else. */
const LOOKS_PASTED = /^[\s>`*]*(?:error\b|\w{0,40}exception\b|uncaught\b|traceback\b|[{[])|\berror_?code\b/i;

function errorIn({ outcome, intent, effect, error, text }: Understanding): Slots['error'] {
  if (outcome === 'understood' && intent === 'explain-error') return error ?? { code: null, permission: null };
  // "Why do I get CMN-401 [Meetings]" asks about the error, and only by its words about the person's access.
  const asksWhy = outcome === 'understood' && intent === 'explain-access';
  const isPaste =
    LOOKS_PASTED.test(text) && (outcome === 'ask-back' || (outcome === 'understood' && effect === 'read'));
  if (outcome !== 'not-understood' && !asksWhy && !isPaste) return null;
  const [first] = explainPaste(text).findings;
  if (first === undefined || (outcome !== 'not-understood' && !(first.documented && first.error?.code != null)))
    return null;
  const { code = null, oauthError = null, permission = null } = first.error ?? {};
  return { code: code ?? oauthError, permission };
}

/** Whoever has an error stands before it; names are short, and of a paste only its beginning is anybody's words. */
const SUBJECT =
  /^\s*(?:why |how come )?(?:does |do |did |is |am |has |have )?([^\n{}"[\]]{1,40}?) (?:keeps? getting|is getting|am getting|gets?|getting|got|sees?|saw|receives?|received|has|have|runs? into|ran into)\b/i;
const FOR = /\b(?:for|of) ([\p{L}\p{N} '.@-]{1,40})[?.! ]*$/u;

/** A question about whoever the words name, in a form that is always understood; null where they name nobody. */
function subjectOf(text: string): string | null {
  const words = SUBJECT.exec(text.slice(0, 120))?.[1] ?? (text.length <= 200 ? FOR.exec(text)?.[1] : undefined);
  return words === undefined ? null : `what roles does ${words.trim()} have`;
}

/** An unclear name is asked about; what is kept for the answer is the error's code, never the paste. */
function about(pasted: Understanding, subject: Understanding): Understanding {
  if (subject.intent !== 'list-roles-of') return pasted;
  if (subject.outcome === 'understood') return { ...pasted, people: subject.people, group: subject.group };
  const { ask } = subject;
  if (subject.outcome !== 'ask-back' || ask?.about !== 'person' || ask.candidates.length === 0) return pasted;
  const { code = null, permission = null } = pasted.error ?? {};
  const text = [code, permission === null ? null : `[${permission}]`].filter((word) => word !== null).join(' ');
  return { ...pasted, text, outcome: 'ask-back', ask };
}
