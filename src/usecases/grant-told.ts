import { type Grant, leasesOf } from '../domain/grant.ts';
import type { GrantEvent } from '../domain/grant-event.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { KeptLedger } from './ledgers.ts';
import { type Addressee, noticeChanges } from './notices.ts';
import type { Names, StoreChange } from './ports.ts';
import type { Deps } from './session.ts';
import { grantButton, shown } from './shown-grants.ts';

/** Tells the holder that something has ended, and whoever gave it when somebody else ended it early. */
export async function endsTold(
  deps: Deps,
  { ledger }: KeptLedger,
  after: readonly Grant[],
  ending: readonly Grant[],
  list: readonly AssignedRole[],
): Promise<readonly StoreChange[]> {
  const names = await namesOf(deps);
  const { person } = ledger;
  return ending.flatMap((grant) => {
    const others = leasesOf(after, grant.role).map(({ endsAt }) => endsAt ?? 0);
    const by = grant.endedBy === null ? null : (names?.byId(grant.endedBy) ?? null);
    const event = (own: boolean): GrantEvent => ({
      kind: 'ended',
      grant: shown(grant, person, names),
      own,
      by,
      heldUntil: others.length === 0 ? null : Math.max(...others),
      roles: own ? list.map(({ displayName }) => displayName) : null,
    });
    // Whoever ended it is told by the answer to their click; whoever gave it hears when that was somebody else.
    const toHolder = grant.endedBy === person.id ? [] : tell(deps, grant, person.id, event(true));
    const silent = grant.asker === person.id || grant.endedBy === null || grant.endedBy === grant.asker;
    return [...toHolder, ...(silent ? [] : tell(deps, grant, grant.asker, event(false)))];
  });
}

/** Tells loudly that something did not end: the channel and whoever gave it, each with a button that tries now. */
export async function overdueTold(
  deps: Deps,
  { ledger }: KeptLedger,
  late: readonly Grant[],
): Promise<readonly StoreChange[]> {
  if (late.length === 0) return [];
  const names = await namesOf(deps);
  return late.flatMap((grant) => {
    const { attempts = 0, code = '' } = grant.trouble ?? {};
    const retry = grantButton('retry-end', grant);
    const event: GrantEvent = { kind: 'overdue', grant: shown(grant, ledger.person, names), attempts, code, retry };
    return [...tell(deps, grant, 'channel', event), ...tell(deps, grant, grant.asker, event)];
  });
}

/** What is told about a grant, under the reference of the turn in which it was asked for. */
export function tell({ ids, clock }: Deps, grant: Grant, to: Addressee, event: GrantEvent): readonly StoreChange[] {
  return noticeChanges(ids, to, event, { now: clock.now(), reference: grant.reference });
}

/** Names make a message readable; an end does not wait for them. */
export async function namesOf({ names }: Deps): Promise<Names | null> {
  return names.current().catch(() => null);
}
