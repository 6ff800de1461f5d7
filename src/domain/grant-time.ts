import type { Grant } from './grant.ts';
import { isOpen, leasesOf } from './grant.ts';
import type { RoleId } from './ids.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long before its end a grant of at most such a length is warned of. A short one needs no warning. */
const WARNINGS: readonly { readonly upTo: number; readonly before: number | null }[] = [
  { upTo: 10 * MINUTE, before: null },
  { upTo: HOUR, before: 5 * MINUTE },
  { upTo: 8 * HOUR, before: 15 * MINUTE },
  { upTo: 3 * DAY, before: HOUR },
  { upTo: Number.POSITIVE_INFINITY, before: DAY },
];

/** When a person is warned of the end of a grant; null for one that is too short, planned or warned of already. */
function warningAt(grant: Grant): number | null {
  const { kind, state, startsAt, endsAt, warnedOf } = grant;
  if (kind !== 'give' || state !== 'active' || endsAt === null || warnedOf === endsAt) return null;
  const before = WARNINGS.find(({ upTo }) => endsAt - startsAt <= upTo)?.before ?? null;
  return before === null ? null : endsAt - before;
}

/** By how much a grant is offered to be extended: by its own length in round figures; milliseconds. */
export function extensionOffered({ startsAt, endsAt }: Pick<Grant, 'startsAt' | 'endsAt'>): number {
  const length = (endsAt ?? startsAt) - startsAt;
  if (length <= HOUR) return 30 * MINUTE;
  return length <= 8 * HOUR ? HOUR : DAY;
}

/** What the time has come for, among somebody's grants. */
export type DueGrants = {
  /** To be given now: the right of whoever asked is established anew. */
  readonly starts: readonly Grant[];
  /** Pauses that are over. */
  readonly returns: readonly Grant[];
  /** Leases that are over, whether or not others still hold the role. */
  readonly ends: readonly Grant[];
  readonly warnings: readonly Grant[];
};

/** Finds what the time has come for. Looks at the instants alone: a clock that was set back makes nothing due twice. */
export function dueGrants(grants: readonly Grant[], now: number): DueGrants {
  const open = grants.filter(isOpen);
  return {
    starts: open.filter(({ state, startsAt }) => state === 'planned' && startsAt <= now),
    returns: open.filter(({ kind, state, endsAt }) => kind === 'pause' && state === 'active' && hasCome(endsAt, now)),
    ends: open.filter((grant) => grant.kind === 'give' && grant.state !== 'planned' && hasCome(grant.endsAt, now)),
    warnings: open.filter((grant) => hasCome(warningAt(grant), now) && !hasCome(grant.endsAt, now)),
  };
}

function hasCome(at: number | null, now: number): boolean {
  return at !== null && at <= now;
}

/** The roles that no lease holds any longer once these have ended. */
export function rolesToTake(grants: readonly Grant[], ending: readonly Grant[]): readonly RoleId[] {
  const roles = [...new Set(ending.map(({ role }) => role))];
  return roles.filter((role) => leasesOf(grants, role).every((lease) => ending.includes(lease)));
}

/** When somebody's grants are to be looked at next; null where nothing waits. */
export type NextLook = { readonly endAt: number | null; readonly stepAt: number | null };

/** Ends are kept apart from everything else, because they go before everything else. */
export function nextLook(grants: readonly Grant[], now: number): NextLook {
  const open = grants.filter(isOpen);
  const ends = open.filter(({ kind, state }) => kind === 'give' && state !== 'planned');
  const steps = open.flatMap((grant) => [
    grant.state === 'planned' ? notBefore(grant, grant.startsAt) : null,
    grant.kind === 'pause' && grant.state === 'active' ? notBefore(grant, grant.endsAt) : null,
    // Nobody is warned of what is over.
    hasCome(grant.endsAt, now) ? null : warningAt(grant),
  ]);
  return { endAt: earliest(ends.map((grant) => notBefore(grant, grant.endsAt))), stepAt: earliest(steps) };
}

/** What did not work waits for its next try. */
function notBefore({ trouble }: Grant, at: number | null): number | null {
  return at === null ? null : Math.max(at, trouble?.retryAt ?? at);
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Waits between tries to end a grant; the last one goes on for ever. */
const RETRIES_MS = [2_000, 5_000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE] as const;

/** After so many tries people are told loudly. */
export const OVERDUE_AFTER = 4;

/** How long to wait after the n-th failed try, at least as long as RingCentral asks. */
export function retryAfter(attempts: number, askedMs: number | null): number {
  const wait = RETRIES_MS[Math.min(attempts, RETRIES_MS.length) - 1] ?? RETRIES_MS[0];
  return Math.max(wait, askedMs ?? 0);
}
