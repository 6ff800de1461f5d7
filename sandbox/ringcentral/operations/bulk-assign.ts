import type { Extension, HeldRole } from '../account/model.ts';
import { covers, grantsOf } from '../gates.ts';
import { failure, invalidParameter, refusal } from '../http/failure.ts';
import { NO_CONTENT, type Reply } from '../http/reply.ts';
import type { Switches } from '../switches.ts';
import { touch, type World } from '../world.ts';
import { defaultRoles, restrictionOf } from './assigned-roles.ts';
import { type Call, mayHoldRoles, type Operation } from './operation.ts';
import { demandRole } from './roles.ts';
import { guardSuperAdmins } from './super-admins.ts';

/** Reads one of the two id lists. @throws {ApiFailure} 400 CMN-101 */
export function readIds(value: unknown, name: string): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((id) => typeof id !== 'string')) throw invalidParameter(name);
  return [...new Set(value as string[])];
}

/** The extensions of the ids that may hold roles and that the asker reaches. */
function resolve(call: Call, ids: readonly string[]): Extension[] {
  const { world, caller } = call;
  const { bulkInvalidExtension, refusals, bulkAssignPermission } = world.switches;
  const grants = grantsOf(world.account, caller.extension, bulkAssignPermission);
  const found = ids.flatMap((id) => {
    const extension = world.account.byId.get(id);
    return extension === undefined || !mayHoldRoles(world.switches, extension) ? [] : [extension];
  });
  if (found.length < ids.length && bulkInvalidExtension === 'reject-all') throw refusal(refusals.bulkExtension);
  const reached = found.filter((extension) => grants.some((grant) => covers(grant, caller.extension, extension)));
  if (reached.length < found.length && bulkInvalidExtension === 'reject-all') throw refusal(refusals.bulkExtension);
  return reached;
}

function added(world: World, extension: Extension, roleId: string, restricted: boolean | null): readonly HeldRole[] {
  const held = extension.roles.find((one) => one.roleId === roleId);
  const role = {
    roleId,
    siteRestricted: restricted === null ? (held?.siteRestricted ?? false) : restrictionOf(world, roleId, restricted),
    autoAssigned: held?.autoAssigned ?? false,
  };
  if (world.switches.bulkAdd === 'replace') return [role];
  return [...extension.roles.filter((one) => one.roleId !== roleId), role];
}

function removed(world: World, extension: Extension, roleId: string): readonly HeldRole[] {
  const rest = extension.roles.filter((held) => held.roleId !== roleId);
  if (rest.length > 0 || extension.roles.length === 0) return rest;
  if (world.switches.bulkRemoveLast === 'refuse') throw refusal(world.switches.refusals.emptyRoleList);
  return world.switches.bulkRemoveLast === 'nothing' ? [] : defaultRoles(world);
}

function bulkAssign(call: Call): Reply {
  const { world, params, caller } = call;
  const role = demandRole(world, params.roleId);
  const body = call.body();
  const { siteRestricted } = body;
  if (siteRestricted !== undefined && typeof siteRestricted !== 'boolean') throw invalidParameter('siteRestricted');
  const adding = readIds(body.addedExtensionIds, 'addedExtensionIds');
  const removing = readIds(body.removedExtensionIds, 'removedExtensionIds');
  const { bulkLimit, bulkOneList, bulkEffect, bulkAssignFeature, refusals } = world.switches;
  if (!bulkAssignFeature) throw failure(403, 'CMN-109', 'Feature [EditAssignedRoles] is unavailable');
  if (bulkLimit !== null && adding.length + removing.length > bulkLimit) throw refusal(refusals.bulkLimit);
  if (adding.some((id) => removing.includes(id))) throw invalidParameter('removedExtensionIds');
  const oneList = body.addedExtensionIds === undefined || body.removedExtensionIds === undefined;
  if (oneList && bulkOneList === 'ignore') return NO_CONTENT;
  const wanted = [
    ...resolve(call, adding).map((extension) => ({
      extension,
      next: added(world, extension, role.id, siteRestricted ?? null),
    })),
    ...resolve(call, removing).map((extension) => ({ extension, next: removed(world, extension, role.id) })),
  ];
  guardSuperAdmins(world, caller.extension, wanted);
  for (const { extension, next } of wanted.slice(0, doneOf(bulkEffect, wanted.length))) extension.roles = next;
  touch(world);
  return NO_CONTENT;
}

/** How many of the wanted changes are made. */
function doneOf(effect: Switches['bulkEffect'], wanted: number): number {
  if (effect === 'all') return wanted;
  return effect === 'nothing' ? 0 : Math.ceil(wanted / 2);
}

/** Gives or takes one role to or from many extensions at once. */
export const BULK_ASSIGN_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'assignMultipleUserRoles',
    method: 'POST',
    path: '/restapi/v1.0/account/{accountId}/user-role/{roleId}/bulk-assign',
    group: 'Heavy',
    availability: 'Limited',
    app: 'RoleManagement',
    user: { permission: (switches) => switches.bulkAssignPermission, over: 'account' },
    handle: bulkAssign,
  },
];
