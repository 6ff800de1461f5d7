import type { Grant } from './grant.ts';
import type { GrantEffect } from './grant-effects.ts';
import type { PermissionId } from './ids.ts';
import type { Extension } from './people.ts';
import type { AssignedRole } from './roles.ts';

/** Why one person of a plan cannot be changed. Each has its words in `cards/wording.ts`. */
export type GuardReason =
  | 'last-super-admin'
  | 'own-lockout'
  | 'service-account'
  | 'no-role-left'
  | 'not-a-user'
  | 'disabled'
  | 'not-activated'
  | 'outside-site'
  | 'escalation'
  | 'gains-role-rights-oneself'
  | 'protected-role'
  | 'not-assignable'
  | 'no-right';

/** What a change would do to one person. */
export type PersonPlan = {
  readonly person: Extension;
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly gains: readonly PermissionId[];
  readonly losses: readonly PermissionId[];
  /** Set when the asker may not see what the roles hold: gains and losses are left out then. */
  readonly contentsHidden?: true;
  /** Null when nothing stands against it. */
  readonly guard: GuardReason | null;
  /** Plain facts worth a line, e.g. that the default role takes the place of the last one taken. */
  readonly notes: readonly string[];
  /** What it does to roles that are given or taken for a time. */
  readonly grants: readonly GrantEffect[];
};

/** A change as understood, read against the directory: frozen, shown, and confirmed as exactly this. */
export type Plan = {
  readonly intent:
    | 'assign-role'
    | 'remove-role'
    | 'set-roles'
    | 'swap-role'
    | 'reset-roles'
    | 'copy-roles'
    | 'offboard'
    | 'undo'
    | 'pause-role'
    | 'combined';
  readonly people: readonly PersonPlan[];
  /** SHA-256 over people, before-lists, after-lists and times. */
  readonly fingerprint: string;
  readonly readAt: number;
};

/** How it went for one person after the click. */
export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly verifiedAt: number }
  /** As wanted already; or, where the call was cut off, found as it was before: it never arrived. */
  | { readonly kind: 'unchanged'; readonly neverArrived?: true }
  /** The list moved between preview and write; nothing was written. */
  | { readonly kind: 'moved'; readonly found: readonly AssignedRole[] }
  | { readonly kind: 'refused'; readonly guard: GuardReason }
  /**
   * RingCentral said no or failed, and re-reading shows the old list; or, with the code `busy`, the call was not made.
   * `detail` is what RingCentral names as missing.
   */
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string | null }
  /** Written, but re-reading shows neither the old list nor the wanted one. */
  | { readonly kind: 'differs'; readonly found: readonly AssignedRole[] }
  /** The truth could not be read; it is settled later from the record. */
  | { readonly kind: 'unsettled'; readonly code: string };

export type PersonResult = {
  readonly person: Extension;
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly outcome: ChangeOutcome;
  /** What begins or ends later because of it. */
  readonly times?: readonly GrantTime[];
};

/** When a role that is held, given or taken for a time begins and ends. */
export type GrantTime = Pick<Grant, 'kind' | 'roleName' | 'startsAt' | 'endsAt'>;
