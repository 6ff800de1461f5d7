import type { Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge, Value } from '../types-internal.ts';
import type { Lattice } from './lattice.ts';

const WHO = slotSymbol('WHO');
const SELF = slotSymbol('SELF');
const GROUP = slotSymbol('GROUP');
const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const TIME = slotSymbol('TIME');
const SCOPE = slotSymbol('SCOPE');
const PARTNER = slotSymbol('PARTNER');
const APP = slotSymbol('APP');
const REQ = slotSymbol('REQ');
const KINDS = [WHO, GROUP, ROLE, PERM, TIME, SCOPE, PARTNER, APP, REQ];
const CERTAIN = 0.62;

/** Words of a fragment that only tie it to what was said before. */
const TIES = new Set(
  'and what about how also too as well same for with the one ones instead then does has ? . , ! please pls plz now is in from of at to on but ok okay no mean it him her them that this thing make only just sorry rather who whats on which an a role permission yes yeah yep sure or not again i meant its thats to be - : ( )'.split(
    ' ',
  ),
);
const OPENERS = new Set(['and', 'what', 'how', 'also', 'same', 'but', 'then', 'or', 'plus', 'for', 'as']);

/** A text of nothing but names, times and words that tie them to what was said before. */
export type Fragment = {
  readonly values: readonly { readonly kind: number; readonly edge: Edge }[];
  readonly opened: boolean;
};

/** The names and times of a text that holds nothing else; null when it holds more. */
export function readFragment(lattice: Lattice, previous: Understanding): Fragment | null {
  const values: { kind: number; edge: Edge }[] = [];
  let at = 0;
  while (at < lattice.tokens.length) {
    const found = longest(lattice, at, previous);
    if (found !== null) {
      values.push(found);
      at = found.edge.to;
    } else if (TIES.has(lattice.tokens[at]?.key ?? '')) at += 1;
    else return null;
  }
  const isOpened = OPENERS.has(lattice.tokens[0]?.key ?? '') || lattice.tokens.some(({ key }) => key === 'instead');
  return { values, opened: isOpened };
}

function longest(lattice: Lattice, at: number, previous: Understanding): { kind: number; edge: Edge } | null {
  let best: { kind: number; edge: Edge } | null = null;
  for (const edge of lattice.startingAt[at] ?? []) {
    if (edge.value === null || edge.cost > CERTAIN || isPronoun(edge.value)) continue;
    if (edge.symbols.includes(SELF) && lattice.tokens[at]?.key === 'i') continue;
    const kinds = KINDS.filter((kind) => edge.symbols.includes(kind));
    for (const kind of kinds) {
      const longer = best === null || edge.to > best.edge.to;
      const preferred = best !== null && edge.to === best.edge.to && rank(kind, previous) < rank(best.kind, previous);
      if (longer || preferred) best = { kind, edge };
    }
  }
  return best;
}

/** A word that is both a role and a permission goes on with what the thread is about. */
function rank(kind: number, previous: Understanding): number {
  const asked = previous.outcome === 'ask-back' ? previous.ask?.about : undefined;
  if (asked === 'role' && kind === ROLE) return -1;
  if (asked === 'permission' && kind === PERM) return -1;
  if (kind === ROLE) return previous.roles.length > 0 ? 0 : 2;
  if (kind === PERM) return previous.permissions.length > 0 ? 0 : 3;
  if (kind === APP) return previous.appPermissions.length > 0 ? 0 : 9;
  return kind === GROUP ? 5 : 1;
}

function isPronoun(value: Value): boolean {
  return value.kind === 'people' && value.people.some((one) => one.is === 'pronoun');
}
