import type { Grant } from '../domain/grant.ts';
import type { Extension } from '../domain/people.ts';
import type { AuditEntry } from './ports.ts';
import type { Session } from './session.ts';

/** The audit entry of what a person did to a grant. */
export function grantEntry(
  { deps, asker, reference }: Session,
  person: Extension,
  action: string,
  grant: Grant,
  details: Record<string, unknown>,
): AuditEntry {
  return {
    at: deps.clock.now(),
    actor: asker.person.number,
    action,
    subject: person.number,
    reference,
    body: JSON.stringify({
      extension: person.id,
      grant: grant.id,
      role: grant.role,
      identity: asker.proof,
      ...details,
    }),
  };
}
