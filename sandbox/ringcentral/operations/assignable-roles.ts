import { failure } from '../http/failure.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { extensionUri, type Operation } from './operation.ts';
import { renderRoleHead } from './render-role.ts';

/** Roles that the asker may give to an extension: all of them here, where the account has the feature. */
export const ASSIGNABLE_ROLE_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listOfAvailableForAssigningRoles',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}/assignable-roles',
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: { permission: 'Users', over: 'extension' },
    handle({ world, target, query }) {
      if (!world.switches.advancedPermissionsCapabilities) {
        throw failure(403, 'CMN-109', 'Feature [AdvancedPermissionsCapabilities] is unavailable');
      }
      const rows = [...world.account.roles.values()].filter((role) => !role.hidden);
      const link = { uri: extensionUri(world, target, '/assignable-roles'), query };
      return ok(pagedCollection(rows, readPage(query), (role) => renderRoleHead(world, role), link));
    },
  },
];
