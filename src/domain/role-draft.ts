import { summaryOf } from './cures.ts';
import { contentsOf, type Inclusions } from './effective-permissions.ts';
import { roleId } from './ids.ts';
import type { RolePlan, RoleProblem } from './role-change.ts';
import { isAsWanted } from './role-check.ts';
import { type Dictionary, draftOf, isGranted, type MergedRole, mergeRole, type RoleEdit } from './role-merge.ts';
import type { RoleShift } from './role-reach.ts';
import type { Role, RoleDraft, RoleInFull } from './roles.ts';

/** What a change of a role comes to, before anybody is asked whom it reaches. */
export type Drafted = Pick<RolePlan, 'name' | 'before' | 'after' | 'base' | 'gains' | 'losses' | 'uncertain' | 'notes'>;

/** An edit or another name: the list as it is, with what comes and without what goes. */
export function draftEdit(
  role: RoleInFull,
  edit: RoleEdit,
  name: string,
  dictionary: Dictionary,
): Drafted | RoleProblem {
  const merged = mergeRole(role.entries, edit, dictionary);
  if ('kind' in merged) return merged;
  const after = { ...draftOf(role, merged.entries), displayName: name };
  return { ...merged, name: role.displayName, before: role, after, base: null };
}

/** A new role: what its base holds and can be sent, with what comes. What cannot be sent is left to RingCentral. */
export function draftNew(
  base: RoleInFull | null,
  edit: RoleEdit,
  name: string,
  dictionary: Dictionary,
): Drafted | RoleProblem {
  const merged = mergeRole(base?.entries ?? [], edit, dictionary);
  return 'kind' in merged ? merged : made(name, base, merged, dictionary);
}

/** Making a role the default writes no list: what it means is the difference for people who come later. */
export function draftDefault(role: RoleInFull, byDefault: Role | null, includes: Inclusions): Drafted {
  const holds = new Set(contentsOf(role, includes).keys());
  const falls = new Set(byDefault === null ? [] : contentsOf(byDefault, includes).keys());
  return {
    ...unwritten(role, byDefault),
    gains: [...holds].filter((each) => !falls.has(each)).sort(),
    losses: [...falls].filter((each) => !holds.has(each)).sort(),
  };
}

/** Deleting takes all that the role brings. */
export function draftDeletion(role: RoleInFull, byDefault: Role | null, includes: Inclusions): Drafted {
  return { ...unwritten(role, byDefault), gains: [], losses: [...contentsOf(role, includes).keys()].sort() };
}

function unwritten(role: RoleInFull, byDefault: Role | null) {
  const base = byDefault === null ? null : summaryOf(byDefault);
  return { name: role.displayName, before: role, after: null, base, uncertain: [], notes: [] };
}

function made(
  name: string,
  base: RoleInFull | null,
  merged: MergedRole,
  { includes }: Dictionary,
): Drafted | RoleProblem {
  if (!merged.entries.some(isGranted)) return { kind: 'empty', name };
  const after: RoleDraft = {
    displayName: name,
    description: null,
    scope: base?.scope ?? null,
    siteCompatible: base?.siteCompatible ?? null,
    hidden: false,
    entries: merged.entries,
  };
  const brings = contentsOf({ permissions: merged.entries.filter(isGranted).map(({ id }) => id) }, includes);
  const gains = [...brings.keys()].sort();
  const copied = base === null ? null : summaryOf(base);
  return { ...merged, name, before: null, after, base: copied, gains, losses: [] };
}

/** An earlier definition put back, whatever the role holds now. */
export function draftRestored(
  restore: RoleDraft,
  since: RoleDraft | null,
  role: RoleInFull | null,
  dictionary: Dictionary,
): Drafted | RoleProblem {
  const wanted = restore.entries.filter(isGranted).map(({ id }) => id);
  const held = role?.entries ?? [];
  const surplus = held.filter((entry) => dictionary.isAssignable(entry.id) && !wanted.includes(entry.id));
  const merged = mergeRole(held, { add: wanted, remove: surplus.map(({ id }) => id) }, dictionary);
  if ('kind' in merged) return merged;
  const gains = role === null ? wanted : merged.gains;
  const moved = role !== null && since !== null && !isAsWanted(since, role, dictionary);
  return {
    ...merged,
    gains,
    notes: moved ? [{ kind: 'changed-since' }] : [],
    name: role?.displayName ?? restore.displayName,
    before: role,
    after: restore,
    base: null,
  };
}

/** A role that does not exist yet, for working out what it would bring. */
const NEW_ROLE = roleId('new');

/** The role with its new list; `keeping` tells whether RingCentral is taken to leave on what it alone decides about. */
export function roleAfter({ before, after, uncertain }: Drafted, keeping: boolean): Role | null {
  if (after === null) return null;
  const permissions = after.entries.filter(isGranted).map(({ id }) => id);
  return {
    id: before?.id ?? NEW_ROLE,
    displayName: after.displayName,
    description: after.description,
    custom: true,
    hidden: after.hidden,
    scope: after.scope,
    siteCompatible: after.siteCompatible,
    permissions: keeping ? [...permissions, ...uncertain] : permissions,
  };
}

/** The change as holders feel it; null for a role that nobody holds yet. */
export function shiftOf(drafted: Drafted, byDefault: Role | null, keeping: boolean): RoleShift | null {
  const { before } = drafted;
  if (before === null) return null;
  return { role: before.id, before, after: roleAfter(drafted, keeping), fallBack: byDefault };
}
