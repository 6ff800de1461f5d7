import type { ExtensionId, PermissionId, RoleId, SiteId } from './ids.ts';
import type { PermissionScope } from './permissions.ts';

/** What an actor wants to do in the directory, by the right that it needs. */
export type Verb =
  | 'read-own'
  | 'read-others'
  /** Reading what custom roles hold. */
  | 'read-roles'
  | 'assign'
  | 'assign-bulk'
  | 'reset'
  | 'default-role'
  | 'edit-role';

/** How the right was established. */
export type Proof =
  /** The asker's own token; RingCentral answered `authz-profile/check` for this target. */
  | {
      readonly kind: 'own-token';
      readonly permission: PermissionId | null;
      readonly scopes: readonly PermissionScope[];
      readonly role: RoleId | null;
    }
  /** Computed from the asker's assigned roles and those roles' contents. */
  | {
      readonly kind: 'computed';
      readonly permission: PermissionId | null;
      readonly role: RoleId | null;
      readonly siteRestricted: boolean;
    }
  /** Reading about oneself needs no right. */
  | { readonly kind: 'self' };

declare const established: unique symbol;

/**
 * Proof that `asker` may do `verb` to `target`, established at `asOf`.
 *
 * Only `decideAuthority` makes one. Every read about others and every write takes it as a parameter, so a write
 * without it does not compile.
 */
export type Authority<V extends Verb = Verb> = {
  readonly [established]: true;
  readonly verb: V;
  readonly asker: ExtensionId;
  /** `account` for what concerns no single extension. */
  readonly target: ExtensionId | 'account';
  readonly proof: Proof;
  /** UTC, epoch milliseconds. */
  readonly asOf: number;
  /** When set, the right reaches only people of these sites. */
  readonly sites: readonly SiteId[] | null;
};
