import { INTENT_EFFECTS } from '../../domain/understanding.ts';
import type { Segmentation } from './acts.ts';
import type { Lattice } from './lattice.ts';
import type { Match } from './match.ts';

const QUESTION_STARTS = new Set([
  'does',
  'did',
  'is',
  'are',
  'was',
  'were',
  'am',
  'has',
  'who',
  'whos',
  'what',
  'whats',
  'which',
  'why',
  'how',
  'when',
  'where',
  'whose',
  'whom',
  'do',
  'doesnt',
  'isnt',
  'didnt',
  'hasnt',
  'arent',
  'wasnt',
]);
const ASKED_POLITELY = new Set(['please', 'pls', 'plz']);

/** An act that is put as a question, and not as a polite order: "does Manager include X", "bob gets Manager?". */
export function questionAt(segmentation: Segmentation, lattice: Lattice, explained: Uint8Array): Match | null {
  for (const act of segmentation.acts) {
    let at = act.from;
    while (at < act.to && isOpening(lattice, at)) at += 1;
    const key = lattice.tokens[at]?.key ?? '';
    const isBanned = key === 'do' && !['i', 'we', 'you', 'they'].includes(lattice.tokens[at + 1]?.key ?? '');
    if (QUESTION_STARTS.has(key) && !isBanned && explained[at] !== 1) return act;
    if (isAskedStatement(act, lattice)) return act;
  }
  return null;
}

const OPENINGS = new Set([
  'and',
  'so',
  'hi',
  'hey',
  'hello',
  'ok',
  'okay',
  'well',
  'but',
  'then',
  'please',
  'also',
  'now',
  'um',
  'hmm',
]);

function isOpening(lattice: Lattice, at: number): boolean {
  const token = lattice.tokens[at];
  return token?.kind === 'punctuation' || token?.kind === 'mention' || OPENINGS.has(token?.key ?? '');
}

/** "bob needs Manager?": a statement with a question mark orders nothing. */
function isAskedStatement(act: Match, lattice: Lattice): boolean {
  if (INTENT_EFFECTS[act.pattern.intent] === 'decide')
    return hasQuestion(lattice, act.from, act.to) && !isPoliteQuestion(act, lattice);
  let end = act.to;
  while (end > act.from && lattice.tokens[end - 1]?.kind === 'punctuation' && lattice.tokens[end - 1]?.text !== '?')
    end -= 1;
  if (lattice.tokens[end - 1]?.text !== '?' || act.pattern.grammar.intent === 'delete-role') return false;
  const [first] = act.filled;
  if (first === undefined || first.element.slot === null || INTENT_EFFECTS[act.pattern.intent] !== 'write')
    return false;
  for (let at = act.from; at < act.to; at += 1) if (ASKED_POLITELY.has(lattice.tokens[at]?.key ?? '')) return false;
  return true;
}

/** "can you approve A7K2?" asks for it politely; "approve A7K2?" asks whether to. */
function isPoliteQuestion(act: Match, lattice: Lattice): boolean {
  for (let at = act.from; at < act.to; at += 1) {
    const key = lattice.tokens[at]?.key ?? '';
    if (ASKED_POLITELY.has(key)) return true;
    if (
      ['can', 'could', 'would', 'will'].includes(key) &&
      ['you', 'u', 'someone', 'i', 'somebody', 'we'].includes(lattice.tokens[at + 1]?.key ?? '')
    )
      return true;
  }
  return false;
}

/** Whether a question mark stands in a stretch. */
export function hasQuestion(lattice: Lattice, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (lattice.tokens[at]?.text === '?') return true;
  return false;
}
