import { reachOnCustomRole } from '../account/build-roles.ts';
import { expandPermissions, PERMISSION_BY_ID } from '../account/dictionary.ts';
import type { Capabilities, Role, RoleEntry } from '../account/model.ts';
import { invalidParameter, refusal } from '../http/failure.ts';
import type { Switches } from '../switches.ts';
import type { World } from '../world.ts';

const SCOPES = [
  'Account',
  'AllExtensions',
  'Federation',
  'Group',
  'NonUserExtensions',
  'RoleBased',
  'Self',
  'UserExtensions',
];
const SERVER_OWNED = ['uri', 'custom', 'lastUpdated'];
/** What the official pattern forbids in names and descriptions: angle brackets, slash, double quote, line breaks. */
const FORBIDDEN = /[<>/"\r\n\u2028\u2029]/;

/** What a client may say about a role; everything else is the server's. */
export type RoleContents = Pick<
  Role,
  'displayName' | 'description' | 'siteCompatible' | 'scope' | 'hidden' | 'permissions'
>;

/**
 * Reads the body of a role creation or replacement. What is left out falls back to its default.
 *
 * @throws {ApiFailure} 400 CMN-101 naming the field
 */
export function readRoleBody(
  world: World,
  body: Record<string, unknown>,
  options: { advanced: boolean; except: string | null },
): RoleContents {
  const { switches } = world;
  const owned = SERVER_OWNED.find((name) => name in body);
  if (owned !== undefined && switches.serverOwnedFields === 'refuse') throw invalidParameter(owned);
  const scope = readScope(body.scope, switches);
  return {
    displayName: readName(world, body.displayName, options.except),
    description: readText(body.description, 'description', 2000),
    siteCompatible: readFlag(body.siteCompatible, 'siteCompatible'),
    hidden: readFlag(body.hidden, 'hidden'),
    scope,
    permissions: readPermissions(switches, body.permissions, scope, options.advanced),
  };
}

function readText(value: unknown, name: string, longest: number): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' || [...value].length > longest || FORBIDDEN.test(value)) throw invalidParameter(name);
  return value;
}

function readName(world: World, value: unknown, except: string | null): string {
  const name = readText(value, 'displayName', 128);
  if (name.trim() === '' && world.switches.emptyRoleName === 'refuse') throw invalidParameter('displayName');
  const taken = [...world.account.roles.values()].some(
    (role) => role.id !== except && role.displayName.toLowerCase() === name.toLowerCase(),
  );
  if (taken && world.switches.roleNames === 'unique') throw refusal(world.switches.refusals.roleName);
  return name;
}

function readFlag(value: unknown, name: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw invalidParameter(name);
  return value;
}

function readScope(value: unknown, switches: Switches): string {
  if (value === undefined || value === null) return switches.createRoleScope;
  if (typeof value !== 'string' || !SCOPES.includes(value)) throw invalidParameter('scope');
  return value;
}

function readPermissions(
  switches: Switches,
  value: unknown,
  scope: string,
  advanced: boolean,
): ReadonlyMap<string, RoleEntry> {
  if (value !== undefined && value !== null && !Array.isArray(value)) throw invalidParameter('permissions');
  const granted = new Map<string, Capabilities | null>();
  for (const entry of (value ?? []) as unknown[]) {
    const read = readPermission(switches, entry, advanced);
    if (read !== null) granted.set(read.id, read.capabilities);
  }
  const all = [...expandPermissions(granted.keys())].sort();
  return new Map(all.map((id) => [id, { reach: reachOnCustomRole(id, scope), capabilities: granted.get(id) ?? null }]));
}

function readPermission(
  switches: Switches,
  entry: unknown,
  advanced: boolean,
): { id: string; capabilities: Capabilities | null } | null {
  const { id, permissionsCapabilities } = (entry ?? {}) as { id?: unknown; permissionsCapabilities?: unknown };
  if (typeof id !== 'string') throw invalidParameter('permissions');
  const row = PERMISSION_BY_ID.get(id);
  if (row === undefined) {
    if (switches.unknownPermissions === 'refuse') throw invalidParameter('permissions');
    return null;
  }
  if (!row.assignable && switches.nonAssignablePermissions !== 'accept') {
    if (switches.nonAssignablePermissions === 'refuse') throw invalidParameter('permissions');
    return null;
  }
  if (!advanced) return { id, capabilities: null };
  const capabilities = readCapabilities(permissionsCapabilities);
  const passesOn = capabilities.manageEnabled || capabilities.grantEnabled;
  if (passesOn && !row.assignable) throw invalidParameter('permissionsCapabilities');
  return { id, capabilities };
}

/** With the advanced flag an entry grants only when it says `enabled: true`. */
function readCapabilities(value: unknown): Capabilities {
  const { enabled, manageEnabled, grantEnabled } = (value ?? {}) as Partial<Record<keyof Capabilities, unknown>>;
  return { enabled: enabled === true, manageEnabled: manageEnabled === true, grantEnabled: grantEnabled === true };
}
