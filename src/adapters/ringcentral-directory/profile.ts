import { withIncludedAppPermissions } from '../../catalogue/lookups.ts';
import { Fault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { RoleDirectory } from '../../usecases/ports.ts';
import type { Client } from './client.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { fetchOne } from './read.ts';
import { CHECK, OWN_EXTENSION, PROFILE } from './schema.ts';

type ProfileMethods = Pick<
  RoleDirectory,
  'appPermissions' | 'printedAppPermissions' | 'owner' | 'checkOwnPermission' | 'readOwnProfile'
>;

/**
 * What the token itself may do.
 *
 * @param expected - the person whose token this is meant to be; null for the service account
 */
export function createProfileMethods(client: Client, expected: ExtensionId | null): ProfileMethods {
  let readOwner: ExtensionId | null = expected;

  return {
    async appPermissions(call) {
      return expandScope((await client.session.current(call?.signal)).scope);
    },

    async printedAppPermissions(call) {
      return printedIn((await client.session.current(call?.signal)).scope);
    },

    async owner(call) {
      readOwner ??= (await client.session.current(call?.signal)).owner;
      readOwner ??= (await fetchOne(client, OPERATIONS.readOwnExtension, OWN_EXTENSION, { call })).id;
      return readOwner;
    },

    async checkOwnPermission(permission, target, call) {
      const operation = OPERATIONS.checkUserPermission;
      const query = { permissionId: permission, targetExtensionId: target };
      const { uri, successful, details } = await fetchOne(client, operation, CHECK, { query, call });
      refuseOthersProfile(operation, uri, expected);
      return { successful, details };
    },

    async readOwnProfile(call) {
      const operation = OPERATIONS.readAuthorizationProfile;
      const { uri, permissions } = await fetchOne(client, operation, PROFILE, { call });
      refuseOthersProfile(operation, uri, expected);
      return permissions;
    },
  };
}

/** Last scope text and its expansion: all tokens of an app usually carry the same. */
let expanded: { readonly scope: string; readonly all: readonly string[] } | null = null;

/** App permissions of a token with what each includes by the official tables, each once. */
export function expandScope(scope: string): readonly string[] {
  if (expanded?.scope !== scope) expanded = { scope, all: expand(scope) };
  return expanded.all;
}

function expand(scope: string): readonly string[] {
  return [...new Set(printedIn(scope).flatMap((id) => withIncludedAppPermissions(id)))];
}

function printedIn(scope: string): readonly string[] {
  return [...new Set(scope.split(/\s+/).filter((id) => id !== ''))];
}

/**
 * Answers print the real extension id in their `uri`: a stored token that belongs to somebody else would otherwise
 * lend that person's rights.
 */
function refuseOthersProfile(operation: Operation, uri: string | null | undefined, expected: ExtensionId | null): void {
  const printed = /\/extension\/(\d+)\/authz-profile/.exec(uri ?? '')?.[1];
  if (expected === null || printed === undefined || printed === expected) return;
  throw new Fault('directory-sign-in', 'the stored token belongs to another extension', { operation: operation.id });
}
