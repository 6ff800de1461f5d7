import type { Ask, Intent } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import type { Lattice } from './lattice.ts';
import type { Match } from './match.ts';
import type { Scene } from './scene.ts';

const ROLE = slotSymbol('ROLE');
const PERM = slotSymbol('PERM');
const SELF = slotSymbol('SELF');
/** What people need without meaning a role that happens to be called so. */
const NEEDED = new Set(
  'support reports report help training service security analytics backup coverage assistance guidance supervision sales billing operations access'.split(
    ' ',
  ),
);
const NEEDING = new Set('need needs want wants require requires get gets deserves use'.split(' '));
/** What stands for a name that the thread or the sentence told before. */
const THREAD_WORDS = new Set(['it', 'that', 'this', 'same']);
const GIVING = new Set<Intent>(['assign-role', 'give-permission']);

/**
 * A name in an order that is rather an ordinary word: "bob needs support", "delete the reports", "add bob to the meeting".
 *
 * With a capital, the word role or permission, a time, a ticket or a reason it is meant as the name.
 */
export function doubtfulName(act: Match, scene: Scene, lattice: Lattice): Ask | null {
  const { intent } = act.pattern;
  for (const { edge } of act.filled) {
    if (edge.value?.kind !== 'names' || edge.value.names.length !== 1) continue;
    const [name] = edge.value.names;
    if (name === undefined || name.values.length !== 1) continue;
    const isRole = edge.symbols.includes(ROLE);
    if (intent === 'edit-role' && !isRole && isAlsoRole(edge, lattice))
      return { about: 'permission', candidates: name.values, text: name.text };
    if (!isPlain(edge, scene, lattice)) continue;
    const isDoubtful = isRole
      ? (intent === 'delete-role' && !isTried(act)) || (GIVING.has(intent) && isNeeded(act, edge, lattice))
      : edge.symbols.includes(PERM) && GIVING.has(intent) && isOtherForm(edge, name.values[0] ?? '', lattice);
    if (isDoubtful) return { about: isRole ? 'role' : 'permission', candidates: name.values, text: name.text };
  }
  return null;
}

/** "give Support Reports": the role Reports for the support people, or the permission Reports in the role Support? */
function isAlsoRole(edge: Edge, lattice: Lattice): boolean {
  return (lattice.startingAt[edge.from] ?? []).some((one) => one.to === edge.to && one.symbols.includes(ROLE));
}

/** One word of the language, written small. */
function isPlain(edge: Edge, scene: Scene, lattice: Lattice): boolean {
  const token = lattice.tokens[edge.from];
  if (token === undefined || edge.to !== edge.from + 1 || token.quote > 0 || token.text !== token.text.toLowerCase())
    return false;
  if (THREAD_WORDS.has(token.key)) return false;
  const word = scene.vocabulary.dictionary.find(token.key);
  if (NEEDED.has(token.key)) return true;
  return word !== -1 && scene.vocabulary.isOrdinary(word);
}

/** "can reports be deleted" changes nothing. */
function isTried(act: Match): boolean {
  return /@candelete|deletable/.test(act.pattern.text);
}

function isNeeded(act: Match, role: Edge, lattice: Lattice): boolean {
  if (!NEEDED.has(lattice.tokens[role.from]?.key ?? '') || act.absorbed.some((edge) => edge.value !== null))
    return false;
  const toSelf = act.filled.some(({ edge }) => edge.symbols.includes(SELF));
  return toSelf || lattice.tokens.slice(act.from, role.from).some((token) => NEEDING.has(token.key));
}

/** "meeting" for the permission Meetings. */
function isOtherForm(edge: Edge, id: string, lattice: Lattice): boolean {
  return lattice.tokens[edge.from]?.key !== id.toLowerCase();
}
