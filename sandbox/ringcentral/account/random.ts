/** A repeatable stream of numbers in [0, 1) for one seed (mulberry32). Never for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Takes one entry; every entry is as likely as any other. */
export function pick<T>(list: readonly T[], random: () => number): T {
  const entry = list[Math.floor(random() * list.length)];
  if (entry === undefined) throw new RangeError('nothing to pick from');
  return entry;
}

/** Takes one entry by its weight. */
export function pickWeighted<T>(list: readonly (readonly [T, number])[], random: () => number): T {
  let rest = random() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [entry, weight] of list) {
    rest -= weight;
    if (rest < 0) return entry;
  }
  const last = list.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last[0];
}
