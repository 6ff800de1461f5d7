import type { ExtensionId, RoleId } from './ids.ts';
import type { Extension } from './people.ts';

/** How a grant came to its end. */
export type GrantEnd =
  /** Its time was over and the role was taken, or, for a pause, given back. */
  | 'expired'
  /** A person ended it early. */
  | 'revoked'
  /** The role was taken, or the pause made pointless, by another change. */
  | 'removed'
  /** Somebody gave the role for good. */
  | 'kept'
  /** The write that was to begin it did not take effect. */
  | 'not-given'
  /** At its start the person already had the role without us: nothing was given and nothing is taken. */
  | 'held-before'
  /** At its start, or when it was to be given back, the asker had no right to give it any more. */
  | 'no-right'
  /** Something else stood against it at its start. */
  | 'refused'
  /** Its whole time passed while nothing could run. */
  | 'missed';

type GrantState =
  /** Begins later. */
  | 'planned'
  /** The write that begins it is recorded; whether it took effect is not known yet. */
  | 'starting'
  | 'active'
  /** Past its end, and several tries did not get RingCentral to show it. */
  | 'overdue'
  | 'ended';

/** Something that a recorded write is about to do to a grant; done when the write proves to have taken effect. */
type Proposal =
  /** `expired` for a pause that is given back. */
  | { readonly intent: string; readonly how: 'removed' | 'kept' | 'expired' }
  /** A new, earlier end. */
  | { readonly intent: string; readonly endsAt: number };

/** What went wrong so far at an end or a start whose time has come. */
type GrantTrouble = { readonly attempts: number; readonly code: string; readonly retryAt: number };

/**
 * Our record that an assignment is allowed until its end; for a pause, that it is taken away until then.
 *
 * A role that the person had without us before has no grant: nothing of it is ever taken.
 */
export type Grant = {
  /** Begins with the id of the extension, so that a click finds its way with nothing else. */
  readonly id: string;
  readonly kind: 'give' | 'pause';
  readonly role: RoleId;
  readonly roleName: string;
  readonly siteRestricted: boolean;
  readonly state: GrantState;
  /** Who asked for it. */
  readonly asker: ExtensionId;
  readonly reason: string | null;
  /** Finds the turn in which it was asked for. */
  readonly reference: string;
  /** UTC, epoch milliseconds, as are all instants here. */
  readonly askedAt: number;
  /** Later than it was asked for when it begins later. */
  readonly startsAt: number;
  /** Null only for one that is planned and is for good once it has begun. */
  readonly endsAt: number | null;
  /** One more with each new end: a button shows which end it was made for. */
  readonly revision: number;
  /** The recorded write that began it, or is about to. */
  readonly intent: string;
  readonly proposed: Proposal | null;
  /** The end of which was warned; null before the first warning. */
  readonly warnedOf: number | null;
  readonly trouble: GrantTrouble | null;
  /** Who ended it early; null where time did. */
  readonly endedBy: ExtensionId | null;
  readonly endedAt: number | null;
  readonly how: GrantEnd | null;
  /** The recorded write that ended it; null while it is open. */
  readonly closedBy: string | null;
  /** For a pause: whether the role was held without an end when it was taken. */
  readonly standing: boolean;
  /** For a pause: the default role that took the place of the only one, and goes when that is given back. */
  readonly substitute: RoleId | null;
  /** What a comparison with RingCentral found and told. */
  readonly drift: 'gone' | 'still-there' | null;
};

/** All that is known of one person's grants: kept, changed and counted as one. */
export type Ledger = {
  readonly person: Extension;
  readonly account: string;
  readonly grants: readonly Grant[];
};

/** Tells whether a grant has anything before it. */
export function isOpen({ state }: Grant): boolean {
  return state !== 'ended';
}

/** Grants under which somebody holds a role now, one lease each. */
export function leasesOf(grants: readonly Grant[], role: RoleId): readonly Grant[] {
  return grants.filter((grant) => grant.kind === 'give' && grant.role === role && isHolding(grant));
}

/** Pauses that keep a role away now. */
export function pausesOf(grants: readonly Grant[], role: RoleId): readonly Grant[] {
  return grants.filter((grant) => grant.kind === 'pause' && grant.role === role && isHolding(grant));
}

function isHolding({ state }: Grant): boolean {
  return state === 'starting' || state === 'active' || state === 'overdue';
}

/** Closes a grant; `intent` is the write that did it, where one did. */
export function ended(grant: Grant, how: GrantEnd, at: number, intent: string | null = null): Grant {
  const closed = { how, endedAt: at, closedBy: intent, proposed: null, trouble: null, drift: null };
  return { ...grant, state: 'ended', ...closed };
}

/** The grants that a recorded write ended: what taking it back has to think of. */
export function closedBy(grants: readonly Grant[], intent: string): readonly Grant[] {
  return grants.filter((grant) => grant.closedBy === intent && grant.kind === 'give');
}

/** The roles that a recorded write took and that were held only for a time which is over by now. */
export function timeIsOver(grants: readonly Grant[], intent: string, now: number): ReadonlySet<RoleId> {
  const closed = closedBy(grants, intent).filter(({ how }) => how !== 'kept');
  const lasting = closed.filter(({ endsAt }) => endsAt !== null && endsAt > now);
  const over = closed.filter(({ role }) => !lasting.some((grant) => grant.role === role));
  return new Set(over.map(({ role }) => role));
}

/** Ended grants are remembered this long, so that a role which is there again is noticed; milliseconds. */
const REMEMBERED_FOR_MS = 30 * 86_400_000;
const REMEMBERED_AT_MOST = 20;

/** Forgets what ended long ago; never anything that is open. */
export function forgetOld(grants: readonly Grant[], now: number): readonly Grant[] {
  const over = grants
    .filter((grant) => !isOpen(grant) && now - (grant.endedAt ?? 0) < REMEMBERED_FOR_MS)
    .slice(-REMEMBERED_AT_MOST);
  return grants.filter((grant) => isOpen(grant) || over.includes(grant));
}

/** The extension that an id of a grant names; null when it is no such id. */
export function extensionIn(grantId: string): string | null {
  return /^(\d{1,19})-/.exec(grantId)?.[1] ?? null;
}
