import type { BulkResult } from '../domain/bulk.ts';
import type { PersonPlan, Plan } from '../domain/change.ts';
import type { ReplyFile } from '../domain/reply.ts';
import { type AssignedRole, sameAssignments } from '../domain/roles.ts';
import { csv } from './csv.ts';

const PLAN_COLUMNS = ['extension', 'name', 'verdict', 'before', 'after', 'gains', 'losses'] as const;
const RESULT_COLUMNS = ['extension', 'name', 'outcome', 'before', 'after'] as const;

/** What a change would do to each of many people: too long to read in a chat, and to be read before it is confirmed. */
export function planFile(plan: Plan): ReplyFile {
  const rows = plan.people.map((each) => [
    each.person.number,
    each.person.name,
    verdictOf(each),
    namesOf(each.before),
    namesOf(each.after),
    each.contentsHidden ? 'not shown to you' : each.gains.join('; '),
    each.contentsHidden ? 'not shown to you' : each.losses.join('; '),
  ]);
  return { name: 'preview.csv', mediaType: 'text/csv', content: csv([PLAN_COLUMNS, ...rows]) };
}

function verdictOf({ guard, before, after, grants }: PersonPlan): string {
  if (guard !== null) return `left out: ${guard}`;
  return grants.length === 0 && sameAssignments(before, after) ? 'stays as it is' : 'changes';
}

/** What came of a change for each of many people. */
export function resultFile(results: readonly BulkResult[]): ReplyFile {
  const rows = results.map(({ person, before, after, outcome }) => [
    person.number,
    person.name,
    outcome?.kind ?? 'not reached',
    namesOf(before),
    namesOf(after),
  ]);
  return { name: 'outcome.csv', mediaType: 'text/csv', content: csv([RESULT_COLUMNS, ...rows]) };
}

function namesOf(roles: readonly AssignedRole[]): string {
  return roles
    .map((role) => (role.siteRestricted ? `${role.displayName} (limited to sites)` : role.displayName))
    .join('; ');
}
