import { createHash } from 'node:crypto';
import type { PersonPlan, Plan } from './change.ts';
import type { AssignedRole } from './roles.ts';

/**
 * SHA-256 over what a plan would do: the intent, the people, their lists before and after, the times of what is given or
 * taken for a time, and what is refused.
 *
 * Order of people and roles does not matter, names do not either: only what RingCentral would be asked to hold.
 */
export function fingerprintOf(intent: Plan['intent'], people: readonly PersonPlan[]): string {
  const lines = people.map(
    (each) => [each.person.id, listOf(each.before), listOf(each.after), timesOf(each), each.guard] as const,
  );
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([intent, sorted]))
    .digest('hex');
}

/** Names left out, as in the lists. */
function timesOf({ grants }: PersonPlan): readonly string[] {
  return grants.map(({ role, ...effect }) => JSON.stringify([role.id, effect])).sort();
}

function listOf(roles: readonly AssignedRole[]): readonly string[] {
  return roles.map((role) => `${role.id}|${role.siteRestricted}`).sort();
}
