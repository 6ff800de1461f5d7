import { REACH_WIDTH } from './account/build-roles.ts';
import { type Account, type Extension, type HeldRole, isUser, type Reach, type Role } from './account/model.ts';
import { userLacks, userLacksReach } from './http/failure.ts';
import type { Switches } from './switches.ts';

/** What a permission would be exercised on. */
export type Target = Extension | 'account';

/** One role that gives a permission, and how far. */
export type Grant = {
  readonly role: Role;
  readonly reach: Reach;
  /** Sites that a site-restricted assignment reaches; null for no restriction. */
  readonly sites: readonly string[] | null;
};

/** Reading what every employee may see: a site-restricted role gives these over the whole account all the same. */
const ACCOUNT_WIDE_READS: ReadonlySet<string> = new Set(['ReadExtensions', 'ReadCompanyInfo']);

/** The roles that count for an extension: the ones it holds, or the default one for a user who holds none. */
export function rolesOf(account: Account, extension: Extension): readonly HeldRole[] {
  if (extension.roles.length > 0 || !isUser(extension)) return extension.roles;
  return [{ roleId: account.defaultRoleId, siteRestricted: false, autoAssigned: true }];
}

/** Every role that gives `holder` the permission. */
export function grantsOf(account: Account, holder: Extension, permission: string): Grant[] {
  return rolesOf(account, holder).flatMap((held) => {
    const role = account.roles.get(held.roleId);
    const entry = role?.permissions.get(permission);
    if (role === undefined || entry === undefined || entry.capabilities?.enabled === false) return [];
    const bound = held.siteRestricted && !ACCOUNT_WIDE_READS.has(permission);
    return [{ role, reach: entry.reach, sites: bound ? holder.administeredSites : null }];
  });
}

/** Tells whether one grant covers a target. Nobody needs more than the bare permission for themselves. */
export function covers(grant: Grant, holder: Extension, target: Target): boolean {
  if (target === 'account') return grant.reach !== 'Self';
  if (target.id === holder.id) return grant.reach !== 'NonUserExtensions';
  if (grant.sites !== null && !grant.sites.includes(target.siteId)) return false;
  if (grant.reach === 'UserExtensions') return isUser(target);
  if (grant.reach === 'NonUserExtensions') return !isUser(target);
  return grant.reach !== 'Self';
}

/** The widest grant that covers the target; undefined when none does. */
export function widestGrant(
  account: Account,
  holder: Extension,
  permission: string,
  target: Target,
): Grant | undefined {
  return grantsOf(account, holder, permission)
    .filter((grant) => covers(grant, holder, target))
    .sort((a, b) => width(b) - width(a))[0];
}

function width(grant: Grant): number {
  return REACH_WIDTH[grant.reach] + (grant.sites === null ? 0.5 : 0);
}

/**
 * The second gate: the user permission.
 *
 * @throws {ApiFailure} CMN-408 when no role gives it, CMN-419 when one does but not over this target
 */
export function demandPermission(
  account: Account,
  switches: Switches,
  holder: Extension,
  need: { readonly permission: string; readonly target: Target; readonly write: boolean },
): Grant {
  const grants = grantsOf(account, holder, need.permission);
  if (grants.length === 0) throw userLacks(need.permission);
  const grant = widestGrant(account, holder, need.permission, need.target);
  if (grant === undefined) {
    const { status, errorCode } = bySite(grants, need.target) ? switches.refusals.siteReach : REACH;
    throw userLacksReach(need.permission, status, errorCode);
  }
  if (need.target === 'account' && need.write && grant.sites !== null) {
    const { status, errorCode } = switches.refusals.siteReach;
    if (switches.siteRestrictedAccountWrites === 'refuse') throw userLacksReach(need.permission, status, errorCode);
  }
  return grant;
}

const REACH = { status: 403, errorCode: 'CMN-419' } as const;

function bySite(grants: readonly Grant[], target: Target): boolean {
  return target !== 'account' && grants.some((grant) => grant.sites !== null && !grant.sites.includes(target.siteId));
}
