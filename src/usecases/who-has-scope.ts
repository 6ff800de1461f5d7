import { type Partner, scopeGrant } from '../domain/partners.ts';
import type { Understanding } from '../domain/understanding.ts';
import { askWhich, plainChoices } from './ask-which.ts';
import { hasScopes, knownScopes, NAMED_IN_POLICY, reachPartners } from './partners.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/**
 * Answers which partners have a scope, or have it not, from one listing. A partner of which CarrierX shows no scopes
 * counts neither way.
 */
export async function whoHasScope(session: Session, slots: Understanding): Promise<Answer> {
  const reached = reachPartners(session);
  if (!reached.open) return refuse(reached.reason);
  const which = await askWhich(session, slots, 'scope', plainChoices(slots.scopes));
  if (which !== null) return which;
  const [scope] = slots.scopes;
  if (scope === undefined) throw new Error('who-has-scope without a scope');
  await recordRead(session, 'who-has-scope', NAMED_IN_POLICY, { scopes: [scope] });
  const all = await reached.value.listPartners();
  const shown = all.filter(hasScopes);
  const unshown = all.filter((partner) => !hasScopes(partner)).map((partner) => partner.name);
  const known = knownScopes();
  const throughOf = (partner: Partner) => scopeGrant(scope, partner.scopes ?? [], known)?.through ?? null;
  const rows = shown
    .map((partner) => ({ partner, through: throughOf(partner) }))
    .filter(({ through }) => (through === null) === slots.negated);
  const asOf = session.deps.clock.now();
  const saying = { kind: 'who-has-scope', scope, negated: slots.negated, rows, unshown } as const;
  return answer(saying, { proof: NAMED_IN_POLICY, asOf });
}
