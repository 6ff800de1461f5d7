import type { Client } from './client.ts';
import type { RoleAdministration, RoleDraft } from './directory.ts';
import { refusedUnsent } from './faults.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { fetchOne } from './read.ts';
import { summaryOf } from './roles.ts';
import { DEFAULT_ROLE, ROLE } from './schema.ts';

/** The document's pattern: no angle bracket, slash or double quote, and, through its dot, no line break. */
const PLAIN = /^[^<>/"\n\r\u2028\u2029]*$/;
const LONGEST_NAME = 128;
const LONGEST_DESCRIPTION = 2000;

/** Creates, changes and deletes roles, and assigns one role to many. */
export function createRoleAdministration(client: Client): RoleAdministration {
  return {
    async createRole(_authority, draft, call) {
      const operation = OPERATIONS.createCustomRole;
      return fetchOne(client, operation, ROLE, { body: bodyOf(operation, draft), call });
    },

    async updateRole(_authority, role, draft, call) {
      const operation = OPERATIONS.updateUserRole;
      return fetchOne(client, operation, ROLE, { segments: { role }, body: bodyOf(operation, draft), call });
    },

    async deleteRole(_authority, role, call) {
      await client.send(OPERATIONS.deleteCustomRole, { segments: { role }, call });
    },

    /** Changes nothing, so it may be repeated like any read. */
    async checkRoleDeletion(_authority, role, call) {
      const operation = { ...OPERATIONS.deleteCustomRole, effect: 'read' } as const;
      await client.send(operation, { segments: { role }, query: { validateOnly: true }, call });
    },

    async changeDefaultRole(_authority, role, call) {
      const { id } = await fetchOne(client, OPERATIONS.updateDefaultUserRole, DEFAULT_ROLE, {
        body: { id: role },
        call,
      });
      return summaryOf(await fetchOne(client, OPERATIONS.readUserRole, ROLE, { segments: { role: id }, call }));
    },

    /** Both lists are always sent: with one of them missing, the sister endpoint of call queues changes nothing. */
    async assignToMany(_authority, role, people, call) {
      const body = {
        siteRestricted: role.siteRestricted,
        addedExtensionIds: people.added,
        removedExtensionIds: people.removed,
      };
      await client.send(OPERATIONS.assignMultipleUserRoles, { segments: { role: role.id }, body, call });
    },
  };
}

/** Server-owned fields (uri, custom, hidden, lastUpdated) are never sent back: they are refused as invalid. */
function bodyOf(operation: Operation, draft: RoleDraft): Record<string, unknown> {
  const { displayName, description, scope, siteCompatible, permissions } = draft;
  if (displayName.trim() === '' || displayName.length > LONGEST_NAME || !PLAIN.test(displayName)) {
    throw refusedUnsent(operation, 'a role name has 1 to 128 signs without < > / " or line breaks');
  }
  if (description !== null && (description.length > LONGEST_DESCRIPTION || !PLAIN.test(description))) {
    throw refusedUnsent(operation, 'a role description has up to 2000 signs without < > / " or line breaks');
  }
  return {
    displayName,
    permissions: permissions.map((id) => ({ id })),
    ...(description === null ? {} : { description }),
    ...(scope === null ? {} : { scope }),
    ...(siteCompatible === null ? {} : { siteCompatible }),
  };
}
