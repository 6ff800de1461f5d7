import { type Facts, paged, type Scenario, simple } from './scenario.ts';

/** Roles, assignments, permissions, dictionaries. */
export function roleScenarios(facts: Facts): Readonly<Record<string, Scenario>> {
  const bob = facts.extensionIds['102'] ?? '';
  const queue = facts.extensionIds['126'] ?? '';
  const own = { path: { accountId: '~', extensionId: '~' } };
  const account = { path: { accountId: '~' } };
  const ofBob = { path: { accountId: '~', extensionId: bob } };
  const role = { path: { accountId: '~', roleId: '600004' } };
  const noRole = { path: { accountId: '~', roleId: '987654' } };
  const roleBody = { displayName: 'Weekend Desk', description: 'Weekends', permissions: [{ id: 'BusinessSms' }] };
  return {
    readAuthorizationProfile: {
      good: [
        { name: 'success', status: 200, ...own },
        { name: 'over somebody', status: 200, ...own, query: { targetExtensionId: bob } },
      ],
      bad: [
        { name: 'of somebody else', status: 403, code: 'CMN-404', ...ofBob },
        { name: 'bad target', status: 400, code: 'CMN-101', ...own, query: { targetExtensionId: '1' } },
      ],
    },
    checkUserPermission: {
      good: [
        { name: 'held', status: 200, ...own, query: { permissionId: 'EditAssignedRoles', targetExtensionId: bob } },
        { name: 'not held', status: 200, as: '101', ...own, query: { permissionId: 'Meetings' } },
      ],
      bad: [
        { name: 'of somebody else', status: 403, code: 'CMN-404', ...ofBob, query: { permissionId: 'Meetings' } },
        {
          name: 'bad target',
          status: 400,
          code: 'CMN-101',
          ...own,
          query: { permissionId: 'Meetings', targetExtensionId: '1' },
        },
      ],
    },
    listAssignedRoles: simple(account),
    listUserAssignedRoles: {
      good: [
        { name: 'success', status: 200, ...ofBob, query: { showHidden: 'true' } },
        { name: 'own roles of an ordinary person', status: 200, as: '101', ...own },
      ],
      bad: [],
    },
    updateUserAssignedRoles: simple(
      { ...ofBob, json: { records: [{ id: '3' }, { id: '600003', siteRestricted: true }] } },
      { name: 'nothing left', status: 400, code: 'CMN-101', ...ofBob, json: { records: [] } },
      { name: 'unknown role', status: 400, code: 'CMN-101', ...ofBob, json: { records: [{ id: '987654' }] } },
      {
        name: 'a queue',
        status: 403,
        code: 'CMN-403',
        path: { accountId: '~', extensionId: queue },
        json: { records: [{ id: '3' }] },
      },
      { name: 'no JSON', status: 400, code: 'CMN-103', ...ofBob, json: 'text', wrong: true },
    ),
    assignDefaultRole: simple(ofBob),
    assignMultipleUserRoles: {
      good: [
        {
          name: 'success',
          status: 204,
          ...role,
          json: { addedExtensionIds: [bob], removedExtensionIds: [facts.extensionIds['110'] ?? ''] },
        },
        {
          name: 'limited to sites',
          status: 204,
          ...role,
          json: { siteRestricted: true, siteCompatible: true, addedExtensionIds: [bob], removedExtensionIds: [] },
        },
      ],
      bad: [
        {
          name: 'unknown role',
          status: 404,
          code: 'CMN-102',
          ...noRole,
          json: { addedExtensionIds: [], removedExtensionIds: [] },
        },
        {
          name: 'one unknown extension',
          status: 400,
          code: 'CMN-101',
          ...role,
          json: { addedExtensionIds: [bob, '1'], removedExtensionIds: [] },
        },
      ],
    },
    readDefaultRole: simple(account),
    updateDefaultUserRole: simple(
      { ...account, json: { id: '600004' } },
      {
        name: 'unknown role',
        status: 400,
        code: 'CMN-101',
        ...account,
        json: { id: '987654' },
      },
    ),
    listStandardUserRole: paged({}),
    readStandardUserRole: simple(
      { path: { roleId: '3' } },
      { name: 'a custom role', status: 404, code: 'CMN-102', path: { roleId: '600001' } },
    ),
    listUserRoles: {
      ...paged(account),
      bad: [
        {
          name: 'custom is no word',
          status: 400,
          code: 'CMN-101',
          ...account,
          query: { custom: 'maybe' },
          wrong: true,
        },
      ],
    },
    createCustomRole: {
      good: [
        { name: 'success', status: 201, ...account, json: roleBody },
        {
          name: 'with capabilities',
          status: 201,
          ...account,
          query: { advancedPermissions: 'true' },
          json: {
            ...roleBody,
            scope: 'AllExtensions',
            permissions: [{ id: 'BusinessSms', permissionsCapabilities: { enabled: true } }],
          },
        },
      ],
      bad: [
        {
          name: 'a slash in the name',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'HR/Payroll' },
          wrong: true,
        },
        {
          name: 'a name too long',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'x'.repeat(129) },
          wrong: true,
        },
        {
          name: 'a description too long',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'X', description: 'x'.repeat(2001) },
          wrong: true,
        },
        {
          name: 'unknown permission',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'X', permissions: [{ id: 'Nope' }] },
        },
      ],
    },
    readUserRole: {
      good: [
        { name: 'success', status: 200, ...role },
        { name: 'with capabilities', status: 200, ...role, query: { advancedPermissions: 'true' } },
      ],
      bad: [{ name: 'unknown role', status: 404, code: 'CMN-102', ...noRole }],
    },
    updateUserRole: simple(
      { ...role, json: roleBody },
      { name: 'unknown role', status: 404, code: 'CMN-102', ...noRole, json: roleBody },
      {
        name: 'a predefined role',
        status: 400,
        code: 'CMN-111',
        path: { accountId: '~', roleId: '3' },
        json: roleBody,
      },
    ),
    deleteCustomRole: {
      good: [
        { name: 'validate only', status: 204, ...role, query: { validateOnly: 'true' } },
        { name: 'success', status: 204, ...role },
      ],
      bad: [
        { name: 'unknown role', status: 404, code: 'CMN-102', ...noRole },
        { name: 'a predefined role', status: 400, code: 'CMN-111', path: { accountId: '~', roleId: '3' } },
        {
          name: 'validate only of a predefined role',
          status: 400,
          code: 'CMN-111',
          path: { accountId: '~', roleId: '3' },
          query: { validateOnly: 'true' },
        },
      ],
    },
    listOfAvailableForAssigningRoles: paged(ofBob),
    listPermissions: paged({ query: { assignable: 'true' } }),
    readPermission: simple(
      { path: { permissionId: 'Meetings' } },
      { name: 'unknown', status: 404, code: 'CMN-102', path: { permissionId: 'Nope' } },
    ),
    listPermissionCategories: paged({}),
    readPermissionCategory: simple(
      { path: { permissionCategoryId: 'Meetings' } },
      { name: 'unknown', status: 404, code: 'CMN-102', path: { permissionCategoryId: 'Nope' } },
    ),
  };
}
