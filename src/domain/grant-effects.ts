import type { Grant } from './grant.ts';
import { closedBy, isOpen, leasesOf, pausesOf } from './grant.ts';
import type { RoleId } from './ids.ts';
import type { RoleAct } from './merge.ts';
import type { AssignedRole } from './roles.ts';
import type { SpanEnd, TimeSpan } from './time-span.ts';

type NamedRole = { readonly id: RoleId; readonly displayName: string };

/** What a change does to the grants of one person besides what it does to the list. */
export type GrantEffect =
  /** Gives a role until an end; `joins` when the person has it under another grant already. */
  | { readonly kind: 'start'; readonly role: NamedRole; readonly end: SpanEnd; readonly joins: boolean }
  /** Gives a role later on; for good when there is no end. */
  | { readonly kind: 'plan'; readonly role: NamedRole; readonly from: number; readonly endsAt: number | null }
  /** Takes a role now and gives it back at the end. */
  | { readonly kind: 'pause'; readonly role: NamedRole; readonly end: SpanEnd }
  /** Puts an end to a role that is held now. */
  | { readonly kind: 'limit'; readonly role: NamedRole; readonly endsAt: number }
  /** A role that had an end loses it. */
  | { readonly kind: 'keep'; readonly role: NamedRole; readonly grants: readonly GrantMark[] }
  /** A planned grant begins. */
  | { readonly kind: 'begin'; readonly role: NamedRole; readonly grants: readonly GrantMark[] }
  /** A paused role is given back. */
  | { readonly kind: 'return'; readonly role: NamedRole; readonly grants: readonly GrantMark[] }
  /** Grants that this change makes an end to. */
  | { readonly kind: 'drop'; readonly role: NamedRole; readonly grants: readonly GrantMark[] };

/** A grant as a plan names it. */
export type GrantMark = Pick<Grant, 'id' | 'kind' | 'state' | 'startsAt' | 'endsAt'>;

/** An act with the time that it is meant for. */
export type TimedAct = RoleAct & { readonly span: TimeSpan };

/** Tells whether an act changes the list at once. */
export function isNow({ span }: TimedAct): boolean {
  return span.from === null;
}

type Facts = {
  readonly grants: readonly Grant[];
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly acts: readonly TimedAct[];
  /** UTC, epoch milliseconds. */
  readonly now: number;
};

/**
 * Works out what a change does to somebody's grants.
 *
 * A role that is held without a grant was there before: giving it for a time does nothing and takes nothing. Whatever
 * takes a role ends its grants; whatever gives it for good makes them endless.
 */
export function grantEffects(facts: Facts): readonly GrantEffect[] {
  const effects = facts.acts.flatMap((act) => effectsOf(act, facts));
  const touched = new Set(effects.map((effect) => effect.role.id));
  const lost = facts.before.filter(({ id }) => !facts.after.some((role) => role.id === id) && !touched.has(id));
  return [...effects, ...lost.flatMap((role) => drop(role, leasesOf(facts.grants, role.id)))];
}

function effectsOf(act: TimedAct, facts: Facts): readonly GrantEffect[] {
  switch (act.intent) {
    case 'assign-role':
      return act.roles.flatMap((role) => giving(role, act.span, facts));
    case 'remove-role':
      return act.roles.flatMap((role) => taking(role, act.span, facts));
    case 'set-roles':
    case 'swap-role':
      return exchanging(act, facts);
    case 'reset-roles':
    case 'offboard':
      return leaving(act.span, facts);
    case 'copy-roles':
      return copying(facts);
    case 'undo':
      return undoing(act.restore.intent, facts);
  }
}

function giving(role: NamedRole, { from, end }: TimeSpan, { grants, before }: Facts): readonly GrantEffect[] {
  if (from !== null) return [{ kind: 'plan', role: named(role), from, endsAt: end === null ? null : instant(end) }];
  const leases = leasesOf(grants, role.id);
  const held = has(before, role.id);
  if (end === null) return [...keep(role, leases), ...drop(role, pausesOf(grants, role.id))];
  return held && leases.length === 0 ? [] : [{ kind: 'start', role: named(role), end, joins: held }];
}

