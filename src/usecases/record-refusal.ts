import type { RefusalReason } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import type { Session } from './session.ts';

/** Refusals that say what somebody was not allowed; the others are about the question itself. */
const ABOUT_RIGHTS: readonly RefusalReason['kind'][] = [
  'no-right',
  'outside-site',
  'whole-account-only',
  'app-lacks-scope',
  'not-carrierx-administrator',
];

/**
 * Puts a question that RingCentral's rights did not allow into the audit trail: who tried to see or change what.
 *
 * Refusals of a plan stand there already, with the plan.
 */
export async function recordRefusal(session: Session, asked: Understanding, reason: RefusalReason): Promise<void> {
  if (!ABOUT_RIGHTS.includes(reason.kind)) return;
  const { intent, people, group, roles, removedRoles, permissions, partners, scopes, also } = asked;
  await session.deps.store.audit.append({
    at: session.deps.clock.now(),
    actor: session.asker.person.number,
    action: `refused.${intent ?? 'unknown'}`,
    subject: people.length > 0 ? people.join(',') : null,
    reference: session.reference,
    body: JSON.stringify({
      reason: reasonOf(reason),
      ...{ people, group, roles, removedRoles, permissions, partners, scopes },
      also: also.map((act) => ({ intent: act.intent, people: act.people, roles: act.roles })),
      identity: session.asker.proof,
    }),
  });
}

function reasonOf(reason: RefusalReason): Record<string, unknown> {
  switch (reason.kind) {
    case 'no-right':
      return { kind: reason.kind, verb: reason.verb, permission: reason.permission };
    case 'app-lacks-scope':
      return { kind: reason.kind, scope: reason.scope };
    default:
      return { kind: reason.kind };
  }
}
