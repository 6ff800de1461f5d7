import { slotSymbol } from '../grammar/symbols.ts';
import { EXCEPT } from '../lexicon/groups.ts';
import { trait } from '../text/traits.ts';
import type { Edge, PersonRef } from '../types-internal.ts';
import type { Place } from './find-phrases.ts';
import type { Scene } from './scene.ts';

const WHO = slotSymbol('WHO');

/** What finding groups looks at: the words, and the departments, sites and roles among them. */
export type Finder = {
  readonly scene: Scene;
  readonly key: (at: number) => string;
  readonly at: (at: number) => readonly Place[];
};

type Except = {
  readonly to: number;
  readonly numbers: readonly string[];
  readonly unclear: string | null;
  /** Whether nobody is named behind it. */
  readonly isOpen: boolean;
};
/** Words that say more often something else: "anyone without Meetings", "but only for an hour". */
const OTHERWISE = new Set(['without', 'save', 'bar', 'ex', 'minus', 'sans']);

const EXCEPT_PHRASES = new Set([
  'apart from',
  'other than',
  'with the',
  'except for',
  'but not',
  'not including',
  'leaving out',
  'aside from',
  'save for',
  'just not',
  'only not',
  'minus the',
]);
const EXCEPT_STARTS = new Set([...EXCEPT_PHRASES].map((phrase) => phrase.split(' ')[0] ?? ''));

/** An exception begins with one of these words or signs. */
export const EXCEPT_LEAD = trait((key) => EXCEPT_STARTS.has(key) || EXCEPT.has(key) || key === ',' || key === '(');

/** "except carol and dave", "but not bob", "apart from ext 104". */
export function readExcept(finder: Finder, from: number): Except | null {
  const { key, scene } = finder;
  let at = key(from) === ',' || key(from) === '(' ? from + 1 : from;
  const first = key(at);
  if (!EXCEPT_STARTS.has(first) && !EXCEPT.has(first)) return null;
  const two = `${first} ${key(at + 1)}`;
  if (two === 'with the') {
    if (key(at + 2) !== 'exception') return null;
    at += 4;
  } else at += EXCEPT_PHRASES.has(two) ? 2 : 1;
  if (!EXCEPT_PHRASES.has(two) && !EXCEPT.has(first)) return null;
  if (key(at) === 'the' || key(at) === 'for') at += 1;
  const numbers: string[] = [];
  let unclear: string | null = null;
  let to = at;
  while (to < scene.lattice.tokens.length) {
    const person = longestPerson(scene.lattice.edges[to] ?? []);
    if (person === null) break;
    const [one] = person.value?.kind === 'people' ? person.value.people : [];
    const only = (one as PersonRef | undefined)?.candidates ?? [];
    if (only.length === 1 && (one as PersonRef).literal) numbers.push(only[0] as string);
    else unclear = (one as PersonRef | undefined)?.text ?? 'except';
    to = person.to;
    const joint = joinedTo(finder, to);
    if (joint === to || longestPerson(scene.lattice.edges[joint] ?? []) === null) break;
    to = joint;
  }
  const isOpen = to === at;
  if (isOpen && OTHERWISE.has(first)) return null;
  return { to: key(to) === ')' ? to + 1 : to, numbers, unclear: isOpen ? first : unclear, isOpen };
}

function joinedTo(finder: Finder, from: number): number {
  let at = from;
  while ([',', 'and', '&', 'or', 'nor', '+'].includes(finder.key(at)) && at - from < 2) at += 1;
  return at;
}

function longestPerson(edges: readonly Edge[]): Edge | null {
  let best: Edge | null = null;
  for (const edge of edges) if (edge.symbols.includes(WHO) && (best === null || edge.to > best.to)) best = edge;
  return best;
}
