import { INTENT_EFFECTS, type Intent } from '../domain/understanding.ts';
import { slotSymbol } from './grammar/symbols.ts';
import type { Lattice } from './reading/lattice.ts';
import { fold } from './text/fold.ts';
import type { Context } from './types.ts';
import type { Value } from './types-internal.ts';
import type { Vocabulary } from './vocabulary.ts';

const MOST = 3;
/** People of one first name that are looked at; beyond that, the extension tells for sure. */
const MOST_ALIKE = 200;

type Suggestion = { readonly intent: Intent; readonly say: string };

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
 * Up to three sentences that would work for this asker, with the names they used where there are any.
 *
 * What changes something is offered only to who may order it, so far as the context tells.
 */
export function suggest(vocabulary: Vocabulary, context: Context, lattice: Lattice | null): readonly string[] {
  const named = namesIn(lattice, vocabulary);
  const fitting = [...about(named), ...always(vocabulary)].filter(
    ({ intent }) => INTENT_EFFECTS[intent] === 'read' || context.mayOrder?.(intent) === true,
  );
  return [...new Set(fitting.map(({ say }) => say))].slice(0, MOST);
}

function* about(named: Named): Generator<Suggestion> {
  const { person, role, permission, app, partner, scope, request } = named;
  if (request !== null) yield { intent: 'show-request', say: `status ${request}` };
  if (partner !== null && scope !== null) yield { intent: 'check-scope', say: `does partner ${partner} have ${scope}` };
  if (partner !== null) yield { intent: 'list-scopes', say: `which scopes does ${partner} have` };
  if (scope !== null) yield { intent: 'who-has-scope', say: `which partners have ${scope}` };
  if (person !== null && role !== null) {
    yield { intent: 'assign-role', say: `give ${person} the role ${role}` };
    yield { intent: 'check-role', say: `does ${person} have the role ${role}` };
  }
  if (person !== null && permission !== null) {
    yield { intent: 'check-permission', say: `does ${person} have ${permission}` };
    yield { intent: 'explain-access', say: `why can ${person} use ${permission}` };
  }
  if (person !== null) yield { intent: 'list-roles-of', say: `what roles does ${person} have` };
  if (role !== null) {
    yield { intent: 'who-has-role', say: `who has the role ${role}` };
    yield { intent: 'describe-role', say: `describe the role ${role}` };
  }
  if (permission !== null) {
    yield { intent: 'who-has-permission', say: `who has the permission ${permission}` };
    yield { intent: 'roles-with-permission', say: `which roles include ${permission}` };
  }
  if (app !== null) yield { intent: 'check-app-permission', say: `does the app have ${app}` };
  if (person !== null) yield { intent: 'list-permissions', say: `what can ${person} do` };
}

function always(vocabulary: Vocabulary): readonly Suggestion[] {
  const role = vocabulary.roleNames.find((name) => name === 'Manager') ?? vocabulary.roleNames[0] ?? 'Standard';
  return [
    { intent: 'list-roles-of', say: 'my roles' },
    { intent: 'who-has-role', say: `who has the role ${role}` },
    { intent: 'help', say: 'help' },
  ];
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
