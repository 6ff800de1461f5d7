import type { ChangeOutcome, PersonResult } from './change.ts';
import type { ExtensionId } from './ids.ts';
import { rolesOnlyIn } from './merge.ts';
import { type AssignedRole, type RoleToAssign, sameAssignments } from './roles.ts';

/** What a change of many people is to do to one of them. */
export type BulkItem = {
  readonly extension: ExtensionId;
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
};

/** One role given to a list or taken from it, everything else left as it is: what one call can do for many people. */
export type SingleMove = { readonly role: RoleToAssign; readonly way: 'add' | 'remove' };

/**
 * Finds the one role by which two lists differ; null when they differ otherwise.
 *
 * A list that would become empty is none either: what RingCentral puts in the place of the last role of a bulk removal
 * is not documented.
 */
function singleMove({ before, after }: Pick<BulkItem, 'before' | 'after'>): SingleMove | null {
  const added = rolesOnlyIn(after, before);
  const removed = rolesOnlyIn(before, after);
  const [came] = added;
  const [went] = removed;
  if (came !== undefined && added.length === 1 && sameAssignments([...before, came], after)) {
    return { role: { id: came.id, siteRestricted: came.siteRestricted }, way: 'add' };
  }
  if (went !== undefined && removed.length === 1 && after.length > 0 && sameAssignments(before, [...after, went])) {
    return { role: { id: went.id, siteRestricted: went.siteRestricted }, way: 'remove' };
  }
  return null;
}

/** How it went for one person; a null outcome stands for somebody whose turn did not come. */
export type BulkResult = Omit<PersonResult, 'outcome'> & { readonly outcome: ChangeOutcome | null };

/** How often each outcome came about. */
export type Tally = { readonly [Kind in ChangeOutcome['kind'] | 'waiting']: number };

/** Counts outcomes; null stands for somebody whose turn has not come. */
export function tally(outcomes: readonly (ChangeOutcome | null)[]): Tally {
  const counts = { changed: 0, unchanged: 0, moved: 0, refused: 0, failed: 0, differs: 0, unsettled: 0, waiting: 0 };
  for (const outcome of outcomes) counts[outcome?.kind ?? 'waiting']++;
  return counts;
}

/** The items of the move that most of them share, at most so many; the others wait for their own turn. */
export function largestGroup<Item extends BulkItem>(
  items: readonly Item[],
  atMost: number,
): { readonly move: SingleMove; readonly items: readonly Item[] } | null {
  const groups = new Map<string, { move: SingleMove; items: Item[] }>();
  for (const item of items) {
    const move = singleMove(item);
    if (move === null) continue;
    const key = `${move.way} ${move.role.id} ${move.role.siteRestricted}`;
    const group = groups.get(key) ?? { move, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  const [largest] = [...groups.values()].sort((one, other) => other.items.length - one.items.length);
  return largest === undefined ? null : { move: largest.move, items: largest.items.slice(0, atMost) };
}
