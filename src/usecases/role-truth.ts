import { summaryOf } from '../domain/cures.ts';
import { isFault } from '../domain/faults.ts';
import type { PermissionId, RoleId } from '../domain/ids.ts';
import type { RoleOutcome } from '../domain/role-change.ts';
import { driftOf, isAsWanted, isSameRole, movedAlong } from '../domain/role-check.ts';
import { broughtBy, type Dictionary } from '../domain/role-merge.ts';
import { roleNamed } from '../domain/role-names.ts';
import type { RoleDraft, RoleInFull, RoleSummary } from '../domain/roles.ts';
import type { RoleDirectory } from './ports.ts';
import type { RoleChangeRecord } from './role-records.ts';

/** What RingCentral shows after a change: as it was wanted, as it was before, or something else. */
export type RoleTruth =
  | Extract<RoleOutcome, { kind: 'changed' | 'differs' }>
  /** As it was before: the change did not take effect. */
  | { readonly kind: 'as-before' };

/** What reading the truth needs. */
export type TruthReader = {
  readonly directory: RoleDirectory;
  readonly dictionary: Dictionary;
  readonly now: () => number;
};

/**
 * Reads the role that was changed: RingCentral's own word is the only proof that a change stands.
 *
 * @param made - id of a role that was just made, when it is known; otherwise it is looked for by its name
 */
export async function readRoleTruth(
  reader: TruthReader,
  change: Pick<RoleChangeRecord, 'intent' | 'role' | 'before' | 'after' | 'base' | 'uncertain'>,
  made: RoleId | null,
): Promise<RoleTruth> {
  const { intent, role, before, after, base, uncertain } = change;
  switch (intent) {
    case 'create-role':
      return madeTruth(reader, demand(after), uncertain, made);
    case 'edit-role':
    case 'rename-role':
      return editTruth(reader, demand(role), demand(before), demand(after));
    case 'delete-role':
      return goneTruth(reader, demand(role));
    case 'set-default-role':
      return defaultTruth(reader, demand(before), base);
  }
}

async function madeTruth(
  reader: TruthReader,
  after: RoleDraft,
  uncertain: readonly PermissionId[],
  made: RoleId | null,
): Promise<RoleTruth> {
  const { directory } = reader;
  const id = made ?? roleNamed(after.displayName, await directory.listRoles(true))?.id ?? null;
  if (id === null) return { kind: 'as-before' };
  const found = await directory.readRoleInFull(id);
  const truth = compared(reader, null, after, found);
  if (truth.kind !== 'changed') return truth;
  const has = broughtBy(found.entries, reader.dictionary);
  return { ...truth, dropped: uncertain.filter((permission) => !has.has(permission)) };
}

async function editTruth(reader: TruthReader, role: RoleId, before: RoleInFull, after: RoleDraft): Promise<RoleTruth> {
  const found = await reader.directory.readRoleInFull(role);
  const unmoved = isSameRole(before, found) && !isAsWanted(after, found, reader.dictionary);
  return unmoved ? { kind: 'as-before' } : compared(reader, before, after, found);
}

function compared(reader: TruthReader, before: RoleInFull | null, after: RoleDraft, found: RoleInFull): RoleTruth {
  const { dictionary } = reader;
  const now = summaryOf(found);
  if (!isAsWanted(after, found, dictionary)) return { kind: 'differs', ...driftOf(after, found, dictionary), now };
  const along = before === null ? { dropped: [], added: [] } : movedAlong(before, after, found, dictionary);
  return { kind: 'changed', verifiedAt: reader.now(), now, ...along, mended: false };
}

async function goneTruth(reader: TruthReader, role: RoleId): Promise<RoleTruth> {
  try {
    await reader.directory.readRoleInFull(role);
    return { kind: 'as-before' };
  } catch (error) {
    if (!isFault(error, 'directory-not-found')) throw error;
    return done(reader, null);
  }
}

async function defaultTruth(reader: TruthReader, wanted: RoleSummary, base: RoleSummary | null): Promise<RoleTruth> {
  const found = await reader.directory.readDefaultRole();
  if (found.id === wanted.id) return done(reader, found);
  if (found.id === base?.id) return { kind: 'as-before' };
  return { kind: 'differs', missing: [], extra: [], fields: [], now: summaryOf(found) };
}

function done({ now }: TruthReader, role: RoleSummary | null): RoleTruth {
  const summary = role === null ? null : summaryOf(role);
  return { kind: 'changed', verifiedAt: now(), now: summary, dropped: [], added: [], mended: false };
}

function demand<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a record of a change of a role that lacks the role');
  return value;
}
