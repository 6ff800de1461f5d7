/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** From 0 (included) to `below` (excluded), whole. */
  whole(below: number): number;
  /** One of these; the list is not empty. */
  pick<T>(list: readonly T[]): T;
};

/** Mulberry32: small, fast and good enough to choose plans. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  function whole(below: number): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  }
  function pick<T>(list: readonly T[]): T {
    return list[whole(list.length)] as T;
  }
  return { whole, pick };
}
