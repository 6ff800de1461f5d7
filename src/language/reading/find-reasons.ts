import { slotSymbol } from '../grammar/symbols.ts';
import { REASON_MARKERS, REASON_OPENERS } from '../lexicon/reasons.ts';
import { MENTION_CLOSE, MENTION_OPEN } from '../text/clean.ts';
import { trait } from '../text/traits.ts';
import type { Edge, Value } from '../types-internal.ts';
import { splitList } from '../vocabulary.ts';
import { addEdge } from './lattice.ts';
import { createPhraseList } from './phrase-list.ts';
import type { Scene } from './scene.ts';

const REASON = slotSymbol('REASON');
const TIME = slotSymbol('TIME');
const TICKET = slotSymbol('TICKET');
const GROUP = slotSymbol('GROUP');
const NAMES = ['ROLE', 'PERM', 'SCOPE', 'WHO', 'GROUP', 'TIME', 'REQ', 'PARTNER', 'APP', 'TICKET'].map((symbol) =>
  slotSymbol(symbol as 'ROLE'),
);
const MARKERS = createPhraseList([
  ['marker', splitList(REASON_MARKERS)],
  ['opener', splitList(REASON_OPENERS)],
]);
const REASON_LEAD = trait((key) => MARKERS.isLead(key) || ['as', 'since', 'for', 'during'].includes(key));
const ENDS = new Set(['.', '!', '?', '\n', ';']);

/** Finds the words that say why: they are kept as the reason and never read as an order. */
export function findReasons(scene: Scene): void {
  const { tokens } = scene.lattice;
  let marks: Landmarks | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    if (((tokens[at]?.traits ?? 0) & REASON_LEAD) === 0 || (tokens[at]?.quote ?? 0) > 0) continue;
    const found = MARKERS.longestAt(tokens, at);
    if (found === null && isBecause(scene, at)) addReason(scene, at, at + 1, true);
    else if (found !== null) addReason(scene, at, found.to, found.kind === 'marker');
    else if (tokens[at]?.key === 'for' || tokens[at]?.key === 'during') {
      marks ??= findLandmarks(scene);
      addPurpose(scene, at, marks);
    }
  }
}

function addReason(scene: Scene, from: number, markerEnd: number, isMarker: boolean): void {
  const { tokens, edges } = scene.lattice;
  // "since friday" tells a time, "reason" alone may be asked for.
  if ((edges[from] ?? []).some((edge) => edge.symbols.includes(TIME))) return;
  let start = isMarker ? markerEnd : from + leadLength(scene, from);
  while (isMarker && [':', ',', '-', 'is', 'that'].includes(tokens[start]?.key ?? '')) start += 1;
  const end = endOfSentence(scene, start);
  if (end <= start) return;
  addEnds(scene, from, start, end, 0);
}

/** "as", "since", "so that" lead a reason and are no part of it. */
function leadLength(scene: Scene, from: number): number {
  const [first, second] = [scene.lattice.tokens[from]?.key ?? '', scene.lattice.tokens[from + 1]?.key ?? ''];
  if (first === 'so' && second === 'that') return 2;
  return first === 'as' || first === 'since' || (first === 'so' && second !== 'far')
    ? first === 'as' && second === 'per'
      ? 0
      : 1
    : 0;
}

const CLAUSE_VERBS = new Set([
  'is',
  'are',
  'was',
  'has',
  'have',
  'will',
  'needs',
  'covers',
  'left',
  'went',
  'does',
  'cant',
  'isnt',
  'can',
  'wants',
  'takes',
  'works',
  'joined',
  'joins',
  'got',
  'starts',
  'started',
]);

/** "as frank is ill": a person and a verb after it make a clause of "as". */
function isBecause(scene: Scene, at: number): boolean {
  const key = scene.lattice.tokens[at]?.key;
  if (key !== 'as' && key !== 'since') return false;
  return (scene.lattice.edges[at + 1] ?? []).some(
    (edge) => edge.value?.kind === 'people' && CLAUSE_VERBS.has(scene.lattice.tokens[edge.to]?.key ?? ''),
  );
}

/** Adds the reason, and shorter ones that leave a time or a ticket at its end outside. */
function addEnds(scene: Scene, from: number, start: number, end: number, cost: number): void {
  const trimmed = trim(scene, start, end);
  addEdge(scene.lattice, from, end, [REASON], textBetween(scene, start, trimmed), cost);
  const tail = tailStart(scene, start, end);
  if (tail !== null && tail > start) {
    const shorter = textBetween(scene, start, trim(scene, start, tail));
    addEdge(scene.lattice, from, tail, [REASON], shorter, cost - 0.1);
  }
}

function textBetween(scene: Scene, from: number, to: number): Value {
  return new LateText(scene, from, to);
}

/** The words of a reason, put together only when the reason is taken: most are not. */
class LateText {
  readonly kind = 'text';
  readonly #scene: Scene;
  readonly #from: number;
  readonly #to: number;

  constructor(scene: Scene, from: number, to: number) {
    this.#scene = scene;
    this.#from = from;
    this.#to = to;
  }

