import type { AskAbout, Intent, Understanding } from '../domain/understanding.ts';
import { INTENT_EFFECTS } from '../domain/understanding.ts';
import type { BecomesAct } from '../usecases/permission-ways.ts';
import type { Chosen } from '../usecases/take-choice.ts';

type Reread = (text: string) => Understanding;

/**
 * Goes on with what was said, the unclear words replaced by what was chosen.
 *
 * The sentence is read again with the choice in the place of the unclear words, because several of its words may be
 * unclear; where that does not lead to the choice, it is put into its slot.
 */
export function resume({ question, value }: Chosen, reread: Reread): Understanding {
  const { understanding, about, words, mode } = question;
  if (mode === 'become') return become(understanding, value);
  if (mode === 'replace-last-role') return swapFor(understanding, value);
  if (mode === 'narrow') return withChoice(withoutSlot(understanding, about), about, value);
  const again = rereadWith(understanding.text, words, about, value, reread);
  if (again !== null && again.intent === understanding.intent && holdsChoice(again, about, value)) return again;
  return { ...withChoice(understanding, about, value), outcome: 'understood', ask: null };
}

/** Taking the only role and giving another one instead is a swap, which leaves nobody without a role in between. */
function swapFor(understanding: Understanding, value: string): Understanding {
  return { ...understanding, intent: 'swap-role', removedRoles: understanding.roles, roles: [value] };
}

/** What was said becomes the act that was chosen; its time, its reason and that it is a dry run stay. */
function become(understanding: Understanding, value: string): Understanding {
  const act = JSON.parse(value) as BecomesAct;
  return { ...understanding, ...act, effect: INTENT_EFFECTS[act.intent], outcome: 'understood', ask: null };
}

function rereadWith(text: string, words: string, about: AskAbout, value: string, reread: Reread): Understanding | null {
  const replaceable = about === 'person' || about === 'role' || about === 'permission';
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  if (!replaceable || words === '' || at < 0) return null;
  const again = reread(`${text.slice(0, at)}${value}${text.slice(at + words.length)}`);
  return again.outcome === 'understood' || again.outcome === 'ask-back' ? again : null;
}

function holdsChoice(understanding: Understanding, about: AskAbout, value: string): boolean {
  const acts = [understanding, ...understanding.also];
  if (understanding.ask?.about === about && understanding.ask.candidates.includes(value)) return false;
  return acts.some(({ people, roles, removedRoles, permissions }) =>
    [...people, ...roles, ...removedRoles, ...permissions].includes(value),
  );
}

/** Of what was named several times one is left; everything else that was said stays. */
function withoutSlot(understanding: Understanding, about: AskAbout): Understanding {
  switch (about) {
    case 'person':
      return { ...understanding, people: [] };
    case 'role':
      return { ...understanding, roles: [] };
    case 'permission':
      return { ...understanding, permissions: [] };
    case 'scope':
      return { ...understanding, scopes: [] };
    default:
      return understanding;
  }
}

function withChoice(understanding: Understanding, about: AskAbout, value: string): Understanding {
  switch (about) {
    case 'person':
      return { ...understanding, people: [...understanding.people, value] };
    case 'role':
      return understanding.intent === 'swap-role' && understanding.removedRoles.length === 0
        ? { ...understanding, removedRoles: [value] }
        : { ...understanding, roles: [...understanding.roles, value] };
    case 'permission':
      return { ...understanding, permissions: [...understanding.permissions, value] };
    case 'partner':
      return { ...understanding, partners: [...understanding.partners, value] };
    case 'scope':
      return { ...understanding, scopes: [...understanding.scopes, value] };
    case 'endpoint':
      return { ...understanding, endpoint: value };
    case 'appPermission':
      return { ...understanding, appPermissions: [...understanding.appPermissions, value] };
    case 'intent':
      return isIntent(value) ? { ...understanding, intent: value, effect: INTENT_EFFECTS[value] } : understanding;
    default:
      return understanding;
  }
}

function isIntent(value: string): value is Intent {
  return value in INTENT_EFFECTS;
}
