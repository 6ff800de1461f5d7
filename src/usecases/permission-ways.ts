import { isRefusal } from '../domain/authority.ts';
import type { PersonPlan } from '../domain/change.ts';
import type { PermissionId, RoleId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { Permission } from '../domain/permissions.ts';
import type { PermissionWay, RefusalReason, Saying } from '../domain/reply.ts';
import type { AssignedRole, RoleSummary } from '../domain/roles.ts';
import { type FurtherAct, NO_SLOTS, type Understanding } from '../domain/understanding.ts';
import type { Act } from './acts.ts';
import { buildPlan } from './build-plan.ts';
import { establishAuthority } from './establish-authority.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownPermission } from './known-names.ts';
import { AT_ONCE_AT_MOST } from './limits.ts';
import { keepQuestion } from './pose-question.ts';
import { holdingsThrough, type ReadAuthority, reachPeople, rolesOf, type Seen } from './reading.ts';
import { recordRead } from './record-read.ts';
import { resolvePeople } from './resolve-people.ts';
import { type Answer, answer, numbersOf, type Session } from './session.ts';

/** Ways that are worked out and shown; more would be more than anybody compares. */
export const WAYS_SHOWN = 5;

/** The act that a chosen way becomes. */
export type BecomesAct = Pick<
  FurtherAct,
  'intent' | 'people' | 'group' | 'roles' | 'removedRoles' | 'permissions' | 'removedPermissions'
>;

/** One person with what they hold. */
export type Holder = { readonly person: Extension; readonly assigned: readonly AssignedRole[]; readonly seen: Seen };

/** What giving or taking a permission rests on. */
export type Asked = {
  readonly permissions: readonly Permission[];
  readonly holders: readonly Holder[];
  readonly right: ReadAuthority;
};

/**
 * Reads who is meant and what they hold.
 *
 * Which role gives what to whom is shown, so it takes the rights to see both, over oneself too.
 */
export async function readAsked(session: Session, said: Understanding): Promise<Gate<Asked>> {
  if (said.also.length > 0) return shut({ kind: 'role', problem: { kind: 'one-at-a-time' } });
  const few = await resolvePeople(session, said.people, said.group);
  if (!few.open) return few;
  if (few.value.length > AT_ONCE_AT_MOST) return shut({ kind: 'too-many-people', limit: AT_ONCE_AT_MOST });
  const refused = await refusalOfAll(session, few.value);
  if (refused !== null) return shut(refused);
  const reached = await reachPeople(session, said);
  if (!reached.open) return reached;
  const contents = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(contents)) return shut(contents);
  const { reaches, people, credited } = reached.value;
  const permissions = said.permissions.map((id) => knownPermission(session, id));
  const intent = said.intent ?? 'give-permission';
  const ids = permissions.map(({ id }) => id);
  await recordRead(session, intent, credited.proof, { people: numbersOf(people), permissions: ids });
  const holders: Holder[] = [];
  for (const { person, right } of reaches) {
    const assigned = await rolesOf(session, right, person);
    holders.push({ person, assigned, seen: await holdingsThrough(session, assigned) });
  }
  return open({ permissions, holders, right: credited });
}

/** Why the asker may change nobody of them; null when they may change somebody. */
async function refusalOfAll(session: Session, people: readonly Extension[]): Promise<RefusalReason | null> {
  let first: RefusalReason | null = null;
  for (const person of people) {
    const right = await establishAuthority(session, 'assign', person);
    if (!isRefusal(right)) return null;
    first ??= right;
  }
  return first;
}

/** A way that may be tried. */
export type Draft = Pick<PermissionWay, 'way' | 'removed' | 'role'>;

/**
 * Works out what one way would do, by planning it: what the plan refuses is no way for this asker.
 *
 * @returns null when the way would not do for everybody what was asked for
 */
export async function tryWay(
  session: Session,
  draft: Draft,
  act: BecomesAct,
  wanted: readonly PermissionId[],
): Promise<PermissionWay | null> {
  const planned = await buildPlan(session, [asAct(act)]);
  if (!planned.open) return null;
  const { people } = planned.value.plan;
  const blocked = people.flatMap(({ person, guard }) => (guard === null ? [] : [{ person, guard }]));
  const told = people.filter((each) => each.guard !== 'no-right' && each.guard !== 'outside-site');
  const giving = draft.way === 'assign';
  if (!told.every((each) => does(each, giving, wanted))) return null;
  const besides = (ids: readonly PermissionId[]) => ids.filter((id) => !wanted.includes(id));
  return {
    ...draft,
    gains: besides(union(told.map(({ gains }) => gains))),
    losses: besides(union(told.map(({ losses }) => losses))),
    holders: 0,
    blocked,
  };
}

function does({ gains, losses }: PersonPlan, giving: boolean, wanted: readonly PermissionId[]): boolean {
  return giving ? wanted.some((id) => gains.includes(id)) : wanted.every((id) => losses.includes(id));
}

function asAct({ intent, people, group, roles, removedRoles }: BecomesAct): Act {
  if (intent !== 'assign-role' && intent !== 'remove-role' && intent !== 'swap-role') throw new Error('not an act');
  return { intent, people, group, roles, removedRoles, time: NO_SLOTS.time };
}

function union(lists: readonly (readonly PermissionId[])[]): readonly PermissionId[] {
  return [...new Set(lists.flat())].sort();
}

/** The act of a way, for these people. */
export function actFor(
  { way, removed, role }: Draft,
  people: readonly Extension[],
  taken: readonly PermissionId[],
): BecomesAct {
  const intents = { assign: 'assign-role', remove: 'remove-role', swap: 'swap-role', edit: 'edit-role' } as const;
  const gone = removed.map(({ displayName }) => displayName);
  const come = role === null ? [] : [role.displayName];
  return {
    intent: intents[way],
    people: way === 'edit' ? [] : numbersOf(people),
    group: null,
    roles: way === 'remove' || way === 'edit' ? gone : come,
    removedRoles: way === 'swap' ? gone : [],
    permissions: [],
    removedPermissions: way === 'edit' ? taken : [],
  };
}

/** Shows the ways with a button for each that the asker may take; nothing is chosen for them, not even an only one. */
export async function showWays(
  session: Session,
  said: Understanding,
  asked: Asked,
  found: Omit<Extract<Saying, { kind: 'permission-ways' }>, 'kind' | 'buttons' | 'permissions'>,
): Promise<Answer> {
  const { permissions, right } = asked;
  const ids = permissions.map(({ id }) => id);
  const free = found.ways.filter((way) => way.blocked.length < Math.max(1, found.people.length));
  const values = free.map((way) => JSON.stringify(actFor(way, found.people, ids)));
  const question = { understanding: said, about: 'role', words: ids.join(', '), mode: 'become' } as const;
  const buttons = values.length === 0 ? [] : await keepQuestion(session, question, values);
  const roles = found.ways.flatMap(({ role, removed }) => [...(role === null ? [] : [role]), ...removed]);
  const about = {
    people: numbersOf([...found.people, ...found.already]),
    roles: [...new Set(roles.map(({ displayName }) => displayName))],
    permissions: ids,
  };
  const outcome = buttons.length > 0 ? 'ask-back' : found.people.length === 0 ? 'answered' : 'refused';
  return answer({ kind: 'permission-ways', ...found, permissions, buttons }, { authority: right, outcome, about });
}

/** Roles as the name index knows them. */
export function summariesOf({ names }: Session, ids: readonly RoleId[]): readonly RoleSummary[] {
  return ids.flatMap((id) => names.roles.find((role) => role.id === id) ?? []);
}
