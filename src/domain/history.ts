import type { GrantEffect } from './grant-effects.ts';
import type { RoleIntent } from './role-change.ts';

/** Somebody as the trail names them; the name is empty for who is not in the account any more. */
export type Remembered = { readonly number: string; readonly name: string };

/** The name of a role as it was then; null for one that the reader may not see. */
export type RememberedRole = string | null;

/** How it went, as far as the trail knows. */
export type HistoryOutcome =
  | { readonly kind: 'done' }
  /** Written, and RingCentral showed something else. */
  | { readonly kind: 'differs' }
  | { readonly kind: 'not-done'; readonly code: string }
  | { readonly kind: 'unknown' };

/** What happened. */
export type HistoryFact =
  | {
      readonly kind: 'roles';
      readonly before: readonly RememberedRole[];
      readonly after: readonly RememberedRole[];
      /** What it put an end or a start to. */
      readonly times: readonly { readonly kind: GrantEffect['kind']; readonly role: RememberedRole }[];
    }
  /** The time of a role was over, or somebody put an end to it early. */
  | {
      readonly kind: 'ended';
      readonly before: readonly RememberedRole[];
      readonly after: readonly RememberedRole[];
      readonly early: boolean;
    }
  | { readonly kind: 'end-failed' }
  | { readonly kind: 'extended'; readonly role: RememberedRole; readonly until: number | null }
  | { readonly kind: 'not-begun' }
  /** The definition of a role was changed. */
  | {
      readonly kind: 'definition';
      readonly intent: RoleIntent;
      readonly name: RememberedRole;
      readonly newName: RememberedRole;
      /** Ids of permissions. */
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

/** One thing that happened, to one person or, of a change of many, to one of them. */
export type HistoryEvent = {
  /** Place in the trail. */
  readonly seq: number;
  /** UTC, epoch milliseconds. */
  readonly at: number;
  /** Who asked for it; null where nobody did, as at the end of a time. */
  readonly by: Remembered | null;
  /** Null for the definition of a role. */
  readonly person: Remembered | null;
  readonly fact: HistoryFact;
  readonly outcome: HistoryOutcome;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly reference: string;
  /** The change that it belongs to, and the one that it takes back. */
  readonly change: string | null;
  readonly undoes: string | null;
};

/** A line as it is told: with the references of the change that it takes back, and of the one that took it back. */
export type ToldLine = HistoryLine & { readonly takesBack: string | null; readonly takenBackBy: string | null };

/** What is looked back over: from (included) until (excluded), UTC epoch milliseconds; null for an open end. */
export type HistorySpan = { readonly since: number | null; readonly until: number | null };

/** A line of history: one event, or those of one change of many people together. Newest first. */
export type HistoryLine = { readonly events: readonly [HistoryEvent, ...HistoryEvent[]] };

/** A change of more people than this is one line. */
const APART_AT_MOST = 3;

/** Puts what belongs to one change of many people into one line; the order stays. */
export function foldHistory(events: readonly HistoryEvent[]): readonly HistoryLine[] {
  const groups = Map.groupBy(events, keyOf);
  return [...groups.values()].flatMap((group): HistoryLine[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    if (peopleIn(group) > APART_AT_MOST) return [{ events: [first, ...others] }];
    return group.map((event) => ({ events: [event] }));
  });
}

/** A start that was planned and the start itself have one reference and are two things. */
function keyOf({ reference, by, fact, seq }: HistoryEvent): string {
  if (fact.kind !== 'roles') return `${seq}`;
  const moved = fact.before.join() === fact.after.join() ? 'times' : 'roles';
  return [reference, by?.number ?? '', moved].join('|');
}

function peopleIn(events: readonly HistoryEvent[]): number {
  return new Set(events.map(({ person }) => person?.number)).size;
}

/** The roles that came and went. */
export function movesOf({ before, after }: Pick<Extract<HistoryFact, { kind: 'roles' }>, 'before' | 'after'>) {
  return {
    added: after.filter((role) => !before.includes(role)),
    removed: before.filter((role) => !after.includes(role)),
  };
}
