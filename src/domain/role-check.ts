import type { PermissionId } from './ids.ts';
import type { RoleOutcome } from './role-change.ts';
import { broughtBy, capabilitiesOf, type Dictionary, draftOf, sendable } from './role-merge.ts';
import type { Capabilities, RoleDraft, RoleEntry, RoleInFull } from './roles.ts';

/** How a role as RingCentral shows it differs from the draft that was sent. */
export type RoleDrift = Pick<Extract<RoleOutcome, { kind: 'differs' }>, 'missing' | 'extra' | 'fields'>;

/**
 * Compares a role read back with the draft that was sent.
 *
 * Only what can be sent is compared: RingCentral puts non-assignable permissions on by itself. Fields that were not
 * sent are RingCentral's to fill.
 */
export function driftOf(wanted: RoleDraft, found: RoleInFull, dictionary: Dictionary): RoleDrift {
  const want = byId(wanted.entries);
  const have = byId(sendable(found, dictionary));
  const implied = broughtBy(wanted.entries, dictionary);
  const changed = [...want].filter(([id, capabilities]) => !sameCapabilities(capabilities, have.get(id)));
  return {
    missing: changed.map(([id]) => id),
    extra: [...have].filter(([id, { enabled }]) => !want.has(id) && !(enabled && implied.has(id))).map(([id]) => id),
    fields: fieldsApart(wanted, found),
  };
}

/** Tells whether a role stands exactly as it was sent. */
export function isAsWanted(wanted: RoleDraft, found: RoleInFull, dictionary: Dictionary): boolean {
  const { missing, extra, fields } = driftOf(wanted, found, dictionary);
  return missing.length + extra.length + fields.length === 0;
}

/** Tells whether a role is still what it was: every line of its list, assignable or not, and every field. */
export function isSameRole(one: RoleInFull, other: RoleInFull): boolean {
  const text = (role: RoleInFull) =>
    JSON.stringify([
      draftOf(role, []),
      [...role.entries].map((entry) => JSON.stringify([entry.id, capabilitiesOf(entry)])).sort(),
    ]);
  return text(one) === text(other);
}

/** Non-assignable permissions that RingCentral took off or put on by itself between two readings. */
export function movedAlong(
  before: RoleInFull | null,
  sent: RoleDraft,
  found: RoleInFull,
  dictionary: Dictionary,
): { readonly dropped: readonly PermissionId[]; readonly added: readonly PermissionId[] } {
  const had = before === null ? new Set<PermissionId>() : broughtBy(before.entries, dictionary);
  const has = broughtBy(found.entries, dictionary);
  const told = broughtBy(sent.entries, dictionary);
  const byItself = (permission: PermissionId) => !dictionary.isAssignable(permission) && !told.has(permission);
  return {
    dropped: [...had].filter((permission) => !has.has(permission) && byItself(permission)).sort(),
    added: [...has].filter((permission) => !had.has(permission) && byItself(permission)).sort(),
  };
}

function byId(entries: readonly RoleEntry[]): ReadonlyMap<PermissionId, Capabilities> {
  return new Map(entries.map((entry) => [entry.id, capabilitiesOf(entry)]));
}

function sameCapabilities(one: Capabilities, other: Capabilities | undefined): boolean {
  return (
    other !== undefined &&
    one.enabled === other.enabled &&
    one.manageEnabled === other.manageEnabled &&
    one.grantEnabled === other.grantEnabled
  );
}

function fieldsApart(wanted: RoleDraft, found: RoleInFull): readonly string[] {
  const apart: string[] = [];
  if (wanted.displayName !== found.displayName) apart.push('displayName');
  if ((wanted.description ?? '') !== (found.description ?? '')) apart.push('description');
  if (wanted.scope !== null && wanted.scope !== found.scope) apart.push('scope');
  if (wanted.siteCompatible !== null && wanted.siteCompatible !== found.siteCompatible) apart.push('siteCompatible');
  if (wanted.hidden !== found.hidden) apart.push('hidden');
  return apart;
}
