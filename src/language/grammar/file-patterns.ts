import type { Element, Pattern } from './compile.ts';

/**
 * All patterns, filed so that a sentence brings up few of them and rules most of those out without touching them.
 *
 * Things that a pattern asks for are numbered: places of different patterns that take the same words share a number.
 */
export type PatternFile = {
  /**
   * By symbol, the patterns that cannot do without it, one behind the other: its number, how many things it cannot do
   * without and how many it may ask for, then the numbers of those things.
   */
  readonly checks: readonly (Int32Array | undefined)[];
  /** By symbol, the numbers of the things that it is. */
  readonly things: readonly (readonly number[] | undefined)[];
  readonly thingCount: number;
};

/**
 * Files each pattern under one of its required words; a pattern of names alone under its first, plainest name.
 *
 * It is the word that the fewest patterns share, because a sentence looks through all that is filed under its words.
 */
export function filePatterns(patterns: readonly Pattern[]): PatternFile {
  const shared = countUses(patterns);
  const numbering = numberThings();
  const filed: number[][] = [];
  for (const pattern of patterns) {
    const required = pattern.elements.filter((element) => !element.optional);
    const words = required.filter((element) => element.slot === null);
    const anchor = words.length > 0 ? rarest(words, shared) : plainest(required);
    const named = required.filter((element) => !element.takesWords);
    const must = named
      .filter((element) => !isAskable(pattern, element))
      .sort((a, b) => uses(a, shared) - uses(b, shared));
    const askable = named.filter((element) => isAskable(pattern, element));
    const things = [...must, ...askable].map(numbering.numberOf);
    for (const symbol of new Set(anchor?.accepts ?? [])) {
      const list = filed[symbol] ?? [];
      list.push(pattern.number, must.length, askable.length, ...things);
      filed[symbol] = list;
    }
  }
  return {
    checks: Array.from(filed, (list) => (list === undefined ? undefined : Int32Array.from(list))),
    things: numbering.things,
    thingCount: numbering.count(),
  };
}

function isAskable(pattern: Pattern, element: Element): boolean {
  return pattern.asksBack && element.missable;
}

function countUses(patterns: readonly Pattern[]): readonly number[] {
  const shared: number[] = [];
  for (const { elements } of patterns) {
    for (const { accepts } of elements) for (const symbol of accepts) shared[symbol] = (shared[symbol] ?? 0) + 1;
  }
  return shared;
}

function uses({ accepts }: Element, shared: readonly number[]): number {
  return accepts.reduce((sum, symbol) => sum + (shared[symbol] ?? 0), 0);
}

function rarest(elements: readonly Element[], shared: readonly number[]): Element | undefined {
  return [...elements].sort((a, b) => uses(a, shared) - uses(b, shared))[0];
}

function plainest(elements: readonly Element[]): Element | undefined {
  return [...elements].sort((a, b) => a.accepts.length - b.accepts.length)[0];
}

type Numbering = {
  readonly numberOf: (element: Element) => number;
  readonly things: (number[] | undefined)[];
  readonly count: () => number;
};

function numberThings(): Numbering {
  const numbers = new Map<string, number>();
  const things: (number[] | undefined)[] = [];
  return {
    things,
    count: () => numbers.size,
    numberOf: ({ accepts }) => {
      const key = [...accepts].sort((a, b) => a - b).join(' ');
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = numbers.size;
      numbers.set(key, number);
      for (const symbol of new Set(accepts)) {
        const list = things[symbol] ?? [];
        list.push(number);
        things[symbol] = list;
      }
      return number;
    },
  };
}
