import { INTENT_EFFECTS } from '../../domain/understanding.ts';
import { type Element, type Grammar, MOST_SYMBOLS, type Pattern } from '../grammar/compile.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import { absorbCost, type Column, firstFrom, type Grid, gridOf } from './grid.ts';
import type { Lattice } from './lattice.ts';

/** A pattern laid over a stretch of words. */
export type Match = {
  readonly pattern: Pattern;
  readonly from: number;
  readonly to: number;
  /** What is left unexplained, in points; lower is better. */
  readonly cost: number;
  /** Number of elements found; with equal cost the fuller pattern wins. */
  readonly found: number;
  readonly filled: readonly Filled[];
  /** Slot elements that nothing filled. */
  readonly missing: readonly Element[];
  /** Edges passed over at no cost: fillers, times, tickets, reasons. */
  readonly absorbed: readonly Edge[];
};

export type Filled = { readonly element: Element; readonly edge: Edge };

const UNKNOWN = slotSymbol('UNKNOWN');
const FILLED_BY_UNKNOWN = 1.1;
const MISSING = 2.1;
const NOTHING = Number.POSITIVE_INFINITY;
/** A stretch may cost a little less than nothing, so a way may lie above its end by as much. */
const SLACK = 0.25;

/** Finds the pattern that explains the words `from` up to before `to` best; null when none fits at all. */
export function bestMatch(
  lattice: Lattice,
  grammar: Grammar,
  from: number,
  to: number,
  limit: number,
  ordersOnly: boolean,
): Match | null {
  const present = presentSymbols(lattice, grammar, from, to);
  const stretch = { lattice, grid: gridOf(lattice), from, to };
  const candidates = candidatesFor(present, grammar, ordersOnly);
  const best = bestOf(candidates.whole, stretch, limit, null);
  // With a thing missing no pattern costs less than this, so none can beat a better one that misses nothing.
  const least = present.list.includes(UNKNOWN) ? FILLED_BY_UNKNOWN : MISSING;
  const isSettled = (best === null ? limit : best.cost) < least - 1e-6;
  const chosen = isSettled ? best : bestOf(candidates.lacking, stretch, limit, best);
  return chosen === null ? null : trace(chosen, lattice, from, to);
}

type Priced = { readonly pattern: Pattern; readonly cost: number };
type Strip = { readonly lattice: Lattice; readonly grid: Grid; readonly from: number; readonly to: number };

function bestOf(patterns: readonly Pattern[], stretch: Strip, limit: number, start: Priced | null): Priced | null {
  let best = start;
  for (const pattern of patterns) {
    const bound = best === null ? limit : best.cost;
    const cost = cheapest(pattern, stretch, bound);
    if (cost > bound) continue;
    if (best === null || cost < best.cost - 1e-9 || (cost < best.cost + 1e-9 && isFuller(pattern, best.pattern)))
      best = { pattern, cost };
  }
  return best;
}

function isFuller(pattern: Pattern, other: Pattern): boolean {
  return pattern.required > other.required || (pattern.required === other.required && pattern.number < other.number);
}

type Candidates = { readonly whole: readonly Pattern[]; readonly lacking: readonly Pattern[] };

/** The patterns whose words are all there, apart from those that lack one thing and ask for it. */
function candidatesFor(present: Present, grammar: Grammar, ordersOnly: boolean): Candidates {
  const whole: Pattern[] = [];
  const lacking: Pattern[] = [];
  for (const symbol of present.list) {
    const checks = grammar.file.checks[symbol];
    if (checks === undefined) continue;
    for (let at = 0; at < checks.length; ) {
      const must = at + 3 + (checks[at + 1] as number);
      const end = must + (checks[at + 2] as number);
      const missing = missingIn(checks, at + 3, must, end, present.things);
      const pattern = missing > 1 ? undefined : grammar.patterns[checks[at] as number];
      at = end;
      if (pattern === undefined || (ordersOnly && INTENT_EFFECTS[pattern.intent] === 'read')) continue;
      (missing === 0 ? whole : lacking).push(pattern);
    }
  }
  return { whole, lacking };
}

/** How many required things are not there; more than one when the pattern cannot fit. */
function missingIn(checks: Int32Array, from: number, must: number, end: number, things: Uint8Array): number {
  for (let at = from; at < must; at += 1) if (things[checks[at] as number] === 0) return 2;
  let missing = 0;
  for (let at = must; at < end; at += 1) if (things[checks[at] as number] === 0) missing += 1;
  return missing;
}

type Present = { readonly list: readonly number[]; readonly things: Uint8Array };

const seen = new Uint8Array(MOST_SYMBOLS);
let thingBuffer = new Uint8Array(0);

