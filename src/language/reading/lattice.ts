import { slotSymbol } from '../grammar/symbols.ts';
import type { Token } from '../text/tokens.ts';
import type { Edge, Value } from '../types-internal.ts';

/**
 * All readings of a text side by side: for each word, the stretches that start there.
 *
 * Nothing is decided yet: "will grant" is a person, and a modal verb before an order. The grammar chooses the way
 * through that leaves the fewest words unexplained.
 */
export type Lattice = {
  readonly tokens: readonly Token[];
  readonly startingAt: readonly (readonly Edge[])[];
  /** What it costs to leave the word at this place unexplained. */
  readonly skip: readonly number[];
};

/** What leaving a word over costs, by what it is. */
export const SKIP = {
  filler: 0.03,
  light: 0.15,
  ordinary: 0.35,
  cue: 0.9,
  unknown: 1.2,
  name: 2.5,
  number: 1.2,
  quote: 0.8,
  time: 1,
};

/** Collects edges and skip costs while a text is read. */
export type LatticeBuilder = {
  readonly tokens: readonly Token[];
  readonly edges: Edge[][];
  readonly skip: number[];
};

/** A builder with no readings yet. */
export function createLattice(tokens: readonly Token[]): LatticeBuilder {
  const edges: Edge[][] = [];
  const skip: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    edges.push([]);
    // A fraction, so that the list holds fractions from the start and is never copied to hold them.
    skip.push(SKIP.unknown);
  }
  return { tokens, edges, skip };
}

/** Adds the reading of the words `from` up to before `to`. */
export function addEdge(
  builder: LatticeBuilder,
  from: number,
  to: number,
  symbols: readonly number[],
  value: Value | null,
  cost = 0,
  slip = false,
): void {
  builder.edges[from]?.push({ from, to, symbols, cost, value, slip });
}

/** Makes a stretch that is certainly a name expensive to leave over. */
export function raiseSkip(builder: LatticeBuilder, from: number, to: number, total: number): void {
  const each = total / (to - from);
  for (let at = from; at < to; at += 1) if ((builder.skip[at] ?? 0) < each) builder.skip[at] = each;
}

const FILLER = slotSymbol('FILLER');

/** Whether an edge is mere filling that may be passed without cost. */
export function isFiller(edge: Edge): boolean {
  return edge.symbols.includes(FILLER);
}
