import { isFault } from '../../domain/faults.ts';
import type { RoleId } from '../../domain/ids.ts';
import { capabilitiesOf, isGranted, isPassedOn } from '../../domain/role-merge.ts';
import { brokenNameRule, isDescription } from '../../domain/role-names.ts';
import type { RoleDraft, RoleInFull } from '../../domain/roles.ts';
import type { Call } from '../../usecases/ports.ts';
import type { Client } from './client.ts';
import type { RoleAdministration } from './directory.ts';
import { refusedUnsent } from './faults.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { fetchOne } from './read.ts';
import { NAMED_ROLE, ROLE_IN_FULL } from './schema.ts';

/** Creates, changes and deletes roles, and assigns one role to many. */
export function createRoleAdministration(client: Client): RoleAdministration {
  function readRole(role: RoleId, advanced: boolean, call: Call | undefined): Promise<RoleInFull> {
    const query = advanced ? { advancedPermissions: true } : {};
    return fetchOne(client, OPERATIONS.readUserRole, ROLE_IN_FULL, { segments: { role }, query, call });
  }

  return {
    /** What an account without the feature answers to the advanced view is not published: it is asked plainly then. */
    async readRoleInFull(role, call) {
      try {
        return await readRole(role, true, call);
      } catch (error) {
        const refused = isFault(error, 'directory-rejected') || (isFault(error) && error.data.errorCode === 'CMN-109');
        if (!refused) throw error;
        return readRole(role, false, call);
      }
    },

    async createRole(_authority, draft, call) {
      const operation = OPERATIONS.createCustomRole;
      const body = bodyOf(operation, draft);
      return (await fetchOne(client, operation, NAMED_ROLE, { query: viewOf(draft), body, call })).id;
    },

    async updateRole(_authority, role, draft, call) {
      const operation = OPERATIONS.updateUserRole;
      const body = bodyOf(operation, draft);
      await client.send(operation, { segments: { role }, query: viewOf(draft), body, call });
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
      await client.send(OPERATIONS.updateDefaultUserRole, { body: { id: role }, call });
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
  const { displayName, description, scope, siteCompatible, hidden } = draft;
  if (brokenNameRule(displayName) !== null) {
    throw refusedUnsent(operation, 'a role name has 1 to 128 signs without < > / " or line breaks');
  }
  if (description !== null && !isDescription(description)) {
    throw refusedUnsent(operation, 'a role description has up to 2000 signs without < > / " or line breaks');
  }
  return {
    displayName,
    permissions: entriesOf(draft),
    ...(description === null ? {} : { description }),
    ...(scope === null ? {} : { scope }),
    ...(siteCompatible === null ? {} : { siteCompatible }),
    ...(hidden ? { hidden } : {}),
  };
}

/** The advanced view is used only where there is more to say than who has what: creating through it was seen to fail. */
function viewOf(draft: RoleDraft): { readonly advancedPermissions?: true } {
  return draft.entries.some(isPassedOn) ? { advancedPermissions: true } : {};
}

/** In the advanced view an entry grants nothing unless it says so. */
function entriesOf(draft: RoleDraft): readonly object[] {
  if (draft.entries.some(isPassedOn)) {
    return draft.entries.map((entry) => ({ id: entry.id, permissionsCapabilities: capabilitiesOf(entry) }));
  }
  return draft.entries.filter(isGranted).map(({ id }) => ({ id }));
}
