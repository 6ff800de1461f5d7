import type { Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { DRY_RUN, NOT_A_BAN } from '../lexicon/hazards.ts';
import { cleanText } from '../text/clean.ts';
import { tokenise } from '../text/tokens.ts';
import { trait, traitsIn } from '../text/traits.ts';
import { readCalendar } from '../time/calendar.ts';
import type { Context } from '../types.ts';
import type { Edge } from '../types-internal.ts';
import { splitList, type Vocabulary } from '../vocabulary.ts';
import { findEndpoints } from './find-endpoints.ts';
import { findGroups } from './find-groups.ts';
import { findIds } from './find-ids.ts';
import { absorbTypeWords, findLists } from './find-lists.ts';
import { findPeople } from './find-people.ts';
import { findPhrases, setSkipCosts, wordsOf } from './find-phrases.ts';
import { findReasons } from './find-reasons.ts';
import { findWishes } from './find-wishes.ts';
import { addEdge, createLattice, type Lattice, SKIP } from './lattice.ts';
import { createPhraseList } from './phrase-list.ts';
import type { Scene } from './scene.ts';
import { readWords } from './word-readings.ts';

const FILLER = slotSymbol('FILLER');
const UNKNOWN = slotSymbol('UNKNOWN');
const DRY = createPhraseList([['dry', splitList(DRY_RUN)]]);

const ALLOWANCE = createPhraseList([['allowed', splitList(NOT_A_BAN)]]);

const ALLOWS = trait((key) => ALLOWANCE.isLead(key) || key === 'only' || key === 'just');
const PLAYS_THROUGH = trait((key) => DRY.isLead(key));
const SUPPOSES = trait((key) => key === 'if');

/** A text with all its readings. */
export type ReadScene = {
  readonly scene: Scene;
  readonly lattice: Lattice;
  readonly dryRun: boolean;
  readonly isCut: boolean;
};

/** Longer texts are read only so far; an order in them is never understood, since its end may change it. */
const MOST_TOKENS = 1500;

/** Finds every name and every word of grammar in a text. Linear in the text's length. */
export function readScene(text: string, vocabulary: Vocabulary, context: Context): ReadScene {
  const all = tokenise(cleanText(text), vocabulary.isDotted);
  const isCut = all.length > MOST_TOKENS;
  const tokens = isCut ? all.slice(0, MOST_TOKENS) : all;
  const builder = createLattice(tokens);
  const scene: Scene = {
    lattice: builder,
    traits: traitsIn(tokens),
    vocabulary,
    context,
    // Most messages tell no time.
    calendar: () => readCalendar(context.now, context.zone),
    readings: readWords(tokens, vocabulary.words),
  };
  setSkipCosts(scene);
  const places = findPhrases(scene);
  findIds(scene);
  findEndpoints(scene);
  findPeople(scene, places);
  findThreadNames(scene);
  preferRoles(scene);
  absorbTypeWords(scene);
  findGroups(scene, places);
  findLists(scene);
  findWishes(scene);
  findReasons(scene);
  findUnknown(scene);
  findLiteralSigns(scene);
  findAllowances(scene);
  findGerunds(scene);
  const dryRun = findDryRun(scene);
  silenceQuotes(scene);
  return { scene, lattice: { tokens, startingAt: builder.edges, skip: builder.skip }, dryRun, isCut };
}

/** "Don't forget to" and "why don't you" open an order. */
function findAllowances(scene: Scene): void {
  if ((scene.traits & ALLOWS) === 0) return;
  for (let at = 0; at < scene.lattice.tokens.length; at += 1) {
    const phrase = ALLOWANCE.longestAt(scene.lattice.tokens, at);
    if (phrase !== null) addEdge(scene.lattice, at, phrase.to, [FILLER], null, 0);
    else if (limitsTime(scene, at) || limitsPlace(scene, at)) onlyFiller(scene, at);
  }
}

/** The word says nothing about the roles beside it. */
function onlyFiller(scene: Scene, at: number): void {
  const { edges } = scene.lattice;
  edges[at] = (edges[at] ?? []).filter((edge) => edge.to > at + 1 || edge.value !== null);
  addEdge(scene.lattice, at, at + 1, [FILLER], null, 0);
}

/** "for Denver only": the word limits the place and nothing else. */
function limitsPlace(scene: Scene, at: number): boolean {
  const { tokens, edges } = scene.lattice;
  if (tokens[at]?.key !== 'only') return false;
  for (let from = Math.max(0, at - 4); from < at; from += 1) {
    if (edges[from]?.some((edge) => edge.to === at && edge.symbols.includes(GROUP))) return true;
  }
  return false;
}

/** "only for 2 hours", "just until friday": the word limits the time and nothing else. */
function limitsTime(scene: Scene, at: number): boolean {
  const { tokens, edges } = scene.lattice;
  if (
    !['only', 'just'].includes(tokens[at]?.key ?? '') ||
    !['for', 'until', 'till', 'til'].includes(tokens[at + 1]?.key ?? '')
  )
    return false;
  return (edges[at + 1] ?? []).some((edge) => edge.value?.kind === 'time' && edge.to > at + 2);
}

const GROUP = slotSymbol('GROUP');
const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const SAME_NAME = 0.02;

function hasSymbol(edges: readonly Edge[], symbol: number): boolean {
  for (const edge of edges) if (edge.symbols.includes(symbol)) return true;
  return false;
}

/** What is the name of a role and of a permission is the role where both fit. */
function preferRoles(scene: Scene): void {
  const { edges } = scene.lattice;
  edges.forEach((list, at) => {
    if (!hasSymbol(list, ROLE) || !hasSymbol(list, PERM)) return;
    const isRole = (edge: Edge): boolean => list.some((one) => one.to === edge.to && one.symbols.includes(ROLE));
    edges[at] = list.map((edge) =>
      edge.symbols.includes(PERM) && isRole(edge) ? { ...edge, cost: edge.cost + SAME_NAME } : edge,
    );
  });
}

const IT = new Set(['it', 'that', 'this', 'same']);
const POINTS_BACK = trait((key) => IT.has(key));

/** "Take Manager from frank and give it to bob": the name said last; in a thread also what the thread is about. */
function findThreadNames(scene: Scene): void {
  if ((scene.traits & POINTS_BACK) === 0) return;
  const { previous } = scene.context;
  let symbol = slotSymbol(previous !== null && previous.roles.length > 0 ? 'ROLE' : 'PERM');
  let names: readonly string[] =
    (previous?.roles.length ?? 0) > 0 ? (previous?.roles ?? []) : (previous?.permissions ?? []);
  const said = NAMED.map((kind) => slotSymbol(kind));
  scene.lattice.tokens.forEach((token, at) => {
    if (previous !== null) findThreadPartner(scene, at, previous);
    if (names.length > 0 && (IT.has(token.key) || (previous !== null && isOne(scene, at)))) {
      const refs = names.map((name) => ({ values: [name], literal: true, text: token.text }));
      addEdge(scene.lattice, at, at + 1, [symbol], { kind: 'names', names: refs, or: false }, 0.28);
      return;
    }
    const named = (scene.lattice.edges[at] ?? []).find(
      (edge) => edge.cost < 0.24 && said.some((kind) => edge.symbols.includes(kind)),
    );
    if (named?.value?.kind !== 'names' || token.quote > 0) return;
    symbol = named.symbols[0] ?? symbol;
    names = named.value.names.flatMap((name) => (name.values.length === 1 ? name.values : []));
  });
}

/** "is bob a Manager", "make him one". */
function isOne(scene: Scene, at: number): boolean {
  const before = scene.lattice.tokens[at - 1]?.key ?? '';
  return scene.lattice.tokens[at]?.key === 'one' && ['him', 'her', 'them', 'me', 'a', 'also'].includes(before);
}

/** "does Bluebird have sms.read", "give it to them". */
function findThreadPartner(scene: Scene, at: number, previous: Understanding): void {
  const key = scene.lattice.tokens[at]?.key ?? '';
  if (previous.partners.length === 0 || !['them', 'they', 'it'].includes(key)) return;
  const isScope = key === 'it' && previous.scopes.length > 0;
  const refs = (isScope ? previous.scopes : previous.partners).map((name) => ({
    values: [name],
    literal: true,
    text: key,
  }));
  const symbol = slotSymbol(isScope ? 'SCOPE' : 'PARTNER');
  addEdge(scene.lattice, at, at + 1, [symbol], { kind: 'names', names: refs, or: false }, 0.02);
}

const NAMED = ['ROLE', 'PERM', 'SCOPE'] as const;

/** Signs that patterns name, such as `+` and `:`. */
function findLiteralSigns(scene: Scene): void {
  const { grammar } = scene.vocabulary;
  scene.lattice.tokens.forEach((token, at) => {
    if (token.kind === 'punctuation' && SIGNS.has(token.text) && grammar.literals.includes(token.text)) {
      addEdge(scene.lattice, at, at + 1, [grammar.symbols.number(token.text)], null);
    }
  });
}

const SIGNS = new Set([':', '+', '-', '=', '>']);

/** Words that are nothing known may be names of something that does not exist. */
function findUnknown(scene: Scene): void {
  const { tokens, edges, skip } = scene.lattice;
  for (let from = 0; from < tokens.length; from += 1) {
    if (!isUnknown(scene, from)) continue;
    let to = from + 1;
    while (to < tokens.length && to - from < 3 && isUnknown(scene, to) && tokens[to]?.spaced) to += 1;
    const value = { kind: 'text', text: wordsOf(scene, from, to) } as const;
    addEdge(scene.lattice, from, to, [UNKNOWN], value, 0.1 * (to - from - 1));
    if (to - from > 1)
      addEdge(scene.lattice, from, from + 1, [UNKNOWN], { kind: 'text', text: wordsOf(scene, from, from + 1) });
  }
  function isUnknown(inside: Scene, at: number): boolean {
    const token = tokens[at];
    return (
      token !== undefined &&
      token.kind !== 'punctuation' &&
      (skip[at] ?? 0) >= SKIP.unknown &&
      (skip[at] ?? 0) < SKIP.name &&
      !(edges[at] ?? []).some(
        (edge) => edge.value !== null && !edge.slip && edge.value.kind !== 'text' && edge.value.kind !== 'number',
      ) &&
      inside.lattice.tokens[at]?.quote === 0
    );
  }
}

const PAST_ORDERS: Readonly<Record<string, readonly string[]>> = {
  gave: ['@give'],
  granted: ['@give'],
  assigned: ['@give', '@have'],
  added: ['@give', '@include'],
  made: ['@make'],
  took: ['@take', '@exclude'],
  removed: ['@take', '@exclude', '@deleterole'],
  revoked: ['@take'],
  stripped: ['@take'],
  deleted: ['@deleterole', '@take'],
  dropped: ['@take', '@deleterole'],
  got: ['@gets'],
  had: ['@gets'],
  became: ['@gets'],
  lost: ['@loses'],
  set: ['@give'],
  were: ['@gets'],
  changed: ['change'],
  switched: ['switch'],
  moved: ['move'],
  replaced: ['replace'],
  reset: ['@reset'],
  copied: ['@copy', 'copy'],
  renamed: ['@rename'],
  created: ['@create'],
  offboarded: ['@offboard'],
  suspended: ['@pause'],
  let: ['let'],
  allowed: ['@enable'],
  disabled: ['@disable'],
  enabled: ['@enable'],
  gives: ['@give'],
  takes: ['@take'],
  removes: ['@take'],
  promoted: ['promote'],
  demoted: ['demote'],
  swapped: ['swap'],
  giving: ['@give'],
  taking: ['@take'],
  removing: ['@take', '@exclude'],
  assigning: ['@give'],
  granting: ['@give'],
  revoking: ['@take'],
  making: ['@make'],
  deleting: ['@deleterole'],
  adding: ['@give', '@include'],
  swapping: ['swap'],
  switching: ['switch'],
  changing: ['change'],
  moving: ['move'],
  replacing: ['replace'],
  promoting: ['promote'],
  demoting: ['demote'],
  resetting: ['@reset'],
  offboarding: ['@offboard'],
  suspending: ['@pause'],
  pausing: ['@pause'],
  letting: ['let'],
  allowing: ['@enable'],
  renaming: ['@rename'],
  copying: ['@copy', 'copy'],
  stripping: ['@take'],
  paused: ['@pause'],
  gets: ['@gets'],
  is: ['@gets'],
};

const ASKED_KINDLY = createPhraseList([['kind', ['would you mind', 'do you mind', 'would you please mind', 'mind']]]);

const ASKS_KINDLY = trait((key) => ASKED_KINDLY.isLead(key));

/** "would you mind taking Manager from frank": the verb behind it is the order. */
function findGerunds(scene: Scene): void {
  if ((scene.traits & ASKS_KINDLY) === 0) return;
  const { tokens } = scene.lattice;
  for (let at = 0; at < tokens.length; at += 1) {
    const phrase = ASKED_KINDLY.longestAt(tokens, at);
    const verb = phrase === null ? undefined : tokens[phrase.to]?.key;
    const isAsked = phrase !== null && verb?.endsWith('ing') === true;
    if (!isAsked || verb === undefined || (tokens[at]?.quote ?? 0) > 0) continue;
    addEdge(scene.lattice, at, phrase.to, [FILLER], null, 0);
    for (const symbol of Object.hasOwn(PAST_ORDERS, verb) ? (PAST_ORDERS[verb] ?? []) : [])
      addEdge(scene.lattice, phrase.to, phrase.to + 1, [scene.vocabulary.grammar.symbols.number(symbol)], null);
    return;
  }
}

/** Finds "dry run", "what would happen if": the order after them is only played through, so past forms are orders too. */
function findDryRun(scene: Scene): boolean {
  const { tokens } = scene.lattice;
  let found = false;
  if ((scene.traits & (PLAYS_THROUGH | SUPPOSES)) === 0) return false;
  for (let at = 0; at < tokens.length; at += 1) {
    if ((tokens[at]?.quote ?? 0) > 0) continue;
    const phrase = DRY.longestAt(tokens, at);
    if (phrase === null) continue;
    found = true;
    let to = phrase.to;
    while (
      [':', ',', '-', 'only', 'i', 'we', 'you', 'please', 'that', 'someone', 'to', 'if'].includes(
        tokens[to]?.key ?? '',
      ) &&
      to - phrase.to < 3
    )
      to += 1;
    for (let end = phrase.to; end <= to; end += 1) addEdge(scene.lattice, at, end, [FILLER], null, 0);
  }
  if (findWhatIf(scene)) found = true;
  if (found) {
    tokens.forEach((token, at) => {
      const symbols = Object.hasOwn(PAST_ORDERS, token.key) ? PAST_ORDERS[token.key] : undefined;
      for (const symbol of symbols ?? [])
        addEdge(scene.lattice, at, at + 1, [scene.vocabulary.grammar.symbols.number(symbol)], null);
    });
  }
  return found;
}

const SUPPOSERS = new Set(['i', 'we', 'you', 'someone', 'somebody', 'one']);
const OUTCOMES = new Set(['would', 'will', 'could', 'happens', 'changes', 'happen', 'does']);
const LONGEST_OUTCOME = 8;

/** "If I gave carol Reports, what would she gain": the question beside a supposed order makes it one to play through. */
function findWhatIf(scene: Scene): boolean {
  const { tokens } = scene.lattice;
  const keys = tokens.map((token) => (token.quote > 0 ? '' : token.key));
  const supposed = keys.findIndex((key, at) => key === 'if' && SUPPOSERS.has(keys[at + 1] ?? ''));
  const asked = keys.findIndex((key, at) => key === 'what' && OUTCOMES.has(keys[at + 1] ?? ''));
  if (supposed === -1 || asked === -1) return false;
  const sign = keys.findIndex((key, at) => at > asked && (key === ',' || key === '?' || key === '.'));
  const end = asked < supposed ? supposed : sign === -1 ? tokens.length : sign;
  if (end - asked > LONGEST_OUTCOME) return false;
  addEdge(scene.lattice, supposed, supposed + 2, [FILLER], null, 0);
  addEdge(scene.lattice, asked, end, [FILLER], null, 0);
  return true;
}

/**
 * Takes all grammar out of quotations: what somebody quotes is a name at most.
 *
 * A quotation that is one name as a whole ("Manager") stays that name.
 */
function silenceQuotes(scene: Scene): void {
  const { tokens, edges } = scene.lattice;
  if (!tokens.some((token) => token.quote > 0)) return;
  for (let from = 0; from < tokens.length; from += 1) {
    const quote = tokens[from]?.quote ?? 0;
    const list = edges[from];
    if (list === undefined || list.length === 0) continue;
    edges[from] = list.filter((edge) => {
      if (quote === 0) return quotedBy(edge.from, edge.to) === 0 || edge.value !== null;
      return edge.value !== null && isWholeQuote(edge.from, edge.to);
    });
  }
  function quotedBy(from: number, to: number): number {
    for (let at = from; at < to; at += 1) if ((tokens[at]?.quote ?? 0) > 0) return 1;
    return 0;
  }
  function isWholeQuote(from: number, to: number): boolean {
    const quote = tokens[from]?.quote;
    const startsThere = tokens[from - 1]?.quote !== quote;
    const endsThere = tokens[to - 1]?.quote === quote ? tokens[to]?.quote !== quote : true;
    return startsThere && endsThere;
  }
}
