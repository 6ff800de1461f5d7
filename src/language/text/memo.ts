const MOST_REMEMBERED = 4096;
/** A longer piece of a text may hold on to the whole text that it was cut from. */
const LONGEST_REMEMBERED = 12;

/**
 * Remembers what a pure function said of each short word.
 *
 * A few thousand words make up nearly all messages. When more come up, the memory starts afresh: it stays small whatever
 * people paste.
 */
export function rememberWords<T>(work: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    if (word.length > LONGEST_REMEMBERED) return work(word);
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = work(word);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(word, made);
    return made;
  };
}
