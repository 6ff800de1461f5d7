import { CATEGORIES, PERMISSION_BY_ID, PERMISSIONS } from '../account/dictionary.ts';
import type { Permission, PermissionCategory } from '../account/model.ts';
import { invalidParameter, notFound } from '../http/failure.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import type { World } from '../world.ts';
import { dictionaryUri, flag, type Operation } from './operation.ts';
import { renderPermissionId, renderRole, renderRoleHead } from './render-role.ts';

const OPEN = { method: 'GET', group: 'Light', availability: 'High', app: null, user: null } as const;

function renderPermission(world: World, row: Permission): Record<string, unknown> {
  return {
    ...renderPermissionId(world, row),
    displayName: row.displayName,
    category: { uri: dictionaryUri(world, `permission-category/${row.category}`), id: row.category },
    includedPermissions: row.includedPermissions.flatMap((id) => {
      const child = PERMISSION_BY_ID.get(id);
      return child === undefined ? [] : [renderPermissionId(world, child)];
    }),
  };
}

function renderCategory(world: World, row: PermissionCategory): Record<string, unknown> {
  return {
    uri: dictionaryUri(world, `permission-category/${row.id}`),
    id: row.id,
    displayName: row.displayName,
  };
}

/** Dictionaries of permissions, categories and predefined roles: open to any valid token. */
export const DICTIONARY_OPERATIONS: readonly Operation[] = [
  {
    ...OPEN,
    operationId: 'listPermissions',
    path: '/restapi/v1.0/dictionary/permission',
    handle({ world, query }) {
      const assignable = query.get('assignable');
      if (assignable !== null && !['true', 'false'].includes(assignable)) throw invalidParameter('assignable');
      const rows = PERMISSIONS.filter((row) => assignable === null || String(row.assignable) === assignable);
      const link = { uri: dictionaryUri(world, 'permission'), query };
      return ok(pagedCollection(rows, readPage(query), (row) => renderPermission(world, row), link));
    },
  },
  {
    ...OPEN,
    operationId: 'readPermission',
    path: '/restapi/v1.0/dictionary/permission/{permissionId}',
    handle({ world, params }) {
      const row = PERMISSION_BY_ID.get(params.permissionId ?? '');
      if (row === undefined) throw notFound('permissionId');
      return ok(renderPermission(world, row));
    },
  },
  {
    ...OPEN,
    operationId: 'listPermissionCategories',
    path: '/restapi/v1.0/dictionary/permission-category',
    handle({ world, query }) {
      const link = { uri: dictionaryUri(world, 'permission-category'), query };
      return ok(pagedCollection(CATEGORIES, readPage(query), (row) => renderCategory(world, row), link));
    },
  },
  {
    ...OPEN,
    operationId: 'readPermissionCategory',
    path: '/restapi/v1.0/dictionary/permission-category/{permissionCategoryId}',
    handle({ world, params }) {
      const row = CATEGORIES.find((category) => category.id === params.permissionCategoryId);
      if (row === undefined) throw notFound('permissionCategoryId');
      return ok(renderCategory(world, row));
    },
  },
  {
    ...OPEN,
    operationId: 'listStandardUserRole',
    path: '/restapi/v1.0/dictionary/user-role',
    handle({ world, query }) {
      const rows = [...world.account.roles.values()].filter((role) => !role.custom);
      const advanced = flag(query, 'advancedPermissions', false);
      const link = { uri: dictionaryUri(world, 'user-role'), query };
      return ok(
        pagedCollection(
          rows,
          readPage(query),
          (role) => (advanced ? renderRole(world, role, true) : renderRoleHead(world, role)),
          link,
        ),
      );
    },
  },
  {
    ...OPEN,
    operationId: 'readStandardUserRole',
    path: '/restapi/v1.0/dictionary/user-role/{roleId}',
    handle({ world, params, query }) {
      const role = world.account.roles.get(params.roleId ?? '');
      if (role === undefined || role.custom) throw notFound('roleId');
      return ok(renderRole(world, role, flag(query, 'advancedPermissions', false)));
    },
  },
];
