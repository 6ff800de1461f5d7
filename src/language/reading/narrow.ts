import type { Ask } from '../../domain/understanding.ts';
import { nameWords } from '../names/people-index.ts';
import { fold } from '../text/fold.ts';
import type { Lattice } from './lattice.ts';
import type { Scene } from './scene.ts';

const IDLE = new Set(
  'the one ones of a an in from at with i mean meant its it is that this please pls yes no not sorry who works sits guy person role permission from department team site office called named by and to for me him her s other'.split(
    ' ',
  ),
);

/**
 * The candidates that the words of an answer fit: "chris y", "support", "the company ones", "the one called voice".
 *
 * Each word must begin a word of the name, or of the department or site of a person. Empty when some word fits none, or
 * when no word tells anything.
 */
export function narrow(ask: Ask, scene: Scene, lattice: Lattice): readonly string[] {
  const said = lattice.tokens
    .filter((token) => (token.kind === 'word' || token.kind === 'number') && !IDLE.has(token.key))
    .map((token) => token.key);
  if (said.length === 0 || said.length > 4) return [];
  const isOwn = ask.about === 'permission' && said.length === 1 && said[0] === 'own';
  return ask.candidates.filter((candidate) => {
    const words = wordsOf(candidate, ask, scene);
    if (isOwn) return !words.includes('company');
    return said.every((word) => words.some((one) => one.startsWith(word) || `${one}s` === word));
  });
}

function wordsOf(candidate: string, ask: Ask, scene: Scene): readonly string[] {
  if (ask.about !== 'person') return fold(candidate.replace(/([a-z])([A-Z])/g, '$1 $2')).split(/[\s.()]+/);
  const { people } = scene.vocabulary;
  const one = people.people[people.byNumber(candidate)];
  if (one === undefined) return [candidate];
  return [one.number, ...[one.name, one.department ?? '', one.site ?? ''].flatMap((text) => nameWords(text))];
}
