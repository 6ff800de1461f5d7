import type { Extension } from '../account/model.ts';
import { isUser } from '../account/model.ts';
import { demandPermission, type Grant, grantsOf } from '../gates.ts';
import { notFound } from '../http/failure.ts';
import type { Reply } from '../http/reply.ts';
import type { Group } from '../limiter.ts';
import type { Session } from '../oauth/sessions.ts';
import type { Switches } from '../switches.ts';
import type { World } from '../world.ts';

/** Who calls: the person and the session of their token. */
export type Caller = {
  readonly extension: Extension;
  readonly session: Session;
  /** App permissions of the token, with what they include. */
  readonly scopes: ReadonlySet<string>;
};

/** One authenticated call that has passed both gates. */
export type Call = {
  readonly world: World;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The extension of the path; the caller's own where the path has none. */
  readonly target: Extension;
  /** The role that let the call through the second gate; null where there is no second gate. */
  readonly grant: Grant | null;
  /** Parses the JSON body; no body at all is an empty object where the document makes it optional. @throws {ApiFailure} 400 */
  body(options?: { optional: true }): Record<string, unknown>;
};

/** The second gate of an operation. */
export type UserGate = {
  readonly permission: string | ((switches: Switches) => string);
  /** What the permission is exercised on: the extension of the path or the account. */
  readonly over: 'extension' | 'account';
  readonly write?: true;
  /** Whether the operation can answer with the asker's own rows alone; the switch decides whether it does. */
  readonly ownRows?: true;
};

export type Operation = {
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly group: Group;
  /** `Limited` operations are not served in limited mode; null where the document says nothing. */
  readonly availability: 'High' | 'Limited' | null;
  /** App permission; null for none beyond a valid token. */
  readonly app: string | null;
  readonly user: UserGate | null;
  handle(call: Call): Reply | Promise<Reply>;
};

/** URI of a resource of the account, with real ids. */
export function accountUri(world: World, tail = ''): string {
  return `${world.origin}/restapi/v1.0/account/${world.account.id}${tail}`;
}

/** URI of a resource of an extension, with real ids. */
export function extensionUri(world: World, extension: Extension, tail = ''): string {
  return accountUri(world, `/extension/${extension.id}${tail}`);
}

/** URI of a dictionary entry. */
export function dictionaryUri(world: World, tail: string): string {
  return `${world.origin}/restapi/v1.0/dictionary/${tail}`;
}

/** Passes the second gate of an operation, where it has one. @throws {ApiFailure} CMN-408, CMN-419 */
export function passUserGate(world: World, holder: Extension, gate: UserGate | null, target: Extension): Grant | null {
  if (gate === null) return null;
  const permission = typeof gate.permission === 'string' ? gate.permission : gate.permission(world.switches);
  if (gate.ownRows && world.switches.accountListingOwnReach === 'own-row') {
    const grants = grantsOf(world.account, holder, permission);
    if (grants.length > 0 && grants.every((grant) => grant.reach === 'Self')) return null;
  }
  return demandPermission(world.account, world.switches, holder, {
    permission,
    target: gate.over === 'account' ? 'account' : target,
    write: gate.write === true,
  });
}

/** Reads an optional boolean query parameter; anything but `true` and `false` counts as absent. */
export function flag(query: URLSearchParams, name: string, absent: boolean): boolean {
  const value = query.get(name);
  return value === 'true' ? true : value === 'false' ? false : absent;
}

/** Reads the site of an id. @throws {ApiFailure} 404 CMN-102 */
export function demandSite(world: World, id: string): World['account']['sites'][number] {
  const site = world.account.sites.find((candidate) => candidate.id === id);
  if (site === undefined) throw notFound('siteId');
  return site;
}

/** Tells whether an extension may hold roles. */
export function mayHoldRoles(switches: Switches, extension: Extension): boolean {
  return isUser(extension) || (switches.limitedExtensionsHoldRoles && extension.type === 'Limited');
}
