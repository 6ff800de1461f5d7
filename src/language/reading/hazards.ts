import { HAZARDS, type Hazard, NOT_A_BAN, RETRACTIONS } from '../lexicon/hazards.ts';
import type { Token } from '../text/tokens.ts';
import { trait } from '../text/traits.ts';
import { splitList } from '../vocabulary.ts';
import { isFiller, type Lattice } from './lattice.ts';
import { createPhraseList } from './phrase-list.ts';

const LIST = createPhraseList<Hazard>([
  ['instruction', splitList(HAZARDS.instruction)],
  ['negation', splitList(HAZARDS.negation)],
  ['recurrence', splitList(HAZARDS.recurrence)],
  ['condition', splitList(HAZARDS.condition)],
  ['correction', splitList(HAZARDS.correction)],
  ['hearsay', splitList(HAZARDS.hearsay)],
  ['doubt', splitList(HAZARDS.doubt)],
  ['past', splitList(HAZARDS.past)],
]);
const RETRACTION = createPhraseList([['retraction', splitList(RETRACTIONS)]]);
const ALLOWANCE = createPhraseList([['allowed', splitList(NOT_A_BAN)]]);

const ALLOWED = trait((key) => ALLOWANCE.isLead(key));
const RETRACTS = trait((key) => RETRACTION.isLead(key));

/** A word outside every explanation that changes whether an order is one. */
export type FoundHazard = { readonly kind: Hazard; readonly from: number; readonly to: number };

/** Finds hazards among the words `from` up to before `to` that nothing explains. */
export function findHazards(
  lattice: Lattice,
  from: number,
  to: number,
  isExplained: (at: number) => boolean,
): readonly FoundHazard[] {
  const found: FoundHazard[] = [];
  for (let at = from; at < to; at += 1) {
    const end = polite(lattice, at);
    if (end > at) {
      at = end - 1;
      continue;
    }
    const hazard = hazardAt(lattice.tokens, at);
    if (hazard === null || isExplained(at)) continue;
    if (hazard.to > to && (hazard.kind !== 'instruction' || reachesOver(hazard.to, to, isExplained))) continue;
    if ((lattice.tokens[at]?.quote ?? 0) > 0) continue;
    found.push({ kind: hazard.kind, from: at, to: hazard.to });
    at = hazard.to - 1;
  }
  return found;
}

const ENDANGERS = trait((key) => LIST.isLead(key));

function hazardAt(tokens: readonly Token[], at: number): { readonly to: number; readonly kind: Hazard } | null {
  return ((tokens[at]?.traits ?? 0) & ENDANGERS) === 0 ? null : LIST.longestAt(tokens, at);
}

/** "act as | carol": a phrase may reach over the end of a stretch into other talk, and not into what is explained. */
function reachesOver(end: number, to: number, isExplained: (at: number) => boolean): boolean {
  for (let at = to; at < end; at += 1) if (isExplained(at)) return true;
  return false;
}

/** The end of a polite phrase that only looks like a condition or a ban: "if you can", "don't forget to". */
function polite(lattice: Lattice, at: number): number {
  const hazard = hazardAt(lattice.tokens, at);
  const isAllowed = ((lattice.tokens[at]?.traits ?? 0) & ALLOWED) !== 0;
  const allowed = isAllowed ? ALLOWANCE.longestAt(lattice.tokens, at) : null;
  let end = allowed?.to ?? at;
  for (const edge of lattice.startingAt[at] ?? []) {
    // A filler phrase explains a hazard only when it is longer: "do you know" beside "do i".
    if (
      isFiller(edge) &&
      !edge.slip &&
      edge.to > end &&
      (hazard === null || edge.to >= hazard.to) &&
      edge.to - edge.from > 1
    )
      end = edge.to;
  }
  return end;
}

/** Whether the words say not to act: nothing but a retraction, or one after everything else. */
export function isRetracted(tokens: readonly Token[], isIdle: (at: number) => boolean): 'alone' | 'after' | null {
  for (let at = 0; at < tokens.length; at += 1) {
    if (((tokens[at]?.traits ?? 0) & RETRACTS) === 0 || (tokens[at]?.quote ?? 0) > 0) continue;
    const phrase = RETRACTION.longestAt(tokens, at);
    if (phrase === null) continue;
    const after = idle(tokens, phrase.to, tokens.length, isIdle);
    if (idle(tokens, 0, at, isIdle) && after) return 'alone';
    const before = tokens[at - 1];
    const isPlain = TAKEN_BACK.has(
      tokens
        .slice(at, phrase.to)
        .map((token) => token.key)
        .join(' '),
    );
    const freestanding = isPlain || before === undefined || before.kind === 'punctuation' || LEADS.has(before.key);
    if (after && freestanding) return 'after';
  }
  return null;
}

/** Retractions that cannot be anything else, so that no sign need stand before them. */
const TAKEN_BACK = new Set([
  'never mind',
  'nevermind',
  'nvm',
  'scratch that',
  'strike that',
  'forget it',
  'forget that',
  'forget about it',
  'changed my mind',
  'i changed my mind',
]);
const LEADS = new Set([
  'no',
  'oh',
  'wait',
  'actually',
  'please',
  'sorry',
  'hmm',
  'ah',
  'well',
  'ok',
  'but',
  'nah',
  'oops',
  'and',
  'then',
  'so',
  'haha',
  'lol',
  'um',
  'uh',
  'hm',
  'just',
  'better',
]);

function idle(tokens: readonly Token[], from: number, to: number, isIdle: (at: number) => boolean): boolean {
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'punctuation' || LEADS.has(token.key) || isIdle(at)) continue;
    const again = RETRACTION.longestAt(tokens, at);
    if (again !== null && again.to <= to) {
      at = again.to - 1;
      continue;
    }
    return false;
  }
  return true;
}
