import { INTENT_EFFECTS } from '../../domain/understanding.ts';
import { type Element, type Grammar, MOST_SYMBOLS, type Pattern } from '../grammar/compile.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import { type Absorbed, firstFrom, type Grid, gridOf } from './grid.ts';
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
/** Sums of the same costs in another order differ by less; the first of two equal ways wins. */
const SAME = 1e-12;

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
  const best = bestOf(candidatesFor(present, grammar, ordersOnly, 0), stretch, limit, null);
  // With a thing missing no pattern costs less than this, so none can beat a better one that misses nothing.
  const least = present.list.includes(UNKNOWN) ? FILLED_BY_UNKNOWN : MISSING;
  const isSettled = (best === null ? limit : best.cost) < least - 1e-6;
  const chosen = isSettled ? best : bestOf(candidatesFor(present, grammar, ordersOnly, 1), stretch, limit, best);
  return chosen === null ? null : trace(chosen, stretch);
}

type Priced = { readonly pattern: Pattern; readonly cost: number };
type Strip = { readonly lattice: Lattice; readonly grid: Grid; readonly from: number; readonly to: number };

function bestOf(patterns: readonly Pattern[], stretch: Strip, limit: number, start: Priced | null): Priced | null {
  let best = start;
  for (const pattern of patterns) {
    const bound = best === null ? limit : best.cost;
    const cost = lay(pattern, stretch, bound, null);
    if (cost > bound) continue;
    if (best === null || cost < best.cost - 1e-9 || (cost < best.cost + 1e-9 && isFuller(pattern, best.pattern)))
      best = { pattern, cost };
  }
  return best;
}

function isFuller(pattern: Pattern, other: Pattern): boolean {
  return pattern.required > other.required || (pattern.required === other.required && pattern.number < other.number);
}