/** The symbols of a stretch, each once; what is returned holds until the next call. */
function presentSymbols(lattice: Lattice, grammar: Grammar, from: number, to: number): Present {
  const { things, thingCount } = grammar.file;
  if (thingBuffer.length < thingCount) thingBuffer = new Uint8Array(thingCount);
  thingBuffer.fill(0);
  const list: number[] = [];
  for (let at = from; at < to; at += 1) {
    for (const edge of lattice.startingAt[at] ?? []) {
      if (edge.to > to) continue;
      for (const symbol of edge.symbols) {
        if (seen[symbol] === 1) continue;
        seen[symbol] = 1;
        list.push(symbol);
        const same = things[symbol];
        if (same !== undefined) for (const thing of same) thingBuffer[thing] = 1;
      }
    }
  }
  for (const symbol of list) seen[symbol] = 0;
  return { list, things: thingBuffer };
}

const NAME = slotSymbol('NAME');
const REST = slotSymbol('REST');

let rowBuffer = new Float64Array(256);
let nextBuffer = new Float64Array(256);

/** The cost alone, as `run` computes it, without remembering the way: most patterns are only tried. */
function cheapest(pattern: Pattern, stretch: Strip, bound: number): number {
  const { lattice, grid, from, to } = stretch;
  const size = to - from + 1;
  if (rowBuffer.length < size) {
    rowBuffer = new Float64Array(size * 2);
    nextBuffer = new Float64Array(size * 2);
  }
  let row = rowBuffer;
  let next = nextBuffer;
  const { elements } = pattern;
  const absorbed = grid.absorbed(pattern.takes);
  const first = firstFrom(absorbed, from);
  for (let p = 1; p < size; p += 1) row[p] = NOTHING;
  row[0] = 0;
  for (let k = 0; k < elements.length; k += 1) {
    const element = elements[k] as Element;
    if (!passOver(row, size, lattice.skip, absorbed, first, from, bound)) return NOTHING;
    const omit = element.optional ? 0 : pattern.asksBack && element.missable ? MISSING : NOTHING;
    for (let p = 0; p < size; p += 1) next[p] = (row[p] as number) + omit;
    for (const symbol of element.accepts) {
      const column = grid.bySymbol[symbol];
      if (column !== undefined) fillFrom(row, next, column, from, to, 0, bound);
    }
    if (pattern.asksBack && element.nameable) fillFrom(row, next, grid.unknown, from, to, FILLED_BY_UNKNOWN, bound);
    if (element.takesWords) {
      for (let p = 0; p < size; p += 1) {
        const here = row[p] as number;
        if (here <= bound) fillWords(element, next, lattice, from, p, size, here, null, k);
      }
    }
    [row, next] = [next, row];
  }
  return passOver(row, size, lattice.skip, absorbed, first, from, bound) ? (row[size - 1] as number) : NOTHING;
}

/** Leaves words over and passes over fillers, within one row; false when every way costs more than `bound`. */
function passOver(
  row: Float64Array,
  size: number,
  skip: Float64Array,
  absorbed: Column,
  first: number,
  from: number,
  bound: number,
): boolean {
  const starts = absorbed.from;
  const count = starts.length;
  let next = first;
  let isOpen = false;
  for (let p = 0; p < size; p += 1) {
    const here = row[p] as number;
    if (here > bound) continue;
    isOpen = true;
    if (p + 1 >= size) break;
    const at = from + p;
    const after = here + (skip[at] as number);
    if (after < (row[p + 1] as number)) row[p + 1] = after;
    while (next < count && (starts[next] as number) < at) next += 1;
    for (; next < count && starts[next] === at; next += 1) {
      const end = (absorbed.to[next] as number) - from;
      const cost = here + (absorbed.cost[next] as number);
      if (end < size && cost < (row[end] as number)) row[end] = cost;
    }
  }
  return isOpen;
}

/** Fills one place of a pattern with each stretch of a column. */
function fillFrom(
  row: Float64Array,
  next: Float64Array,
  column: Column,
  from: number,
  to: number,
  extra: number,
  bound: number,
): void {
  const starts = column.from;
  const count = starts.length;
  for (let at = firstFrom(column, from); at < count; at += 1) {
    const start = starts[at] as number;
    if (start >= to) return;
    const end = column.to[at] as number;
    const here = row[start - from] as number;
    if (end > to || here > bound) continue;
    const cost = here + (extra + (column.cost[at] as number));
    if (cost < (next[end - from] as number)) next[end - from] = cost;
  }
}

type Cell = {
  readonly cost: number;
  readonly by: Edge | null;
  readonly fromPosition: number;
  readonly fromElement: number;
  readonly how: 'skip' | 'absorb' | 'fill' | 'omit' | 'start';
};

/**
 * Lays the pattern over the words as cheaply as possible and remembers how.
 *
 * Row k holds the cheapest way to have passed k elements at each place. Linear in the words and in the pattern.
 */
