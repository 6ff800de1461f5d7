import type { ExtensionId } from '../domain/ids.ts';
import { createFreshFacts } from './fresh-facts.ts';
import type { Teller } from './ports.ts';
import type { RoleShelf } from './role-shelf.ts';
import type { Deps, Session } from './session.ts';

/** What work that nobody waits for needs besides what use cases need. */
export type BackgroundDeps = Deps & { readonly shelf: RoleShelf; readonly teller: Teller };

/**
 * A turn of somebody who is not there: their own token where they have one, everything read anew.
 *
 * @returns null when they are not in the account any more, or not enabled
 */
export async function turnOf(
  deps: Deps & { readonly shelf: RoleShelf },
  extension: ExtensionId,
  { reference, thread }: Pick<Session, 'reference' | 'thread'>,
): Promise<Session | null> {
  const names = await deps.names.current();
  if (names.byId(extension) === undefined) return null;
  const own = await deps.directories.as(extension);
  const facts = createFreshFacts(deps.directories, deps.clock.now(), own);
  const person = await facts.extension(extension);
  if (person.status !== 'Enabled') return null;
  return { deps, asker: { person, own, proof: 'grant' }, names, facts, shelf: deps.shelf, reference, thread };
}
