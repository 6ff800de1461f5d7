import { createHash } from 'node:crypto';
import type { PersonPlan, Plan } from './change.ts';
import type { ExtensionId } from './ids.ts';
import type { RolePlan } from './role-change.ts';
import type { AssignedRole, RoleDraft, RoleEntry, RoleInFull } from './roles.ts';

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

/** SHA-256 over what a change of a role would do: the role as it is, as it would be, and whom that is promised to reach. */
export function fingerprintOfRole(
  plan: Pick<RolePlan, 'intent' | 'before' | 'after' | 'base'>,
  reached: readonly ExtensionId[],
): string {
  const { intent, before, after, base } = plan;
  const facts = [intent, before?.id, definitionOf(before), definitionOf(after), base?.id, [...reached].sort()];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

function definitionOf(role: RoleDraft | RoleInFull | null): unknown {
  if (role === null) return null;
  const entry = ({ id, capabilities }: RoleEntry) => JSON.stringify([id, capabilities]);
  const { displayName, description, scope, siteCompatible, hidden } = role;
  return [displayName, description, scope, siteCompatible, hidden, role.entries.map(entry).sort()];
}

function listOf(roles: readonly AssignedRole[]): readonly string[] {
  return roles.map((role) => `${role.id}|${role.siteRestricted}`).sort();
}