/** The patterns whose words are all there, or those that `lack` one thing and ask for it. */
function candidatesFor(present: Present, grammar: Grammar, ordersOnly: boolean, lack: 0 | 1): readonly Pattern[] {
  const found: Pattern[] = [];
  for (const symbol of present.list) {
    const checks = grammar.file.checks[symbol];
    if (checks === undefined) continue;
    for (let at = 0; at < checks.length; ) {
      const must = at + 3 + (checks[at + 1] as number);
      const end = must + (checks[at + 2] as number);
      const missing = missingIn(checks, at + 3, must, end, present.things);
      const pattern = missing === lack ? grammar.patterns[checks[at] as number] : undefined;
      at = end;
      if (pattern === undefined || (ordersOnly && INTENT_EFFECTS[pattern.intent] === 'read')) continue;
      found.push(pattern);
    }
  }
  return found;
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
const TIME = slotSymbol('TIME');

/** One row of costs for each place; between two patterns nothing stands in them. */
let rowBuffer = new Float64Array(256).fill(NOTHING);
let nextBuffer = new Float64Array(256).fill(NOTHING);

/** How a place of a pattern was reached, so that the way can be walked back. */
type Step = {
  readonly how: 'skip' | 'absorb' | 'fill' | 'omit';
  readonly by: Edge | null;
  readonly element: number;
  readonly position: number;
};

/** The last step to each place, by elements passed and words passed; null while a pattern is only tried. */
type Way = (Step | undefined)[] | null;

/**
 * Lays a pattern over a stretch as cheaply as possible; infinite when every way costs more than `bound`.
 *
 * Row k holds the cheapest way to have passed k elements at each place. Linear in the words and in the pattern.
 */
function lay(pattern: Pattern, { lattice, grid, from, to }: Strip, bound: number, way: Way): number {
  // Better than nothing left over: no other pattern comes up to that.
  if (bound < 0) return NOTHING;
  const size = to - from + 1;
  const { elements, asksBack } = pattern;
  const laying = begin(from, size, bound, way);
  const absorbed = grid.absorbed(pattern.takes);
  for (const element of elements) {
    if (!passOver(laying, lattice.skip, absorbed)) return NOTHING;
    for (const symbol of element.accepts) {
      const edges = grid.bySymbol[symbol];
      if (edges !== undefined) fillFrom(laying, edges, 0);
    }
    if (asksBack && element.nameable) fillFrom(laying, grid.unknown, FILLED_BY_UNKNOWN);
    if (element.takesWords) fillWords(laying, element, lattice);
    if (element.optional) leaveOut(laying, 0);
    else if (asksBack && element.missable) leaveOut(laying, MISSING);
    turn(laying);
  }
  if (!passOver(laying, lattice.skip, absorbed)) return NOTHING;
  const cost = laying.row[size - 1] as number;
  turn(laying);
  return cost;
}

/** A pattern being laid: the row of the elements passed so far, and the one of the next element. */
type Laying = {
  row: Float64Array;
  next: Float64Array;
  from: number;
  size: number;
  bound: number;
  way: Way;
  /** By how much a way must be cheaper than the one found before it. */
  same: number;
  /** Elements passed. */
  element: number;
  /** No way has reached a place before this one, */
  open: number;
  /** or one behind this one in the row, */
  last: number;
  /** and this one in the next row. */
  nextLast: number;
};

/** Patterns are laid one after the other: one object serves them all. */
const shared: Laying = {
  row: rowBuffer,
  next: nextBuffer,
  from: 0,
  size: 0,
  bound: 0,
  way: null,
  same: 0,
  element: 0,
  open: 0,
  last: 0,
  nextLast: -1,
};

function begin(from: number, size: number, bound: number, way: Way): Laying {
  if (rowBuffer.length < size) {
    rowBuffer = new Float64Array(size * 2).fill(NOTHING);
    nextBuffer = new Float64Array(size * 2).fill(NOTHING);
  }
  rowBuffer[0] = 0;
  shared.row = rowBuffer;
  shared.next = nextBuffer;
  shared.from = from;
  shared.size = size;
  shared.bound = bound;
  shared.way = way;
  shared.same = way === null ? 0 : SAME;
  shared.element = 0;
  shared.open = 0;
  shared.last = 0;
  shared.nextLast = -1;
  return shared;
}

/** Goes on to the next element; what stood in the row is wiped, so that it can be the next one. */
function turn(laying: Laying): void {
  const { row } = laying;
  for (let p = laying.open; p <= laying.last; p += 1) row[p] = NOTHING;
  laying.row = laying.next;
  laying.next = row;
  laying.last = laying.nextLast;
  laying.nextLast = -1;
  laying.element += 1;
}

/** Leaves words over and passes over fillers, within one row; false when every way costs more than `bound`. */
function passOver(laying: Laying, skip: readonly number[], absorbed: Absorbed): boolean {
  const { row, size, from, bound, way, element, same } = laying;
  const { edges, costs } = absorbed;
  let { open, last } = laying;
  while (open <= last && row[open] === NOTHING) open += 1;
  laying.open = open;
  if (open > last) return false;
  let next = firstFrom(edges, from + open);
  for (let p = open; p <= last && p + 1 < size; p += 1) {
    const here = row[p] as number;
    if (here === NOTHING) continue;
    const at = from + p;
    const after = here + (skip[at] as number);
    if (after <= bound && after < (row[p + 1] as number) - same) {
      row[p + 1] = after;
      if (last === p) last = p + 1;
      if (way !== null) way[element * size + p + 1] = { how: 'skip', by: null, element, position: p };
    }
    for (; next < edges.length; next += 1) {
      const edge = edges[next] as Edge;
      if (edge.from > at) break;
      const end = edge.to - from;
      if (edge.from < at || end >= size) continue;
      const cost = here + (costs[next] as number);
      if (cost > bound || cost >= (row[end] as number) - same) continue;
      row[end] = cost;
      if (end > last) last = end;
      if (way !== null) way[element * size + end] = { how: 'absorb', by: edge, element, position: p };
    }
  }
  laying.last = last;
  return true;
}

/** Fills one place of a pattern with each stretch of a kind. */
function fillFrom(laying: Laying, edges: readonly Edge[], extra: number): void {
  const { row, from, size, last } = laying;
  for (let at = firstFrom(edges, from + laying.open); at < edges.length; at += 1) {
    const edge = edges[at] as Edge;
    const start = edge.from - from;
    if (start > last) return;
    const here = row[start] as number;
    if (here !== NOTHING && edge.to - from < size) reach(laying, edge, here + (extra + edge.cost));
  }
}

/** Ways that cost more than `bound` are not followed. */
function reach(laying: Laying, edge: Edge, cost: number): void {
  const { next, from, size, way, element } = laying;
  const end = edge.to - from;
  if (cost > laying.bound || cost >= (next[end] as number) - laying.same) return;
  next[end] = cost;
  if (end > laying.nextLast) laying.nextLast = end;
  if (way !== null) way[(element + 1) * size + end] = { how: 'fill', by: edge, element, position: edge.from - from };
}

function leaveOut(laying: Laying, cost: number): void {
  const { row, next, size, bound, way, element, open, last, same } = laying;
  for (let p = open; p <= last; p += 1) {
    const after = (row[p] as number) + cost;
    if (after > bound || after >= (next[p] as number) - same) continue;
    next[p] = after;
    if (p > laying.nextLast) laying.nextLast = p;
    if (way !== null) way[(element + 1) * size + p] = { how: 'omit', by: null, element, position: p };
  }
}

/** Fills an element with words that are no name yet, or with all that is left. */
function fillWords(laying: Laying, element: Element, lattice: Lattice): void {
  const { row, from, size, last } = laying;
  const takesName = element.accepts.includes(NAME);
  const takesRest = element.accepts.includes(REST);
  for (let p = laying.open; p <= last && p + 1 < size; p += 1) {
    const here = row[p] as number;
    if (here === NOTHING) continue;
    if (takesName) fillName(laying, lattice, p, here);
    if (!takesRest || opensOtherwise(lattice, from + p)) continue;
    const rest: Edge = { from: from + p, to: from + size - 1, symbols: [REST], cost: 0.3, value: null, slip: false };
    reach(laying, rest, here + rest.cost);
  }
}

/** "for 30 minutes, all queues are dead", "for bob and me, outage": the time or person before a reason is no part of it. */
function opensOtherwise({ tokens, startingAt }: Lattice, from: number): boolean {
  if (JOINTS.has(tokens[from]?.key ?? '') || JOINTS.has(tokens[from - 1]?.key ?? '')) return true;
  let at = from;
  while (tokens[at]?.kind === 'punctuation') at += 1;
  return (startingAt[at] ?? []).some(
    ({ symbols, value }) => symbols.includes(TIME) && value?.kind === 'time' && !value.bare,
  );
}

const JOINTS = new Set(['and', '&', '+']);
const LONGEST_NEW_NAME = 6;

/** "Kiosk without Meetings": what a role shall lack is no part of its name. */
const LACKING = new Set(['without', 'except', 'excluding', 'lacking', 'unless', 'if']);

/** The name of something that does not exist yet: up to six words, none of them a sign. */
function fillName(laying: Laying, lattice: Lattice, p: number, here: number): void {
  const { from, size } = laying;
  const quote = lattice.tokens[from + p]?.quote ?? 0;
  let cost = here;
  for (let end = p + 1; end < size && end - p <= LONGEST_NEW_NAME; end += 1) {
    const token = lattice.tokens[from + end - 1];
    if (
      token === undefined ||
      (token.kind === 'punctuation' && !['&', '-', '/', '.', "'s"].includes(token.text)) ||
      token.quote !== quote ||
      (quote === 0 && LACKING.has(token.key))
    )
      return;
    // Longer names cost a little, so that "called X from Y" does not swallow "from Y".
    cost += (lattice.skip[from + end - 1] ?? 0) < 0.3 && quote === 0 ? 0.35 : 0.02;
    reach(laying, { from: from + p, to: from + end, symbols: [NAME], cost: 0, value: null, slip: false }, cost);
  }
}

/** Lays the chosen pattern once more and tells what filled each of its places. */
function trace({ pattern, cost }: Priced, stretch: Strip): Match {
  const { from, to } = stretch;
  const steps: (Step | undefined)[] = [];
  const settled = lay(pattern, stretch, cost + SLACK, steps);
  const filled: Filled[] = [];
  const missing: Element[] = [];
  const absorbed: Edge[] = [];
  const size = to - from + 1;
  let at = pattern.elements.length * size + to - from;
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const element = pattern.elements[step.element];
    if (step.how === 'fill' && step.by !== null && element !== undefined) filled.push({ element, edge: step.by });
    if (step.how === 'absorb' && step.by !== null) absorbed.push(step.by);
    if (step.how === 'omit' && element !== undefined && !element.optional) missing.push(element);
    at = step.element * size + step.position;
  }
  filled.reverse();
  missing.reverse();
  absorbed.reverse();
  return { pattern, from, to, cost: settled, found: filled.length, filled, missing, absorbed };
}
