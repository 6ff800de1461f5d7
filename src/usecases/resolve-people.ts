import { isRefusal } from '../domain/authority.ts';
import type { ExtensionId } from '../domain/ids.ts';
import { type Extension, isUser } from '../domain/people.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Group } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { readEverybody } from './everybody.ts';
import { type Gate, open, shut } from './gate.ts';
import type { Session } from './session.ts';

/**
 * Finds the people behind extension numbers and a group, each once, in the order named.
 *
 * A group by role says who holds that role, so it takes the right to read everybody's roles.
 */
export async function resolvePeople(
  session: Session,
  numbers: readonly string[],
  group: Group | null,
): Promise<Gate<readonly Extension[]>> {
  const named: Extension[] = [];
  for (const number of numbers) {
    const person = session.names.byNumber(number);
    if (person === undefined) return shut({ kind: 'unknown-extension', extension: number });
    named.push(person);
  }
  if (group === null) return open(unique(named));
  const members = await membersOf(session, group);
  return members.open ? open(unique([...named, ...members.value])) : members;
}

async function membersOf(session: Session, group: Group): Promise<Gate<readonly Extension[]>> {
  const people = session.names.people.filter((person) => isUser(person) && isInGroup(person, group));
  if (group.role === undefined) return open(people);
  const authority = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(authority)) return shut(authority);
  const { roles } = await readEverybody(session, authority);
  return open(people.filter((person) => holdsRole(roles.get(person.id), group)));
}

/** Tells whether a person belongs to a group, as far as names tell: role membership has to be read. */
export function isInGroup(person: Extension, group: Group): boolean {
  const { department, site, range, except = [] } = group;
  if (except.includes(person.number)) return false;
  if (department !== undefined && fold(person.department) !== fold(department)) return false;
  if (site !== undefined && fold(person.site?.name) !== fold(site)) return false;
  return range === undefined || isInRange(Number(person.number), range);
}

function isInRange(number: number, [first, last]: readonly [string, string]): boolean {
  return number >= Number(first) && number <= Number(last);
}

/** Tells whether somebody's roles put them into a group; a group that names no role takes everybody. */
export function holdsRole(roles: readonly AssignedRole[] | undefined, group: Group): boolean {
  if (group.role === undefined) return true;
  return (roles ?? []).some((held) => fold(held.displayName) === fold(group.role));
}

function fold(text: string | null | undefined): string {
  return (text ?? '').normalize('NFKC').toLowerCase();
}

function unique(people: readonly Extension[]): readonly Extension[] {
  return [...new Map<ExtensionId, Extension>(people.map((person) => [person.id, person])).values()];
}
