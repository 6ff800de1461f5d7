import { isRefusal } from '../domain/authority.ts';
import type { Understanding } from '../domain/understanding.ts';
import { establishAuthority } from '../usecases/establish-authority.ts';
import type { Session } from '../usecases/session.ts';

/**
 * Takes names of custom roles that the asker did not say out of what would be offered, unless they may see them.
 *
 * Understanding knows every name of the account; what it offers for an unclear word must not tell more than the asker
 * could ask for.
 */
export async function withholdNames(session: Session, understanding: Understanding): Promise<Understanding> {
  const { ask, suggestions } = understanding;
  const custom = session.names.roles.filter((role) => role.custom).map((role) => role.displayName);
  const offersRole = ask?.about === 'role' && ask.candidates.some((name) => custom.includes(name));
  const suggestsRole = suggestions.some((text) => mentionsOne(text, custom));
  if (!offersRole && !suggestsRole) return understanding;
  if (!isRefusal(await establishAuthority(session, 'read-roles', 'account'))) return understanding;
  return {
    ...understanding,
    ask: offersRole ? { ...ask, candidates: ask.candidates.filter((name) => !custom.includes(name)) } : ask,
    suggestions: suggestions.filter((text) => !mentionsOne(text, custom)),
  };
}

function mentionsOne(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(name));
}
