import { INTENT_EFFECTS } from '../../domain/understanding.ts';
import type { Element, Grammar, Pattern } from '../grammar/compile.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
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

const TIME = slotSymbol('TIME');
const TICKET = slotSymbol('TICKET');
const REASON = slotSymbol('REASON');
const GROUP = slotSymbol('GROUP');
const EXCEPT = slotSymbol('EXCEPT');
const UNKNOWN = slotSymbol('UNKNOWN');
const FILLER = slotSymbol('FILLER');
const FILLED_BY_UNKNOWN = 1.1;
const MISSING = 2.1;
const ABSORBED_TIME = 0.05;
const NOTHING = Number.POSITIVE_INFINITY;

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
  const { tried } = present;
  let best: { pattern: Pattern; cost: number } | null = null;
  for (const symbol of present.list) {
    const patterns = grammar.byAnchor.get(symbol);
    if (patterns === undefined) continue;
    for (const pattern of patterns) {
      if (tried[pattern.number] === 1) continue;
      tried[pattern.number] = 1;
      if (ordersOnly && INTENT_EFFECTS[pattern.intent] === 'read') continue;
      if (!mayFit(pattern, present.has)) continue;
      const bound = best === null ? limit : best.cost;
      const cost = cheapest(pattern, lattice, from, to, bound);
      if (cost > bound) continue;
      if (best === null || cost < best.cost - 1e-9 || (cost < best.cost + 1e-9 && isFuller(pattern, best.pattern))) {
        best = { pattern, cost };
      }
    }
  }
  return best === null ? null : trace(best.pattern, lattice, from, to);
}

function isFuller(pattern: Pattern, other: Pattern): boolean {
  return pattern.required > other.required || (pattern.required === other.required && pattern.number < other.number);
}

type Present = { readonly list: readonly number[]; readonly has: Uint8Array; readonly tried: Uint8Array };

function presentSymbols(lattice: Lattice, grammar: Grammar, from: number, to: number): Present {
  const has = new Uint8Array(grammar.symbols.count());
  const list: number[] = [];
  for (let at = from; at < to; at += 1) {
    for (const edge of lattice.startingAt[at] ?? []) {
      if (edge.to > to) continue;
      for (const symbol of edge.symbols) {
        if (has[symbol] === 1) continue;
        has[symbol] = 1;
        list.push(symbol);
      }
    }
  }
  return { list, has, tried: new Uint8Array(grammar.patterns.length) };
}

const NAME = slotSymbol('NAME');
const REST = slotSymbol('REST');

function mayFit(pattern: Pattern, has: Uint8Array): boolean {
  let missing = 0;
  for (const element of pattern.elements) {
    if (element.optional || isPresent(element, has)) continue;
    if (element.takesWords) continue;
    if (!element.missable || !pattern.asksBack) return false;
    missing += 1;
    if (missing > 1) return false;
  }
  return true;
}

function isPresent(element: Element, has: Uint8Array): boolean {
  for (const symbol of element.accepts) if (has[symbol] === 1) return true;
  return false;
}

let rowBuffer = new Float64Array(256);
let nextBuffer = new Float64Array(256);

/** The cost alone, as `run` computes it, without remembering the way: most patterns are only tried. */
function cheapest(pattern: Pattern, lattice: Lattice, from: number, to: number, bound: number): number {
  const size = to - from + 1;
  if (rowBuffer.length < size) {
    rowBuffer = new Float64Array(size * 2);
    nextBuffer = new Float64Array(size * 2);
  }
  let row = rowBuffer;
  let next = nextBuffer;
  const { skip, startingAt } = lattice;
  const { elements } = pattern;
  for (let p = 0; p < size; p += 1) row[p] = NOTHING;
  row[0] = 0;
  for (let k = 0; k <= elements.length; k += 1) {
    const element = elements[k];
    for (let p = 0; p < size; p += 1) next[p] = NOTHING;
    let least = NOTHING;
    const omit =
      element === undefined ? NOTHING : element.optional ? 0 : pattern.asksBack && element.missable ? MISSING : NOTHING;
    for (let p = 0; p < size; p += 1) {
      const here = row[p] as number;
      if (here > bound) continue;
      if (here < least) least = here;
      if (p + 1 < size) {
        const after = here + (skip[from + p] as number);
        if (after < (row[p + 1] as number)) row[p + 1] = after;
      }
      const edges = startingAt[from + p];
      if (edges !== undefined) {
        for (const edge of edges) {
          const end = edge.to - from;
          if (end >= size) continue;
          const absorbed = here + absorbCost(edge, pattern);
          if (absorbed < (row[end] as number)) row[end] = absorbed;
          if (element === undefined) continue;
          const filled = here + fillCost(element, edge, pattern.asksBack);
          if (filled < (next[end] as number)) next[end] = filled;
        }
      }
      if (here + omit < (next[p] as number)) next[p] = here + omit;
      if (element?.takesWords) fillWords(element, next, lattice, from, p, size, here, null, k);
    }
    if (least > bound) return NOTHING;
    if (element !== undefined) [row, next] = [next, row];
  }
  return row[size - 1] as number;
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
function run(pattern: Pattern, lattice: Lattice, from: number, to: number, cells: Cells): number {
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
      if (here === NOTHING) continue;
      if (p + 1 < size) relax(row, cells, k, p + 1, here + (skip[from + p] ?? 0), null, p, k, 'skip');
      for (const edge of startingAt[from + p] ?? []) {
        const end = edge.to - from;
        if (end >= size) continue;
        relax(row, cells, k, end, here + absorbCost(edge, pattern), edge, p, k, 'absorb');
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

function absorbCost(edge: Edge, pattern: Pattern): number {
  const { takes } = pattern;
  for (const symbol of edge.symbols) {
    if (symbol === FILLER) return edge.cost;
    if (symbol === TIME && takes.time) return edge.cost + ABSORBED_TIME;
    if (symbol === TICKET) return takes.reason ? 0.02 : 0.6;
    if (symbol === REASON) return edge.cost + (takes.reason ? 0.12 : 0.5);
    if (symbol === EXCEPT) return 0.3;
    if (symbol === GROUP && takes.group) return 0.08;
  }
  return NOTHING;
}

function fillCost(element: Element, edge: Edge, asksBack: boolean): number {
  const { symbols } = edge;
  for (const symbol of symbols) if (element.mask[symbol] === 1) return edge.cost;
  return asksBack && element.nameable && symbols[0] === UNKNOWN ? FILLED_BY_UNKNOWN + edge.cost : NOTHING;
}

function trace(pattern: Pattern, lattice: Lattice, from: number, to: number): Match | null {
  const cells: Cells = [];
  const cost = run(pattern, lattice, from, to, cells);
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
