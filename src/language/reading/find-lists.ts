import type { Group } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Token } from '../text/tokens.ts';
import { trait } from '../text/traits.ts';
import type { Edge, NameRef, PersonRef, Value } from '../types-internal.ts';
import { addEdge, raiseSkip } from './lattice.ts';
import type { Scene } from './scene.ts';

const WHO = slotSymbol('WHO');
const GROUP = slotSymbol('GROUP');
const PERSON = slotSymbol('PERSON');
const NAMED = ['ROLE', 'PERM', 'APP', 'SCOPE', 'PARTNER'].map((symbol) => slotSymbol(symbol as 'ROLE'));

const KINDS = [WHO, ...NAMED];

const TYPE_WORDS: Readonly<Record<string, readonly number[]>> = (() => {
  const [role, perm, app, scope, partner] = NAMED as [number, number, number, number, number];
  return {
    role: [role],
    roles: [role],
    'user role': [role],
    profile: [role],
    rol: [role],
    hat: [role],
    rolle: [role],
    permission: [perm, app],
    permissions: [perm, app],
    right: [perm],
    rights: [perm, role],
    privilege: [perm],
    privileges: [perm, role],
    permision: [perm],
    access: [perm],
    powers: [role, perm],
    status: [role],
    'app permission': [app],
    'app permissions': [app],
    'application permission': [app],
    'app scope': [app],
    'oauth scope': [app, scope],
    'app scopes': [app],
    'api permission': [app],
    'user permission': [perm],
    'user permissions': [perm],
    scope: [scope, app],
    scopes: [scope, app],
    'partner scope': [scope],
    'partner scopes': [scope],
    partner: [partner],
    'sub partner': [partner],
    subpartner: [partner],
    carrier: [partner],
  };
})();
const TYPE_PARTS = new Set(Object.keys(TYPE_WORDS).flatMap((words) => words.split(' ')));
const TYPE_WORD = trait((key) => TYPE_PARTS.has(key));
const LED_BY = ['to', 'called', 'named', ':', 'of'];

/** Lets "the role Support", "Reports permission", "the right to assign roles" settle what a name is. */
export function absorbTypeWords(scene: Scene): void {
  if ((scene.traits & TYPE_WORD) === 0) return;
  const { edges, tokens } = scene.lattice;
  const key = (at: number): string => tokens[at]?.key ?? '';
  for (let from = 0; from < edges.length; from += 1) {
    const starting = edges[from] as readonly Edge[];
    // What is added on the way is no name to look at again.
    const found = starting.length;
    for (let index = 0; index < found; index += 1) {
      const edge = starting[index] as Edge;
      if (edge.value?.kind !== 'names') continue;
      const kind = NAMED.find((symbol) => edge.symbols.includes(symbol));
      if (kind === undefined) continue;
      const cost = edge.slip ? edge.cost : 0;
      // "the Standard roles" are rather several roles than the one of that name.
      const many = key(edge.to).endsWith('s') && kind === NAMED[0] ? 0.25 : 0;
      const after = isTypeWord(tokens[edge.to]) ? typeWord(key, edge.to, kind) : 0;
      const before = typeWordBefore(key, edge.from, kind);
      if (after > 0)
        addEdge(scene.lattice, edge.from, edge.to + after, edge.symbols, edge.value, cost + many, edge.slip);
      if (before > 0) addEdge(scene.lattice, edge.from - before, edge.to, edge.symbols, edge.value, cost, edge.slip);
      if (before > 0 && after > 0)
        addEdge(scene.lattice, edge.from - before, edge.to + after, edge.symbols, edge.value, cost, edge.slip);
    }
  }
}

function isTypeWord(token: Token | undefined): boolean {
  return token !== undefined && (token.traits & TYPE_WORD) !== 0;
}

function typeWord(key: (at: number) => string, at: number, kind: number): number {
  if (TYPE_WORDS[`${key(at)} ${key(at + 1)}`]?.includes(kind)) return 2;
  return Object.hasOwn(TYPE_WORDS, key(at)) && TYPE_WORDS[key(at)]?.includes(kind) ? 1 : 0;
}

function typeWordBefore(key: (at: number) => string, from: number, kind: number): number {
  const gap = LED_BY.includes(key(from - 1)) ? 1 : key(from - 1) === 'the' && key(from - 2) === 'to' ? 2 : 0;
  const end = from - gap;
  if (!TYPE_PARTS.has(key(end - 1)) || (gap === 1 && key(from - 1) === 'of' && key(end - 1) !== 'role')) return 0;
  if (TYPE_WORDS[`${key(end - 2)} ${key(end - 1)}`]?.includes(kind)) return gap + 2;
  return Object.hasOwn(TYPE_WORDS, key(end - 1)) && TYPE_WORDS[key(end - 1)]?.includes(kind) ? gap + 1 : 0;
}

const LONGEST_LIST = 500;
/** Lists that begin inside a longer list are only needed where a clause ends inside it. */
const LONGEST_INNER_LIST = 6;

/** Joins "bob, carol and dave" and "Support and Reports" to one thing. */
export function findLists(scene: Scene): void {
  if ((scene.traits & JOINS) === 0) return;
  const starts = findStarts(scene);
  if (starts.length === 0) return;
  for (const kind of KINDS) {
    const covered = new Set<number>();
    for (const from of starts) {
      const limit = covered.has(from) ? LONGEST_INNER_LIST : LONGEST_LIST;
      joinFrom(scene, from, kind, limit, covered);
    }
  }
}

