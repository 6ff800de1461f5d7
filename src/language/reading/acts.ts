import { INTENT_EFFECTS } from '../../domain/understanding.ts';
import type { Element, Grammar } from '../grammar/compile.ts';
import type { Lattice } from './lattice.ts';
import { bestMatch, type Filled, type Match } from './match.ts';

/** A text cut into what it orders or asks, and the talk around it. */
export type Segmentation = {
  readonly acts: readonly Match[];
  readonly chatter: readonly Stretch[];
  readonly cost: number;
};
export type Stretch = { readonly from: number; readonly to: number };

/** More than this is left unexplained only by a text that says something else. */
const ACCEPTABLE = 3.45;
const GOOD = 0.4;
const ACT = 0.55;
/** Talk beside an act costs less than words inside it. */
const CHATTER = 0.42;
const MOST_JOINED = 6;
const LONG_TEXT = 400;
const LONGEST_ACT = 450;
/** A flood of clauses is not read to its end; an order in its first ones is held against the rest as against talk. */
const MOST_CUTS = 40;
const BREAKERS = new Set([
  'unless',
  'if',
  'when',
  'once',
  'provided',
  'after',
  'before',
  'while',
  'though',
  'although',
  'whenever',
  'assuming',
  'where',
  'and',
  'but',
  'then',
  'also',
  'plus',
  'so',
  'because',
  'since',
  'as',
  '&',
]);
const SIGNS = new Set([',', '.', ';', '!', '?', '\n', ':', '(', ')', '-']);

/** Chooses the cut that leaves the fewest words unexplained; null when nothing is understood. */
export function segment(lattice: Lattice, grammar: Grammar, ordersOnly: boolean): Segmentation | null {
  const total = lattice.tokens.length;
  if (total === 0) return null;
  const whole = total <= LONG_TEXT ? readStretch(lattice, grammar, 0, total, ACCEPTABLE, ordersOnly) : null;
  if (whole !== null && whole.cost <= GOOD) return { acts: [whole], chatter: [], cost: whole.cost };
  const cuts = findCuts(lattice);
  if (cuts.length <= 2) return whole === null ? null : { acts: [whole], chatter: [], cost: whole.cost };
  const cut = cheapestCut(lattice, grammar, cuts, ordersOnly);
  if (cut === null) return whole === null ? null : { acts: [whole], chatter: [], cost: whole.cost };
  if (whole !== null && whole.cost <= cut.cost + 1e-9) return { acts: [whole], chatter: [], cost: whole.cost };
  return cut;
}

/** Verbs that open an order and no question. */
export const ORDERING = new Set(
  'give grant assign remove revoke take strip delete drop kill withdraw wipe swap exchange transfer move erase'.split(
    ' ',
  ),
);

/** The best reading of a stretch that may stand; a question that passes over the verb of an order is none. */
function readStretch(
  lattice: Lattice,
  grammar: Grammar,
  from: number,
  to: number,
  limit: number,
  ordersOnly: boolean,
): Match | null {
  const match = bestMatch(lattice, grammar, from, to, limit, ordersOnly);
  if (match === null || INTENT_EFFECTS[match.pattern.intent] !== 'read') return match;
  let first = from;
  while (first < to && (lattice.skip[first] ?? 0) <= FREE) first += 1;
  const isPassedOver =
    ORDERING.has(lattice.tokens[first]?.key ?? '') &&
    ![...match.filled.map((one) => one.edge), ...match.absorbed].some((edge) => edge.from <= first && edge.to > first);
  return isPassedOver ? bestMatch(lattice, grammar, from, to, limit, true) : credible(match);
}

const FREE = 0.03;

/**
 * A question must explain most of its words; orders are kept however many words are left, because those are held against
 * them later and the bot asks back.
 */
function credible(match: Match | null): Match | null {
  if (match === null || INTENT_EFFECTS[match.pattern.intent] !== 'read') return match;
  const left = match.cost - MISSING * match.missing.length;
  // Asked back only when nothing but the name is missing: "who is the ceo" names no role at all.
  if (match.missing.length > 0) return left <= 0.3 && match.found >= 2 ? match : null;
  return left <= 0.5 + 0.6 * match.found ? match : null;
}

const MISSING = 2.1;

/** Places where a clause may begin; a sign stays with the clause before it. */
function findCuts(lattice: Lattice): readonly number[] {
  const cuts = [0];
  lattice.tokens.forEach((token, at) => {
    if (at === 0) return;
    const before = lattice.tokens[at - 1];
    const afterSign =
      before !== undefined &&
      before.kind === 'punctuation' &&
      SIGNS.has(before.text) &&
      (token.spaced || before.text === '\n' || token.text === '\n');
    const isBreaker = BREAKERS.has(token.key) && token.kind !== 'punctuation';
    if ((afterSign || isBreaker) && cuts[cuts.length - 1] !== at) cuts.push(at);
  });
  if (lattice.tokens.length > LONG_TEXT) cuts.splice(MOST_CUTS);
  cuts.push(lattice.tokens.length);
  return cuts;
}

