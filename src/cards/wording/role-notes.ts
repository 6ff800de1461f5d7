import { assertNever } from '../../domain/faults.ts';
import type { RoleNote } from '../../domain/role-change.ts';
import { count, join, some } from '../words.ts';

/** A fact about a change of a role as one sentence. */
export function roleNote(note: RoleNote): string {
  switch (note.kind) {
    case 'led-to-parent':
      return `${note.permission} cannot be put on a role by itself: it comes with ${note.parent}, which is put on instead.`;
    case 'already-there':
      return `${note.permission} is on it already.`;
    case 'already-included':
      return `${note.permission} came with ${join(note.by)} already, so holders gain nothing by it.`;
    case 'not-there':
      return `${note.permission} is not on it.`;
    case 'still-included':
      return `Taking ${note.permission} off has no effect: ${join(note.by)}, which ${note.by.length === 1 ? 'stays, includes' : 'stay, include'} it.`;
    case 'comes-with':
      return note.by.length === 0
        ? `${note.permission} cannot be taken off a role by hand: RingCentral itself put it there.`
        : `${note.permission} cannot be taken off by itself: it comes with ${join(note.by)}. Take that off instead.`;
    case 'changed-since':
      return 'Somebody changed this role since. What they did is taken back as well.';
    case 'made-again':
      return note.holders === 0
        ? 'It comes back under a new id. Nobody held it.'
        : `It comes back under a new id, and the ${count(note.holders, 'person', 'people')} who held it do not get it back by that.`;
    case 'passed-on-kept':
      return `Holders may pass on ${some(note.permissions, 3)} to others; that stays as it is.`;
    default:
      return assertNever(note);
  }
}