  get text(): string {
    return textOf(this.#scene, this.#from, this.#to);
  }
}

function trim(scene: Scene, start: number, end: number): number {
  let last = end;
  while (last > start + 1 && TRAILING.has(scene.lattice.tokens[last - 1]?.key ?? '')) last -= 1;
  return last;
}

const TRAILING = new Set([
  ',',
  '.',
  '!',
  '?',
  ';',
  'please',
  'pls',
  'plz',
  'thanks',
  'thx',
  'and',
  'ty',
  'cheers',
  ')',
  '-',
  ':',
]);

function endOfSentence(scene: Scene, start: number): number {
  const { tokens } = scene.lattice;
  let at = start;
  while (
    at < tokens.length &&
    !(ENDS.has(tokens[at]?.text ?? '') && !(tokens[at]?.text === '.' && tokens[at + 1]?.spaced === false))
  )
    at += 1;
  return at;
}

/** Where a time or ticket begins that ends exactly with the sentence. */
function tailStart(scene: Scene, start: number, end: number): number | null {
  const trimmed = trim(scene, start, end);
  for (let at = start; at < end; at += 1) {
    for (const edge of scene.lattice.edges[at] ?? []) {
      const isTail =
        edge.symbols.includes(TIME) &&
        edge.value?.kind === 'time' &&
        edge.value.time !== null &&
        (!edge.value.bare || (edge.value.time.for !== null && scene.lattice.tokens[at - 1]?.text === ','));
      if ((isTail || edge.symbols.includes(TICKET)) && trimmed <= edge.to && edge.to <= end) return at;
    }
  }
  return null;
}

/** "for a while" tells no reason but a time that nobody can count, "for example" that nothing is ordered. */
const VAGUE = new Set(['while', 'bit', 'moment', 'time', 'period', 'spell', 'example', 'instance', 'now', 'sure']);

/** "for the audit": a purpose, unless what follows is a name, a time or another clause. */
function addPurpose(scene: Scene, from: number, marks: Landmarks): void {
  const { tokens, edges } = scene.lattice;
  let start = from + 1;
  while (
    [
      'the',
      'a',
      'an',
      'our',
      'his',
      'her',
      'their',
      'my',
      'this',
      'some',
      'that',
      'any',
      'upcoming',
      'new',
      'big',
      'annual',
      'quarterly',
    ].includes(tokens[start]?.key ?? '')
  )
    start += 1;
  if (VAGUE.has(tokens[start]?.key ?? '')) return;
  const end = clauseEnd(start, marks);
  if (isUncounted(scene, from + 1, end)) return;
  if (end <= start || (edges[from] ?? []).some((edge) => edge.symbols.includes(TIME))) return;
  if ((marks.name[from + 1] ?? end) < end) return;
  addEdge(scene.lattice, from, end, [REASON], textBetween(scene, from + 1, trim(scene, from + 1, end)), 0.15);
}

const SPANS = new Set(
  'second minute hour day night evening morning afternoon noon week weekend month quarter semester term season year decade century shift'.split(
    ' ',
  ),
);

/** "for 2 nights", "for a quarter", "for 1e3 hours": a length that nobody can count is no reason. */
function isUncounted(scene: Scene, from: number, end: number): boolean {
  const { tokens } = scene.lattice;
  const last = tokens[trim(scene, from, end) - 1]?.key ?? '';
  if (SPANS.has(last) || (last.endsWith('s') && SPANS.has(last.slice(0, -1)))) return true;
  const first = tokens[from]?.key ?? '';
  return /^\d/.test(first) && !/^\d+(?:st|nd|rd|th)$/.test(first);
}

function isName(edge: Edge): boolean {
  if (edge.symbols.includes(GROUP)) return true;
  return edge.cost < 0.3 && NAMES.some((symbol) => edge.symbols.includes(symbol));
}

/** From each word on, where the next clause ends, the next time and the next name begin: found in one pass. */
type Landmarks = {
  readonly stop: readonly number[];
  readonly time: readonly number[];
  readonly name: readonly number[];
};

function findLandmarks(scene: Scene): Landmarks {
  const { tokens, edges } = scene.lattice;
  const [stop, time, name]: [number[], number[], number[]] = [[], [], []];
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const starting = edges[at] ?? [];
    const isStop = tokens[at]?.kind === 'punctuation' || CLAUSE_ENDS.has(tokens[at]?.key ?? '');
    stop[at] = isStop ? at : (stop[at + 1] ?? tokens.length);
    time[at] = starting.some(isToldTime) ? at : (time[at + 1] ?? tokens.length);
    name[at] = starting.some(isName) ? at : (name[at + 1] ?? tokens.length);
  }
  return { stop, time, name };
}

const CLAUSE_ENDS = new Set(['and', 'but', 'until', 'till', 'please', 'because', 'then']);

function isToldTime(edge: Edge): boolean {
  return edge.symbols.includes(TIME) && edge.value?.kind === 'time' && !edge.value.bare;
}

function clauseEnd(start: number, { stop, time }: Landmarks): number {
  const end = stop[start] ?? start;
  return Math.min(end, time[start + 1] ?? end);
}

const MENTION = new RegExp(`${MENTION_OPEN}([^${MENTION_CLOSE}]*)${MENTION_CLOSE}`, 'g');

/** The text of tokens as written, with the spaces between them. */
export function textOf(scene: Scene, from: number, to: number): string {
  const { tokens } = scene.lattice;
  let text = '';
  for (let at = from; at < to; at += 1)
    text += `${at > from && tokens[at]?.spaced ? ' ' : ''}${tokens[at]?.text ?? ''}`;
  return text.replace(MENTION, '<@$1>').trim();
}
