import { partnerScopes } from '../catalogue/catalogue.ts';
import type { PartnerScope } from '../catalogue/schema.ts';
import { coveredBy, notCoveredBy } from '../domain/partners.ts';
import type { ScopeFacts } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { knownScopes } from './partners.ts';
import { poseQuestion } from './pose-question.ts';
import { type Answer, answer, type Session } from './session.ts';

/** Tells what partner scopes are, from CarrierX's published table: documentation, open to everybody. */
export async function describeScope(session: Session, slots: Understanding): Promise<Answer> {
  const rows = partnerScopes().filter((row) => slots.scopes.includes(row.name));
  if (rows.length === 0) {
    return poseQuestion(
      session,
      { understanding: slots, about: 'scope', words: slots.scopes.join(', '), mode: 'fill' },
      [],
    );
  }
  const known = knownScopes();
  return answer({ kind: 'scope-description', scopes: rows.map((row) => factsOf(row, known)) });
}

function factsOf({ name, id, category, description }: PartnerScope, known: ReadonlySet<string>): ScopeFacts {
  const coveredByScope = [...known].find((scope) => coveredBy(scope, known).includes(name)) ?? null;
  return {
    name,
    id,
    category,
    description,
    covers: coveredBy(name, known),
    leavesOut: notCoveredBy(name, known),
    coveredBy: coveredByScope,
  };
}
