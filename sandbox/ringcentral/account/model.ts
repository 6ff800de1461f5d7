/** How far a permission reaches; the words of `ActivePermissionResource.scopes`. */
export type Reach =
  | 'Self'
  | 'Account'
  | 'AllExtensions'
  | 'UserExtensions'
  | 'NonUserExtensions'
  | 'Federation'
  | 'RoleBased';

/** A row of the permission dictionary. `madeUp` names the values that were invented for the sandbox. */
export type Permission = {
  readonly id: string;
  readonly displayName: string;
  readonly category: string;
  readonly assignable: boolean;
  readonly readOnly: boolean;
  readonly siteCompatible: 'Compatible' | 'Incompatible' | 'Independent';
  readonly includedPermissions: readonly string[];
  /** Reach that role 1 gives. */
  readonly superAdmin: Reach;
  /** Reach that role 3 gives; null when role 3 does not hold it. */
  readonly standard: Reach | null;
  readonly madeUp: readonly string[];
};

export type PermissionCategory = { readonly id: string; readonly displayName: string };

export type Capabilities = {
  readonly enabled: boolean;
  readonly manageEnabled: boolean;
  readonly grantEnabled: boolean;
};

/** What a role says about one permission it holds. */
export type RoleEntry = { readonly reach: Reach; readonly capabilities: Capabilities | null };

export type Role = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly custom: boolean;
  readonly scope: string;
  readonly hidden: boolean;
  readonly siteCompatible: boolean;
  readonly updatedAt: number;
  /** Implied permissions are in here too. */
  readonly permissions: ReadonlyMap<string, RoleEntry>;
};

/** A role as one extension holds it. */
export type HeldRole = { readonly roleId: string; readonly siteRestricted: boolean; readonly autoAssigned: boolean };

export type Site = {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly extensionNumber: string;
};

/** An endpoint of the account: a person, a queue, a menu, a phone. */
export type Extension = {
  readonly id: number;
  readonly number: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
  readonly email: string | null;
  readonly type: string;
  readonly named: boolean;
  readonly createdAt: number;
  status: string;
  department: string | null;
  siteId: string;
  roles: readonly HeldRole[];
  administeredSites: readonly string[];
};

/** The account as it is now. Changed in place by writes; replaced as a whole by a reset. */
export type Account = {
  readonly id: number;
  readonly company: string;
  readonly timeZone: string;
  readonly sites: readonly Site[];
  readonly extensions: readonly Extension[];
  readonly byId: ReadonlyMap<string, Extension>;
  readonly byNumber: ReadonlyMap<string, Extension>;
  readonly roles: Map<string, Role>;
  defaultRoleId: string;
  nextRoleId: number;
};

/** Id of the main site, which is a word and not a number. */
export const MAIN_SITE = 'main-site';

const USER_TYPES: ReadonlySet<string> = new Set(['User', 'DigitalUser', 'VirtualUser', 'FaxUser', 'FlexibleUser']);

/** Tells whether an extension counts as a user: reach `UserExtensions`, may sign in, may hold roles. */
export function isUser(extension: Extension): boolean {
  return USER_TYPES.has(extension.type);
}
