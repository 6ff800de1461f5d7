import type { Grant } from '../domain/grant.ts';
import { withEnd } from '../domain/grant-moves.ts';
import { extensionOffered } from '../domain/grant-time.ts';
import type { Extension } from '../domain/people.ts';
import type { Button, RefusalReason } from '../domain/reply.ts';
import { instantOfEnd, LONGEST_MS, type TimeTrouble } from '../domain/time-span.ts';
import type { Slots, Understanding } from '../domain/understanding.ts';
import { findGrants } from './find-grants.ts';
import { type Gate, open, shut } from './gate.ts';
import { type KeptLedger, ledgerChanges } from './ledgers.ts';
import { mayGiveStill } from './may-give-still.ts';
import { previewGrant } from './preview-grant.ts';
import { grantEntry } from './record-grant.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';
import { shown } from './shown-grants.ts';

/** Asks whether a temporary role shall last longer; that takes the right to give it. */
export async function extendGrant(session: Session, understanding: Understanding): Promise<Answer> {
  const found = await findGrants(session, understanding);
  if ('asked' in found) return found.asked;
  if (!found.open) return refuse(found.reason);
  const { person, grants } = found.value;
  const grant = grants.find(({ endsAt }) => endsAt !== null);
  if (grant === undefined) return refuse({ kind: 'no-grant', person, role: understanding.roles[0] ?? null });
  const end = laterEnd(session, grant, understanding.time);
  const reason = end.open ? await whyNot(session, person, grant) : end.reason;
  if (reason !== null) {
    await recordRefusal(session, understanding, reason);
    return refuse(reason);
  }
  return previewGrant(session, person, grant, end.open ? end.value : null);
}

/** Extends by what the button of a warning says. */
export async function pressExtend(session: Session, kept: KeptLedger, grant: Grant, button: Button): Promise<Answer> {
  if (grant.revision !== button.version || grant.endsAt === null) return refuse({ kind: 'grant-moved' });
  return extendTo(session, kept, grant, grant.endsAt + extensionOffered(grant));
}

/** Gives a grant its new end, if the asker may still give the role now. */
export async function extendTo(session: Session, kept: KeptLedger, grant: Grant, endsAt: number): Promise<Answer> {
  const { person } = kept.ledger;
  const trouble = endTrouble(grant, endsAt, session.deps.clock.now());
  const reason: RefusalReason | null =
    trouble === null ? await whyNot(session, person, grant) : { kind: 'time', trouble };
  if (reason !== null) return refuse(reason);
  const now = session.deps.clock.now();
  const longer = withEnd(grant, endsAt);
  const grants = kept.ledger.grants.map((each) => (each.id === grant.id ? longer : each));
  const entry = grantEntry(session, person, 'grant.extended', grant, { from: grant.endsAt, to: endsAt });
  if (!(await session.deps.store.commit(ledgerChanges(kept, grants, now), [entry]))) {
    return refuse({ kind: 'grant-moved' });
  }
  const about = { people: numbersOf([person]), roles: [grant.roleName] };
  return answer(
    { kind: 'grant-extended', grant: shown(longer, person, session.names), at: now },
    { outcome: 'changed', about },
  );
}

/** The right to give the role decides, and for the holder without it the answer is whom to ask. */
async function whyNot(session: Session, person: Extension, grant: Grant): Promise<RefusalReason | null> {
  const reason = await mayGiveStill(session, person, grant.role);
  if (reason?.kind !== 'no-right' || person.id !== session.asker.person.id) return reason;
  const giver = grant.asker === person.id ? null : (session.names.byId(grant.asker) ?? null);
  return { kind: 'may-not-extend', givenBy: giver };
}

function laterEnd(session: Session, grant: Grant, time: Slots['time']): Gate<number> {
  const { clock, zone } = session.deps;
  const from = grant.endsAt ?? clock.now();
  const said =
    time.until !== null
      ? Date.parse(time.until)
      : instantOfEnd({ kind: 'after', duration: time.for ?? '' }, from, zone);
  const trouble = endTrouble(grant, said, clock.now());
  return trouble === null ? open(said) : shut({ kind: 'time', trouble });
}

function endTrouble(grant: Grant, endsAt: number, now: number): TimeTrouble | null {
  if (!(endsAt > (grant.endsAt ?? 0))) return 'not-longer';
  if (endsAt <= now) return 'past';
  return endsAt - grant.startsAt > LONGEST_MS ? 'too-long' : null;
}
