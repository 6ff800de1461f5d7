import { slotSymbol } from './grammar/symbols.ts';
import type { Lattice } from './reading/lattice.ts';
import { fold } from './text/fold.ts';
import type { Value } from './types-internal.ts';
import type { Vocabulary } from './vocabulary.ts';

const MOST = 3;
/** People of one first name that are looked at; beyond that, the extension tells for sure. */
const MOST_ALIKE = 200;

/** The names that a text holds, as the account writes them. */
type Named = {
  readonly person: string | null;
  readonly role: string | null;
  readonly permission: string | null;
  readonly app: string | null;
  readonly partner: string | null;
  readonly scope: string | null;
  readonly request: string | null;
};

const NOBODY: Named = {
  person: null,
  role: null,
  permission: null,
  app: null,
  partner: null,
  scope: null,
  request: null,
};
const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const APP = slotSymbol('APP');
const PARTNER = slotSymbol('PARTNER');
const SCOPE = slotSymbol('SCOPE');

/**
 * Up to three questions that would work, with the names that the text holds where there are any.
 *
 * Nothing that changes something is offered: whether the asker may order it is not read before a text is understood.
 */
export function suggest(vocabulary: Vocabulary, lattice: Lattice | null): readonly string[] {
  return [...new Set([...about(namesIn(lattice, vocabulary)), ...always(vocabulary)])].slice(0, MOST);
}

function* about(named: Named): Generator<string> {
  const { person, role, permission, app, partner, scope, request } = named;
  if (request !== null) yield `status ${request}`;
  if (partner !== null && scope !== null) yield `does partner ${partner} have ${scope}`;
  if (partner !== null) yield `which scopes does ${partner} have`;
  if (scope !== null) yield `which partners have ${scope}`;
  if (person !== null && role !== null) {
    yield `does ${person} have the role ${role}`;
  }
  if (person !== null && permission !== null) {
    yield `does ${person} have ${permission}`;
    yield `why can ${person} use ${permission}`;
  }
  if (person !== null) yield `what roles does ${person} have`;
  if (role !== null) {
    yield `who has the role ${role}`;
    yield `describe the role ${role}`;
  }
  if (permission !== null) {
    yield `who has the permission ${permission}`;
    yield `which roles include ${permission}`;
  }
  if (app !== null) yield `does the app have ${app}`;
  if (person !== null) yield `what can ${person} do`;
}

function always(vocabulary: Vocabulary): readonly string[] {
  const role = vocabulary.roleNames.find((name) => name === 'Manager') ?? vocabulary.roleNames[0] ?? 'Standard';
  return ['my roles', `who has the role ${role}`, 'help'];
}

/** The first of each that stands in a text for certain. */
function namesIn(lattice: Lattice | null, vocabulary: Vocabulary): Named {
  const named: { -readonly [K in keyof Named]: Named[K] } = { ...NOBODY };
  for (const edges of lattice?.startingAt ?? []) {
    for (const edge of edges) {
      const { value } = edge;
      if (edge.slip || edge.cost > 0.2 || value === null) continue;
      if (value.kind === 'request') named.request ??= value.id;
      if (value.kind === 'people') named.person ??= personIn(value, vocabulary);
      if (value.kind !== 'names') continue;
      named.role ??= nameOf(edge.symbols, value, ROLE);
      named.permission ??= nameOf(edge.symbols, value, PERM);
      named.app ??= nameOf(edge.symbols, value, APP);
      named.partner ??= nameOf(edge.symbols, value, PARTNER);
      named.scope ??= nameOf(edge.symbols, value, SCOPE);
    }
  }
  return named;
}

function nameOf(symbols: readonly number[], { names }: Value & { kind: 'names' }, symbol: number): string | null {
  if (!symbols.includes(symbol)) return null;
  const [name] = names;
  return name?.values.length === 1 ? (name.values[0] ?? null) : null;
}

/** A person as a sentence names them without doubt: the full name, or the extension where several share it. */
function personIn(value: Value & { kind: 'people' }, vocabulary: Vocabulary): string | null {
  if (value.groupUnclear !== null) return null;
  const [one] = value.people;
  const [number] = one?.candidates ?? [];
  if (one?.is !== 'named' || one.candidates.length !== 1 || number === undefined) return null;
  const person = vocabulary.people.people[vocabulary.people.byNumber(number)];
  if (person === undefined) return `ext ${number}`;
  const word = vocabulary.dictionary.find(fold(person.name.split(' ')[0] ?? ''));
  const alike = word === -1 ? [] : Array.from(vocabulary.people.withWord(word).slice(0, MOST_ALIKE));
  const sharing = alike.filter((at) => vocabulary.people.people[at]?.name === person.name).length;
  return sharing === 1 ? person.name : `ext ${number}`;
}
