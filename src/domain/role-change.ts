import type { Difference } from './gains.ts';
import type { PermissionId } from './ids.ts';
import type { Extension } from './people.ts';
import type { RoleDraft, RoleInFull, RoleSummary } from './roles.ts';

/** Why the definition of a role is left as it is. Each has its words in `cards/wording/role-problems.ts`. */
export type RoleGuard =
  /** RingCentral's own roles are read only. */
  | 'predefined-role'
  | 'default-role'
  /** The role can change roles, and the asker does not hold all that it holds. */
  | 'role-escalation'
  | 'gains-role-rights-oneself'
  | 'own-lockout'
  /** The account that the assistant works with would lose what the assistant needs. */
  | 'service-account'
  | 'super-admin-default';

/** What is wrong with a role's name. RingCentral's own document states the signs and the length. */
export type NameRule = 'empty' | 'too-long' | 'signs';

/** Why a change of a role's definition cannot be made as it was asked for. */
export type RoleProblem =
  | { readonly kind: 'guard'; readonly role: string; readonly guard: RoleGuard }
  | { readonly kind: 'bad-name'; readonly name: string; readonly rule: NameRule }
  | { readonly kind: 'name-taken'; readonly name: string; readonly existing: RoleSummary }
  /** A new role without a base and without permissions would hold nothing. */
  | { readonly kind: 'empty'; readonly name: string }
  /** Two roles have one name, so the name does not tell which. */
  | { readonly kind: 'ambiguous'; readonly name: string }
  /** Another change of roles is under way. */
  | { readonly kind: 'busy' }
  /** Several roles, or several acts, where one is changed at a time. */
  | { readonly kind: 'one-at-a-time' }
  /** It cannot be put on a role, and nothing that can be brings it. */
  | { readonly kind: 'not-assignable'; readonly permission: PermissionId }
  /** Several permissions bring it, and which is meant is not guessed. */
  | { readonly kind: 'several-parents'; readonly permission: PermissionId; readonly parents: readonly PermissionId[] }
  /** What would be taken back never took effect, or is not known to have. */
  | { readonly kind: 'nothing-to-undo' }
  /** What RingCentral answered when it was asked whether the role may be deleted. */
  | { readonly kind: 'not-deletable'; readonly role: string; readonly code: string; readonly holders: number };

/** Facts about a change of a role that its preview tells. */
export type RoleNote =
  /** Asked for, cannot be put on a role; its parent is, which brings it. */
  | { readonly kind: 'led-to-parent'; readonly permission: PermissionId; readonly parent: PermissionId }
  | { readonly kind: 'already-there'; readonly permission: PermissionId }
  /** Put on the role all the same; holders had it before through `by`. */
  | { readonly kind: 'already-included'; readonly permission: PermissionId; readonly by: readonly PermissionId[] }
  | { readonly kind: 'not-there'; readonly permission: PermissionId }
  /** Taken off the list without effect: what stays includes it. */
  | { readonly kind: 'still-included'; readonly permission: PermissionId; readonly by: readonly PermissionId[] }
  /** Cannot be taken off by itself: it comes with `by`, which stays; with nothing there, RingCentral itself put it on. */
  | { readonly kind: 'comes-with'; readonly permission: PermissionId; readonly by: readonly PermissionId[] }
  /** A deleted role is made again: under a new id, and without the people who held it. */
  | { readonly kind: 'made-again'; readonly holders: number }
  /** An earlier definition is put back, and somebody changed the role after the change that this takes back. */
  | { readonly kind: 'changed-since' }
  /** Holders may pass it on to others; that is kept. */
  | { readonly kind: 'passed-on-kept'; readonly permissions: readonly PermissionId[] };

/** Somebody whom the change reaches. */
export type Touched = Difference & {
  readonly person: Extension;
  /** The role is their only one, and the default role takes its place. */
  readonly fallsBack: boolean;
};

/** Whom a change of a role reaches, as far as the asker may see them. */
export type Reached = {
  readonly people: readonly Touched[];
  /** Holders whom the asker may not see: counted, not named. */
  readonly unseen: number;
};

export type RoleIntent = 'create-role' | 'edit-role' | 'rename-role' | 'delete-role' | 'set-default-role';

/** A change of a role's definition, read against RingCentral: shown, and confirmed as exactly this. */
export type RolePlan = {
  readonly intent: RoleIntent;
  /** Name that the role has now, or is to have when it is new. */
  readonly name: string;
  /** The role as it is; null when it is new. For the default role: the one that would become it. */
  readonly before: RoleInFull | null;
  /** What would be written; null when nothing is (deleting, default role). */
  readonly after: RoleDraft | null;
  /** The role that a new one copies; for deleting and the default role, the default role as it is now. */
  readonly base: RoleSummary | null;
  /** What the role would bring that it does not bring now, and the reverse. For the default role: what future users would. */
  readonly gains: readonly PermissionId[];
  readonly losses: readonly PermissionId[];
  /** Held, not assignable, and brought by nothing that can be sent: RingCentral alone decides whether they stay. */
  readonly uncertain: readonly PermissionId[];
  readonly reached: Reached;
  readonly notes: readonly RoleNote[];
  /** SHA-256 over what would be written and over what. */
  readonly fingerprint: string;
  readonly readAt: number;
};

/** How it went after the click. */
export type RoleOutcome =
  | {
      readonly kind: 'changed';
      readonly verifiedAt: number;
      /** The role as RingCentral shows it now; null when it is gone. */
      readonly now: RoleSummary | null;
      /** Non-assignable permissions that RingCentral took off or put on by itself. */
      readonly dropped: readonly PermissionId[];
      readonly added: readonly PermissionId[];
      /** The role came out of its creation with other permissions, and a second call put that right. */
      readonly mended: boolean;
    }
  | { readonly kind: 'unchanged' }
  /** RingCentral said no or failed, and re-reading shows what was there before; with `busy` the call was not made. */
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string | null }
  /** Written, but re-reading shows something else. */
  | {
      readonly kind: 'differs';
      readonly missing: readonly PermissionId[];
      readonly extra: readonly PermissionId[];
      /** Other fields that are not as wanted, e.g. `displayName`. */
      readonly fields: readonly string[];
      readonly now: RoleSummary | null;
    }
  | { readonly kind: 'unsettled'; readonly code: string };
