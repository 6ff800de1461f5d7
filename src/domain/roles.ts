import { type PermissionId, type RoleId, roleId } from './ids.ts';
import type { PermissionScope } from './permissions.ts';

/** A role without its contents, as lists show it. */
export type RoleSummary = {
  readonly id: RoleId;
  readonly displayName: string;
  readonly description: string | null;
  readonly custom: boolean;
  readonly hidden: boolean;
};

/** A role with its contents. */
export type Role = RoleSummary & {
  /** Reach of the role's permissions where the permission itself says nothing else. */
  readonly scope: PermissionScope | null;
  /** Flat list of ids as RingCentral prints it; children may or may not be spelled out. */
  readonly permissions: readonly PermissionId[];
  readonly siteCompatible: boolean | null;
};

/**
 * What an entry of a role means for its holders. Accounts without RingCentral's advanced permissions know only `enabled`.
 */
export type Capabilities = {
  /** Holders have the permission. An entry may be listed without. */
  readonly enabled: boolean;
  /** Holders may enable it for others. */
  readonly manageEnabled: boolean;
  /** Those others may pass it on. */
  readonly grantEnabled: boolean;
};

/** One line of a role's permission list; null capabilities are a plain grant. */
export type RoleEntry = { readonly id: PermissionId; readonly capabilities: Capabilities | null };

/** A role with its list as RingCentral keeps it: `permissions` are the granted ones, `entries` all that are listed. */
export type RoleInFull = Role & { readonly entries: readonly RoleEntry[] };

/** What a custom role is made of: all that a creation or a replacement sends. */
export type RoleDraft = {
  readonly displayName: string;
  readonly description: string | null;
  readonly scope: PermissionScope | null;
  readonly siteCompatible: boolean | null;
  readonly hidden: boolean;
  /** Assignable ones only: others are refused or dropped by RingCentral. */
  readonly entries: readonly RoleEntry[];
};

/** A role as assigned to one extension. */
export type AssignedRole = {
  readonly id: RoleId;
  readonly displayName: string;
  readonly autoAssigned: boolean;
  /** The assignment reaches only the sites that its holder administers. */
  readonly siteRestricted: boolean;
};

/** What a full replacement sends for each role that stays or comes. Dropping `siteRestricted` would widen it. */
export type RoleToAssign = { readonly id: RoleId; readonly siteRestricted: boolean };

/**
 * RingCentral's predefined Super Admin. Its id is 1 in every account whose profile was ever shown publicly; display
 * names follow the language of the caller and cannot tell.
 */
export const SUPER_ADMIN = roleId('1');

/** Tells whether a role is the predefined Super Admin. */
export function isSuperAdmin(role: RoleId): boolean {
  return role === SUPER_ADMIN;
}

/** The same roles with the same restriction, in any order: what RingCentral keeps of an assignment. */
export function sameAssignments(one: readonly AssignedRole[], other: readonly AssignedRole[]): boolean {
  const text = (roles: readonly AssignedRole[]) => [
    ...new Set(roles.map((role) => `${role.id}|${role.siteRestricted}`)),
  ];
  return text(one).sort().join() === text(other).sort().join();
}
