const MOST_REMEMBERED = 4096;
const LONGEST_REMEMBERED = 32;

/**
 * Remembers what a pure function said of each word.
 *
 * A few thousand words make up nearly all messages. When more come up, the memory starts afresh: it stays small whatever
 * people paste.
 */
export function rememberWords<T>(work: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (word.length > LONGEST_REMEMBERED) return work(word);
    const own = copyOf(word);
    const made = work(own);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(own, made);
    return made;
  };
}

/** A word cut out of a text holds on to the whole text; what is remembered must not. */
function copyOf(word: string): string {
  return ` ${word}`.slice(1);
}
