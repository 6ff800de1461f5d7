import type { Grant } from './grant.ts';
import { ended, isOpen, leasesOf } from './grant.ts';
import type { GrantEffect } from './grant-effects.ts';
import { OVERDUE_AFTER, retryAfter } from './grant-time.ts';
import type { ExtensionId, RoleId } from './ids.ts';
import type { AssignedRole } from './roles.ts';
import { instantOfEnd } from './time-span.ts';

/** The write under which grants change, recorded before its call. */
export type GrantWrite = {
  readonly intent: string;
  readonly asker: ExtensionId;
  readonly reason: string | null;
  readonly reference: string;
  readonly now: number;
  /** IANA zone in which days are counted. */
  readonly zone: string;
  /** Lists of the write, for what is remembered of a pause. */
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  /** A fresh id for one more grant. */
  readonly newId: () => string;
};

/**
 * Writes down what a change is about to do to somebody's grants, before its call.
 *
 * From here on every role that the call may give has its end on record, whatever becomes of the call; everything else
 * is only proposed until the call proves to have taken effect.
 */
export function withIntent(
  grants: readonly Grant[],
  effects: readonly GrantEffect[],
  write: GrantWrite,
): readonly Grant[] {
  return effects.reduce((known, effect) => withEffect(known, effect, write), grants);
}

function withEffect(grants: readonly Grant[], effect: GrantEffect, write: GrantWrite): readonly Grant[] {
  switch (effect.kind) {
    case 'start': {
      const endsAt = instantOfEnd(effect.end, write.now, write.zone);
      return [...grants, newGrant(effect.role, write, { kind: 'give', endsAt })];
    }
    case 'plan':
      return [...grants, newGrant(effect.role, write, { kind: 'give', startsAt: effect.from, endsAt: effect.endsAt })];
    case 'pause': {
      const endsAt = instantOfEnd(effect.end, write.now, write.zone);
      const standing = leasesOf(grants, effect.role.id).length === 0;
      const substitute = substituteIn(write);
      return [...grants, newGrant(effect.role, write, { kind: 'pause', endsAt, standing, substitute })];
    }
    case 'limit':
      return limited(grants, effect, write);
    case 'begin':
      return grants.map((grant) =>
        effect.grants.some(({ id }) => id === grant.id) ? { ...grant, state: 'starting', intent: write.intent } : grant,
      );
    case 'return':
      return proposed(grants, effect, { intent: write.intent, how: 'expired' });
    case 'keep':
      return proposed(grants, effect, { intent: write.intent, how: 'kept' });
    case 'drop':
      return proposed(grants, effect, { intent: write.intent, how: 'removed' });
  }
}

type Begin = Pick<Grant, 'kind' | 'endsAt'> & Partial<Pick<Grant, 'startsAt' | 'standing' | 'substitute'>>;

function newGrant(role: { readonly id: RoleId; readonly displayName: string }, write: GrantWrite, begin: Begin): Grant {
  const held = [...write.before, ...write.after].find(({ id }) => id === role.id);
  return {
    id: write.newId(),
    role: role.id,
    roleName: role.displayName,
    siteRestricted: held?.siteRestricted ?? false,
    state: 'starting',
    asker: write.asker,
    reason: write.reason,
    reference: write.reference,
    askedAt: write.now,
    startsAt: write.now,
    revision: 1,
    intent: write.intent,
    proposed: null,
    warnedOf: null,
    trouble: null,
    endedBy: null,
    endedAt: null,
    how: null,
    closedBy: null,
    standing: false,
    substitute: null,
    drift: null,
    ...begin,
  };
}

/** The role that came only because nothing else would have remained. */
function substituteIn({ before, after }: GrantWrite): RoleId | null {
  const come = after.filter(({ id }) => !before.some((role) => role.id === id));
  return after.length === 1 && come.length === 1 ? (come[0]?.id ?? null) : null;
}