function run(pattern: Pattern, lattice: Lattice, from: number, to: number, cells: Cells, bound: number): number {
  const size = to - from + 1;
  const { elements } = pattern;
  const { skip, startingAt } = lattice;
  let row = new Float64Array(size).fill(NOTHING);
  row[0] = 0;
  cells[0] = [{ cost: 0, by: null, fromPosition: 0, fromElement: 0, how: 'start' }];
  for (let k = 0; k <= elements.length; k += 1) {
    const element = elements[k];
    const next = new Float64Array(size).fill(NOTHING);
    const canOmit = element !== undefined && (element.optional || (pattern.asksBack && element.missable));
    for (let p = 0; p < size; p += 1) {
      const here = row[p] ?? NOTHING;
      if (here > bound) continue;
      if (p + 1 < size) relax(row, cells, k, p + 1, here + (skip[from + p] ?? 0), null, p, k, 'skip');
      for (const edge of startingAt[from + p] ?? []) {
        const end = edge.to - from;
        if (end >= size) continue;
        relax(row, cells, k, end, here + absorbCost(edge, pattern.takes), edge, p, k, 'absorb');
        if (element !== undefined)
          relax(next, cells, k + 1, end, here + fillCost(element, edge, pattern.asksBack), edge, p, k, 'fill');
      }
      if (canOmit) relax(next, cells, k + 1, p, here + (element.optional ? 0 : MISSING), null, p, k, 'omit');
      if (element?.takesWords) fillWords(element, next, lattice, from, p, size, here, cells, k);
    }
    if (element !== undefined) row = next;
  }
  return row[size - 1] ?? NOTHING;
}

type Cells = (Cell | undefined)[][];

/** Fills an element with words that are no name yet, or with all that is left. */
function fillWords(
  element: Element,
  next: Float64Array,
  lattice: Lattice,
  from: number,
  p: number,
  size: number,
  here: number,
  cells: Cells | null,
  k: number,
): void {
  if (element.accepts.includes(NAME)) fillName(next, lattice, from, p, size, here, cells, k);
  if (!element.accepts.includes(REST) || p + 1 >= size) return;
  const rest: Edge = { from: from + p, to: from + size - 1, symbols: [REST], cost: 0.3, value: null, slip: false };
  relax(next, cells, k + 1, size - 1, here + rest.cost, rest, p, k, 'fill');
}

const LONGEST_NEW_NAME = 6;

/** The name of something that does not exist yet: up to six words, none of them a sign. */
function fillName(
  next: Float64Array,
  lattice: Lattice,
  from: number,
  p: number,
  size: number,
  here: number,
  cells: Cells | null,
  k: number,
): void {
  const quote = lattice.tokens[from + p]?.quote ?? 0;
  for (let end = p + 1; end < size && end - p <= LONGEST_NEW_NAME; end += 1) {
    const token = lattice.tokens[from + end - 1];
    if (
      token === undefined ||
      (token.kind === 'punctuation' && !['&', '-', '/', '.', "'s"].includes(token.text)) ||
      token.quote !== quote
    )
      return;
    // Longer names cost a little, so that "called X from Y" does not swallow "from Y".
    const filler = (lattice.skip[from + end - 1] ?? 0) < 0.3 && quote === 0 ? 0.35 : 0.02;
    here += filler;
    const edge: Edge = { from: from + p, to: from + end, symbols: [NAME], cost: 0, value: null, slip: false };
    relax(next, cells, k + 1, end, here, edge, p, k, 'fill');
  }
}

function relax(
  row: Float64Array,
  cells: Cells | null,
  k: number,
  p: number,
  cost: number,
  by: Edge | null,
  fromPosition: number,
  fromElement: number,
  how: Cell['how'],
): void {
  if (cost >= (row[p] ?? NOTHING) - 1e-12) return;
  row[p] = cost;
  if (cells === null) return;
  let line = cells[k];
  if (line === undefined) {
    line = [];
    cells[k] = line;
  }
  line[p] = { cost, by, fromPosition, fromElement, how };
}

function fillCost(element: Element, edge: Edge, asksBack: boolean): number {
  const { symbols } = edge;
  for (const symbol of symbols) if (element.mask[symbol] === 1) return edge.cost;
  return asksBack && element.nameable && symbols[0] === UNKNOWN ? FILLED_BY_UNKNOWN + edge.cost : NOTHING;
}

function trace(chosen: Priced, lattice: Lattice, from: number, to: number): Match | null {
  const { pattern } = chosen;
  const cells: Cells = [];
  const cost = run(pattern, lattice, from, to, cells, chosen.cost + SLACK);
  const filled: Filled[] = [];
  const missing: Element[] = [];
  const absorbed: Edge[] = [];
  let k = pattern.elements.length;
  let p = to - from;
  for (let steps = 0; steps < 4 * (to - from) + 40; steps += 1) {
    const cell = cells[k]?.[p];
    if (cell === undefined || cell.how === 'start') break;
    const element = pattern.elements[cell.fromElement];
    if (cell.how === 'fill' && cell.by !== null && element !== undefined) filled.unshift({ element, edge: cell.by });
    if (cell.how === 'absorb' && cell.by !== null) absorbed.unshift(cell.by);
    if (cell.how === 'omit' && element !== undefined && !element.optional) missing.unshift(element);
    k = cell.fromElement;
    p = cell.fromPosition;
  }
  return { pattern, from, to, cost, found: filled.length, filled, missing, absorbed };
}
