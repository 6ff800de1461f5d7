import type { AskAbout } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { isFiller, type Lattice, SKIP } from './lattice.ts';
import type { Match } from './match.ts';

const GROUP = slotSymbol('GROUP');

/** A single word that may be left over in an order: a filler, or a sign. */
export function isPassable(act: Match, lattice: Lattice, at: number): boolean {
  const token = lattice.tokens[at];
  if (token === undefined) return true;
  if (token.quote > 0) return false;
  // The first word may address the assistant.
  if (token.kind === 'mention' && at === 0) return true;
  if (token.kind === 'punctuation') return true;
  if ((lattice.skip[at] ?? 0) <= SKIP.filler || isRepeated(act, lattice, at)) return true;
  return (lattice.startingAt[at] ?? []).some((edge) => isFiller(edge) && edge.to === at + 1 && edge.slip);
}

/** "emergency! break glass": what opens the order, said twice. */
function isRepeated(act: Match, lattice: Lattice, at: number): boolean {
  if (act.pattern.intent !== 'break-glass') return false;
  return (lattice.startingAt[at] ?? []).some(
    (edge) =>
      edge.to === at + 1 &&
      !edge.slip &&
      edge.value === null &&
      act.filled.some(
        ({ element }) => element.slot === null && edge.symbols.some((symbol) => element.accepts.includes(symbol)),
      ),
  );
}

/** "Manager Plus": a capital right behind a name makes a filler a part of it. */
export function goesOnWithName(act: Match, lattice: Lattice, at: number): boolean {
  const token = lattice.tokens[at];
  if (token === undefined || !token.spaced || !/^\p{Lu}\p{Ll}+$/u.test(token.text) || CAPITAL_FILLERS.has(token.key))
    return false;
  return act.filled.some(({ element, edge }) => edge.to === at && ['ROLE', 'PERM', 'WHO'].includes(element.slot ?? ''));
}

const CAPITAL_FILLERS = new Set([
  'please',
  'thanks',
  'thank',
  'thx',
  'pls',
  'for',
  'to',
  'cheers',
  'asap',
  'best',
  'kind',
  'many',
  'hi',
  'hello',
  'regards',
  'from',
  'and',
  'now',
  'today',
]);

/** Lengths that nobody can count: "for a while", "for 2 nights". */
const UNCOUNTED = /^(?:while|bit|moment|spell|night|evening|morning|afternoon|quarter|term|season|shift)s?$/;

/** What an unexplained word is probably about: the name beside it. */
export function aboutNeighbour(act: Match, at: number, lattice: Lattice): AskAbout {
  if (
    ['until', 'till', 'til', 'from', 'since', 'by', 'for', 'during', 'after', 'before'].includes(
      lattice.tokens[at]?.key ?? '',
    )
  )
    return 'time';
  if (UNCOUNTED.test(lattice.tokens[at]?.key ?? '')) return 'time';
  // "for Denver only": whom the role reaches, and nothing that an assignment could say.
  if ((lattice.startingAt[at] ?? []).some((edge) => edge.symbols.includes(GROUP))) return 'group';
  for (const { edge } of act.filled) {
    const isGroup = edge.value?.kind === 'people' && edge.value.group !== null;
    if (isGroup && edge.to <= at && at - edge.to <= 2) return 'group';
  }
  for (const { element, edge } of act.filled) {
    if (edge.to !== at && edge.from !== at + 1) continue;
    if (element.slot === 'ROLE') return 'role';
    if (element.slot === 'PERM') return 'permission';
    if (element.slot === 'SCOPE') return 'scope';
    if (element.slot === 'PARTNER') return 'partner';
    if (element.slot === 'WHO' || element.slot === 'GROUP') return 'person';
    if (element.slot === 'TIME') return 'time';
  }
  return 'intent';
}
