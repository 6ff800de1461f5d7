import { MOST_SYMBOLS } from '../grammar/compile.ts';
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
type Takes = { readonly time: boolean; readonly reason: boolean; readonly group: boolean };

/** Stretches that a pattern may pass over, in the order in which they start, and what each costs. */
export type Absorbed = { readonly edges: readonly Edge[]; readonly costs: readonly number[] };

/**
 * The stretches of a text filed by what patterns ask for, so that trying a pattern looks at those alone.
 *
 * A sentence is held against hundreds of patterns; most of its stretches fill no place of any one of them.
 */
export type Grid = {
  readonly bySymbol: readonly (readonly Edge[] | undefined)[];
  /** Stretches that are nothing known before they are anything else. */
  readonly unknown: readonly Edge[];
  readonly absorbed: (takes: Takes) => Absorbed;
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

/** Room for the stretches of one text, by symbol; used again for the next text. */
const room: (Edge[] | undefined)[] = new Array(MOST_SYMBOLS).fill(undefined);
let taken: number[] = [];

function build(lattice: Lattice): Grid {
  for (const symbol of taken) room[symbol] = undefined;
  taken = [];
  const unknown: Edge[] = [];
  for (const edges of lattice.startingAt) {
    for (const edge of edges) {
      for (const symbol of edge.symbols) {
        const filed = room[symbol];
        if (filed !== undefined) filed.push(edge);
        else {
          room[symbol] = [edge];
          taken.push(symbol);
        }
      }
      if (edge.symbols[0] === UNKNOWN) unknown.push(edge);
    }
  }
  const absorbed: (Absorbed | undefined)[] = [];
  return {
    bySymbol: room,
    unknown,
    absorbed: (takes) => {
      const kind = (takes.time ? 1 : 0) + (takes.reason ? 2 : 0) + (takes.group ? 4 : 0);
      const filed = absorbed[kind] ?? absorbedBy(lattice, takes);
      absorbed[kind] = filed;
      return filed;
    },
  };
}

function absorbedBy(lattice: Lattice, takes: Takes): Absorbed {
  const filed: Edge[] = [];
  const costs: number[] = [];
  for (const edges of lattice.startingAt) {
    for (const edge of edges) {
      const cost = absorbCost(edge, takes);
      if (cost === NOTHING) continue;
      filed.push(edge);
      costs.push(cost);
    }
  }
  return { edges: filed, costs };
}

/** What it costs to pass over a stretch without filling a place with it; infinite for all that must be explained. */
function absorbCost(edge: Edge, takes: Takes): number {
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

/** The place of the first stretch that starts at `from` or later, among stretches in the order in which they start. */
export function firstFrom(edges: readonly Edge[], from: number): number {
  if (from === 0) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as Edge).from < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