/** An end for a role that is held now: leases that last longer become shorter; one held without us gets a lease. */
function limited(
  grants: readonly Grant[],
  { role, endsAt }: Extract<GrantEffect, { kind: 'limit' }>,
  write: GrantWrite,
): readonly Grant[] {
  const leases = leasesOf(grants, role.id);
  if (leases.length === 0) return [...grants, newGrant(role, write, { kind: 'give', endsAt })];
  return grants.map((grant) =>
    leases.includes(grant) && (grant.endsAt ?? endsAt) > endsAt
      ? { ...grant, proposed: { intent: write.intent, endsAt } }
      : grant,
  );
}

function proposed(
  grants: readonly Grant[],
  { grants: marks }: Extract<GrantEffect, { kind: 'keep' | 'drop' | 'return' }>,
  proposal: NonNullable<Grant['proposed']>,
): readonly Grant[] {
  return grants.map((grant) =>
    isOpen(grant) && marks.some(({ id }) => id === grant.id) ? { ...grant, proposed: proposal } : grant,
  );
}

/** What became of a recorded write, as RingCentral shows it. */
export type GrantOutcome = {
  readonly intent: string;
  /** Whether the list is the wanted one. */
  readonly tookEffect: boolean;
  readonly before: readonly AssignedRole[];
  readonly found: readonly AssignedRole[];
  readonly now: number;
};

/**
 * Settles what a recorded write was to begin, to end or to move, by the list that RingCentral shows.
 *
 * A role that came with it was given by us: what ended of it before is no longer to be watched.
 */
export function withOutcome(grants: readonly Grant[], outcome: GrantOutcome): readonly Grant[] {
  const { before, found } = outcome;
  const came = found.filter(({ id }) => !before.some((role) => role.id === id)).map(({ id }) => id);
  const watched = grants.filter((grant) => isOpen(grant) || !came.includes(grant.role));
  const same = watched.length === grants.length ? grants : watched;
  return same.map((grant) => {
    if (grant.intent === outcome.intent && grant.state === 'starting') return begun(grant, outcome);
    return grant.proposed?.intent === outcome.intent ? decided(grant, grant.proposed, outcome) : grant;
  });
}

function begun(grant: Grant, { tookEffect, found, now }: GrantOutcome): Grant {
  const later = grant.startsAt > now;
  const there = found.some(({ id }) => id === grant.role);
  const begins = later ? tookEffect : there === (grant.kind === 'give');
  const waited = grant.startsAt > grant.askedAt;
  if (!begins) return waited && !later ? { ...grant, state: 'planned' } : ended(grant, 'not-given', now);
  if (grant.endsAt === null && !later) return ended(grant, 'kept', now);
  return { ...grant, state: later ? 'planned' : 'active', trouble: null };
}

function decided(grant: Grant, proposal: NonNullable<Grant['proposed']>, outcome: GrantOutcome): Grant {
  const { tookEffect, found, now } = outcome;
  const unchanged = { ...grant, proposed: null };
  if ('endsAt' in proposal) {
    return tookEffect ? { ...unchanged, endsAt: proposal.endsAt, revision: grant.revision + 1 } : unchanged;
  }
  if (proposal.how !== 'removed') return tookEffect ? ended(grant, proposal.how, now, outcome.intent) : unchanged;
  const holding = grant.kind === 'give' && grant.state !== 'planned';
  const gone = holding ? !found.some(({ id }) => id === grant.role) : tookEffect;
  return gone ? ended(grant, 'removed', now, outcome.intent) : unchanged;
}

/** Notes that an end or a start whose time has come did not work; several times over an end is overdue. */
export function withTrouble(grant: Grant, code: string, askedMs: number | null, now: number): Grant {
  const attempts = (grant.trouble?.attempts ?? 0) + 1;
  const retryAt = now + retryAfter(attempts, askedMs);
  const late = grant.kind === 'give' && grant.state !== 'planned' && attempts >= OVERDUE_AFTER;
  return { ...grant, trouble: { attempts, code, retryAt }, state: late ? 'overdue' : grant.state };
}

/** Gives a grant another end; a new warning is due for it. */
export function withEnd(grant: Grant, endsAt: number): Grant {
  return { ...grant, endsAt, revision: grant.revision + 1, warnedOf: null };
}
