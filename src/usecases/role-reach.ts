import { type Authority, isRefusal } from '../domain/authority.ts';
import { inclusionsOf } from '../domain/effective-permissions.ts';
import type { ExtensionId, RoleId } from '../domain/ids.ts';
import { isUser } from '../domain/people.ts';
import type { Reached, Touched } from '../domain/role-change.ts';
import { effectOn, type RoleShift } from '../domain/role-reach.ts';
import type { AssignedRole, Role } from '../domain/roles.ts';
import { establishAuthority } from './establish-authority.ts';
import { readEverybody } from './everybody.ts';
import type { Names } from './ports.ts';
import type { Session } from './session.ts';

type Listing = ReadonlyMap<ExtensionId, readonly AssignedRole[]>;

/** Everybody who holds a role, by the assistant's own view of the account: a guard must not overlook anybody. */
export async function holdersOf(session: Session, role: RoleId): Promise<Listing> {
  const everyone = await session.facts.everyone();
  return new Map([...everyone].filter(([, roles]) => roles.some((held) => held.id === role)));
}

/** People who hold no role at all, for whom RingCentral's default role counts. */
export async function peopleWithoutRole(session: Session): Promise<Listing> {
  const everyone = await session.facts.everyone();
  const bare = session.names.people.filter((person) => isUser(person) && (everyone.get(person.id) ?? []).length === 0);
  return new Map(bare.map((person) => [person.id, []]));
}

/**
 * Tells what the change of a role does to each of its holders, as far as the asker may see them; the others are
 * counted.
 */
export async function reachOf(session: Session, holders: Listing, shift: RoleShift): Promise<Reached> {
  const visible = await visibleTo(session);
  const others = [...new Set([...holders.values()].flat().map((held) => held.id))].filter((id) => id !== shift.role);
  // What the holders' other roles hold only explains who feels the change; it decides nothing.
  const contents = visible === null ? [] : (await session.shelf.look(others)).roles;
  const roles = new Map<RoleId, Role>(contents.map((role) => [role.id, role]));
  const includes = inclusionsOf(session.names.permissions);
  const people: Touched[] = [];
  for (const [id, assigned] of holders) {
    const person = visible?.(id) ?? null;
    if (person !== null) people.push({ person, ...effectOn(assigned, shift, roles, includes) });
  }
  people.sort((one, other) => Number(one.person.number) - Number(other.person.number));
  return { people, unseen: holders.size - people.length };
}

type See = (id: ExtensionId) => Touched['person'] | null;

/** Null when the asker may see nobody's roles. */
async function visibleTo(session: Session): Promise<See | null> {
  // Read before the asker's own view may take its place: it would leave out whom the asker does not see.
  await session.facts.everyone();
  const right = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(right)) return null;
  const { roles, names } = await readEverybody(session, right);
  return (id) => seen(names, right, roles.has(id) || right.sites === null, id);
}

function seen(names: Names, right: Authority, isListed: boolean, id: ExtensionId): Touched['person'] | null {
  const person = names.byId(id);
  if (person === undefined || !isListed) return null;
  return right.sites === null || right.sites.some((site) => site === person.site?.id) ? person : null;
}
