import { type Inclusions, inclusionsOf, withIncluded } from './effective-permissions.ts';
import type { PermissionId } from './ids.ts';
import type { Permission } from './permissions.ts';
import type { RoleNote, RoleProblem } from './role-change.ts';
import type { Capabilities, RoleDraft, RoleEntry, RoleInFull } from './roles.ts';

/** What is wanted of a role's list. */
export type RoleEdit = { readonly add: readonly PermissionId[]; readonly remove: readonly PermissionId[] };

/** The list that would replace the one a role has, and what that means. */
export type MergedRole = {
  /** Assignable entries: what can be sent. */
  readonly entries: readonly RoleEntry[];
  readonly gains: readonly PermissionId[];
  readonly losses: readonly PermissionId[];
  /** Held, and brought by nothing that can be sent. */
  readonly uncertain: readonly PermissionId[];
  readonly notes: readonly RoleNote[];
};

/** What RingCentral's dictionary tells about permissions. One that it does not list counts as assignable. */
export type Dictionary = {
  readonly includes: Inclusions;
  readonly isAssignable: (permission: PermissionId) => boolean;
  /** Assignable permissions that bring another one. */
  readonly parentsOf: (permission: PermissionId) => readonly PermissionId[];
};

/** Prepares the dictionary for questions about roles. */
export function dictionaryOf(permissions: readonly Permission[]): Dictionary {
  const includes = inclusionsOf(permissions);
  const fixed = new Set(permissions.filter((each) => !each.assignable).map((each) => each.id));
  const parentsOf = (child: PermissionId) =>
    permissions
      .filter((each) => each.assignable && each.id !== child && withIncluded(each.id, includes).includes(child))
      .map((each) => each.id);
  return { includes, isAssignable: (permission) => !fixed.has(permission), parentsOf };
}

/**
 * Works out a role's new list: RingCentral only knows the whole list.
 *
 * Only assignable permissions can be sent. One that is not is led to its assignable parent, if there is exactly one;
 * otherwise nothing is guessed. Taking off what a kept permission includes has no effect, and that is told.
 */
export function mergeRole(
  held: readonly RoleEntry[],
  edit: RoleEdit,
  dictionary: Dictionary,
): MergedRole | Extract<RoleProblem, { kind: 'not-assignable' | 'several-parents' }> {
  const list = new Map(held.map((entry) => [entry.id, entry]));
  const before = broughtBy(held, dictionary);
  const notes: RoleNote[] = [];
  for (const permission of edit.remove) notes.push(...removeOne(list, permission, before, dictionary));
  for (const asked of edit.add) {
    const target = assignableFor(asked, before, dictionary);
    if (typeof target !== 'string') return target;
    if (target !== asked) notes.push({ kind: 'led-to-parent', permission: asked, parent: target });
    notes.push(...addOne(list, target, before, dictionary));
  }
  const entries = [...list.values()].filter((entry) => dictionary.isAssignable(entry.id) && means(entry));
  const after = broughtBy(entries, dictionary);
  const passedOn = entries.filter(isPassedOn).map((entry) => entry.id);
  if (passedOn.length > 0) notes.push({ kind: 'passed-on-kept', permissions: passedOn });
  const gone = [...before].filter((permission) => !after.has(permission)).sort();
  const meant = meantToGo(held, list, dictionary);
  const uncertain = gone.filter((permission) => !meant.has(permission));
  notes.push(...edit.remove.flatMap((permission) => stillThere(permission, { entries, uncertain, dictionary })));
  return {
    entries,
    gains: [...after].filter((permission) => !before.has(permission)).sort(),
    losses: gone.filter((permission) => meant.has(permission)),
    uncertain,
    notes: unique(notes),
  };
}

/** Everything that a list grants, with what its entries include. */
export function broughtBy(entries: readonly RoleEntry[], { includes }: Dictionary): ReadonlySet<PermissionId> {
  return new Set(entries.filter(isGranted).flatMap((entry) => withIncluded(entry.id, includes)));
}

/** Tells whether holders have the permission of an entry; being listed alone is no grant. */
export function isGranted({ capabilities }: RoleEntry): boolean {
  return capabilities?.enabled !== false;
}

