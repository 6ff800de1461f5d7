/** Rate-limit group of an operation, as the official document states it in `x-throttling-group`. */
export type Group = 'Light' | 'Medium' | 'Heavy' | 'Auth';

/** One operation of RingCentral's API. */
export type Operation = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the server address; `{name}` is filled with one path segment. */
  readonly path: string;
  readonly group: Group;
  /** Reads may be repeated after a failure; writes are sent once, and the truth is read back. */
  readonly effect: 'read' | 'write';
  readonly timeoutMs: number | null;
};

/** Answers that hold the whole account take longer. */
const WHOLE_ACCOUNT_MS = 60_000;

function operation(
  id: string,
  method: Operation['method'],
  group: Group,
  path: string,
  more: Partial<Pick<Operation, 'effect' | 'timeoutMs'>> = {},
): Operation {
  const effect = method === 'GET' ? 'read' : 'write';
  return { id, method, group, path: `/restapi/v1.0${path}`, effect, timeoutMs: null, ...more };
}

function get(id: string, group: Group, path: string, timeoutMs: number | null = null): Operation {
  return operation(id, 'GET', group, path, { timeoutMs });
}

const ACCOUNT = '/account/~';
const EXTENSION = `${ACCOUNT}/extension/{extension}`;

/** Every operation that the adapter speaks, by official operation id. */
export const OPERATIONS = {
  listAssignedRoles: get('listAssignedRoles', 'Medium', `${ACCOUNT}/assigned-role`, WHOLE_ACCOUNT_MS),
  listUserAssignedRoles: get('listUserAssignedRoles', 'Light', `${EXTENSION}/assigned-role`),
  updateUserAssignedRoles: operation('updateUserAssignedRoles', 'PUT', 'Medium', `${EXTENSION}/assigned-role`),
  assignDefaultRole: operation('assignDefaultRole', 'PUT', 'Medium', `${EXTENSION}/assigned-role/default`),
  assignMultipleUserRoles: operation(
    'assignMultipleUserRoles',
    'POST',
    'Heavy',
    `${ACCOUNT}/user-role/{role}/bulk-assign`,
  ),
  readDefaultRole: get('readDefaultRole', 'Light', `${ACCOUNT}/user-role/default`),
  updateDefaultUserRole: operation('updateDefaultUserRole', 'PUT', 'Medium', `${ACCOUNT}/user-role/default`),
  listStandardUserRole: get('listStandardUserRole', 'Light', '/dictionary/user-role'),
  readStandardUserRole: get('readStandardUserRole', 'Light', '/dictionary/user-role/{role}'),
  listUserRoles: get('listUserRoles', 'Medium', `${ACCOUNT}/user-role`),
  createCustomRole: operation('createCustomRole', 'POST', 'Medium', `${ACCOUNT}/user-role`),
  readUserRole: get('readUserRole', 'Light', `${ACCOUNT}/user-role/{role}`),
  updateUserRole: operation('updateUserRole', 'PUT', 'Medium', `${ACCOUNT}/user-role/{role}`),
  deleteCustomRole: operation('deleteCustomRole', 'DELETE', 'Medium', `${ACCOUNT}/user-role/{role}`),
  listOfAvailableForAssigningRoles: get('listOfAvailableForAssigningRoles', 'Medium', `${EXTENSION}/assignable-roles`),
  readExtensionFeatures: get('readExtensionFeatures', 'Medium', `${EXTENSION}/features`),
  readAuthorizationProfile: get('readAuthorizationProfile', 'Medium', `${ACCOUNT}/extension/~/authz-profile`),
  checkUserPermission: get('checkUserPermission', 'Light', `${ACCOUNT}/extension/~/authz-profile/check`),
  listPermissions: get('listPermissions', 'Light', '/dictionary/permission'),
  readPermission: get('readPermission', 'Light', '/dictionary/permission/{permission}'),
  listPermissionCategories: get('listPermissionCategories', 'Light', '/dictionary/permission-category'),
  readPermissionCategory: get('readPermissionCategory', 'Light', '/dictionary/permission-category/{category}'),
  readAccountInfo: get('readAccountInfo', 'Light', ACCOUNT),
  listExtensions: get('listExtensions', 'Medium', `${ACCOUNT}/extension`, WHOLE_ACCOUNT_MS),
  readExtension: get('readExtension', 'Light', EXTENSION),
  readOwnExtension: get('readExtension', 'Light', `${ACCOUNT}/extension/~`),
  listSites: get('listSites', 'Light', `${ACCOUNT}/sites`),
  readSite: get('readSite', 'Light', `${ACCOUNT}/sites/{site}`),
  listSiteMembers: get('listSiteMembers', 'Medium', `${ACCOUNT}/sites/{site}/members`),
  listAdministeredSites: get('listAdministeredSites', 'Medium', `${EXTENSION}/administered-sites`),
  listDirectoryEntries: get('listDirectoryEntries', 'Medium', `${ACCOUNT}/directory/entries`, WHOLE_ACCOUNT_MS),
  searchDirectoryEntries: operation('searchDirectoryEntries', 'POST', 'Heavy', `${ACCOUNT}/directory/entries/search`, {
    effect: 'read',
  }),
  readUserCallLog: get('readUserCallLog', 'Heavy', `${EXTENSION}/call-log`),
  readCompanyCallLog: get('readCompanyCallLog', 'Heavy', `${ACCOUNT}/call-log`),
  listExtensionActiveCalls: get('listExtensionActiveCalls', 'Heavy', `${EXTENSION}/active-calls`),
  listCompanyActiveCalls: get('listCompanyActiveCalls', 'Heavy', `${ACCOUNT}/active-calls`),
  readCallRecording: get('readCallRecording', 'Heavy', `${ACCOUNT}/recording/{recording}`),
} as const satisfies Record<string, Operation>;

/**
 * Fills the path of an operation.
 *
 * Dots alone would climb out of the path, and `default` would turn one operation into another
 * (`/user-role/{role}` into `/user-role/default`): both are refused here, before anything is sent.
 *
 * @throws {TypeError} when a segment is missing, empty or one of those
 */
export function fillPath(operation: Operation, segments: Readonly<Record<string, string>> = {}): string {
  return operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = segments[name];
    if (value === undefined || value === '' || /^\.+$/.test(value) || value === 'default') {
      throw new TypeError(`${operation.id}: not a ${name}: ${JSON.stringify(value ?? null)}`);
    }
    return encodeURIComponent(value);
  });
}
