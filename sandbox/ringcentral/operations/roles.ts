import { expandPermissions, PERMISSION_BY_ID } from '../account/dictionary.ts';
import type { Extension, HeldRole, Role } from '../account/model.ts';
import { invalidParameter, notFound, refusal } from '../http/failure.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { NO_CONTENT, ok, type Reply } from '../http/reply.ts';
import { touch, type World } from '../world.ts';
import { defaultRoles } from './assigned-roles.ts';
import { accountUri, type Call, flag, type Operation, type UserGate } from './operation.ts';
import { renderRole, renderRoleHead } from './render-role.ts';
import { readRoleBody } from './role-body.ts';

const ROLES = '/restapi/v1.0/account/{accountId}/user-role';
const READ: UserGate = { permission: 'ReadUserRoles', over: 'account' };
const EDIT: UserGate = { permission: (switches) => switches.roleEditPermission, over: 'account', write: true };

/** Finds a role by the path. @throws {ApiFailure} 404 CMN-102 */
export function demandRole(world: World, id: string | undefined): Role {
  const role = world.account.roles.get(id ?? '');
  if (role === undefined) throw notFound('roleId');
  return role;
}

function list({ world, query }: Call): Reply {
  const custom = query.get('custom');
  if (custom !== null && !['true', 'false'].includes(custom)) throw invalidParameter('custom');
  const rows = [...world.account.roles.values()].filter((role) => custom === null || String(role.custom) === custom);
  const link = { uri: accountUri(world, '/user-role'), query };
  return ok(pagedCollection(rows, readPage(query), (role) => renderRoleHead(world, role), link));
}

function create(call: Call): Reply {
  const { world, query } = call;
  const advanced = flag(query, 'advancedPermissions', false);
  const contents = readRoleBody(world, call.body(), { advanced, except: null });
  const id = String(world.account.nextRoleId);
  world.account.nextRoleId += 1;
  const copyInstead = advanced && world.switches.createIgnoresPermissions;
  const permissions = copyInstead ? demandRole(world, world.account.defaultRoleId).permissions : contents.permissions;
  const role: Role = { ...contents, permissions, id, custom: true, updatedAt: world.clock.now() };
  world.account.roles.set(id, role);
  touch(world);
  return { status: world.switches.createRoleStatus, json: renderRole(world, role, advanced) };
}

/** What nobody can put on a role, and nothing on it brings, stays when the role is replaced, unless switched. */
function withoutLoss(world: World, role: Role, next: Role['permissions']): Role['permissions'] {
  if (world.switches.omittedNonAssignable === 'lost') return next;
  const isAssignable = (id: string) => PERMISSION_BY_ID.get(id)?.assignable === true;
  const brought = expandPermissions([...role.permissions.keys()].filter(isAssignable));
  const kept = [...role.permissions].filter(([id]) => !isAssignable(id) && !brought.has(id));
  return new Map([...next, ...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function update(call: Call): Reply {
  const { world, params, query } = call;
  const role = demandRole(world, params.roleId);
  if (!role.custom) throw refusal(world.switches.refusals.predefinedRole);
  const body = call.body();
  if (typeof body.id === 'string' && body.id !== role.id) throw invalidParameter('id');
  const advanced = flag(query, 'advancedPermissions', false);
  const contents = readRoleBody(world, body, { advanced, except: role.id });
  const permissions = withoutLoss(world, role, contents.permissions);
  const next: Role = { ...contents, permissions, id: role.id, custom: true, updatedAt: world.clock.now() };
  world.account.roles.set(role.id, next);
  touch(world);
  return ok(renderRole(world, next, advanced));
}

/** Everybody who holds the role, with what they would hold without it. */
function withoutRole(world: World, roleId: string): { extension: Extension; next: readonly HeldRole[] }[] {
  return world.account.extensions
    .filter((extension) => extension.roles.some((held) => held.roleId === roleId))
    .map((extension) => {
      const rest = extension.roles.filter((held) => held.roleId !== roleId);
      return { extension, next: rest.length > 0 ? rest : defaultRoles(world) };
    });
}

function remove({ world, params, query }: Call): Reply {
  const role = demandRole(world, params.roleId);
  if (!role.custom) throw refusal(world.switches.refusals.predefinedRole);
  const holders = withoutRole(world, role.id);
  const inTheWay = holders.length > 0 && world.switches.deleteRoleInUse === 'refuse';
  if (inTheWay || world.account.defaultRoleId === role.id) throw refusal(world.switches.refusals.deleteRole);
  if (flag(query, 'validateOnly', false)) return NO_CONTENT;
  for (const { extension, next } of holders) extension.roles = next;
  world.account.roles.delete(role.id);
  touch(world);
  return NO_CONTENT;
}

/** The roles of the account: reading them, and making, changing and deleting custom ones. */
export const ROLE_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listUserRoles',
    method: 'GET',
    path: ROLES,
    group: 'Medium',
    availability: 'High',
    app: 'ReadAccounts',
    user: READ,
    handle: list,
  },
  {
    operationId: 'createCustomRole',
    method: 'POST',
    path: ROLES,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: EDIT,
    handle: create,
  },
  {
    operationId: 'readUserRole',
    method: 'GET',
    path: `${ROLES}/{roleId}`,
    group: 'Light',
    availability: 'High',
    app: 'ReadAccounts',
    user: READ,
    handle: ({ world, params, query }) =>
      ok(renderRole(world, demandRole(world, params.roleId), flag(query, 'advancedPermissions', false))),
  },
  {
    operationId: 'updateUserRole',
    method: 'PUT',
    path: `${ROLES}/{roleId}`,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: EDIT,
    handle: update,
  },
  {
    operationId: 'deleteCustomRole',
    method: 'DELETE',
    path: `${ROLES}/{roleId}`,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: EDIT,
    handle: remove,
  },
];
