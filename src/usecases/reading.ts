import { type Authority, isRefusal, isWithin } from '../domain/authority.ts';
import { type Holdings, holdingsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { type AssignedRole, isSuperAdmin } from '../domain/roles.ts';
import type { Slots } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { namesFor } from './everybody.ts';
import { type Gate, open, shut } from './gate.ts';
import { LIST_FROM, READ_AT_MOST } from './limits.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Session } from './session.ts';

/** The right to look at one person: nothing for oneself, ReadAssignedRoles over anybody else. */
export type ReadAuthority = Authority<'read-own'> | Authority<'read-others'>;

/** Establishes the right to look at one person. */
export async function mayRead(session: Session, person: Extension): Promise<ReadAuthority | RefusalReason> {
  if (person.id === session.asker.person.id) return establishAuthority(session, 'read-own', person);
  return establishAuthority(session, 'read-others', person);
}

/** People with the right to look at each of them. */
export type Reached = {
  readonly people: readonly Extension[];
  readonly reaches: readonly { readonly person: Extension; readonly right: ReadAuthority }[];
  /** The right that the answer names: one over somebody else before the one over oneself. */
  readonly credited: ReadAuthority;
};

/**
 * Finds the people of a question and establishes the right over each of them before anything is read about any.
 *
 * Nobody named means the asker. The first refusal refuses the whole question, in words that are the same whatever is
 * true of the person.
 */
export async function reachPeople(session: Session, slots: Pick<Slots, 'people' | 'group'>): Promise<Gate<Reached>> {
  const nobody = slots.people.length === 0 && slots.group === null;
  const found = nobody ? open([session.asker.person]) : await resolvePeople(session, slots.people, slots.group);
  if (!found.open) return found;
  const people = found.value;
  if (people.length > READ_AT_MOST) return shut({ kind: 'too-many-people', limit: READ_AT_MOST });
  if (people.length === 0) return shut({ kind: 'nobody-found' });
  const reaches = people.length < LIST_FROM ? await reachEach(session, people) : await reachAll(session, people);
  if (!reaches.open) return reaches;
  const credited = reaches.value.find(({ right }) => right.verb === 'read-others') ?? reaches.value[0];
  if (credited === undefined) throw new Error('no right was established for anybody');
  return open({ people, reaches: reaches.value, credited: credited.right });
}

async function reachEach(session: Session, people: readonly Extension[]): Promise<Gate<Reached['reaches']>> {
  const reaches: { person: Extension; right: ReadAuthority }[] = [];
  for (const person of people) {
    const right = await mayRead(session, person);
    if (isRefusal(right)) return shut(right);
    reaches.push({ person, right });
  }
  return open(reaches);
}

/** One right over the account instead of one for each person; whoever is outside its sites is refused by name. */
async function reachAll(session: Session, people: readonly Extension[]): Promise<Gate<Reached['reaches']>> {
  const right = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(right)) return shut(right);
  const names = await namesFor(session, right, []);
  const now = people.map((person) => names.byId(person.id) ?? { ...person, site: null });
  const outside = now.find((person) => !isReached(right, person));
  if (outside !== undefined) {
    const sites = names.sites.filter((site) => right.sites?.includes(site.id)).map((site) => site.name);
    return shut({ kind: 'outside-site', target: outside, sites });
  }
  await session.facts.everyone();
  return open(now.map((person) => ({ person, right })));
}

/**
 * The right to learn what roles hold: needed for what others can do, not for what oneself can.
 *
 * Null when only the asker is looked at.
 */
export async function mayReadContents(
  session: Session,
  people: readonly Extension[],
): Promise<Authority<'read-roles'> | null | RefusalReason> {
  if (people.every((person) => person.id === session.asker.person.id)) return null;
  return establishAuthority(session, 'read-roles', 'account');
}

/** Somebody's roles, read now. @throws {Error} when the authority is for somebody else: a bug, never a refusal */
export function rolesOf(session: Session, authority: Authority, person: Extension): Promise<readonly AssignedRole[]> {
  holdTo(authority, person);
  return session.facts.assignedRoles(person.id);
}

function holdTo(authority: Authority, person: Extension): void {
  if (!isReached(authority, person)) throw new Error(`an authority over ${authority.target} was used for ${person.id}`);
}

function isReached({ target, sites }: Authority, person: Extension): boolean {
  if (target !== 'account') return target === person.id;
  return (
    sites === null ||
    isWithin(
      person,
      sites.map((id) => ({ id })),
    )
  );
}

/** What roles give, with the ones that could not be looked into. */
export type Seen = {
  readonly holdings: Holdings;
  readonly unread: readonly RoleId[];
  /** Roles that show only how far they reach at most: what they hold for oneself and for others alike counts as for oneself. */
  readonly wide: readonly RoleId[];
};

/** Computes what a list of roles gives, from contents read now. */
export async function holdingsThrough(session: Session, assigned: readonly AssignedRole[]): Promise<Seen> {
  const { roles, unread } = await session.facts.roles(assigned.map((role) => role.id));
  const defaultRole = assigned.some((role) => role.autoAssigned) ? await session.shelf.defaultRole() : null;
  const includes = inclusionsOf(session.names.permissions);
  const wide = [...roles.values()].filter((role) => role.scope !== 'Self' && !isSuperAdmin(role.id));
  const holdings = holdingsOf(assigned, roles, includes, defaultRole?.id ?? null);
  return { holdings, unread, wide: wide.map((role) => role.id) };
}
