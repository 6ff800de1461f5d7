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
