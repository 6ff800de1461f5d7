import type { PersonPlan, Plan } from '../domain/change.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { AuditEntry } from './ports.ts';
import type { Session } from './session.ts';

/** What happens on the way of a change. */
export type ChangeEvent =
  | 'change.previewed'
  /** Shown without a way to confirm: a dry run, or a change that would change nothing. */
  | 'change.shown'
  /** What should take the place of somebody's only role was asked. */
  | 'change.asked'
  | 'change.confirmed'
  /** Confirmed for many people, who are changed in the background. */
  | 'change.started'
  | 'change.cancelled'
  | 'change.refused'
  | 'change.moved'
  /** Confirmed, and something failed before the call: nothing was written. */
  | 'change.failed'
  | 'change.intent'
  | 'change.outcome';

/** Of more people the entry tells how many; who they are stands in the entry of each one's own change. */
const LISTED_AT_MOST = 50;

/** The audit entry of one step of a change. Holds ids, names and lists, never a token. */
export function changeEntry(
  session: Session,
  action: ChangeEvent,
  plan: Plan,
  details: Record<string, unknown> = {},
): AuditEntry {
  return {
    at: session.deps.clock.now(),
    actor: session.asker.person.number,
    action,
    subject: plan.people.map(({ person }) => person.number).join(','),
    reference: session.reference,
    body: JSON.stringify({
      intent: plan.intent,
      fingerprint: plan.fingerprint,
      people: plan.people.length > LISTED_AT_MOST ? plan.people.length : plan.people.map(linesOf),
      identity: session.asker.proof,
      ...details,
    }),
  };
}

/** The audit entry of one person's change. */
export function personEntry(
  session: Session,
  action: ChangeEvent,
  each: Pick<PersonPlan, 'person' | 'before' | 'after'>,
  details: Record<string, unknown>,
): AuditEntry {
  return {
    at: session.deps.clock.now(),
    actor: session.asker.person.number,
    action,
    subject: each.person.number,
    reference: session.reference,
    body: JSON.stringify({ ...linesOf(each), identity: session.asker.proof, ...details }),
  };
}

/** A list as the trail keeps it: the id tells which role it was, the name what it was called then. */
export function trailList(roles: readonly AssignedRole[]) {
  return roles.map(({ id, displayName, siteRestricted }) => ({ id, name: displayName, siteRestricted }));
}

function linesOf(each: Pick<PersonPlan, 'person' | 'before' | 'after'> & Partial<Pick<PersonPlan, 'guard'>>) {
  const { person, before, after, guard = null } = each;
  const lists = { extension: person.id, before: trailList(before), after: trailList(after) };
  return guard === null ? lists : { ...lists, guard };
}
