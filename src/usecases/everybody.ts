import { type Authority, isWithin } from '../domain/authority.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Names } from './ports.ts';
import type { Session } from './session.ts';

/** Everybody whom an authority reaches, with their roles and the names to tell them by. */
export type Everybody = {
  readonly roles: ReadonlyMap<ExtensionId, readonly AssignedRole[]>;
  readonly names: Names;
};

/** Reads everybody's roles now, without those whom the authority does not reach. */
export async function readEverybody(session: Session, authority: Authority<'read-others'>): Promise<Everybody> {
  if (authority.target !== 'account') throw new Error('an authority over one person was used for everybody');
  const everybody = await session.facts.everyone();
  const names = await namesFor(session, authority, [...everybody.keys()]);
  const reached = [...everybody].filter(([id]) => authority.sites === null || isReachable(authority, names, id));
  return { roles: authority.sites === null ? everybody : new Map(reached), names };
}

function isReachable({ sites }: Authority, names: Names, id: ExtensionId): boolean {
  const person = names.byId(id);
  return (
    person !== undefined &&
    isWithin(
      person,
      (sites ?? []).map((site) => ({ id: site })),
    )
  );
}

/**
 * The names to tell people by. Where sites decide who may be seen they are read again, because somebody may have moved;
 * otherwise only when somebody in the listing is too new for them.
 */
export async function namesFor(
  { names, deps }: Session,
  authority: Authority,
  listed: readonly ExtensionId[],
): Promise<Names> {
  if (authority.sites !== null) return deps.names.refresh();
  if (listed.every((id) => names.byId(id) !== undefined)) return names;
  return deps.clock.now() - names.readAt < REFRESH_AT_MOST_EVERY_MS ? names : deps.names.refresh();
}

/** Some listed extensions never get a name, such as the account's own; they must not cost a refresh each time. */
export const REFRESH_AT_MOST_EVERY_MS = 60_000;
