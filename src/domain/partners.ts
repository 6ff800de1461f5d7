/** A partner of CarrierX. */
export type Partner = {
  /** Secure id; UUID-shaped. */
  readonly sid: string;
  readonly name: string;
  /** Secure id of the partner above it. */
  readonly parent: string | null;
  /** Such as `active`; CarrierX may add values. */
  readonly status: string;
  /**
   * Names of scopes as granted, never expanded. Empty may mean that it has none or that CarrierX does not show them to
   * this caller, which nobody has published; null when the attribute was missing.
   */
  readonly scopes: readonly string[] | null;
};

/** How a partner holds a scope: granted by itself, or through a `.manage` scope that covers it. */
export type ScopeGrant = { readonly through: string };

const ACTIONS = ['create', 'read', 'update', 'delete'] as const;

/**
 * What a scope covers besides itself: `X.manage` covers create, read, update and delete of exactly the same `X`, as far
 * as such scopes exist. Nothing else covers anything, and `trunk_groups.manage` says nothing about
 * `trunk_groups.trunks`.
 *
 * @param known - names of the published table
 */
export function coveredBy(scope: string, known: ReadonlySet<string>): readonly string[] {
  if (!scope.endsWith('.manage')) return [];
  const family = scope.slice(0, -'manage'.length);
  return ACTIONS.map((action) => `${family}${action}`).filter((name) => known.has(name));
}

/** How granted scopes give the wanted one; null when they do not. */
export function scopeGrant(wanted: string, granted: readonly string[], known: ReadonlySet<string>): ScopeGrant | null {
  if (granted.includes(wanted)) return { through: wanted };
  const through = granted.find((scope) => coveredBy(scope, known).includes(wanted));
  return through === undefined ? null : { through };
}

/** Scopes of the same family that a `.manage` leaves out, such as `invoices.refunds` for `invoices.manage`. */
export function notCoveredBy(scope: string, known: ReadonlySet<string>): readonly string[] {
  if (!scope.endsWith('.manage')) return [];
  const family = scope.slice(0, -'manage'.length);
  const covered = coveredBy(scope, known);
  return [...known].filter((name) => name !== scope && name.startsWith(family) && !covered.includes(name));
}