/** Where something begins that a comma, an "and" or the like follows: no list begins anywhere else. */
function findStarts({ lattice: { tokens, edges } }: Scene): readonly number[] {
  const starts: number[] = [];
  for (let from = 0; from < edges.length; from += 1) {
    for (const edge of edges[from] ?? []) {
      const after = tokens[edge.to];
      if (edge.value === null || after === undefined || (after.traits & JOINS) === 0) continue;
      starts.push(from);
      break;
    }
  }
  return starts;
}

function isJoint(key: string): boolean {
  return key === ',' || key === ';' || key === '\n' || key === '/' || AND.has(key);
}

function joinFrom(scene: Scene, from: number, kind: number, limit: number, covered: Set<number>): void {
  let current = longest(scene, from, kind);
  if (current?.value === null || current === null) return;
  const members: Edge[] = [current];
  let or = false;
  while (members.length < limit) {
    const joint = joint_(scene, current.to);
    if (joint === null) break;
    const next = longest(scene, joint.to, kind);
    if (next === null || next.value === null) break;
    or ||= joint.or;
    // What stands before the new member was raised with the members before it.
    const raised = members.length === 1 ? current.from : current.to;
    members.push(next);
    current = next;
    covered.add(next.from);
    if (kind === WHO) raiseSkip(scene.lattice, raised, current.to, 0.5 * (current.to - raised));
    // Only whole lists and short beginnings are kept: each prefix of a long paste would be a list of its own.
    if (members.length <= LONGEST_INNER_LIST || !continues(scene, current.to, kind)) addList(scene, members, kind, or);
  }
}

function addList(scene: Scene, members: readonly Edge[], kind: number, or: boolean): void {
  const [first, last] = [members[0], members[members.length - 1]];
  if (first === undefined || last === undefined) return;
  const value = combine(members, or);
  const symbols = kind === WHO ? (hasGroup(value) ? [GROUP] : [WHO]) : [kind];
  const isSlip = members.some((member) => member.slip);
  addEdge(scene.lattice, first.from, last.to, symbols, value, sum(members), isSlip);
}

function continues(scene: Scene, at: number, kind: number): boolean {
  const joint = joint_(scene, at);
  return joint !== null && longest(scene, joint.to, kind) !== null;
}

function sum(members: readonly Edge[]): number {
  return members.reduce((total, member) => total + member.cost, 0);
}

function hasGroup(value: Value): boolean {
  return value.kind === 'people' && value.group !== null;
}

/** The edge that takes most words; for people also groups. Lists already joined are not joined again. */
function longest(scene: Scene, from: number, kind: number): Edge | null {
  let best: Edge | null = null;
  for (const edge of scene.lattice.edges[from] ?? []) {
    const fits =
      kind === WHO
        ? edge.symbols.includes(PERSON) || edge.symbols.includes(GROUP) || (edge.symbols.includes(WHO) && isOne(edge))
        : edge.symbols.includes(kind);
    if (
      !fits ||
      !isOne(edge) ||
      (best !== null && (edge.to < best.to || (edge.to === best.to && edge.cost >= best.cost)))
    )
      continue;
    best = edge;
  }
  return best;
}

function isOne(edge: Edge): boolean {
  if (edge.value?.kind === 'people') return edge.value.people.length + (edge.value.group === null ? 0 : 1) === 1;
  return edge.value?.kind === 'names' && edge.value.names.length === 1;
}

function combine(members: readonly Edge[], or: boolean): Value {
  const people: PersonRef[] = [];
  const names: NameRef[] = [];
  let group = null as (Value & { kind: 'people' })['group'];
  let unclear: string | null = null;
  const more: Group[] = [];
  for (const { value } of members) {
    if (value?.kind === 'names') names.push(...value.names);
    if (value?.kind !== 'people') continue;
    people.push(...value.people);
    unclear ??= value.groupUnclear;
    // Two departments cannot be one group, because what tells a group apart combines as "and".
    if (value.group !== null && group !== null) more.push(value.group);
    group ??= value.group;
    more.push(...(value.more ?? []));
  }
  if (names.length > 0) return { kind: 'names', names, or };
  const value = { kind: 'people', people, group, groupUnclear: unclear, or } as const;
  return more.length === 0 ? value : { ...value, more };
}

const AND = new Set(['and', '&', '+', 'plus', 'n', 'und']);
const OR = new Set(['or', 'or/and', 'either']);
/** Without a comma or an "and" there is no list. */
const JOINS = trait((key) => isJoint(key) || OR.has(key) || key === 'as');
const FILL = new Set(['also', 'the', 'then', 'his', 'her', 'role', 'roles', 'both', 'colleague', 'a']);

/** A comma, "and", "or", a line break and the like between two members of a list. */
function joint_(scene: Scene, at: number): { to: number; or: boolean } | null {
  const { tokens } = scene.lattice;
  let to = at;
  let joined = false;
  let or = false;
  while (to - at < 4) {
    const key = tokens[to]?.key ?? '';
    if (isJoint(key)) joined = true;
    else if (OR.has(key)) [joined, or] = [true, true];
    else if (key === 'as' && tokens[to + 1]?.key === 'well' && tokens[to + 2]?.key === 'as') {
      joined = true;
      to += 2;
    } else if (joined && key === '-') joined = true;
    else if (!(joined && FILL.has(key) && !isMember(scene, to))) break;
    to += 1;
  }
  return joined ? { to, or } : null;
}

function isMember(scene: Scene, at: number): boolean {
  return (scene.lattice.edges[at] ?? []).some((edge) => edge.value?.kind === 'names' && edge.to - edge.from > 1);
}
