import type { Button, Cure, Offer, PermissionAnswer } from '../domain/reply.ts';
import { INTENT_EFFECTS, type Intent, NO_SLOTS, type Slots, type Understanding } from '../domain/understanding.ts';
import type { OfferBody } from './pending-body.ts';
import type { Session } from './session.ts';

/** Answers are looked at again long after a question would be answered. */
const OFFERED_FOR_MS = 8 * 3_600_000;
const GIVES_AT_MOST = 3;

/** A step that could be offered: what it is, and what a click on it means. */
export type OfferedStep = { readonly offer: Unplaced<Offer>; readonly understanding: Understanding };
type Unplaced<One> = One extends unknown ? Omit<One, 'button'> : never;

/**
 * Puts steps behind buttons. A click does no more than saying the words would: a change is previewed and confirmed.
 *
 * What is kept was made by us from names and codes; what somebody pasted is not.
 */
export async function keepOffers({ deps, asker }: Session, steps: readonly OfferedStep[]): Promise<readonly Offer[]> {
  if (steps.length === 0) return [];
  const id = deps.ids.opaque();
  const now = deps.clock.now();
  const body: OfferBody = { kind: 'offer', offers: steps.map((step) => step.understanding) };
  await deps.store.pending.save(
    {
      id,
      version: 1,
      kind: 'offer',
      owner: asker.person.id,
      state: 'open',
      body: JSON.stringify(body),
      createdAt: now,
      expiresAt: now + OFFERED_FOR_MS,
    },
    null,
  );
  return steps.map(({ offer }, index) => {
    const button: Button = { action: 'offer', id, version: 1, index };
    return { ...offer, button };
  });
}

/** Something understood that nobody said: what a button stands for. @param text - the words that would say it */
export function offered(intent: Intent, text: string, slots: Partial<Slots>): Understanding {
  const nothing = { dryRun: false, also: [], ask: null, suggestions: [], readings: [] };
  return { ...NO_SLOTS, ...nothing, ...slots, text, outcome: 'understood', intent, effect: INTENT_EFFECTS[intent] };
}

/** Steps that give a person what they lack, for an asker who may give it: the smallest roles first. */
export function giveSteps({ person, cures }: PermissionAnswer): readonly OfferedStep[] {
  const mine = cures.filter((cure) => cure.askerMayGive).slice(0, GIVES_AT_MOST);
  return mine.map(({ role }: Cure) => ({
    offer: { kind: 'give', person, role },
    understanding: offered('assign-role', `give ${person.number} ${role.displayName}`, {
      people: [person.number],
      roles: [role.displayName],
    }),
  }));
}
