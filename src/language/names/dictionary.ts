/** Numbers words, so that indexes hold small integers instead of strings. */
export type Dictionary = {
  readonly words: readonly string[];
  /** -1 when the word is unknown. */
  readonly find: (word: string) => number;
  readonly add: (word: string) => number;
};

/** An empty dictionary. */
export function createDictionary(): Dictionary {
  const words: string[] = [];
  const numbers = new Map<string, number>();
  return {
    words,
    find: (word) => numbers.get(word) ?? -1,
    add: (word) => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, words.length);
      words.push(word);
      return words.length - 1;
    },
  };
}

/** Finds phrases of several words in one walk from each word of a text. */
export type Phrases<T> = {
  readonly add: (words: readonly number[], meaning: T) => void;
  /** The node below `node` for a word; 0 is the root, -1 no phrase goes on this way. */
  readonly step: (node: number, word: number) => number;
  readonly meanings: (node: number) => readonly T[];
  /** Whether longer phrases begin with the one that ends at a node. */
  readonly goesOn: (node: number) => boolean;
};

/** An empty phrase tree. */
export function createPhrases<T>(): Phrases<T> {
  // Most nodes end a phrase and have nothing below them.
  const below: (Map<number, number> | undefined)[] = [undefined];
  const meanings: (T[] | undefined)[] = [undefined];
  const none: readonly T[] = [];
  const step = (node: number, word: number): number => below[node]?.get(word) ?? -1;
  return {
    step,
    meanings: (node) => meanings[node] ?? none,
    goesOn: (node) => below[node] !== undefined,
    add: (words, meaning) => {
      let node = 0;
      for (const word of words) {
        let next = step(node, word);
        if (next === -1) {
          next = meanings.length;
          meanings.push(undefined);
          below.push(undefined);
          const branches = below[node] ?? new Map<number, number>();
          branches.set(word, next);
          below[node] = branches;
        }
        node = next;
      }
      const here = meanings[node];
      if (here === undefined) meanings[node] = [meaning];
      else here.push(meaning);
    },
  };
}
