import type { Button } from '../domain/reply.ts';

/** One line of a before/after list. The sign is spoken in the text as well, so that colour never carries the meaning. */
export type DiffLine = { readonly sign: '+' | '-' | ' '; readonly text: string };

/** A piece of a card. Every text in it is plain: renderers escape it for their platform. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly title: string | null; readonly items: readonly string[] }
  /** Many names in few lines: one line a group, with how many it holds. */
  | { readonly kind: 'groups'; readonly title: string; readonly groups: readonly NameGroup[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'diff'; readonly title: string; readonly lines: readonly DiffLine[] }
  | {
      readonly kind: 'table';
      /** Says what the table holds to somebody who cannot see it. */
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** The first cell names the group of its row, and rows of one group stand together. */
      readonly grouped?: true;
    };

/** Names that belong together, such as the permissions of one category. */
export type NameGroup = { readonly name: string; readonly items: readonly string[] };

/** What a client asks before it sends a click. */
export type ConfirmDialog = {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
};

export type CardButton = {
  readonly label: string;
  readonly button: Button;
  readonly style: 'primary' | 'danger' | null;
  readonly confirm: ConfirmDialog | null;
};

/** A reply in words, before any platform: the verdict first, the rest under it. */
export type Card = {
  readonly headline: string;
  readonly parts: readonly Part[];
  readonly buttons: readonly CardButton[];
  /** As-of time, how the right was checked, reference. */
  readonly footnote: string;
};
