import { isRefusal } from '../domain/authority.ts';
import { contentsOf, type Inclusions, inclusionsOf } from '../domain/effective-permissions.ts';
import type { PermissionId, RoleId } from '../domain/ids.ts';
import type { PermissionWay } from '../domain/reply.ts';
import { dictionaryOf, mergeRole } from '../domain/role-merge.ts';
import type { Role, RoleSummary } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import {
  actFor,
  type Draft,
  type Holder,
  readAsked,
  showWays,
  summariesOf,
  tryWay,
  WAYS_SHOWN,
} from './permission-ways.ts';
import { recordRefusal } from './record-refusal.ts';
import { holdersOf } from './role-reach.ts';
import { type Answer, refuse, type Session } from './session.ts';

/**
 * Shows how a permission can be taken from people: without the roles that give it, with another role in their place, or
 * by changing the role for everybody who holds it. One way is chosen by its button and leads to its own preview.
 *
 * Every role through which it comes has to go: RingCentral knows no taking of one permission.
 */
export async function takePermission(session: Session, said: Understanding): Promise<Answer> {
  const asked = await readAsked(session, said);
  if (!asked.open) {
    await recordRefusal(session, said, asked.reason);
    return refuse(asked.reason);
  }
  const { holders, permissions } = asked.value;
  const wanted = permissions.map(({ id }) => id);
  const having = holders.filter(({ seen }) => wanted.some((id) => seen.holdings.has(id)));
  const already = holders.filter((holder) => !having.includes(holder)).map(({ person }) => person);
  const nothing = { act: 'take', already, people: [], ways: [], more: 0, unread: 0, apart: [] } as const;
  const [first] = having;
  if (first === undefined) return showWays(session, said, asked.value, nothing);
  const people = having.map(({ person }) => person);
  const through = having.map((holder) => givingRoles(holder, wanted));
  if (new Set(through.map((roles) => [...roles].sort().join())).size > 1) {
    const apart = having.map(({ person }, at) => ({ person, roles: summariesOf(session, through[at] ?? []) }));
    return showWays(session, said, asked.value, { ...nothing, people, apart });
  }
  const giving = through[0] ?? [];
  const { ways, more, unread } = await waysWithout(session, having, giving, wanted);
  return showWays(session, said, asked.value, { ...nothing, people, ways, more, unread });
}

/** The roles through which somebody has any of it. */
function givingRoles({ seen }: Holder, wanted: readonly PermissionId[]): readonly RoleId[] {
  return [...new Set(wanted.flatMap((id) => (seen.holdings.get(id) ?? []).map((path) => path.role.id)))];
}

type Ways = { readonly ways: readonly PermissionWay[]; readonly more: number; readonly unread: number };

async function waysWithout(
  session: Session,
  having: readonly Holder[],
  giving: readonly RoleId[],
  wanted: readonly PermissionId[],
): Promise<Ways> {
  const removed = summariesOf(session, giving);
  const people = having.map(({ person }) => person);
  const attempt = (draft: Draft) => tryWay(session, draft, actFor(draft, people, wanted), wanted);
  const plain = await attempt({ way: 'remove', removed, role: null });
  const { candidates, unread } = await substitutes(session, having, giving, wanted);
  const swaps: PermissionWay[] = [];
  for (const role of candidates.slice(0, WAYS_SHOWN - 2)) {
    const way = await attempt({ way: 'swap', removed, role });
    if (way !== null) swaps.push(way);
  }
  const edit = await editOf(session, removed, wanted);
  const ways = [plain, ...swaps, edit].filter((way) => way !== null);
  return { ways, more: Math.max(0, candidates.length - (WAYS_SHOWN - 2)), unread };
}

/**
 * Roles without what is to go that keep the rest, fewest others first. Where none keeps all of it, those that keep at
 * least half, most first: one that keeps less is another job, no substitute.
 */
async function substitutes(
  session: Session,
  having: readonly Holder[],
  giving: readonly RoleId[],
  wanted: readonly PermissionId[],
): Promise<{ readonly candidates: readonly RoleSummary[]; readonly unread: number }> {
  const includes = inclusionsOf(session.names.permissions);
  const visible = session.names.roles.filter((role) => !role.hidden);
  const { roles, missing } = await session.shelf.glance(visible.map((role) => role.id));
  const { roles: given } = await session.facts.roles(giving);
  const rest = new Set(
    [...given.values()].flatMap((role) => [...contentsOf(role, includes).keys()]).filter((id) => !wanted.includes(id)),
  );
  const held = (role: Role) => having.every(({ assigned }) => assigned.some((each) => each.id === role.id));
  const ranked = roles
    .filter((role) => !giving.includes(role.id) && !held(role))
    .map((role) => ({ role, ...measure(role, rest, wanted, includes) }))
    .filter(({ brings, keeps }) => !brings && keeps > 0 && keeps * 2 >= rest.size)
    .sort((one, other) => other.keeps - one.keeps || one.extra - other.extra);
  const whole = ranked.filter(({ keeps }) => keeps === rest.size);
  const best = (whole.length > 0 ? whole : ranked).map(({ role }) => role.id);
  return { candidates: summariesOf(session, best), unread: missing.length };
}

function measure(role: Role, rest: ReadonlySet<PermissionId>, wanted: readonly PermissionId[], includes: Inclusions) {
  const contents = [...contentsOf(role, includes).keys()];
  const keeps = contents.filter((id) => rest.has(id)).length;
  return { brings: contents.some((id) => wanted.includes(id)), keeps, extra: contents.length - keeps };
}

/** Changing the role itself, where one custom role gives it and the asker may change roles: for all who hold it. */
async function editOf(
  session: Session,
  removed: readonly RoleSummary[],
  wanted: readonly PermissionId[],
): Promise<PermissionWay | null> {
  const [role, ...others] = removed;
  if (role === undefined || others.length > 0 || !role.custom) return null;
  if (isRefusal(await establishAuthority(session, 'edit-role', 'account'))) return null;
  const { entries } = await session.facts.roleInFull(role.id);
  const merged = mergeRole(entries, { add: [], remove: wanted }, dictionaryOf(session.names.permissions));
  if ('kind' in merged || !wanted.every((id) => merged.losses.includes(id))) return null;
  const { size } = await holdersOf(session, role.id);
  const losses = merged.losses.filter((id) => !wanted.includes(id));
  return { way: 'edit', removed, role: null, gains: [], losses, holders: size, blocked: [] };
}
