import type { PermissionId, RoleId } from './ids.ts';

/** How far a permission reaches. Values of the official document; unknown ones are kept as text. */
export type PermissionScope =
  | 'Self'
  | 'Account'
  | 'AllExtensions'
  | 'UserExtensions'
  | 'NonUserExtensions'
  | 'Federation'
  | 'RoleBased'
  | 'Group'
  | (string & {});

/** One entry of RingCentral's permission dictionary. */
export type Permission = {
  readonly id: PermissionId;
  /** Name in the admin portal, when the dictionary tells one. */
  readonly displayName: string | null;
  readonly description: string | null;
  /** Name of the category, as the admin portal groups permissions. */
  readonly category: string | null;
  /** Whether an administrator may put it on a role; children of other permissions often may not be. */
  readonly assignable: boolean;
  /** Children that holders of this permission get with it. */
  readonly includes: readonly PermissionId[];
};

/** One line of an extension's own authorization profile. */
export type ActivePermission = {
  readonly permission: PermissionId;
  /** The single role RingCentral credits, even when several give the permission. */
  readonly effectiveRole: RoleId | null;
  readonly scopes: readonly PermissionScope[];
};
