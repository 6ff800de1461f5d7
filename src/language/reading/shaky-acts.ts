import { slotSymbol } from '../grammar/symbols.ts';
import type { Lattice } from './lattice.ts';
import type { Match } from './match.ts';

const REST = slotSymbol('REST');

/** Whether an act reads like its intent although its own words tell something else, or two things at once. */
export function isShaky(act: Match, lattice: Lattice, isExplained: (at: number) => boolean): boolean {
  const words = lattice.tokens.slice(act.from, act.to).map((token) => token.key);
  if (hasConditionAsReason(act, lattice)) return true;
  switch (act.pattern.intent) {
    case 'approve':
    case 'deny':
      return isTold(words) || (words.includes('yes') && words.includes('no'));
    case 'delegate':
      return words.some((word, at) => word === 'i' && DECIDING.test(words[at + 1] ?? ''));
    case 'end-grant':
      return isFinishedWithSomething(act, words);
    case 'undo':
      return isOwnChange(act, words);
    case 'edit-role':
      return (
        act.pattern.text === '@include ROLE PERM' &&
        words.some((word, at) => word === 'to' && !isExplained(act.from + at))
      );
    default:
      return false;
  }
}

const CONDITIONS = new Set(['if', 'unless', 'or', 'when', 'once', 'provided', 'assuming', 'except', 'whether', 'but']);

/** "deny A7K2 unless it is urgent": what stands in the place of the reason makes it depend on something. */
function hasConditionAsReason({ filled }: Match, { tokens }: Lattice): boolean {
  return filled.some(({ edge }) => {
    if (!edge.symbols.includes(REST)) return false;
    let at = edge.from;
    while (at < edge.to && tokens[at]?.kind === 'punctuation') at += 1;
    return CONDITIONS.has(tokens[at]?.key ?? '');
  });
}

const SETTLED = new Set(['approved', 'denied', 'rejected', 'refused', 'declined', 'accepted', 'authorized', 'granted']);
const TELLERS = new Set('i we you he she they ive weve have has had already just somebody someone'.split(' '));

/** "I approved A7K2 already" tells what was done. */
function isTold(words: readonly string[]): boolean {
  return words.some((word, at) => SETTLED.has(word) && (TELLERS.has(words[at - 1] ?? '') || words.includes('already')));
}

const DECIDING = /^(?:decide|approve|handle|cover|sign|stand|fill|take|step|will|can|shall)$/;

/** "I'm done with this bot": with something, and not with a role. */
function isFinishedWithSomething({ filled }: Match, words: readonly string[]): boolean {
  const namesRole = filled.some(({ element, edge }) => element.slot === 'ROLE' && edge.value !== null);
  return !namesRole && words.some((word, at) => /^(?:done|finished|through)$/.test(word) && words[at + 1] === 'with');
}

/** "undo carol's changes": those that she made, or those made to her. */
function isOwnChange({ pattern }: Match, words: readonly string[]): boolean {
  return pattern.text.startsWith('@undo WHO') && words.some((word, at) => word === "'s" && words[at + 1] === 'changes');
}
