import { type Authority, isRefusal } from '../domain/authority.ts';
import type { Plan } from '../domain/change.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { RoleAct } from '../domain/merge.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { type AssignedRole, isSuperAdmin } from '../domain/roles.ts';
import { establishAuthority } from './establish-authority.ts';
import { LIST_FROM } from './limits.ts';
import { mayRead } from './reading.ts';
import type { Session } from './session.ts';

/** The verbs that change somebody's roles. */
export type ChangeVerb = 'assign' | 'reset';

/** How a plan is carried out: resetting is a call of its own in RingCentral, everything else replaces lists. */
export function verbOf(intent: Plan['intent']): ChangeVerb {
  return intent === 'reset-roles' ? 'reset' : 'assign';
}

/** Every right that the acts on one person take, the one that the call is made under first. */
export function verbsOf(intent: Plan['intent'], acts: readonly RoleAct[]): readonly ChangeVerb[] {
  const verb = verbOf(intent);
  const alsoResets = verb !== 'reset' && acts.some((act) => act.intent === 'reset-roles');
  return alsoResets ? [verb, 'reset'] : [verb];
}

/** Establishes all of these rights over one person; the authority is the first one's. */
export async function mayChange(
  session: Session,
  verbs: readonly ChangeVerb[],
  person: Extension,
): Promise<Authority<ChangeVerb> | RefusalReason> {
  const [first, ...others] = verbs;
  if (first === undefined) throw new Error('a change without a verb');
  const authority = await establishAuthority(session, first, person);
  if (isRefusal(authority)) return authority;
  for (const verb of others) {
    const other = await establishAuthority(session, verb, person);
    if (isRefusal(other)) return other;
  }
  return authority;
}

/**
 * Finds whose lists the asker may not see. A preview shows the list as it is, and the right to change roles is not the
 * right to see them.
 *
 * Whoever changes somebody as Super Admin sees them too, so that nothing more is asked.
 */
export async function hiddenLists(
  session: Session,
  people: readonly Extension[],
  rights: ReadonlyMap<ExtensionId, Authority<ChangeVerb>>,
): Promise<ReadonlyMap<ExtensionId, RefusalReason>> {
  const hidden = new Map<ExtensionId, RefusalReason>();
  const asked = people.filter(({ id }) => !isBySuperAdmin(rights.get(id)));
  if (asked.length >= LIST_FROM) {
    const everybody = await establishAuthority(session, 'read-others', 'account');
    if (!isRefusal(everybody) && everybody.sites === null) return hidden;
  }
  for (const person of asked) {
    const right = await mayRead(session, person);
    if (isRefusal(right)) hidden.set(person.id, right);
  }
  return hidden;
}

/**
 * Tells whether what custom roles hold may be shown to the asker, as gains and losses do. What predefined roles hold is
 * no secret.
 */
export async function mayShowContents(
  session: Session,
  lists: readonly (readonly AssignedRole[])[],
  rights: ReadonlyMap<ExtensionId, Authority<ChangeVerb>>,
): Promise<boolean> {
  const isPredefined = ({ id }: AssignedRole) => session.names.roles.some((role) => role.id === id && !role.custom);
  if (lists.flat().every(isPredefined) || [...rights.values()].some(isBySuperAdmin)) return true;
  return !isRefusal(await establishAuthority(session, 'read-roles', 'account'));
}

function isBySuperAdmin(right: Authority<ChangeVerb> | undefined): boolean {
  const proof = right?.proof;
  if (proof === undefined || right?.sites !== null || !('role' in proof)) return false;
  return proof.role !== null && isSuperAdmin(proof.role);
}