type State = { readonly cost: number; readonly previous: number; readonly act: Match | null; readonly acts: number };

function cheapestCut(
  lattice: Lattice,
  grammar: Grammar,
  cuts: readonly number[],
  ordersOnly: boolean,
): Segmentation | null {
  const joined = lattice.tokens.length > LONG_TEXT ? 2 : MOST_JOINED;
  const states: (State | undefined)[] = [{ cost: 0, previous: -1, act: null, acts: 0 }];
  for (let end = 1; end < cuts.length; end += 1) {
    let best: State | undefined;
    for (let start = end - 1; start >= Math.max(0, end - joined); start -= 1) {
      const before = states[start];
      if (before === undefined) continue;
      const from = cuts[start] ?? 0;
      const to = cuts[end] ?? 0;
      if (start === end - 1) {
        const cost = before.cost + CHATTER * chatterCost(lattice, from, to);
        if (best === undefined || cost < best.cost) best = { cost, previous: start, act: null, acts: before.acts };
      }
      if (to - from > LONGEST_ACT) continue;
      const bound = Math.min(ACCEPTABLE, (best?.cost ?? Number.POSITIVE_INFINITY) + 0.5 - before.cost - ACT);
      const act = bound < 0 ? null : readStretch(lattice, grammar, from, to, bound, ordersOnly);
      if (act === null) continue;
      const cost = before.cost + act.cost + (before.acts > 0 ? ACT : 0) - 0.5;
      if (best === undefined || cost < best.cost) best = { cost, previous: start, act, acts: before.acts + 1 };
    }
    states[end] = best;
  }
  return collect(lattice, cuts, states);
}

function chatterCost(lattice: Lattice, from: number, to: number): number {
  let cost = 0;
  for (let at = from; at < to; at += 1) cost += Math.min(lattice.skip[at] ?? 0, 2);
  return cost;
}

function collect(
  lattice: Lattice,
  cuts: readonly number[],
  states: readonly (State | undefined)[],
): Segmentation | null {
  const acts: Match[] = [];
  const chatter: Stretch[] = [];
  let at = cuts.length - 1;
  const cost = (states[at]?.cost ?? 0) + 0.5;
  while (at > 0) {
    const state = states[at];
    if (state === undefined) return null;
    if (state.act !== null) acts.unshift(state.act);
    else chatter.unshift({ from: cuts[state.previous] ?? 0, to: cuts[at] ?? 0 });
    at = state.previous;
  }
  void lattice;
  return acts.length === 0 ? null : { acts, chatter, cost };
}

const JOINING = new Set([
  'and',
  ',',
  '&',
  '+',
  'also',
  'plus',
  'then',
  'to',
  'from',
  'for',
  'the',
  'as',
  'well',
  'role',
  'a',
  ';',
  'please',
  'too',
  'off',
  'of',
  ':',
  '-',
  '.',
  'on',
]);

/**
 * A clause of nothing but names after an order, read with the order's verb; null when it is anything else.
 *
 * It must name exactly what the order's pattern names: "give bob Manager and carol Support".
 */
export function continueAct(before: Match, stretch: Stretch, lattice: Lattice): Match | null {
  const slots = before.filled.filter((one) => one.element.slot !== null);
  if (slots.length !== 2 || before.missing.length > 0 || INTENT_EFFECTS[before.pattern.intent] !== 'write') return null;
  const filled: Filled[] = [];
  let at = stretch.from;
  while (at < stretch.to) {
    const taken = slots.flatMap(({ element }) =>
      filled.some((one) => one.element === element) ? [] : longestFor(element, lattice, at, stretch.to),
    );
    const best = taken.sort((a, b) => b.edge.to - a.edge.to)[0];
    if (best !== undefined) {
      filled.push(best);
      at = best.edge.to;
    } else if (JOINING.has(lattice.tokens[at]?.key ?? '')) at += 1;
    else return null;
  }
  if (filled.length !== slots.length) return null;
  return { ...before, from: stretch.from, to: stretch.to, cost: 0, filled, absorbed: [] };
}

function longestFor(element: Element, lattice: Lattice, at: number, end: number): readonly Filled[] {
  const fitting = (lattice.startingAt[at] ?? []).filter(
    (edge) => edge.to <= end && edge.cost < 0.7 && edge.symbols.some((symbol) => element.accepts.includes(symbol)),
  );
  const longest = fitting.sort((a, b) => b.to - a.to)[0];
  return longest === undefined ? [] : [{ element, edge: longest }];
}
