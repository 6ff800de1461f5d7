/**
 * Finds words that differ by a slip of the finger, among hundreds of thousands, without comparing with each.
 *
 * Every word is filed under the hashes of itself and of itself with one letter left out. Two words with such a hash in
 * common are at most two slips apart; the true distance is then measured. Typed arrays keep 100,000 words at a few MB.
 */
export type Spelling = {
  /** Word numbers near `word`, nearest first. */
  readonly near: (word: string) => readonly Near[];
};

type Near = { readonly word: number; readonly distance: number };

const SHORTEST = 3;
const LONGEST = 24;
const SEED = 2_166_136_261;
const PRIME = 16_777_619;

/** Builds the index over `words`; word numbers are their places in the list. */
export function buildSpelling(words: readonly string[]): Spelling {
  const count = countEntries(words);
  const hashes = new Uint32Array(count);
  const owners = new Uint32Array(count);
  let at = 0;
  for (const [number, word] of words.entries()) {
    if (!isIndexed(word)) continue;
    eachHash(word, (hash) => {
      hashes[at] = hash;
      owners[at] = number;
      at += 1;
    });
  }
  const buckets = bucketise(hashes, owners);
  return { near: (word) => nearWords(word, words, buckets) };
}

function isIndexed(word: string): boolean {
  return word.length >= SHORTEST && word.length <= LONGEST;
}

function countEntries(words: readonly string[]): number {
  let count = 0;
  for (const word of words) if (isIndexed(word)) count += word.length + 1;
  return count;
}

function eachHash(word: string, use: (hash: number) => void): void {
  use(hashWithout(word, -1));
  for (let skip = 0; skip < word.length; skip += 1) use(hashWithout(word, skip));
}

function hashWithout(word: string, skip: number, skipToo = -1): number {
  let hash = SEED;
  for (let at = 0; at < word.length; at += 1) {
    if (at === skip || at === skipToo) continue;
    hash = Math.imul(hash ^ word.charCodeAt(at), PRIME);
  }
  return hash >>> 0;
}

type Buckets = {
  readonly shift: number;
  readonly starts: Uint32Array;
  readonly hashes: Uint32Array;
  readonly owners: Uint32Array;
};

function bucketise(hashes: Uint32Array, owners: Uint32Array): Buckets {
  const bits = Math.max(4, Math.min(20, Math.ceil(Math.log2(hashes.length + 1))));
  const shift = 32 - bits;
  const starts = new Uint32Array(2 ** bits + 1);
  for (const hash of hashes) starts[(hash >>> shift) + 1] = (starts[(hash >>> shift) + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const next = starts.slice();
  const sortedHashes = new Uint32Array(hashes.length);
  const sortedOwners = new Uint32Array(hashes.length);
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = hashes[at] ?? 0;
    const place = next[hash >>> shift] ?? 0;
    next[hash >>> shift] = place + 1;
    sortedHashes[place] = hash;
    sortedOwners[place] = owners[at] ?? 0;
  }
  return { shift, starts, hashes: sortedHashes, owners: sortedOwners };
}

function nearWords(word: string, words: readonly string[], buckets: Buckets): readonly Near[] {
  if (!isIndexed(word)) return [];
  const allowed = word.length < 4 ? 1 : word.length < 7 ? 1 : 2;
  const seen = new Map<number, number>();
  const look = (hash: number): void => {
    const bucket = hash >>> buckets.shift;
    const stop = buckets.starts[bucket + 1] ?? 0;
    for (let at = buckets.starts[bucket] ?? 0; at < stop; at += 1) {
      if (buckets.hashes[at] !== hash) continue;
      const owner = buckets.owners[at] ?? 0;
      if (seen.has(owner)) continue;
      seen.set(owner, distance(word, words[owner] ?? '', allowed));
    }
  };
  look(hashWithout(word, -1));
  for (let skip = 0; skip < word.length; skip += 1) {
    look(hashWithout(word, skip));
    if (allowed < 2) continue;
    for (let second = skip + 1; second < word.length; second += 1) look(hashWithout(word, skip, second));
  }
  const found: Near[] = [];
  for (const [owner, far] of seen) if (far <= allowed) found.push({ word: owner, distance: far });
  return found.sort((a, b) => a.distance - b.distance || a.word - b.word);
}

/**
 * Slips between two words: letters put in, left out, changed, or two neighbours swapped.
 *
 * @returns a number above `limit` as soon as it is certain that the words are further apart
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
