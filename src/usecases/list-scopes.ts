import type { Slots } from '../domain/understanding.ts';
import { knownScopes, NAMED_IN_POLICY, reachPartners, readPartners } from './partners.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Lists the scopes of partners as they were granted, with what the wide ones cover. */
export async function listScopes(session: Session, slots: Slots): Promise<Answer> {
  const reached = reachPartners(session);
  if (!reached.open) return refuse(reached.reason);
  await recordRead(session, 'list-scopes', NAMED_IN_POLICY, { partners: slots.partners });
  const { partners, all } = await readPartners(reached.value, slots.partners);
  const parentOf = (sid: string | null) => all.find((each) => each.sid === sid)?.name ?? null;
  const rows = partners.map((partner) => ({ partner, parent: parentOf(partner.parent) }));
  const asOf = session.deps.clock.now();
  return answer({ kind: 'scopes-of', partners: rows, known: [...knownScopes()] }, { proof: NAMED_IN_POLICY, asOf });
}
