import { PERMISSION_BY_ID } from '../account/dictionary.ts';
import type { Extension, Permission, Reach } from '../account/model.ts';
import { covers, grantsOf, rolesOf, type Target, widestGrant } from '../gates.ts';
import { failure, invalidParameter, notFound } from '../http/failure.ts';
import { ok } from '../http/reply.ts';
import type { World } from '../world.ts';
import { type Call, extensionUri, type Operation } from './operation.ts';
import { renderPermissionId, roleUri } from './render-role.ts';

const OPEN = { method: 'GET', availability: 'High', app: null, user: null } as const;

/** The permission is looked at for the extension of the path, which must be the caller's own. */
function demandOwnProfile({ world, caller, target }: Call): void {
  if (target.id === caller.extension.id) return;
  const wide = widestGrant(world.account, caller.extension, 'ReadAssignedRoles', target);
  if (world.switches.othersProfile === 'allow-wide-reach' && wide !== undefined) return;
  throw failure(403, 'CMN-404', 'Attempt to access another extension');
}

/** On what the permission would be exercised; the extension itself unless the query names another. */
function readTarget({ world, query, target, caller }: Call): Extension {
  const id = query.get('targetExtensionId');
  if (id === null) return target;
  const found = id === '~' ? caller.extension : world.account.byId.get(id);
  if (found === undefined) throw invalidParameter('targetExtensionId');
  return found;
}

/** `ActivePermissionResource`; null when nothing gives the permission over the target. */
function renderActive(world: World, holder: Extension, row: Permission, target: Target): object | null {
  const grant = widestGrant(world.account, holder, row.id, target);
  if (grant === undefined) return null;
  const grants = grantsOf(world.account, holder, row.id).filter((other) => covers(other, holder, target));
  const scopes = [...new Set<Reach>(grants.map((other) => other.reach))];
  const domain = world.switches.effectiveRoleDomain === 'site' && grant.sites !== null ? { domain: 'Site' } : {};
  return {
    permission: renderPermissionId(world, row),
    effectiveRole: { uri: roleUri(world, grant.role), id: grant.role.id, ...domain },
    scopes,
  };
}

function activePermissions(world: World, holder: Extension, target: Extension): object[] {
  const ids = new Set(
    rolesOf(world.account, holder).flatMap((held) => [
      ...(world.account.roles.get(held.roleId)?.permissions.keys() ?? []),
    ]),
  );
  return [...ids].sort().flatMap((id) => {
    const row = PERMISSION_BY_ID.get(id);
    const active = row === undefined ? null : renderActive(world, holder, row, target);
    return active === null ? [] : [active];
  });
}

function profileUri(call: Call, tail: string, parameters: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  return `${extensionUri(call.world, call.target, tail)}?${query.toString()}`;
}

/** A permission nobody knows: what the server says is not published. */
function judgeUnknown(world: World): void {
  const choice = world.switches.checkUnknownPermission;
  if (choice === 'CMN-102') throw notFound('permissionId');
  if (choice === 'CMN-101') throw invalidParameter('permissionId');
}

function check(call: Call): object {
  const { world, query, target: holder } = call;
  const ids = query.getAll('permissionId');
  if (ids.length === 0) throw invalidParameter('permissionId');
  const target = readTarget(call);
  const rows = ids.map((id) => PERMISSION_BY_ID.get(id));
  if (rows.includes(undefined)) judgeUnknown(world);
  const actives = rows.map((row) => (row === undefined ? null : renderActive(world, holder, row, target)));
  const successful = actives.every((active) => active !== null);
  const parameters = ids.map((id) => ['permissionId', id] as const);
  const uri = profileUri(call, '/authz-profile/check', [...parameters, ['targetExtensionId', String(target.id)]]);
  const [row] = rows;
  if (successful) return { uri, successful, details: actives[0] };
  if (world.switches.checkDetailsWhenFalse === 'omit' || row === undefined) return { uri, successful };
  return { uri, successful, details: { permission: renderPermissionId(world, row), scopes: [] } };
}

/** Own permissions of the caller, and whether the caller has one over somebody. */
export const AUTHZ_OPERATIONS: readonly Operation[] = [
  {
    ...OPEN,
    operationId: 'readAuthorizationProfile',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile',
    group: 'Medium',
    handle(call) {
      demandOwnProfile(call);
      const target = readTarget(call);
      const uri = profileUri(call, '/authz-profile', [['targetExtensionId', String(target.id)]]);
      return ok({ uri, permissions: activePermissions(call.world, call.target, target) });
    },
  },
  {
    ...OPEN,
    operationId: 'checkUserPermission',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}/authz-profile/check',
    group: 'Light',
    handle(call) {
      demandOwnProfile(call);
      return ok(check(call));
    },
  },
];
