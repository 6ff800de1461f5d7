import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import type { Lattice } from './lattice.ts';

const TIME = slotSymbol('TIME');
const TICKET = slotSymbol('TICKET');
const REASON = slotSymbol('REASON');
const GROUP = slotSymbol('GROUP');
const EXCEPT = slotSymbol('EXCEPT');
const UNKNOWN = slotSymbol('UNKNOWN');
const FILLER = slotSymbol('FILLER');
const ABSORBED_TIME = 0.05;
const NOTHING = Number.POSITIVE_INFINITY;

/** What a pattern passes over besides fillers. */
export type Takes = { readonly time: boolean; readonly reason: boolean; readonly group: boolean };

/** Stretches in the order in which they start, as columns: where each starts and ends, and what taking it costs. */
export type Column = { readonly from: number[]; readonly to: number[]; readonly cost: number[] };

/**
 * The stretches of a text filed by what patterns ask for, so that trying a pattern looks at those alone.
 *
 * A sentence is held against hundreds of patterns; most of its stretches fill no place of any one of them.
 */
export type Grid = {
  readonly bySymbol: readonly (Column | undefined)[];
  /** Stretches that are nothing known before they are anything else. */
  readonly unknown: Column;
  readonly absorbed: (takes: Takes) => Column;
};

/** The grid of the last text: all clauses of a text are tried one after the other. */
let latest: { readonly lattice: Lattice; readonly grid: Grid } | null = null;

/** The grid of a text, built when it is first asked for. */
export function gridOf(lattice: Lattice): Grid {
  if (latest?.lattice === lattice) return latest.grid;
  const grid = build(lattice);
  latest = { lattice, grid };
  return grid;
}

function build(lattice: Lattice): Grid {
  const bySymbol: (Column | undefined)[] = [];
  const unknown = column();
  for (const edges of lattice.startingAt) {
    for (const edge of edges) {
      for (const symbol of edge.symbols) {
        let filed = bySymbol[symbol];
        if (filed === undefined) {
          filed = column();
          bySymbol[symbol] = filed;
        }
        push(filed, edge, edge.cost);
      }
      if (edge.symbols[0] === UNKNOWN) push(unknown, edge, edge.cost);
    }
  }
  const absorbed: (Column | undefined)[] = [];
  return {
    bySymbol,
    unknown,
    absorbed: (takes) => {
      const kind = (takes.time ? 1 : 0) + (takes.reason ? 2 : 0) + (takes.group ? 4 : 0);
      const filed = absorbed[kind] ?? absorbedBy(lattice, takes);
      absorbed[kind] = filed;
      return filed;
    },
  };
}

function column(): Column {
  return { from: [], to: [], cost: [] };
}

function push(filed: Column, edge: Edge, cost: number): void {
  filed.from.push(edge.from);
  filed.to.push(edge.to);
  filed.cost.push(cost);
}

function absorbedBy(lattice: Lattice, takes: Takes): Column {
  const filed = column();
  for (const edges of lattice.startingAt) {
    for (const edge of edges) {
      const cost = absorbCost(edge, takes);
      if (cost < NOTHING) push(filed, edge, cost);
    }
  }
  return filed;
}

/** What it costs to pass over a stretch without filling a place with it; infinite for all that must be explained. */
export function absorbCost(edge: Edge, takes: Takes): number {
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

/** The place in a column of the first stretch that starts at `from` or later. */
export function firstFrom(filed: Column, from: number): number {
  if (from === 0) return 0;
  let low = 0;
  let high = filed.from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((filed.from[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
