import type { ExtensionId } from '../../domain/ids.ts';
import type { AssignedRole, Role, RoleSummary } from '../../domain/roles.ts';
import type { Call, RoleDirectory } from '../../usecases/ports.ts';
import type { Client } from './client.ts';
import { refusedUnsent } from './faults.ts';
import { OPERATIONS } from './operations.ts';
import { fetchAll, fetchOne } from './read.ts';
import { ASSIGNED_ROLES, EXTENSION_WITH_ROLES, NAMED_ROLE, ROLE, ROLE_SUMMARY } from './schema.ts';

type RoleMethods = Pick<
  RoleDirectory,
  | 'readAssignedRoles'
  | 'listAssignedRoles'
  | 'readRole'
  | 'listRoles'
  | 'readDefaultRole'
  | 'listAssignableRoles'
  | 'replaceAssignedRoles'
  | 'assignDefaultRole'
>;

/** Roles of the account and who holds them. */
export function createRoleMethods(client: Client): RoleMethods {
  function readRole(role: string, call?: Call): Promise<Role> {
    return fetchOne(client, OPERATIONS.readUserRole, ROLE, { segments: { role }, call });
  }

  return {
    readRole,

    async readAssignedRoles(extension, call) {
      const request = { segments: { extension }, query: { showHidden: true }, call };
      return (await fetchOne(client, OPERATIONS.listUserAssignedRoles, ASSIGNED_ROLES, request)).records;
    },

    listAssignedRoles(call) {
      const keyOf = (row: { extension: ExtensionId }) => row.extension;
      const request = { query: { showHidden: true }, call, perPage: null };
      return fetchAll(client, OPERATIONS.listAssignedRoles, EXTENSION_WITH_ROLES, keyOf, request);
    },

    listRoles(custom, call) {
      return fetchAll(client, OPERATIONS.listUserRoles, ROLE_SUMMARY, idOf, { query: { custom }, call });
    },

    /** The answer names the role only; what a summary holds besides is read from the role itself. */
    async readDefaultRole(call) {
      const { id } = await fetchOne(client, OPERATIONS.readDefaultRole, NAMED_ROLE, { call });
      return summaryOf(await readRole(id, call));
    },

    listAssignableRoles(extension, call) {
      const request = { segments: { extension }, call };
      return fetchAll(client, OPERATIONS.listOfAvailableForAssigningRoles, ROLE_SUMMARY, idOf, request);
    },

    async replaceAssignedRoles(_authority, extension, roles, call) {
      const operation = OPERATIONS.updateUserAssignedRoles;
      // What an empty list does is documented nowhere.
      if (roles.length === 0) throw refusedUnsent(operation, 'at least one role has to stay');
      const records = roles.map(({ id, siteRestricted }) => ({ id, siteRestricted }));
      return assigned(client, operation, { segments: { extension }, body: { records }, call });
    },

    assignDefaultRole(_authority, extension, call) {
      return assigned(client, OPERATIONS.assignDefaultRole, { segments: { extension }, call });
    },
  };
}

async function assigned(
  client: Client,
  operation: Parameters<Client['send']>[0],
  request: Parameters<Client['send']>[1],
): Promise<readonly AssignedRole[]> {
  return (await fetchOne(client, operation, ASSIGNED_ROLES, request)).records;
}

function idOf(row: { id: string }): string {
  return row.id;
}

/** A role without its contents. */
function summaryOf({ id, displayName, description, custom, hidden }: Role): RoleSummary {
  return { id, displayName, description, custom, hidden };
}
