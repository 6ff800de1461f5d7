import { type Authority, isRefusal } from '../domain/authority.ts';
import { contentsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import { Fault, isFault } from '../domain/faults.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Saying } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { establishAuthority } from './establish-authority.ts';
import { readEverybody } from './everybody.ts';
import { knownPermission, knownRoles } from './known-names.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/**
 * Tells what a role is and holds, with everything that its permissions include. Custom roles take the right to see them;
 * how many people have a role takes the right to see who has which.
 */
export async function describeRole(session: Session, slots: Understanding): Promise<Answer> {
  const which = await askWhich(session, slots, 'role', plainChoices(slots.roles));
  if (which !== null) return which;
  const [summary] = knownRoles(session, slots.roles.slice(0, 1));
  if (summary === undefined) throw new Error('describe-role without a role');
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right) && (summary.custom || right.kind === 'app-lacks-scope')) return refuse(right);
  if (!isRefusal(right)) await recordRead(session, 'describe-role', right.proof, { roles: [summary.displayName] });
  const role = (await session.facts.roles([summary.id])).roles.get(summary.id);
  if (role === undefined) {
    throw new Fault('directory-not-found', `role ${summary.id} could not be read`, { operation: 'readUserRole' });
  }
  const ids = [...contentsOf(role, inclusionsOf(session.names.permissions)).keys()].sort();
  const permissions = ids.map((id) => knownPermission(session, id));
  const byDefault = await session.shelf.defaultRole();
  const about = { roles: [role.displayName], permissions: ids };
  const basis = isRefusal(right) ? { asOf: session.facts.readAt } : { authority: right };
  return answer(
    {
      kind: 'role-description',
      role,
      permissions,
      isDefault: byDefault === null ? null : byDefault.id === role.id,
      holders: await holdersOf(session, role.id),
    },
    { ...basis, about },
  );
}

type Holders = Extract<Saying, { kind: 'role-description' }>['holders'];

/** Counting is an extra: when it cannot be had, the role is described without it. */
async function holdersOf(session: Session, role: RoleId): Promise<Holders> {
  try {
    const right = await establishAuthority(session, 'read-others', 'account');
    return isRefusal(right) ? null : await countHolders(session, right, role);
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

async function countHolders(session: Session, right: Authority<'read-others'>, role: RoleId): Promise<Holders> {
  const { roles } = await readEverybody(session, right);
  const count = [...roles.values()].filter((held) => held.some((each) => each.id === role)).length;
  return { count, withinSites: right.sites !== null };
}
