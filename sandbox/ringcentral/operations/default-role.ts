import { invalidParameter, refusal } from '../http/failure.ts';
import { ok } from '../http/reply.ts';
import { touch, type World } from '../world.ts';
import type { Operation, UserGate } from './operation.ts';
import { roleUri } from './render-role.ts';
import { demandRole } from './roles.ts';

const PATH = '/restapi/v1.0/account/{accountId}/user-role/default';
const GATE: UserGate = { permission: 'Roles', over: 'account' };

function renderDefault(world: World): object {
  const role = demandRole(world, world.account.defaultRoleId);
  return {
    uri: roleUri(world, role),
    id: role.id,
    displayName: role.displayName,
    siteCompatible: role.siteCompatible,
  };
}

/** The role that new people get. Changing it changes nobody who already has one. */
export const DEFAULT_ROLE_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'readDefaultRole',
    method: 'GET',
    path: PATH,
    group: 'Light',
    availability: 'High',
    app: 'RoleManagement',
    user: GATE,
    handle: ({ world }) => ok(renderDefault(world)),
  },
  {
    operationId: 'updateDefaultUserRole',
    method: 'PUT',
    path: PATH,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: { ...GATE, write: true },
    handle(call) {
      const { id } = call.body();
      if (typeof id !== 'string') throw invalidParameter('id');
      if (!call.world.account.roles.has(id)) throw refusal(call.world.switches.refusals.unknownRole);
      call.world.account.defaultRoleId = id;
      touch(call.world);
      return ok(renderDefault(call.world));
    },
  },
];
