import { slotSymbol } from '../grammar/symbols.ts';
import { fold } from '../text/fold.ts';
import { trait } from '../text/traits.ts';
import type { Edge } from '../types-internal.ts';
import type { Scene } from './scene.ts';

const ROLE = slotSymbol('ROLE');
const ASKING = new Set(['give', 'get']);
const WANTED = new Set(['want', 'need']);
const WISHES = trait((key) => ASKING.has(key) || WANTED.has(key));
const ARTICLES = new Set(['the', 'a', 'an']);
const THINGS = new Set(['roles', 'permissions', 'rights', 'permission']);
const HOLDERS = new Set(
  'holders owners users people members bearers holder list overview details permissions contents description'.split(
    ' ',
  ),
);

/**
 * Settles what "give me" means: one role by its name is wanted ("give me Manager"), its holders are asked for ("give me
 * the managers"), and so is what somebody else has ("give me the roles bob has").
 */
export function findWishes(scene: Scene): void {
  if ((scene.traits & WISHES) === 0) return;
  const { tokens, edges } = scene.lattice;
  const { symbols } = scene.vocabulary.grammar;
  tokens.forEach((token, at) => {
    const isWanted = token.key === 'i' && WANTED.has(tokens[at + 1]?.key ?? '');
    if (!isWanted && (!ASKING.has(token.key) || tokens[at + 1]?.key !== 'me')) return;
    let next = at + 2;
    while (ARTICLES.has(tokens[next]?.key ?? '')) next += 1;
    if (!isWanted && THINGS.has(tokens[next]?.key ?? '') && next > at + 2) strike(scene, at, symbols.number('@give'));
    else if (namesOneRole(edges[next] ?? [], scene))
      for (const cue of ['@show', '@have', '@can', '@is']) strike(scene, at, symbols.number(cue));
  });
}

function namesOneRole(found: readonly Edge[], scene: Scene): boolean {
  const longest = found.filter((edge) => edge.symbols.includes(ROLE)).sort((a, b) => b.to - a.to || a.cost - b.cost)[0];
  return longest !== undefined && isOneRole(longest, scene);
}

function isOneRole(edge: Edge, scene: Scene): boolean {
  if (edge.value?.kind !== 'names' || edge.value.names.length !== 1) return false;
  const [name] = edge.value.names;
  if (name === undefined || HOLDERS.has(scene.lattice.tokens[edge.to]?.key ?? '')) return false;
  const isPlural = name.text.toLowerCase().endsWith('s') && !name.values.some((value) => fold(value).endsWith('s'));
  return !isPlural;
}

function strike(scene: Scene, at: number, symbol: number): void {
  const { edges } = scene.lattice;
  edges[at] = (edges[at] ?? []).flatMap((edge) => {
    if (!edge.symbols.includes(symbol)) return [edge];
    const rest = edge.symbols.filter((one) => one !== symbol);
    return rest.length === 0 ? [] : [{ ...edge, symbols: rest }];
  });
}
