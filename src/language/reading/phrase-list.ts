import type { Token } from '../text/tokens.ts';

/** A fixed list of phrases, by kind, found in tokens. */
export type PhraseList<Kind extends string> = {
  /** The longest phrase that starts at a token; null when none does. */
  readonly longestAt: (tokens: readonly Token[], at: number) => { readonly to: number; readonly kind: Kind } | null;
  /** Whether a phrase begins with the word. */
  readonly isLead: (key: string) => boolean;
};

type Node<Kind> = { readonly next: Map<string, Node<Kind>>; kind: Kind | null };

/** Builds the list once; phrases are folded words separated by spaces. */
export function createPhraseList<Kind extends string>(
  lists: readonly (readonly [Kind, readonly string[]])[],
): PhraseList<Kind> {
  const root: Node<Kind> = { next: new Map(), kind: null };
  for (const [kind, phrases] of lists) {
    for (const phrase of phrases) insert(root, phrase.split(/[\s-]+/), kind);
  }
  return {
    isLead: (key) => root.next.has(key),
    longestAt: (tokens, at) => {
      let node = root.next.get(tokens[at]?.key ?? '');
      let best: { to: number; kind: Kind } | null = null;
      for (let to = at + 1; node !== undefined; to += 1) {
        if (node.kind !== null) best = { to, kind: node.kind };
        node = to < tokens.length ? node.next.get(tokens[to]?.key ?? '') : undefined;
      }
      return best;
    },
  };
}

function insert<Kind>(root: Node<Kind>, words: readonly string[], kind: Kind): void {
  let node = root;
  for (const word of words) {
    let next = node.next.get(word);
    if (next === undefined) {
      next = { next: new Map(), kind: null };
      node.next.set(word, next);
    }
    node = next;
  }
  node.kind ??= kind;
}
