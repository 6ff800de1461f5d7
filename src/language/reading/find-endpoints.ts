import { endpoints } from '../../catalogue/catalogue.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { trait } from '../text/traits.ts';
import { textOf } from './find-reasons.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import { createPhraseList } from './phrase-list.ts';
import type { Scene } from './scene.ts';

const ENDPOINT = slotSymbol('ENDPOINT');
const CALLED = new Set(['endpoint', 'endpoints', 'api', 'route', 'operation']);
const ENDPOINT_WORD = trait((key) => CALLED.has(key));
const JOINTS = new Set(['for', 'of', 'to', 'the', 'that', 'a', 'an']);
const LONGEST = 5;
/** What people do with an operation, by its method; anything else reads. */
const METHODS: Readonly<Record<string, string>> = {
  update: 'PUT',
  change: 'PUT',
  set: 'PUT',
  assign: 'PUT',
  write: 'PUT',
  edit: 'PUT',
  put: 'PUT',
  create: 'POST',
  post: 'POST',
  delete: 'DELETE',
  remove: 'DELETE',
};

type Known = { readonly method: string; readonly endpoint: string };

/** Finds operations that are named by what they are about: "the call log endpoint", "the API for assigned roles". */
export function findEndpoints(scene: Scene): void {
  if ((scene.traits & ENDPOINT_WORD) === 0) return;
  const { tokens } = scene.lattice;
  const known = byWords();
  tokens.forEach((token, at) => {
    if ((token.traits & ENDPOINT_WORD) !== 0 && token.quote === 0) findAround(scene, at, known);
  });
}

/** What the word at `at` is said to be an endpoint of, before it or behind it. */
function findAround(scene: Scene, at: number, known: Index): void {
  const { tokens } = scene.lattice;
  for (let from = Math.max(0, at - LONGEST); from < at; from += 1) {
    const found = known.list.longestAt(tokens, from);
    if (found?.to !== at) continue;
    add(scene, from, at + 1, from, at, known.of(found.kind));
    return;
  }
  let next = at + 1;
  while (JOINTS.has(tokens[next]?.key ?? '')) next += 1;
  const found = next > at + 1 ? known.list.longestAt(tokens, next) : null;
  if (found !== null) add(scene, at, found.to, next, found.to, known.of(found.kind));
}

function add(scene: Scene, from: number, to: number, first: number, last: number, operations: readonly Known[]): void {
  const verb = scene.lattice.tokens.slice(0, to).find(({ key }) => Object.hasOwn(METHODS, key));
  const method = METHODS[verb?.key ?? ''] ?? 'GET';
  const fitting = operations.filter((one) => one.method === method);
  const values = (fitting.length > 0 ? fitting : operations).map((one) => one.endpoint);
  const name = { values, literal: false, text: textOf(scene, first, last) };
  addEdge(scene.lattice, from, to, [ENDPOINT], { kind: 'names', names: [name], or: false });
  raiseSkip(scene.lattice, from, to, SKIP.name);
}

type Index = {
  readonly list: ReturnType<typeof createPhraseList<string>>;
  readonly of: (kind: string) => readonly Known[];
};
let index: Index | null = null;

/** The catalogue's operations by the words that people call them by. */
function byWords(): Index {
  if (index !== null) return index;
  const operations = new Map<string, Known[]>();
  for (const { method, path, summary } of endpoints()) {
    const endpoint = `${method} ${path.replace(/\{accountId\}|\{extensionId\}/g, '~')}`;
    const words = new Set([...spoken(path), (summary ?? '').replace(/^\S+ /, '').toLowerCase()]);
    words.delete('');
    for (const phrase of words) operations.set(phrase, [...(operations.get(phrase) ?? []), { method, endpoint }]);
  }
  const list = createPhraseList<string>([...operations.keys()].map((phrase) => [phrase, [phrase]] as const));
  index = { list, of: (kind) => operations.get(kind) ?? [] };
  return index;
}

/** `/account/{accountId}/call-log` is about the "call log", the company's; below an extension it is the user's. */
function spoken(path: string): readonly string[] {
  const last = path.split('/').at(-1) ?? '';
  if (!/^[a-z-]{4,}$/.test(last)) return [];
  const thing = last.replaceAll('-', ' ');
  const whose = path.includes('{extensionId}') ? ['user', 'extension', 'own'] : ['company', 'account'];
  const forms = [thing, ...(thing.endsWith('s') ? [] : [`${thing}s`])];
  return forms.flatMap((form) => [form, ...whose.map((one) => `${one} ${form}`)]);
}
