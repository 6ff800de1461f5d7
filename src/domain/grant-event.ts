import type { GuardReason } from './change.ts';
import type { Grant } from './grant.ts';
import type { Extension } from './people.ts';
import type { Button } from './reply.ts';

/** A grant as people are shown it. */
export type GrantShown = Pick<Grant, 'kind' | 'roleName' | 'state' | 'startsAt' | 'endsAt' | 'drift'> & {
  readonly person: Extension;
  /** Who gave it; null when they are not in the account any more. */
  readonly givenBy: Extension | null;
};

/** Why something that was planned did not begin. */
export type NotBegun =
  | { readonly kind: 'no-right' }
  | { readonly kind: 'guard'; readonly guard: GuardReason }
  /** The person has the role without us: it stays, and nothing will be taken. */
  | { readonly kind: 'held-before' }
  /** Its whole time passed while nothing could run. */
  | { readonly kind: 'missed' };

/** One difference between RingCentral and our record. */
export type Drift = {
  readonly kind: 'gone' | 'still-there';
  readonly person: Extension;
  readonly roleName: string;
  readonly endsAt: number | null;
  readonly endedAt: number | null;
};

/** What is told of roles that are held for a time. */
export type GrantEvent =
  | {
      readonly kind: 'ends-soon';
      readonly grant: GrantShown;
      /** Whether it is told to the holder. */
      readonly own: boolean;
      /** Null for somebody who may not. */
      readonly extend: { readonly button: Button; readonly byMs: number } | null;
      readonly end: Button | null;
    }
  | {
      readonly kind: 'ended';
      readonly grant: GrantShown;
      readonly own: boolean;
      /** Who ended it early; null where time did. */
      readonly by: Extension | null;
      /** When the last lease ends under which the role is still held; null where it was taken. */
      readonly heldUntil: number | null;
      /** What they have now, by name. */
      readonly roles: readonly string[] | null;
    }
  | {
      readonly kind: 'overdue';
      readonly grant: GrantShown;
      readonly attempts: number;
      readonly code: string;
      readonly retry: Button;
    }
  | { readonly kind: 'begun'; readonly grant: GrantShown; readonly own: boolean }
  | { readonly kind: 'not-begun'; readonly grant: GrantShown; readonly own: boolean; readonly why: NotBegun }
  | { readonly kind: 'drift'; readonly found: readonly Drift[] };
