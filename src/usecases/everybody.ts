import { type Authority, isWithin } from '../domain/authority.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Names } from './ports.ts';
import type { Session } from './session.ts';

/** Everybody's roles, read now, without those whom the authority does not reach. */
export async function rolesOfEverybody(
  session: Session,
  authority: Authority<'read-others'>,
  personOf: (id: ExtensionId) => Extension | undefined,
): Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>> {
  if (authority.target !== 'account') throw new Error('an authority over one person was used for everybody');
  const everybody = await session.facts.everyone();
  const { sites } = authority;
  if (sites === null) return everybody;
  const within = sites.map((id) => ({ id }));
  const reached = [...everybody].filter(([id]) => {
    const person = personOf(id);
    return person !== undefined && isWithin(person, within);
  });
  return new Map(reached);
}

/** Names for extensions met in a listing; the index is read again once when somebody is too new for it. */
export async function namesKnowing(session: Session, ids: readonly ExtensionId[]): Promise<Names> {
  const { names, deps } = session;
  if (ids.every((id) => names.byId(id) !== undefined)) return names;
  if (deps.clock.now() - names.readAt < REFRESH_AT_MOST_EVERY_MS) return names;
  return deps.names.refresh();
}

/** Some listed extensions never get a name, such as the account's own; they must not cost a refresh each time. */
export const REFRESH_AT_MOST_EVERY_MS = 60_000;
