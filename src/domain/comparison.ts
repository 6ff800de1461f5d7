import { contentsOf, type Holdings, type Inclusions, scopesOf, scopesThrough } from './effective-permissions.ts';
import { reachLevel } from './gains.ts';
import type { PermissionId } from './ids.ts';
import type { PermissionScope } from './permissions.ts';
import type { Role } from './roles.ts';

/** How one side holds a permission. */
export type HeldSide = {
  readonly scopes: readonly PermissionScope[];
  /** Display names of the roles that bring it; empty where a role itself is the side. */
  readonly roles: readonly string[];
  /** Every way to it reaches only the sites that its holder administers. */
  readonly siteRestricted: boolean;
};

/** A permission that two sides do not hold alike; null where a side does not hold it at all. */
type Differing = {
  readonly permission: PermissionId;
  readonly one: HeldSide | null;
  readonly other: HeldSide | null;
};

/** What sets two sides apart, and what they share; by id. */
export type Comparison = { readonly differing: readonly Differing[]; readonly common: readonly PermissionId[] };

type Sides = ReadonlyMap<PermissionId, HeldSide>;

/** Compares what two roles hold, everything that their entries include counted in. */
export function compareRoleContents(one: Role, other: Role, includes: Inclusions): Comparison {
  return compare(sidesOfRole(one, includes), sidesOfRole(other, includes), sameScopes);
}

/**
 * Compares what two people hold.
 *
 * A permission that both hold counts as a difference when only one of them reaches others with it, or only one is held
 * to their sites: scopes that mean the same to either are not told apart.
 */
export function compareHoldings(one: Holdings, other: Holdings): Comparison {
  const sameReach = (id: PermissionId, left: HeldSide, right: HeldSide) =>
    reachLevel(one, id) === reachLevel(other, id) && left.siteRestricted === right.siteRestricted;
  return compare(sidesOfPerson(one), sidesOfPerson(other), sameReach);
}

type Same = (id: PermissionId, one: HeldSide, other: HeldSide) => boolean;

function compare(one: Sides, other: Sides, same: Same): Comparison {
  const differing: Differing[] = [];
  const common: PermissionId[] = [];
  for (const permission of [...new Set([...one.keys(), ...other.keys()])].sort()) {
    const [left = null, right = null] = [one.get(permission), other.get(permission)];
    if (left !== null && right !== null && same(permission, left, right)) common.push(permission);
    else differing.push({ permission, one: left, other: right });
  }
  return { differing, common };
}

function sameScopes(_: PermissionId, one: HeldSide, other: HeldSide): boolean {
  return [...one.scopes].sort().join() === [...other.scopes].sort().join();
}

function sidesOfRole(role: Role, includes: Inclusions): Sides {
  const contents = contentsOf(role, includes);
  return new Map(
    [...contents].map(([permission, bringers]) => [
      permission,
      { scopes: scopesThrough(role, permission, bringers), roles: [], siteRestricted: false },
    ]),
  );
}

function sidesOfPerson(holdings: Holdings): Sides {
  return new Map(
    [...holdings].map(([permission, paths]) => [
      permission,
      {
        scopes: scopesOf(paths),
        roles: [...new Set(paths.map((path) => path.role.displayName))],
        siteRestricted: paths.every((path) => path.role.siteRestricted),
      },
    ]),
  );
}
