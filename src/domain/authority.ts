import type { Ledger } from './grant.ts';
import { dueGrants, rolesToTake } from './grant-time.ts';
import { type ExtensionId, type PermissionId, permissionId, type RoleId, type SiteId } from './ids.ts';
import type { Extension, Site } from './people.ts';
import { reachesOthers } from './permission-reach.ts';
import type { PermissionScope } from './permissions.ts';
import type { RefusalReason } from './reply.ts';
import type { AssignedRole } from './roles.ts';

/** What an actor wants to do in the directory, by the right that it needs. */
export type Verb =
  | 'read-own'
  | 'read-others'
  /** Reading what custom roles hold. */
  | 'read-roles'
  | 'assign'
  | 'assign-bulk'
  | 'reset'
  | 'default-role'
  | 'edit-role';

/** How the right was established. */
type Proof =
  /** The asker's own token; RingCentral answered `authz-profile/check` for this target. */
  | {
      readonly kind: 'own-token';
      readonly permission: PermissionId | null;
      readonly scopes: readonly PermissionScope[];
      readonly role: RoleId | null;
    }
  /** Computed from the asker's assigned roles and those roles' contents. */
  | {
      readonly kind: 'computed';
      readonly permission: PermissionId | null;
      readonly role: RoleId | null;
      readonly siteRestricted: boolean;
    }
  /** Reading about oneself needs no right. */
  | { readonly kind: 'self' }
  /** Grants on record that have come to their end: what they gave is taken, whoever has left since. */
  | { readonly kind: 'grant'; readonly grants: readonly string[] };

/** What an answer rests on: a right in RingCentral, or, where RingCentral has none to give, that policy names the asker. */
export type AnswerProof = Proof | { readonly kind: 'policy'; readonly rule: 'carrierx-administrators' };

declare const established: unique symbol;

/**
 * Proof that `asker` may do `verb` to `target`, established at `asOf`.
 *
 * Only `decideAuthority` makes one. Every read about others and every write takes it as a parameter, so a write
 * without it does not compile.
 */
export type Authority<V extends Verb = Verb> = {
  readonly [established]: true;
  readonly verb: V;
  readonly asker: ExtensionId;
  /** `account` for what concerns no single extension. */
  readonly target: ExtensionId | 'account';
  readonly proof: Proof;
  /** UTC, epoch milliseconds. */
  readonly asOf: number;
  /** When set, the right reaches only people of these sites. */
  readonly sites: readonly SiteId[] | null;
};

/** What one verb takes: an app permission on the token, and user permissions of the asker. */
export type RightRule = { readonly app: string; readonly needs: readonly PermissionId[] };

const needs = (...ids: readonly string[]) => ids.map(permissionId);

/** The two gates of each verb. What each RingCentral operation takes is printed in its official document. */
export const RIGHTS: Readonly<Record<Verb, RightRule>> = {
  'read-own': { app: 'ReadAccounts', needs: [] },
  'read-others': { app: 'ReadAccounts', needs: needs('ReadAssignedRoles') },
  'read-roles': { app: 'ReadAccounts', needs: needs('ReadUserRoles') },
  assign: { app: 'RoleManagement', needs: needs('EditAssignedRoles') },
  'assign-bulk': { app: 'RoleManagement', needs: needs('EditAssignedRoles', 'EditUserRoles') },
  reset: { app: 'RoleManagement', needs: needs('Users') },
  'default-role': { app: 'RoleManagement', needs: needs('Roles') },
  'edit-role': { app: 'RoleManagement', needs: needs('EditUserRoles') },
};

/** One way in which the asker holds a permission. */
export type HeldRight = {
  readonly permission: PermissionId;
  readonly scopes: readonly PermissionScope[];
  /** The role that gives it; null when RingCentral did not say. */
  readonly role: RoleId | null;
  /** Whether it reaches only the sites that the asker administers. */
  readonly siteRestricted: boolean;
};

/** Everything a decision about a right rests on, all of it read for this decision. */
export type AuthorityFacts<V extends Verb = Verb> = {
  readonly verb: V;
  readonly asker: ExtensionId;
  readonly target: Extension | 'account';
  /** App permissions of the token that the call would carry. */
  readonly appPermissions: readonly string[];
  readonly source: 'own-token' | 'computed';
  readonly held: readonly HeldRight[];
  /** Sites that the asker administers; read only when a right is restricted to them. */
  readonly administeredSites: readonly Site[];
  readonly readAt: number;
};

/**
 * Decides whether the asker may do `verb` to the target.
 *
 * The app permission comes first: without it nobody could, and the asker is not to blame. A permission held for
 * oneself never reaches another person. A right restricted to sites reaches only people of those sites; over the whole
 * account it yields an authority limited to them where the verb concerns people, and none for what belongs to no site.
 */
export function decideAuthority<V extends Verb>(facts: AuthorityFacts<V>): Authority<V> | RefusalReason {
  const rule = RIGHTS[facts.verb];
  if (!facts.appPermissions.includes(rule.app)) return { kind: 'app-lacks-scope', scope: rule.app };
  if (facts.verb === 'read-own') return decideOwn(facts);
  const ways = rule.needs.map((permission) => facts.held.filter((held) => held.permission === permission));
  for (const [index, permission] of rule.needs.entries()) {
    const reaching = (ways[index] ?? []).filter((held) => reachesOthers(held.scopes));
    if (reaching.length === 0) return noRight(facts, permission, (ways[index] ?? []).length > 0);
    ways[index] = reaching;
  }
  return decideSites(facts, ways);
}