function taking(role: NamedRole, { from, end }: TimeSpan, facts: Facts): readonly GrantEffect[] {
  const { grants, before } = facts;
  const held = has(before, role.id);
  if (from !== null) return held ? [{ kind: 'limit', role: named(role), endsAt: from }] : [];
  if (end === null) return drop(role, allOf(grants, role.id));
  if (!held) return [];
  return [{ kind: 'pause', role: named(role), end }];
}

/** Lists that are set for a time: what comes goes again, and what goes comes back. */
function exchanging(act: TimedAct, facts: Facts): readonly GrantEffect[] {
  const { before, after, grants } = facts;
  const come = after.filter((role) => !has(before, role.id));
  const go = before.filter((role) => !has(after, role.id));
  const { span } = act;
  if (span.end !== null)
    return [...come, ...go].flatMap((role) => (has(go, role.id) ? taking : giving)(role, span, facts));
  const given = act.intent === 'swap-role' || act.intent === 'set-roles' ? act.roles : [];
  const others = act.intent === 'set-roles' ? rolesIn(grants).filter(({ id }) => !has(after, id)) : go;
  return [
    ...given.flatMap((role) => giving(role, span, facts)),
    ...others.flatMap((role) => drop(role, allOf(grants, role.id))),
  ];
}

/** Only the default role is left: every grant goes with the others, what is planned as well. */
function leaving({ from }: TimeSpan, facts: Facts): readonly GrantEffect[] {
  const { grants, before, after } = facts;
  if (from !== null) return before.map((role) => ({ kind: 'limit', role: named(role), endsAt: from }));
  return rolesIn(grants).flatMap((role) =>
    has(after, role.id) ? keep(role, leasesOf(grants, role.id)) : drop(role, allOf(grants, role.id)),
  );
}

/** What is copied is for good. */
function copying({ grants, before, after }: Facts): readonly GrantEffect[] {
  return after.filter(({ id }) => has(before, id)).flatMap((role) => keep(role, leasesOf(grants, role.id)));
}

/** What the change had begun ends with it, and what it had ended goes on to its own end. */
function undoing(intent: string, { grants, after, now }: Facts): readonly GrantEffect[] {
  const begun = grants.filter((grant) => grant.intent === intent && isOpen(grant));
  const again = closedBy(grants, intent).filter(({ role }) => has(after, role));
  return [
    ...rolesIn(begun).flatMap((role) =>
      drop(
        role,
        begun.filter((grant) => grant.role === role.id),
      ),
    ),
    ...again.flatMap(({ role: id, roleName: displayName, endsAt }): readonly GrantEffect[] => {
      const joins = leasesOf(grants, id).length > 0;
      return endsAt === null || endsAt <= now
        ? []
        : [{ kind: 'start', role: { id, displayName }, end: { kind: 'at', at: endsAt }, joins }];
    }),
  ];
}

function keep(role: NamedRole, grants: readonly Grant[]): readonly GrantEffect[] {
  return grants.length === 0 ? [] : [{ kind: 'keep', role: named(role), grants: grants.map(mark) }];
}

function drop(role: NamedRole, grants: readonly Grant[]): readonly GrantEffect[] {
  return grants.length === 0 ? [] : [{ kind: 'drop', role: named(role), grants: grants.map(mark) }];
}

function allOf(grants: readonly Grant[], role: RoleId): readonly Grant[] {
  return grants.filter((grant) => grant.role === role && isOpen(grant));
}

function rolesIn(grants: readonly Grant[]): readonly NamedRole[] {
  const open = grants.filter(isOpen).map(({ role, roleName }) => [role, { id: role, displayName: roleName }] as const);
  return [...new Map(open).values()];
}

function named({ id, displayName }: NamedRole): NamedRole {
  return { id, displayName };
}

/** How a plan names a grant. */
export function mark({ id, kind, state, startsAt, endsAt }: Grant): GrantMark {
  return { id, kind, state, startsAt, endsAt };
}

function has(roles: readonly { readonly id: RoleId }[], role: RoleId): boolean {
  return roles.some(({ id }) => id === role);
}

function instant(end: SpanEnd): number {
  if (end.kind === 'after') throw new Error('with a start the end is an instant');
  return end.at;
}
