import type { Client } from './client.ts';
import type { Dictionaries } from './directory.ts';
import { OPERATIONS } from './operations.ts';
import { fetchAll, fetchOne } from './read.ts';
import { PERMISSION, PERMISSION_CATEGORY, ROLE, ROLE_SUMMARY } from './schema.ts';

/** RingCentral's dictionaries of predefined roles, permissions and categories. */
export function createDictionaries(client: Client): Dictionaries {
  return {
    listStandardRoles: (call) => fetchAll(client, OPERATIONS.listStandardUserRole, ROLE_SUMMARY, idOf, { call }),

    readStandardRole: (role, call) =>
      fetchOne(client, OPERATIONS.readStandardUserRole, ROLE, { segments: { role }, call }),

    listPermissions(assignable, call) {
      return fetchAll(client, OPERATIONS.listPermissions, PERMISSION, idOf, { query: { assignable }, call });
    },

    readPermission(permission, call) {
      return fetchOne(client, OPERATIONS.readPermission, PERMISSION, { segments: { permission }, call });
    },

    listPermissionCategories(call) {
      return fetchAll(client, OPERATIONS.listPermissionCategories, PERMISSION_CATEGORY, idOf, { call });
    },

    readPermissionCategory(category, call) {
      return fetchOne(client, OPERATIONS.readPermissionCategory, PERMISSION_CATEGORY, { segments: { category }, call });
    },
  };
}

function idOf(row: { id: string }): string {
  return row.id;
}
