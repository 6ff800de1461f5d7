import {
  type Authority,
  type AuthorityFacts,
  decideAuthority,
  type HeldRight,
  isWithin,
  RIGHTS,
  type Verb,
} from '../domain/authority.ts';
import { inclusionsOf } from '../domain/effective-permissions.ts';
import { isFault } from '../domain/faults.ts';
import { heldRights } from '../domain/held-rights.ts';
import type { PermissionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import { reachesOthers } from '../domain/permission-reach.ts';
import type { ActivePermission } from '../domain/permissions.ts';
import type { RefusalReason } from '../domain/reply.ts';
import { type AssignedRole, isSuperAdmin } from '../domain/roles.ts';
import type { RoleDirectory } from './ports.ts';
import type { Session } from './session.ts';

type Target = Extension | 'account';

/**
 * Establishes the asker's own right to do `verb` to the target, from facts read for this turn.
 *
 * With a token of the asker's own RingCentral is asked; otherwise, or when that token no longer signs in, the right
 * is computed from the asker's roles. Site restriction is looked up in either case, because whether RingCentral's
 * check heeds it is not documented.
 */
export async function establishAuthority<V extends Verb>(
  session: Session,
  verb: V,
  target: Target,
): Promise<Authority<V> | RefusalReason> {
  const { asker, facts } = session;
  const { source, held } = await gatherRights(session, verb, target);
  const administeredSites = held.some((each) => each.siteRestricted)
    ? await facts.administeredSites(asker.person.id)
    : [];
  const decided: AuthorityFacts<V> = {
    verb,
    asker: asker.person.id,
    target: await withFreshSite(session, target, held),
    appPermissions: await appPermissions(session, verb),
    source,
    held,
    administeredSites,
    readAt: facts.readAt,
  };
  return decideAuthority(decided);
}

type Gathered = { readonly source: AuthorityFacts['source']; readonly held: readonly HeldRight[] };

async function gatherRights(session: Session, verb: Verb, target: Target): Promise<Gathered> {
  if (verb === 'read-own') return { source: 'computed', held: [] };
  const { own } = session.asker;
  if (own === null) return { source: 'computed', held: await computedRights(session, verb) };
  try {
    return { source: 'own-token', held: await ownRights(session, own, verb, target) };
  } catch (error) {
    if (!isFault(error, 'directory-sign-in')) throw error;
    return { source: 'computed', held: await computedRights(session, verb) };
  }
}

async function computedRights(session: Session, verb: Verb): Promise<readonly HeldRight[]> {
  return rightsOf(session, verb, await session.facts.assignedRoles(session.asker.person.id));
}

async function rightsOf(
  session: Session,
  verb: Verb,
  assigned: readonly AssignedRole[],
): Promise<readonly HeldRight[]> {
  const { roles } = await session.facts.roles(assigned.map((role) => role.id));
  return heldRights(verb, assigned, roles, inclusionsOf(session.names.permissions));
}

async function ownRights(
  session: Session,
  own: RoleDirectory,
  verb: Verb,
  target: Target,
): Promise<readonly HeldRight[]> {
  const held: HeldRight[] = [];
  for (const permission of RIGHTS[verb].needs) {
    const active = await askOwn(session, own, permission, target);
    if (active === null) return [...held, ...(await whyNot(session, own, verb, permission, target))];
    await readAsAsker(session, own, verb, active);
    held.push(...(await withRestriction(session, verb, target, active)));
  }
  return held;
}

/**
 * Looks into a "no" of RingCentral, so that the refusal can say more than no: a right held for oneself, or over sites
 * that the target does not belong to. Whatever is found never turns the "no" into a "yes".
 */
async function whyNot(
  session: Session,
  own: RoleDirectory,
  verb: Verb,
  permission: PermissionId,
  target: Target,
): Promise<readonly HeldRight[]> {
  if (target === 'account') return [];
  const profile = await session.facts.ownProfile(own);
  const active = profile.find((each) => each.permission === permission);
  if (active === undefined) return [];
  const held = await withRestriction(session, verb, target, active);
  const restricted = held.filter((each) => each.siteRestricted && reachesOthers(each.scopes));
  if (restricted.length > 0 && !(await isWithinOwnSites(session, target))) return restricted;
  return [{ permission, scopes: ['Self'], role: active.effectiveRole, siteRestricted: false }];
}

async function isWithinOwnSites(session: Session, target: Extension): Promise<boolean> {
  const sites = await session.facts.administeredSites(session.asker.person.id);
  return isWithin(await session.facts.extension(target.id), sites);
}

/** What an answer shows by RingCentral's yes is read as the asker, where their token carries the scope for it. */
async function readAsAsker(session: Session, own: RoleDirectory, verb: Verb, active: ActivePermission): Promise<void> {
  if (!reachesOthers(active.scopes) || !(await own.appPermissions()).includes('ReadAccounts')) return;
  if (verb === 'read-roles') session.facts.readOnlyAs(own, 'contents');
  if (verb === 'read-others') session.facts.readOnlyAs(own, 'assignments');
}

/** RingCentral's own word about the asker; null when it says no. */
async function askOwn(
  session: Session,
  own: RoleDirectory,
  permission: PermissionId,
  target: Target,
): Promise<ActivePermission | null> {
  if (target === 'account') {
    const profile = await session.facts.ownProfile(own);
    return profile.find((active) => active.permission === permission) ?? null;
  }
  const { successful, details } = await session.facts.ownCheck(own, permission, target.id);
  if (!successful) return null;
  if (details !== null && details.scopes.length > 0) return details;
  const scopes = target.id === session.asker.person.id ? ['Self'] : ['AllExtensions'];
  return { permission, effectiveRole: details?.effectiveRole ?? null, scopes };
}

/**
 * RingCentral credits one role even when several give the permission, so an unrestricted one is looked for.
 *
 * Super Admin covers the company and all sites, says RingCentral's page on roles in accounts with several sites.
 */
async function withRestriction(
  session: Session,
  verb: Verb,
  target: Target,
  active: ActivePermission,
): Promise<readonly HeldRight[]> {
  const { permission, scopes, effectiveRole: role } = active;
  if (role !== null && isSuperAdmin(role)) return [{ permission, scopes, role, siteRestricted: false }];
  const assigned = await askersRoles(session, verb, target);
  const credited = assigned.find((each) => each.id === role);
  const siteRestricted = credited?.siteRestricted ?? assigned.some((each) => each.siteRestricted);
  const told = { permission, scopes, role, siteRestricted };
  const free = assigned.filter((each) => !each.siteRestricted);
  if (!siteRestricted || free.length === 0) return [told];
  const others = await rightsOf(session, verb, free);
  return [told, ...others.filter((each) => each.permission === permission)];
}

/** A question about everybody needs the account's listing anyway, and the asker stands in it. */
async function askersRoles(session: Session, verb: Verb, target: Target): Promise<readonly AssignedRole[]> {
  if (verb === 'read-others' && target === 'account') await session.facts.everyone();
  return session.facts.assignedRoles(session.asker.person.id);
}

/** The target's site decides only about a restricted right; then it is read now instead of taken from the name index. */
async function withFreshSite(session: Session, target: Target, held: readonly HeldRight[]): Promise<Target> {
  if (target === 'account' || !held.some((each) => each.siteRestricted)) return target;
  return session.facts.extension(target.id);
}

async function appPermissions(session: Session, verb: Verb): Promise<readonly string[]> {
  const { service } = session.deps.directories;
  return (await writerFor(session, verb)).appPermissions().catch((error: unknown) => {
    if (isFault(error, 'directory-sign-in') && session.asker.own !== null) return service.appPermissions();
    throw error;
  });
}

/**
 * The directory through which a verb is carried out: the asker's own where its token allows the verb, so that
 * RingCentral itself enforces and records the person; otherwise the service account's.
 */
export async function writerFor(session: Session, verb: Verb): Promise<RoleDirectory> {
  const { own } = session.asker;
  const { service } = session.deps.directories;
  if (own === null || RIGHTS[verb].app !== 'RoleManagement') return service;
  try {
    const scopes = await own.appPermissions();
    return scopes.includes('RoleManagement') ? own : service;
  } catch (error) {
    if (isFault(error, 'directory-sign-in')) return service;
    throw error;
  }
}
