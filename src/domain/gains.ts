import { type Holdings, scopesOf } from './effective-permissions.ts';
import type { PermissionId } from './ids.ts';
import { reachesOthers } from './permission-reach.ts';

/** What a person gains and loses in permissions; one that reaches further than before counts as gained. */
export type Difference = { readonly gains: readonly PermissionId[]; readonly losses: readonly PermissionId[] };

/** Compares what two lists of roles give. */
export function differenceOf(before: Holdings, after: Holdings): Difference {
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  return {
    gains: all.filter((permission) => reachLevel(after, permission) > reachLevel(before, permission)),
    losses: all.filter((permission) => reachLevel(after, permission) < reachLevel(before, permission)),
  };
}

/** 0 not held, 1 held for oneself or for an unknown reach, 2 held over others. */
export function reachLevel(holdings: Holdings, permission: PermissionId): 0 | 1 | 2 {
  const paths = holdings.get(permission);
  if (paths === undefined || paths.length === 0) return 0;
  return reachesOthers(scopesOf(paths)) ? 2 : 1;
}
