import { type Partner, scopeGrant } from '../domain/partners.ts';
import type { ScopeAnswer } from '../domain/reply.ts';
import type { Slots } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { hasScopes, knownScopes, NAMED_IN_POLICY, reachPartners, readPartners } from './partners.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Answers whether partners have scopes, also through the `.manage` scope that covers one. */
export async function checkScope(session: Session, slots: Slots): Promise<Answer> {
  const reached = reachPartners(session);
  if (!reached.open) return refuse(reached.reason);
  const { partners: named, scopes } = slots;
  await recordRead(session, 'check-scope', NAMED_IN_POLICY, { partners: named, scopes });
  const { partners } = await readPartners(reached.value, named);
  const known = knownScopes();
  const answers = partners.flatMap((partner) => scopes.map((scope) => answerFor(partner, scope, known)));
  const verdict = commonVerdict(answers.map((each) => each.verdict));
  const asOf = session.deps.clock.now();
  return answer({ kind: 'scope-check', answers }, { verdict, proof: NAMED_IN_POLICY, asOf });
}

function answerFor(partner: Partner, scope: string, known: ReadonlySet<string>): ScopeAnswer {
  if (!hasScopes(partner)) return { partner, scope, verdict: 'cannot-tell', grant: null };
  const grant = scopeGrant(scope, partner.scopes ?? [], known);
  return { partner, scope, verdict: grant === null ? 'no' : 'yes', grant };
}
