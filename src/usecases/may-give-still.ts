import { isRefusal } from '../domain/authority.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { guardAgain } from './build-plan.ts';
import { mayChange } from './change-rights.ts';
import type { Session } from './session.ts';

/**
 * Decides whether the asker could give this role to this person now, as if they did not have it: more time with a role
 * takes the same right, and meets the same guards, as giving it.
 *
 * @returns null when they may
 */
export async function mayGiveStill(session: Session, person: Extension, role: RoleId): Promise<RefusalReason | null> {
  const right = await mayChange(session, ['assign'], person);
  if (isRefusal(right)) return right;
  const held = await session.facts.assignedRoles(person.id);
  const without = held.filter(({ id }) => id !== role);
  const guard = await guardAgain(session, { person, before: without, after: held, ...NO_OTHER }, ['assign']);
  return guard === null ? null : { kind: 'guard', people: [{ person, guard }] };
}

const NO_OTHER = { gains: [], losses: [], guard: null, notes: [], grants: [] } as const;
