import { type Authority, isRefusal } from '../domain/authority.ts';
import { contentsOf, inclusionsOf, scopesThrough } from '../domain/effective-permissions.ts';
import type { ExtensionId, PermissionId, RoleId } from '../domain/ids.ts';
import { type Extension, isUser } from '../domain/people.ts';
import type { PermissionScope } from '../domain/permissions.ts';
import type { Saying, WhoHasRow } from '../domain/reply.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { Slots, Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { establishAuthority } from './establish-authority.ts';
import { readEverybody } from './everybody.ts';
import { knownPermission, knownRoles } from './known-names.ts';
import type { Names } from './ports.ts';
import { recordRead } from './record-read.ts';
import { holdsRole, isInGroup } from './resolve-people.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';

type Subject = Extract<Saying, { kind: 'who-has' }>['subject'];
/** The reach with which a role gives what was asked for; undefined when it does not. */
type Giving = (role: AssignedRole) => readonly PermissionScope[] | undefined;

/**
 * Answers who has a permission: one listing of the account and one call for each distinct role, however many people.
 *
 * A role that RingCentral does not show leaves a gap, which the answer names.
 */
export async function whoHasPermission(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'permission', plainChoices(slots.permissions));
  if (which !== null) return which;
  const permission = knownPermission(session, slots.permissions[0] ?? '');
  const everybody = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(everybody)) return refuse(everybody);
  const contents = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(contents)) return refuse(contents);
  await recordRead(session, 'who-has-permission', everybody.proof, { permissions: [permission.id] });
  const seen = await seeEverybody(session, everybody);
  const distinct = new Set([...seen.roles.values()].flatMap((roles) => roles.map((role) => role.id)));
  const { giving, unread } = await rolesGiving(session, permission.id, [...distinct]);
  const withheld = unread > 0 ? [`${unread} role(s) whose contents RingCentral did not show`] : [];
  return tell(session, slots, { permission }, everybody, { ...seen, unseen: [...seen.unseen, ...withheld] }, giving);
}

/** Answers who has a role, from one listing of the account. */
export async function whoHasRole(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'role', plainChoices(slots.roles));
  if (which !== null) return which;
  const [role] = knownRoles(session, slots.roles.slice(0, 1));
  if (role === undefined) throw new Error('who-has-role without a role');
  const everybody = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(everybody)) return refuse(everybody);
  await recordRead(session, 'who-has-role', everybody.proof, { roles: [role.displayName] });
  const seen = await seeEverybody(session, everybody);
  return tell(session, slots, { role }, everybody, seen, (held) => (held.id === role.id ? [] : undefined));
}

type Seen = {
  readonly names: Names;
  readonly roles: ReadonlyMap<ExtensionId, readonly AssignedRole[]>;
  readonly unseen: readonly string[];
};

async function seeEverybody(session: Session, authority: Authority<'read-others'>): Promise<Seen> {
  const { roles, names } = await readEverybody(session, authority);
  const unnamed = [...roles.keys()].filter((id) => names.byId(id) === undefined).length;
  const unseen: string[] = [];
  if (authority.sites !== null) unseen.push(`people outside ${siteNames(names, authority.sites)}`);
  if (unnamed > 0) unseen.push(`${unnamed} extension(s) that the directory does not list`);
  return { names, roles, unseen };
}

function siteNames(names: Names, sites: readonly string[]): string {
  if (sites.length === 0) return 'the sites you administer';
  return sites.map((id) => names.sites.find((site) => site.id === id)?.name ?? id).join(', ');
}

async function rolesGiving(
  session: Session,
  permission: PermissionId,
  ids: readonly RoleId[],
): Promise<{ readonly giving: Giving; readonly unread: number }> {
  const { roles, unread } = await session.facts.roles(ids);
  const includes = inclusionsOf(session.names.permissions);
  const reach = new Map<RoleId, readonly PermissionScope[]>();
  for (const role of roles.values()) {
    const bringers = contentsOf(role, includes).get(permission);
    if (bringers !== undefined) reach.set(role.id, scopesThrough(role, permission, bringers));
  }
  return { giving: (role) => reach.get(role.id), unread: unread.length };
}

function tell(
  session: Session,
  slots: Slots,
  subject: Subject,
  authority: Authority,
  seen: Seen,
  giving: Giving,
): Answer {
  const group = slots.group ?? {};
  const rows: WhoHasRow[] = [];
  for (const person of candidates(seen, authority, slots)) {
    const roles = seen.roles.get(person.id) ?? [];
    if (!isInGroup(person, group) || !holdsRole(roles, group)) continue;
    const through = roles.filter((role) => giving(role) !== undefined);
    if (through.length > 0 === slots.negated) continue;
    rows.push({ person, through, scopes: [...new Set(through.flatMap((role) => giving(role) ?? []))] });
  }
  rows.sort((one, other) => Number(one.person.number) - Number(other.person.number));
  const unseen = seen.unseen.length > 0 ? seen.unseen.join('; ') : null;
  const about = {
    people: numbersOf(rows.map((row) => row.person)),
    roles: 'role' in subject ? [subject.role.displayName] : [],
    permissions: 'permission' in subject ? [subject.permission.id] : [],
  };
  const saying: Saying = { kind: 'who-has', subject, group: slots.group, negated: slots.negated, rows, unseen };
  return answer(saying, { authority, about, asOf: session.facts.readAt });
}

/** Whoever holds a role; for "who has not" every person that could, including those without any role. */
function candidates(seen: Seen, authority: Authority, slots: Slots): readonly Extension[] {
  const listed = [...seen.roles.keys()].flatMap((id) => seen.names.byId(id) ?? []);
  const asked = listed.filter((person) => slots.people.length === 0 || slots.people.includes(person.number));
  if (!slots.negated) return asked;
  const { sites } = authority;
  const within = (person: Extension) => sites === null || sites.some((id) => id === person.site?.id);
  return seen.names.people.filter((person) => isUser(person) && within(person));
}
