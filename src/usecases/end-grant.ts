import { isRefusal } from '../domain/authority.ts';
import { ended, type Grant, isOpen } from '../domain/grant.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { mayChange } from './change-rights.ts';
import { findGrants } from './find-grants.ts';
import { type KeptLedger, ledgerChanges } from './ledgers.ts';
import { previewGrant } from './preview-grant.ts';
import { grantEntry } from './record-grant.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';
import { grantButton, shown } from './shown-grants.ts';
import { takeEnds } from './take-ends.ts';

/** Asks whether a temporary role shall end now. The holder may always end their own; for others it takes the right. */
export async function endGrant(session: Session, understanding: Understanding): Promise<Answer> {
  const found = await findGrants(session, understanding);
  if ('asked' in found) return found.asked;
  if (!found.open) return refuse(found.reason);
  const { person, grants } = found.value;
  const [grant] = grants;
  if (grant === undefined) return refuse({ kind: 'no-grant', person, role: understanding.roles[0] ?? null });
  const reason = await whyNot(session, person);
  if (reason !== null) {
    await recordRefusal(session, understanding, reason);
    return refuse(reason);
  }
  return previewGrant(session, person, grant, null);
}

/**
 * Ends a role that is held for a time now, under every grant that holds it.
 *
 * The earlier end is on record before RingCentral is asked, so that it comes about whatever happens meanwhile.
 */
export async function endNow(session: Session, kept: KeptLedger, grant: Grant): Promise<Answer> {
  const { deps, asker, names } = session;
  const { person } = kept.ledger;
  const reason = await whyNot(session, person);
  if (reason !== null) return refuse(reason);
  const now = deps.clock.now();
  const ends = (each: Grant) => each.kind === 'give' && each.role === grant.role && isOpen(each);
  const grants = kept.ledger.grants.map((each) => (ends(each) ? endedEarly(each, asker.person, now) : each));
  const entry = grantEntry(session, person, 'grant.revoked', grant, { endsAt: grant.endsAt });
  if (!(await deps.store.commit(ledgerChanges(kept, grants, now), [entry]))) return refuse({ kind: 'grant-moved' });
  const about = { people: numbersOf([person]), roles: [grant.roleName] };
  const told = { grant: shown(grant, person, names), own: person.id === asker.person.id };
  const taken = await takeEnds(deps, person.id);
  if (taken.kind === 'failed') {
    const [late] = taken.grants;
    const event = { kind: 'overdue', ...told, attempts: late?.trouble?.attempts ?? 1, code: taken.code } as const;
    const retry = grantButton('retry-end', late ?? grant);
    return answer({ kind: 'grant-event', event: { ...event, retry }, at: now }, { outcome: 'fault', about });
  }
  const roles = taken.kind === 'ended' ? roleNames(taken.roles) : null;
  const event = { kind: 'ended', ...told, by: asker.person, heldUntil: null, roles } as const;
  return answer({ kind: 'grant-event', event, at: now }, { outcome: 'changed', about });
}

/** What has not begun never will; what is held has its end now. */
function endedEarly(grant: Grant, by: Extension, now: number): Grant {
  if (grant.state === 'planned') return { ...ended(grant, 'revoked', now), endedBy: by.id };
  return {
    ...grant,
    endsAt: Math.min(now, grant.endsAt ?? now),
    endedBy: by.id,
    revision: grant.revision + 1,
    trouble: null,
  };
}

async function whyNot(session: Session, person: Extension): Promise<RefusalReason | null> {
  if (person.id === session.asker.person.id) return null;
  const right = await mayChange(session, ['assign'], person);
  return isRefusal(right) ? right : null;
}
