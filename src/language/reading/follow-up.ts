import { type Intent, NO_SLOTS, type Understanding } from '../../domain/understanding.ts';
import { fold } from '../text/fold.ts';
import { answerAsk, isNo, type Reread, refused } from './answer-ask.ts';
import { type Fragment, readFragment } from './fragments.ts';
import { goOn } from './go-on.ts';
import type { Lattice } from './lattice.ts';
import type { Scene } from './scene.ts';
import { addReason, turnTo } from './turn-to.ts';

/** Reads a text as going on with the thread; null when it stands on its own. */
export function continueThread(text: string, scene: Scene, lattice: Lattice, reread: Reread): Understanding | null {
  const { previous } = scene.context;
  if (previous === null || previous.intent === null) return null;
  const turned = turnTo(previous, lattice) ?? addReason(previous, lattice);
  if (turned !== null) return { ...turned, text };
  const fragment = readFragment(lattice, previous);
  if (previous.outcome === 'ask-back' && previous.ask !== null) {
    const answered = answerAsk(previous, previous.ask, fragment, scene, lattice, reread);
    if (answered !== null) return answered;
  }
  if (previous.outcome === 'understood' && previous.effect === 'write' && isNo(lattice)) return refused(lattice);
  if (previous.outcome === 'understood' && isOther(lattice)) return another(previous, fragment, scene, text);
  if (fragment === null || previous.outcome !== 'understood') return null;
  // A sentence that is whole by itself goes on with nothing, unless it opens with "and".
  if (!fragment.opened && reread(text).outcome === 'understood') return null;
  return goOn(previous, fragment, scene);
}

function isOther(lattice: Lattice): boolean {
  const keys = lattice.tokens.filter((token) => token.kind === 'word').map((token) => token.key);
  return keys.length <= 5 && keys.includes('other') && !keys.some((key) => key.startsWith('role') || key === 'who');
}

/** "no, the other bob": whoever shares the name; the bot asks which where several do. */
function another(previous: Understanding, fragment: Fragment | null, scene: Scene, text: string): Understanding | null {
  const { people } = scene.vocabulary;
  const [number] = previous.people;
  if (number === undefined || previous.people.length > 1 || previous.group !== null) return null;
  const named = fragment?.values.flatMap(({ edge }) => (edge.value?.kind === 'people' ? edge.value.people : [])) ?? [];
  const first = people.people[people.byNumber(number)]?.name.split(' ')[0] ?? '';
  const word = scene.vocabulary.dictionary.find(fold(first));
  const sharing = word === -1 ? [] : [...people.withWord(word)].map((at) => people.people[at]?.number ?? '');
  const candidates = [...new Set([...named.flatMap((one) => one.candidates), ...sharing])].filter(
    (one) => one !== number,
  );
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) {
    const reading = {
      words: text,
      as: `${people.people[people.byNumber(only)]?.name ?? ''} (${only})`,
      literal: false,
    };
    return { ...previous, text, people: [only], readings: [reading] };
  }
  const ask = { about: 'person', candidates: candidates.slice(0, 10), text: '' } as const;
  return { ...previous, people: [], outcome: 'ask-back', ask, readings: [] };
}

const DECIDES: ReadonlySet<Intent> = new Set<Intent>(['approve', 'deny', 'remind', 'cancel-request', 'show-request']);
const GRANTS: ReadonlySet<Intent> = new Set<Intent>(['extend-grant', 'end-grant']);
const OWN = new Set(['i', 'im', 'me', 'my', 'mine', 'ive', 'id']);

/** Fills what a whole sentence of a thread leaves to it: "approve it", "extend it by an hour", "make it 4 hours". */
export function fillFromThread(read: Understanding, scene: Scene): Understanding {
  const { previous } = scene.context;
  if (previous === null || read.intent === null || read.also.length > 0 || previous.also.length > 0) return read;
  const settled = read.outcome === 'understood' || read.ask?.about === 'request';
  if (!settled || read.request !== null) return read;
  if (DECIDES.has(read.intent) && previous.request !== null) return withRequest(read, previous.request);
  if (read.intent === 'amend-request') return amendThread(read, previous);
  if (read.intent === 'export') return exportThread(read, previous, scene);
  const isOwn = scene.lattice.tokens.some((token) => OWN.has(token.key));
  const isOpen = read.people.length + read.roles.length === 0 && !isOwn;
  if (!GRANTS.has(read.intent) || !isOpen || previous.outcome !== 'understood' || previous.roles.length === 0)
    return read;
  return { ...read, people: previous.people, group: previous.group, roles: previous.roles };
}

function withRequest(read: Understanding, request: string): Understanding {
  return { ...read, outcome: 'understood', ask: null, request };
}

/** "export that", "as csv" after a question who has what. */
function exportThread(read: Understanding, previous: Understanding, { lattice }: Scene): Understanding {
  // Who says what to export does not mean what was asked before.
  if (lattice.tokens.some(({ key }) => WHOLE_TRAIL.has(key))) return read;
  const isBare = read.roles.length + read.permissions.length === 0 && read.period.since === null;
  if (!isBare || previous.outcome !== 'understood' || !EXPORTED.has(previous.intent ?? '')) return read;
  const { roles, permissions, group, period, people } = previous;
  return { ...read, roles, permissions, group, period, people };
}

const WHOLE_TRAIL = new Set(['audit', 'log', 'logs', 'trail', 'everything']);
const EXPORTED = new Set<string>(['who-has-role', 'who-has-permission', 'history', 'export']);

/** "make it 4 hours": the request of the thread, or the order that was given in it. */
function amendThread(read: Understanding, previous: Understanding): Understanding {
  if (previous.request !== null) return withRequest(read, previous.request);
  const isOrder = previous.outcome === 'understood' && previous.effect === 'write';
  if (!isOrder) return read;
  return { ...NO_SLOTS, ...previous, text: read.text, time: read.time, readings: read.readings };
}
