import type { Grant } from '../domain/grant.ts';
import type { GrantEvent } from '../domain/grant-event.ts';
import { extensionOffered } from '../domain/grant-time.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import { type BackgroundDeps, turnOf } from './background.ts';
import { namesOf, tell } from './grant-told.ts';
import { type KeptLedger, ledgerChanges } from './ledgers.ts';
import { mayGiveStill } from './may-give-still.ts';
import { grantButton, shown } from './shown-grants.ts';

/**
 * Warns the holder, and whoever gave it, that something ends soon.
 *
 * The button for a longer time is only for those who may give it now; ending one's own early takes no right.
 */
export async function warnOfEnd(deps: BackgroundDeps, kept: KeptLedger, grant: Grant): Promise<void> {
  const now = deps.clock.now();
  const { person } = kept.ledger;
  const warned = kept.ledger.grants.map((each) => (each.id === grant.id ? { ...each, warnedOf: each.endsAt } : each));
  const others = grant.asker === person.id ? [] : [grant.asker];
  const told = [];
  for (const to of [person.id, ...others]) told.push(...tell(deps, grant, to, await warning(deps, grant, person, to)));
  await deps.store.commit([...ledgerChanges(kept, warned, now), ...told], []);
}

async function warning(deps: BackgroundDeps, grant: Grant, person: Extension, to: ExtensionId): Promise<GrantEvent> {
  const may = await mayGiveNow(deps, grant, person, to);
  const own = to === person.id;
  return {
    kind: 'ends-soon',
    grant: shown(grant, person, await namesOf(deps)),
    own,
    extend: may ? { button: grantButton('extend-grant', grant), byMs: extensionOffered(grant) } : null,
    end: own || may ? grantButton('end-grant', grant) : null,
  };
}

/** A warning is worth more than its buttons: where the right cannot be read now they are left out. */
async function mayGiveNow(deps: BackgroundDeps, grant: Grant, person: Extension, who: ExtensionId): Promise<boolean> {
  try {
    const session = await turnOf(deps, who, { reference: grant.reference, thread: 'grants' });
    return session !== null && (await mayGiveStill(session, person, grant.role)) === null;
  } catch {
    return false;
  }
}
