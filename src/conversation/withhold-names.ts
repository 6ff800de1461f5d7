import { isRefusal } from '../domain/authority.ts';
import type { Intent, Understanding } from '../domain/understanding.ts';
import { establishAuthority } from '../usecases/establish-authority.ts';
import { isCarrierxAdministrator } from '../usecases/partners.ts';
import type { Session } from '../usecases/session.ts';

/**
 * Takes names of custom roles that the asker did not say out of what would be offered or read into their words, unless
 * they may see them.
 *
 * Understanding knows every name of the account; what it makes of an unclear word must not tell more than the asker
 * could ask for. A role that they hold themselves is no secret to them.
 */
export async function withholdNames(session: Session, understanding: Understanding): Promise<Understanding> {
  return withholdRoles(session, withholdPartners(session, understanding));
}

/** Intents about partners themselves; what a scope means is open to everybody. */
const ABOUT_PARTNERS: readonly (Intent | null)[] = [
  'check-scope',
  'list-scopes',
  'who-has-scope',
  'assign-scope',
  'remove-scope',
];

/**
 * Who may not ask about partners is refused the same whether a partner was named well, badly or not at all: which of
 * these it was would tell who is a partner.
 */
function withholdPartners(session: Session, understanding: Understanding): Understanding {
  if (!ABOUT_PARTNERS.includes(understanding.intent) || isCarrierxAdministrator(session)) return understanding;
  const outcome = understanding.outcome === 'ask-back' ? 'understood' : understanding.outcome;
  return { ...understanding, outcome, partners: [], ask: null, readings: [], suggestions: [] };
}

async function withholdRoles(session: Session, understanding: Understanding): Promise<Understanding> {
  const { ask, suggestions, readings } = understanding;
  const custom = session.names.roles.filter((role) => role.custom).map((role) => role.displayName);
  const offersRole = ask?.about === 'role' && ask.candidates.some((name) => custom.includes(name));
  const suggestsRole = suggestions.some((text) => mentionsOne(text, custom));
  const guessesRole = readings.some((reading) => !reading.literal && custom.includes(reading.as));
  if (!offersRole && !suggestsRole && !guessesRole) return understanding;
  if (!isRefusal(await establishAuthority(session, 'read-roles', 'account'))) return understanding;
  const hidden = await notTheirOwn(session, custom);
  const told = {
    ...understanding,
    ask: offersRole ? { ...ask, candidates: ask.candidates.filter((name) => !hidden.includes(name)) } : ask,
    suggestions: suggestions.filter((text) => !mentionsOne(text, hidden)),
  };
  return withoutGuesses(told, hidden);
}

async function notTheirOwn(session: Session, custom: readonly string[]): Promise<readonly string[]> {
  const own = await session.facts.assignedRoles(session.asker.person.id);
  return custom.filter((name) => !own.some((role) => role.displayName === name));
}

/** A word that was read as a hidden role fits nothing, as it would if there were no such role. */
function withoutGuesses(understanding: Understanding, hidden: readonly string[]): Understanding {
  const isGuess = (reading: Understanding['readings'][number]) => !reading.literal && hidden.includes(reading.as);
  const [guess] = understanding.readings.filter(isGuess);
  if (guess === undefined) return understanding;
  const { group } = understanding;
  const visible = (roles: readonly string[]) => roles.filter((name) => !hidden.includes(name));
  return {
    ...understanding,
    outcome: 'ask-back',
    roles: visible(understanding.roles),
    removedRoles: visible(understanding.removedRoles),
    group: group?.role !== undefined && hidden.includes(group.role) ? null : group,
    also: [],
    ask: { about: 'role', candidates: [], text: guess.words },
    readings: understanding.readings.filter((reading) => !isGuess(reading)),
  };
}

function mentionsOne(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(name));
}