function decideOwn<V extends Verb>(facts: AuthorityFacts<V>): Authority<V> | RefusalReason {
  const own = facts.target !== 'account' && facts.target.id === facts.asker;
  return own ? grant(facts, { kind: 'self' }, null) : noRight(facts, permissionId('ReadAssignedRoles'), false);
}

function decideSites<V extends Verb>(
  facts: AuthorityFacts<V>,
  ways: readonly (readonly HeldRight[])[],
): Authority<V> | RefusalReason {
  const best = ways.map((held) => held.find((each) => !each.siteRestricted) ?? held[0]).filter((held) => !!held);
  const restricted = best.find((held) => held.siteRestricted);
  const credited = restricted ?? best[0];
  if (credited === undefined) throw new Error(`no permission is named for ${facts.verb}`);
  const proof = proofOf(facts.source, credited);
  if (restricted === undefined) return grant(facts, proof, null);
  const sites = facts.administeredSites;
  if (facts.target === 'account') {
    return OVER_PEOPLE.includes(facts.verb) ? grant(facts, proof, sites) : noRight(facts, restricted.permission, true);
  }
  if (!isWithin(facts.target, sites)) {
    return { kind: 'outside-site', target: facts.target, sites: sites.map((site) => site.name) };
  }
  return grant(facts, proof, sites);
}

/** Verbs that concern people one by one: over the whole account they can be limited to some of them. */
const OVER_PEOPLE: readonly Verb[] = ['read-others', 'read-roles', 'assign', 'assign-bulk', 'reset'];

/**
 * The same right over one person, from one that was established over the whole account: asking for each of a thousand
 * people would take a thousand calls. The person's site must have been read for this decision.
 */
export function narrowTo<V extends Verb>(authority: Authority<V>, person: Extension): Authority<V> | RefusalReason {
  if (authority.target !== 'account') throw new Error('only a right over the whole account can be narrowed');
  const { sites } = authority;
  if (
    sites !== null &&
    !isWithin(
      person,
      sites.map((id) => ({ id })),
    )
  ) {
    return { kind: 'outside-site', target: person, sites: [] };
  }
  return { ...authority, target: person.id };
}

/** Tells whether a person belongs to one of the sites; somebody without a site belongs to none. */
export function isWithin(person: Extension, sites: readonly Pick<Site, 'id'>[]): boolean {
  return sites.some((site) => site.id === person.site?.id);
}

function proofOf(source: AuthorityFacts['source'], held: HeldRight): Proof {
  if (source === 'own-token') {
    return { kind: 'own-token', permission: held.permission, scopes: held.scopes, role: held.role };
  }
  return { kind: 'computed', permission: held.permission, role: held.role, siteRestricted: held.siteRestricted };
}

function noRight(facts: AuthorityFacts, permission: PermissionId, extended: boolean): RefusalReason {
  const target = facts.target === 'account' ? null : facts.target;
  return { kind: 'no-right', verb: facts.verb, permission, target, extended };
}

/** What an end of grants rests on: the record, the list as it was read just now, and the list to write. */
export type GrantEndFacts = {
  readonly ledger: Ledger;
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly defaultRole: RoleId | null;
  /** The extension whose token makes the call. */
  readonly serviceAccount: ExtensionId;
  readonly appPermissions: readonly string[];
  readonly now: number;
};

/**
 * Decides whether grants that are over allow this write to the list of their holder.
 *
 * They allow to take the roles that no lease holds any longer, and nothing else: everything that stays has to stay as it
 * is, and only the default role may come, where nothing would remain.
 *
 * @throws {Error} when the write does more than the grants allow: a mistake of ours, never an expected "no"
 */
export function decideGrantEnd(facts: GrantEndFacts): Authority<'assign'> | RefusalReason {
  const { ledger, serviceAccount, appPermissions, now } = facts;
  const { app } = RIGHTS.assign;
  if (!appPermissions.includes(app)) return { kind: 'app-lacks-scope', scope: app };
  const ending = dueGrants(ledger.grants, now).ends;
  if (!takesOnly(facts, rolesToTake(ledger.grants, ending)))
    throw new Error('an end of grants that does more than end');
  const { person } = ledger;
  const rest = { verb: 'assign', asker: serviceAccount, target: person, readAt: now } as const;
  return grant(rest, { kind: 'grant', grants: ending.map(({ id }) => id) }, null);
}

function takesOnly({ before, after, defaultRole }: GrantEndFacts, over: readonly RoleId[]): boolean {
  const taken = before.filter(({ id }) => !after.some((role) => role.id === id));
  const come = after.filter(({ id }) => !before.some((role) => role.id === id));
  const stays = before.filter((role) => !taken.includes(role));
  const asBefore = stays.every(({ id, siteRestricted }) =>
    after.some((role) => role.id === id && role.siteRestricted === siteRestricted),
  );
  const onlyDefault = come.length === 0 || (stays.length === 0 && come.length === 1 && come[0]?.id === defaultRole);
  return asBefore && onlyDefault && taken.length > 0 && taken.every(({ id }) => over.includes(id));
}

type Base<V extends Verb> = Pick<AuthorityFacts<V>, 'verb' | 'asker' | 'target' | 'readAt'>;

/** The only place where an authority comes into being. */
function grant<V extends Verb>(facts: Base<V>, proof: Proof, sites: readonly Site[] | null): Authority<V> {
  return {
    verb: facts.verb,
    asker: facts.asker,
    target: facts.target === 'account' ? 'account' : facts.target.id,
    proof,
    asOf: facts.readAt,
    sites: sites === null ? null : sites.map((site) => site.id),
  } as Authority<V>;
}

/** Tells a refusal from an authority. */
export function isRefusal(decision: Authority | RefusalReason): decision is RefusalReason {
  return 'kind' in decision;
}
