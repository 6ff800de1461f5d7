/** A refusal whose real status and code nobody published: what the sandbox answers in that place. */
type RefusalCode = { status: number; errorCode: string; parameterName?: string };

/**
 * What public sources leave open. Each has a default; `docs/sandbox.md` gives the reason for each, and tests run the
 * product both ways.
 */
export type Switches = {
  /** Status of a successful role creation: 201 since 2026-05, 200 before. */
  createRoleStatus: 201 | 200;
  /** True: a role created with `advancedPermissions=true` comes back as a copy of the default role. */
  createIgnoresPermissions: boolean;
  /** Reach of a custom role when `scope` is not sent. */
  createRoleScope: string;
  /** What happens to ids in a role body that are not assignable. */
  nonAssignablePermissions: 'drop' | 'accept' | 'refuse';
  unknownPermissions: 'refuse' | 'drop';
  /** Permissions of a role that are not assignable, come with no other one, and are left out of its replacement. */
  omittedNonAssignable: 'kept' | 'lost';
  roleNames: 'may-repeat' | 'unique';
  emptyRoleName: 'refuse' | 'accept';
  /** Whether `uri`, `lastUpdated` and other server-owned fields may be sent back in a role body. */
  serverOwnedFields: 'ignore' | 'refuse';
  deleteRoleInUse: 'default-role' | 'refuse';
  /** Permission behind creating, changing and deleting roles: the label, or what the feature asks for. */
  roleEditPermission: 'EditUserRoles' | 'Roles';
  bulkAssignPermission: 'EditUserRoles' | 'EditAssignedRoles';
  /** False: the account has not got the feature that the operation asks for. */
  bulkAssignFeature: boolean;
  /** What a bulk change that is accepted with 204 really does: everything, nothing, or its first half. */
  bulkEffect: 'all' | 'nothing' | 'half';
  bulkAdd: 'add' | 'replace';
  /** What a person gets whose last role a bulk removal takes. */
  bulkRemoveLast: 'default-role' | 'nothing' | 'refuse';
  bulkInvalidExtension: 'reject-all' | 'skip';
  bulkOneList: 'apply' | 'ignore';
  bulkLimit: number | null;
  emptyRoleList: 'refuse' | 'default-role' | 'accept';
  /** Hidden and automatic roles that a replacing PUT leaves out. */
  omittedHiddenRoles: 'lost' | 'kept';
  /** `siteRestricted` that a replacing PUT leaves out of a kept role. */
  omittedSiteRestriction: 'falls-to-false' | 'kept';
  /** `siteRestricted: true` for a role that is not site compatible; `drop` assigns it without the restriction. */
  restrictIncompatibleRole: 'accept' | 'drop' | 'refuse';
  duplicateRoles: 'refuse' | 'merge';
  defaultRoleKeepsOthers: boolean;
  lastSuperAdmin: 'unprotected' | 'refuse';
  superAdminByOthers: 'allow' | 'refuse';
  limitedExtensionsHoldRoles: boolean;
  showHiddenByDefault: boolean;
  accountListing: 'whole' | 'paged';
  /** What the account-wide listing does for an asker whose permission reaches only themselves. */
  accountListingOwnReach: 'refuse' | 'own-row';
  /** Whether a site-restricted role sees the whole account-wide listing. */
  siteRestrictedListing: 'filtered' | 'whole';
  /** Whether a site-restricted role may change what belongs to the account, such as roles. */
  siteRestrictedAccountWrites: 'refuse' | 'allow';
  /** Whether an administrator may read another's authz-profile. */
  othersProfile: 'CMN-404' | 'allow-wide-reach';
  checkDetailsWhenFalse: 'omit' | 'permission';
  checkUnknownPermission: 'CMN-102' | 'CMN-101' | 'false';
  effectiveRoleDomain: 'omit' | 'site';
  extensionShowsRoles: boolean;
  advancedPermissionsCapabilities: boolean;
  /** Whether the token's `scope` lists what its permissions include. */
  scopeListsIncluded: boolean;
  scopeRequest: 'ignored' | 'narrows';
  refreshTokens: 'code-only' | 'always' | 'never';
  maxSessions: number | null;
  badClientSecretStatus: 401 | 400;
  penaltyRemaining: 'full' | 'zero';
  /** Top-level word of a limited-mode answer. */
  limitedModeWord: 'CMN-211' | 'MaintenanceMode';
  refusals: {
    emptyRoleList: RefusalCode;
    nonUserExtension: RefusalCode;
    unknownRole: RefusalCode;
    duplicateRole: RefusalCode;
    predefinedRole: RefusalCode;
    deleteRole: RefusalCode;
    roleName: RefusalCode;
    lastSuperAdmin: RefusalCode;
    superAdminByOthers: RefusalCode;
    bulkExtension: RefusalCode;
    bulkLimit: RefusalCode;
    siteReach: RefusalCode;
    loginState: RefusalCode;
  };
};