/** Tells whether an entry says more than that holders have the permission. */
export function isPassedOn({ capabilities }: RoleEntry): boolean {
  return capabilities !== null && (capabilities.manageEnabled || capabilities.grantEnabled);
}

/** An entry that neither grants nor lets anything be passed on is the same as none. */
function means(entry: RoleEntry): boolean {
  return isGranted(entry) || isPassedOn(entry);
}

function removeOne(
  list: Map<PermissionId, RoleEntry>,
  permission: PermissionId,
  before: ReadonlySet<PermissionId>,
  dictionary: Dictionary,
): readonly RoleNote[] {
  if (!before.has(permission) && !list.has(permission)) return [{ kind: 'not-there', permission }];
  if (dictionary.isAssignable(permission)) list.delete(permission);
  return [];
}

/** What was to go and stays: brought by what is kept, or put on by RingCentral, which alone can take it off. */
function stillThere(
  permission: PermissionId,
  { entries, uncertain, dictionary }: Pick<MergedRole, 'entries' | 'uncertain'> & { readonly dictionary: Dictionary },
): readonly RoleNote[] {
  const by = bringersOf(permission, entries, dictionary);
  if (by.length === 0 && !uncertain.includes(permission)) return [];
  return [{ kind: dictionary.isAssignable(permission) ? 'still-included' : 'comes-with', permission, by }];
}

function bringersOf(permission: PermissionId, entries: Iterable<RoleEntry>, { includes }: Dictionary) {
  return [...entries]
    .filter((entry) => isGranted(entry) && withIncluded(entry.id, includes).includes(permission))
    .map((entry) => entry.id);
}

/** The permission that can be put on a role for the one that was asked for. */
function assignableFor(
  asked: PermissionId,
  before: ReadonlySet<PermissionId>,
  dictionary: Dictionary,
): PermissionId | Extract<RoleProblem, { kind: 'not-assignable' | 'several-parents' }> {
  // What the role brings already needs no parent: adding it is a word too many, not a problem.
  if (dictionary.isAssignable(asked) || before.has(asked)) return asked;
  const parents = dictionary.parentsOf(asked);
  const [only] = parents;
  if (only === undefined) return { kind: 'not-assignable', permission: asked };
  return parents.length === 1 ? only : { kind: 'several-parents', permission: asked, parents };
}

const PLAIN: Capabilities = { enabled: true, manageEnabled: false, grantEnabled: false };

function addOne(
  list: Map<PermissionId, RoleEntry>,
  permission: PermissionId,
  before: ReadonlySet<PermissionId>,
  dictionary: Dictionary,
): readonly RoleNote[] {
  const listed = list.get(permission);
  if (listed !== undefined && isGranted(listed)) return [{ kind: 'already-there', permission }];
  const by = bringersOf(permission, list.values(), dictionary);
  if (!dictionary.isAssignable(permission)) return [{ kind: 'already-there', permission }];
  list.set(permission, {
    id: permission,
    capabilities: listed?.capabilities ? { ...listed.capabilities, enabled: true } : null,
  });
  return before.has(permission) && by.length > 0 ? [{ kind: 'already-included', permission, by }] : [];
}

/** What goes because it was asked to, or because what brought it was. */
function meantToGo(
  held: readonly RoleEntry[],
  list: ReadonlyMap<PermissionId, RoleEntry>,
  { includes }: Dictionary,
): ReadonlySet<PermissionId> {
  const removed = held.filter((entry) => !list.has(entry.id)).map((entry) => entry.id);
  return new Set(removed.flatMap((permission) => withIncluded(permission, includes)));
}

function unique(notes: readonly RoleNote[]): readonly RoleNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** What a replacement that leaves a role as it is would send, but for the entries given. */
export function draftOf(role: RoleInFull, entries: readonly RoleEntry[]): RoleDraft {
  const { displayName, description, scope, siteCompatible, hidden } = role;
  return { displayName, description, scope, siteCompatible, hidden, entries };
}

/** The entries of a role that can be sent again. */
export function sendable(role: Pick<RoleInFull, 'entries'>, dictionary: Dictionary): readonly RoleEntry[] {
  return role.entries.filter((entry) => dictionary.isAssignable(entry.id) && means(entry));
}

/** An entry with its capabilities spelled out. */
export function capabilitiesOf({ capabilities }: RoleEntry): Capabilities {
  return capabilities ?? PLAIN;
}
