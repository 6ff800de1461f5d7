import { appPermissions, endpoints, predefinedRoles, sources, userPermissions } from '../catalogue/catalogue.ts';
import { withIncludedAppPermissions } from '../catalogue/lookups.ts';
import type { Endpoint } from '../catalogue/schema.ts';
import type { AppPermissionFacts, EndpointFacts, UserPermissionFacts } from '../domain/explanation.ts';
import { type PermissionId, permissionId } from '../domain/ids.ts';
import type { Permission } from '../domain/permissions.ts';

/** Everything public about an app permission; an unknown one is said to be unknown. */
export function appPermissionFacts(id: string): AppPermissionFacts {
  const row = appPermissions().find((each) => each.id === id);
  const asking = endpoints().filter((each) => each.appPermission === id);
  return {
    id,
    known: row !== undefined,
    name: row?.displayName ?? null,
    description: row?.description ?? null,
    accessType: row?.accessType ?? null,
    onRequest: row?.onRequest ?? false,
    includes: withIncludedAppPermissions(id).slice(1),
    includedBy: includedBy(id),
    operations: asking.map((each) => `${each.method} ${each.path}`),
    userPermissions: [...new Set(asking.flatMap((each) => demandOf(each) ?? []))],
  };
}

/** App permissions that bring another one, nearest first. */
function includedBy(id: string): readonly string[] {
  return appPermissions()
    .map((each) => withIncludedAppPermissions(each.id))
    .filter((closure) => closure[0] !== id && closure.includes(id))
    .sort((one, other) => one.indexOf(id) - other.indexOf(id))
    .flatMap(([first]) => first ?? []);
}

/** What a person's roles have to hold for an operation: what the server reports rather than what the document says. */
function demandOf(endpoint: Endpoint): string | null {
  return endpoint.reportedPermission ?? endpoint.userPermission;
}

/** Everything known about a user permission. @param live - the account's own dictionary; empty without an account */
export function userPermissionFacts(written: string, live: readonly Permission[]): UserPermissionFacts {
  const rows = userPermissions();
  const named = rows.find((row) => row.id === written);
  const inAccount = (id: string) => live.find((each) => each.id === id);
  // A label of the document that no server ever reported stands for the id that servers use.
  const isLabel = inAccount(written) === undefined && named?.likelyRuntimeId != null;
  const id = permissionId(isLabel ? (named?.likelyRuntimeId ?? written) : written);
  const entry = inAccount(id);
  const row = rows.find((each) => each.id === id);
  const assignable = entry?.assignable ?? row?.assignable ?? null;
  return {
    id,
    knownTo: entry !== undefined ? 'account' : row !== undefined ? 'public' : 'nobody',
    displayName: entry?.displayName ?? row?.displayName ?? null,
    portalLocation: row?.portalLocation ?? null,
    assignable,
    parent: assignable === false ? parentOf(id, live) : null,
    label: isLabel ? { id: written, inferred: named?.note?.includes('inferred') ?? false } : null,
    seenIn: entry === undefined ? seenIn(id) : [],
  };
}

function parentOf(child: PermissionId, live: readonly Permission[]): UserPermissionFacts['parent'] {
  const entry = live.find((each) => each.assignable && each.includes.includes(child));
  if (entry !== undefined) return { id: entry.id, displayName: entry.displayName, inferred: false };
  const row = userPermissions().find((each) => each.assignable !== false && each.includes.includes(child));
  return row === undefined
    ? null
    : { id: permissionId(row.id), displayName: row.displayName, inferred: row.includesInferred };
}

function seenIn(id: string): readonly string[] {
  const held = userPermissions().find((row) => row.id === id)?.grantedTo ?? [];
  return held.flatMap(({ roleId }) => predefinedRoles().find((role) => role.id === roleId)?.displayName ?? []);
}

/** Both gates of an operation. */
export function endpointFacts(endpoint: Endpoint): EndpointFacts {
  const demand = demandOf(endpoint);
  const { method, path, operationId, summary, appPermission, feature, group, availability, retired, note, older } =
    endpoint;
  return {
    ...{ method, path, operationId, summary, appPermission, feature, group, availability, retired, note, older },
    includedBy: appPermission === null ? [] : includedBy(appPermission),
    label: endpoint.userPermission,
    userPermission: demand === null ? null : permissionId(demand),
    reportedInferred: endpoint.reportedInferred,
    sources: endpoint.source.map((key) => sources[key] ?? key),
  };
}