/** The switches as a sandbox starts with them. */
export function defaultSwitches(): Switches {
  return {
    createRoleStatus: 201,
    createIgnoresPermissions: false,
    createRoleScope: 'Self',
    nonAssignablePermissions: 'drop',
    unknownPermissions: 'refuse',
    omittedNonAssignable: 'kept',
    roleNames: 'may-repeat',
    emptyRoleName: 'refuse',
    serverOwnedFields: 'ignore',
    deleteRoleInUse: 'default-role',
    roleEditPermission: 'EditUserRoles',
    bulkAssignPermission: 'EditUserRoles',
    bulkAssignFeature: true,
    bulkEffect: 'all',
    bulkAdd: 'add',
    bulkRemoveLast: 'default-role',
    bulkInvalidExtension: 'reject-all',
    bulkOneList: 'apply',
    bulkLimit: null,
    emptyRoleList: 'refuse',
    omittedHiddenRoles: 'lost',
    omittedSiteRestriction: 'falls-to-false',
    restrictIncompatibleRole: 'accept',
    duplicateRoles: 'refuse',
    defaultRoleKeepsOthers: false,
    lastSuperAdmin: 'unprotected',
    superAdminByOthers: 'allow',
    limitedExtensionsHoldRoles: false,
    showHiddenByDefault: false,
    accountListing: 'whole',
    accountListingOwnReach: 'refuse',
    siteRestrictedListing: 'filtered',
    siteRestrictedAccountWrites: 'refuse',
    othersProfile: 'CMN-404',
    checkDetailsWhenFalse: 'omit',
    checkUnknownPermission: 'CMN-102',
    effectiveRoleDomain: 'omit',
    extensionShowsRoles: false,
    advancedPermissionsCapabilities: true,
    scopeListsIncluded: false,
    scopeRequest: 'ignored',
    refreshTokens: 'code-only',
    maxSessions: 5,
    badClientSecretStatus: 401,
    penaltyRemaining: 'full',
    limitedModeWord: 'CMN-211',
    refusals: {
      emptyRoleList: { status: 400, errorCode: 'CMN-101', parameterName: 'records' },
      nonUserExtension: { status: 403, errorCode: 'CMN-403' },
      unknownRole: { status: 400, errorCode: 'CMN-101', parameterName: 'id' },
      duplicateRole: { status: 400, errorCode: 'CMN-406', parameterName: 'id' },
      predefinedRole: { status: 400, errorCode: 'CMN-111' },
      deleteRole: { status: 400, errorCode: 'CMN-111' },
      roleName: { status: 400, errorCode: 'CMN-101', parameterName: 'displayName' },
      lastSuperAdmin: { status: 400, errorCode: 'CMN-111' },
      superAdminByOthers: { status: 403, errorCode: 'CMN-402' },
      bulkExtension: { status: 400, errorCode: 'CMN-101', parameterName: 'addedExtensionIds' },
      bulkLimit: { status: 400, errorCode: 'CMN-106' },
      siteReach: { status: 403, errorCode: 'CMN-419' },
      loginState: { status: 400, errorCode: 'OAU-236' },
    },
  };
}

/** A change of some switches. */
export type SwitchChange = Partial<Omit<Switches, 'refusals'>> & { refusals?: Partial<Switches['refusals']> };

/** Lays a change over switches. @throws {TypeError} when it names a switch that does not exist */
export function changeSwitches(switches: Switches, change: SwitchChange): Switches {
  const { refusals, ...rest } = change;
  demandKnown(Object.keys(rest), switches);
  demandKnown(Object.keys(refusals ?? {}), switches.refusals);
  return { ...switches, ...rest, refusals: { ...switches.refusals, ...refusals } };
}

function demandKnown(names: readonly string[], known: object): void {
  const unknown = names.filter((name) => !(name in known));
  if (unknown.length > 0) throw new TypeError(`no such switch: ${unknown.join(', ')}`);
}
