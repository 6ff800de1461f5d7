import type { Element, Grammar, Pattern } from '../grammar/compile.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import { isFiller, type Lattice } from './lattice.ts';

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
const FILLED_BY_UNKNOWN = 1.1;
const MISSING = 2.1;
const ABSORBED_TIME = 0.05;
/** A time that an intent cannot take costs as much as any other name left over. */
const NOTHING = Number.POSITIVE_INFINITY;

/** Finds the pattern that explains the words `from` up to before `to` best; null when none fits at all. */
export function bestMatch(lattice: Lattice, grammar: Grammar, from: number, to: number, limit: number): Match | null {
  const present = presentSymbols(lattice, grammar, from, to);
  let best: { pattern: Pattern; cost: number; found: number } | null = null;
  const tried = new Set<number>();
  for (const symbol of present.list) {
    for (const pattern of grammar.byAnchor.get(symbol) ?? []) {
      if (tried.has(pattern.number)) continue;
      tried.add(pattern.number);
      if (!mayFit(pattern, present.has)) continue;
      const bound = best === null ? limit : best.cost;
      const cost = run(pattern, lattice, from, to, bound, null);
      if (cost > bound) continue;
      if (best === null || cost < best.cost - 1e-9 || (cost < best.cost + 1e-9 && isFuller(pattern, best.pattern))) {
        best = { pattern, cost, found: pattern.required };
      }
    }
  }
  return best === null ? null : trace(best.pattern, lattice, from, to);
}

function isFuller(pattern: Pattern, other: Pattern): boolean {
  return pattern.required > other.required || (pattern.required === other.required && pattern.number < other.number);
}

type Present = { readonly list: readonly number[]; readonly has: Uint8Array };

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
  return { list, has };
}

const NAME = slotSymbol('NAME');
const REST = slotSymbol('REST');

function mayFit(pattern: Pattern, has: Uint8Array): boolean {
  let missing = 0;
  for (const element of pattern.elements) {
    if (element.optional || element.accepts.some((symbol) => has[symbol] === 1)) continue;
    if (element.accepts.includes(NAME)) continue;
    if (element.slot === null || !pattern.asksBack) return false;
    missing += 1;
    if (missing > 1) return false;
  }
  return true;
}

type Cell = {
  readonly cost: number;
  readonly by: Edge | null;
  readonly fromPosition: number;
  readonly fromElement: number;
  readonly how: 'skip' | 'absorb' | 'fill' | 'omit' | 'start';
};

/**
 * Lays the pattern over the words as cheaply as possible.
 *
 * Row k holds the cheapest way to have passed k elements at each place. Linear in the words and in the pattern.
 */
function run(
  pattern: Pattern,
  lattice: Lattice,
  from: number,
  to: number,
  bound: number,
  cells: (Cell | undefined)[][] | null,
): number {
  const size = to - from + 1;
  const { elements } = pattern;
  const takesTime = pattern.grammar.takes?.includes('time') || pattern.grammar.takes?.includes('period');
  const takesReason = pattern.grammar.takes?.includes('reason');
  const takesGroup = pattern.grammar.takes?.includes('group');
  const { skip, startingAt } = lattice;
  let row = new Float64Array(size).fill(NOTHING);
  row[0] = 0;
  if (cells !== null) cells[0] = [{ cost: 0, by: null, fromPosition: 0, fromElement: 0, how: 'start' }];
  for (let k = 0; k <= elements.length; k += 1) {
    const element = elements[k];
    const next = element === undefined ? null : new Float64Array(size).fill(NOTHING);
    const canOmit = element !== undefined && (element.optional || (pattern.asksBack && element.slot !== null));
    const omitCost = element?.optional ? 0 : MISSING;
    let cheapest = NOTHING;
    for (let p = 0; p < size; p += 1) {
      const here = row[p] ?? NOTHING;
      if (here > bound) continue;
      if (here < cheapest) cheapest = here;
      if (p + 1 < size) relax(row, cells, k, p + 1, here + (skip[from + p] ?? 0), null, p, k, 'skip');
      for (const edge of startingAt[from + p] ?? []) {
        const end = edge.to - from;
        if (end >= size) continue;
        const absorb = absorbCost(edge, takesTime ?? false, takesReason ?? false, takesGroup ?? false);
        if (absorb < NOTHING) relax(row, cells, k, end, here + absorb, edge, p, k, 'absorb');
        if (element === undefined || next === null) continue;
        const fill = fillCost(element, edge, pattern.asksBack);
        if (fill < NOTHING) relax(next, cells, k + 1, end, here + fill, edge, p, k, 'fill');
      }
      if (next !== null && canOmit) relax(next, cells, k + 1, p, here + omitCost, null, p, k, 'omit');
      if (next !== null && element?.accepts.includes(REST) && p + 1 < size) {
        const rest: Edge = { from: from + p, to, symbols: [REST], cost: 0.3, value: null, slip: false };
        relax(next, cells, k + 1, size - 1, here + rest.cost, rest, p, k, 'fill');
      }
      if (next !== null && element?.accepts.includes(NAME)) fillName(next, lattice, from, p, size, here, cells, k);
    }
    if (cheapest > bound) return NOTHING;
    if (next !== null) row = next;
  }
  return row[size - 1] ?? NOTHING;
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
  cells: (Cell | undefined)[][] | null,
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
  cells: (Cell | undefined)[][] | null,
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

function absorbCost(edge: Edge, takesTime: boolean, takesReason: boolean, takesGroup: boolean): number {
  for (const symbol of edge.symbols) {
    if (symbol === TIME && takesTime) return edge.cost + ABSORBED_TIME;
    if (symbol === TICKET) return takesReason ? 0.02 : 0.6;
    if (symbol === REASON) return edge.cost + (takesReason ? 0.12 : 0.5);
    if (symbol === EXCEPT) return 0.3;
    if (symbol === GROUP && takesGroup) return 0.08;
  }
  return isFiller(edge) ? edge.cost : NOTHING;
}

function fillCost(element: Element, edge: Edge, asksBack: boolean): number {
  for (const symbol of element.accepts) {
    if (edge.symbols.includes(symbol)) return edge.cost;
    if (asksBack && edge.symbols[0] === UNKNOWN && element.slot !== null && NAMEABLE.has(element.slot))
      return FILLED_BY_UNKNOWN + edge.cost;
  }
  return NOTHING;
}

/** Slots that an unknown word may have been meant for; the bot then asks which. */
const NAMEABLE = new Set<string>(['WHO', 'ROLE', 'PERM', 'APP', 'SCOPE', 'PARTNER', 'PERSON']);

function trace(pattern: Pattern, lattice: Lattice, from: number, to: number): Match | null {
  const cells: (Cell | undefined)[][] = [];
  const cost = run(pattern, lattice, from, to, NOTHING, cells);
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
