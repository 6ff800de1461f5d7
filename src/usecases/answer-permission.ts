import { curesFor } from '../domain/cures.ts';
import { contentsOf, type Inclusions, inclusionsOf, scopesOf, scopesThrough } from '../domain/effective-permissions.ts';
import type { PermissionId } from '../domain/ids.ts';
import { type Extension, isUser } from '../domain/people.ts';
import { reachesOthers } from '../domain/permission-reach.ts';
import type { Permission } from '../domain/permissions.ts';
import type { Cure, PermissionAnswer, PermissionPath, Verdict } from '../domain/reply.ts';
import { isSuperAdmin, type Role, type RoleSummary } from '../domain/roles.ts';
import { decideVerdict } from '../domain/verdict.ts';
import type { Seen } from './reading.ts';
import type { Session } from './session.ts';

/** What answering about one person rests on. */
export type PersonFacts = {
  readonly person: Extension;
  readonly seen: Seen;
  /** Roles that a cure may name to this asker. */
  readonly roles: readonly RoleSummary[];
  /** Whether the asker could give the person a role. */
  readonly mayGive: () => Promise<boolean>;
};

/** Whether others than oneself are to be reached. */
export type Wide = boolean | 'held';

/**
 * Answers whether one person has one permission, with the ways it reaches them or the roles that would bring it.
 *
 * @param wide - others are to be reached with it: only roles that do so are a cure, and holding it for oneself is not;
 *   `held` means so only for somebody who holds it already
 */
export async function answerPermission(
  session: Session,
  facts: PersonFacts,
  permission: Permission,
  wide: Wide = false,
): Promise<PermissionAnswer> {
  const { person, seen } = facts;
  const includes = inclusionsOf(session.names.permissions);
  const paths = seen.holdings.get(permission.id) ?? [];
  const verdict = decideVerdict(permission.id, paths, seen.unread.length > 0);
  // A call queue or a common-area phone cannot hold roles, so no role would help it.
  const further = (wide === 'held' && verdict === 'self-only') || wide === true;
  const lacking = verdict === 'no' || (further && !reachesOthers(scopesOf(paths)));
  const found = lacking && isUser(person) ? await findCures(session, facts, permission, includes, further) : NONE;
  return {
    person,
    permission,
    verdict,
    paths,
    unseen: unseenWords(seen, paths, verdict),
    cures: found.cures,
    ...(found.unread > 0 && { rolesUnread: found.unread }),
    assignableParent: permission.assignable ? null : assignableParent(session, permission.id),
  };
}

/** What the verdict leaves open; "only for oneself" may be the cautious reading of a role that reaches further. */
function unseenWords({ unread, wide }: Seen, paths: readonly PermissionPath[], verdict: Verdict): string | null {
  if (verdict === 'cannot-tell') {
    return unread.length > 0
      ? 'RingCentral did not show what some of the assigned roles hold'
      : 'RingCentral does not tell how far the role reaches';
  }
  const uncertain = paths.find((path) => wide.includes(path.role.id));
  if (verdict !== 'self-only' || uncertain === undefined) return null;
  return `how far ${uncertain.role.displayName} reaches with this one permission: RingCentral shows only the widest reach of a role, so the narrower one is assumed`;
}

/** Roles that would bring a permission, and how many could not be looked into just now. */
type Found = { readonly cures: readonly Cure[]; readonly unread: number };
const NONE: Found = { cures: [], unread: 0 };

async function findCures(
  session: Session,
  facts: PersonFacts,
  permission: Permission,
  includes: Inclusions,
  wide: boolean,
): Promise<Found> {
  const visible = facts.roles.filter((role) => !role.hidden);
  const { roles, missing } = await session.shelf.glance(visible.map((role) => role.id));
  const held = new Set(facts.seen.holdings.keys());
  const helping = roles.filter((role) => helps(role, permission.id, includes, wide));
  const mayGive = helping.length > 0 && (await facts.mayGive());
  const cures = curesFor(permission.id, held, helping, includes, (role) => mayGive && !isSuperAdmin(role));
  return { cures, unread: missing.length };
}

function helps(role: Role, permission: PermissionId, includes: Inclusions, wide: boolean): boolean {
  const bringers = contentsOf(role, includes).get(permission);
  if (bringers === undefined) return false;
  return !wide || reachesOthers(scopesThrough(role, permission, bringers));
}

/** The permission to tick in the portal for one that cannot be put on a role by itself. */
function assignableParent(session: Session, child: PermissionId): PermissionId | null {
  const parent = session.names.permissions.find((each) => each.assignable && each.includes.includes(child));
  return parent?.id ?? null;
}
