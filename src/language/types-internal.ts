import type { Group } from '../domain/understanding.ts';

/** One person as named: the extensions it may be, and whether it was said in full. */
export type PersonRef = {
  readonly candidates: readonly string[];
  /** False for a misspelling or the start of a name. */
  readonly literal: boolean;
  readonly text: string;
  readonly is: 'named' | 'self' | 'pronoun';
};

/** A role, permission, scope... as named. */
export type NameRef = { readonly values: readonly string[]; readonly literal: boolean; readonly text: string };

export type TimeValue = {
  readonly for: string | null;
  readonly until: string | null;
  readonly from: string | null;
  /** Whether the end was told by the clock alone, so that it is on the day of the start. */
  readonly isClock?: true;
  /** Why it cannot be used as it stands; null when it can. */
  readonly unclear: string | null;
  readonly text: string;
};

export type PeriodValue = { readonly since: string | null; readonly until: string | null };

/** What a stretch of words names. `or` marks a choice that somebody still has to make. */
export type Value =
  | {
      readonly kind: 'people';
      readonly people: readonly PersonRef[];
      readonly group: Group | null;
      readonly groupUnclear: string | null;
      /** Further groups told by the same words; each becomes an act of its own. */
      readonly more?: readonly Group[];
      readonly or: boolean;
    }
  | { readonly kind: 'names'; readonly names: readonly NameRef[]; readonly or: boolean }
  | {
      readonly kind: 'time';
      readonly time: TimeValue | null;
      readonly period: PeriodValue | null;
      readonly bare: boolean;
    }
  | { readonly kind: 'request'; readonly id: string }
  | { readonly kind: 'endpoint'; readonly endpoint: string }
  | {
      readonly kind: 'error';
      readonly code: string | null;
      readonly permission: string | null;
      readonly pasted: boolean;
    }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string };

/** A reading of the words `from` up to before `to`. */
export type Edge = {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly number[];
  readonly cost: number;
  readonly value: Value | null;
  /** Whether the words were read as others than written. */
  readonly slip: boolean;
};
