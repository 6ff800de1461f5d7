import type { Ask, Intent } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import type { Segmentation } from './acts.ts';
import { hasQuestion, questionAt } from './asked.ts';
import { textOf } from './find-reasons.ts';
import { type FoundHazard, findHazards } from './hazards.ts';
import { isFiller, type Lattice } from './lattice.ts';
import { aboutNeighbour, goesOnWithName, isPassable } from './left-over.ts';
import type { Match } from './match.ts';
import { isHarmless, isMereTalk } from './mere-talk.ts';
import { hasOrphanNames, hasOrphanOrder, hasOrphanPerson, isSpeaker } from './orphans.ts';
import { doubtfulName } from './plain-nouns.ts';
import type { Scene } from './scene.ts';
import { isShaky } from './shaky-acts.ts';
import { otherSpeaker } from './speakers.ts';

/** What stands between an order and acting on it; null when nothing does. */
export type Objection = { readonly outcome: 'declined' } | { readonly outcome: 'ask-back'; readonly ask: Ask };

const REASON = slotSymbol('REASON');
const ORDER_CUES = ['@give', '@take', '@make', '@deleterole'];

/**
 * Holds an order against every word of the text.
 *
 * An order is understood only when each word in its clauses is explained, and no word beside it says that it is none:
 * a condition, hearsay, a repetition, a doubt, a ban, a correction, a quotation.
 */
export function objectTo(
  segmentation: Segmentation,
  scene: Scene,
  lattice: Lattice,
  dryRun: boolean,
): Objection | null {
  const explained = markExplained(segmentation.acts, lattice);
  const speaker = dryRun ? 0 : otherSpeaker(lattice);
  if (speaker > 0) return askIntent(textOf(scene, 0, lattice.tokens.length));
  const question = dryRun ? null : questionAt(segmentation, lattice, explained);
  if (question !== null) return askIntent(textOf(scene, question.from, question.to));
  const isExplained = (at: number): boolean => explained[at] === 1;
  for (const act of segmentation.acts) {
    const objection = objectToAct(act, scene, lattice, isExplained, dryRun);
    if (objection !== null) return objection;
  }
  for (const stretch of segmentation.chatter) {
    const hazard = findHazards(lattice, stretch.from, stretch.to, isExplained).find(
      (one) => one.kind !== 'past' && !isHarmless(one, lattice, dryRun) && !isMereTalk(one, segmentation, lattice),
    );
    if (hazard !== undefined) return askIntent(textOf(scene, stretch.from, stretch.to));
    const quoted = quotedOrder(stretch.from, stretch.to, lattice, isExplained);
    if (quoted) return askIntent(textOf(scene, stretch.from, stretch.to));
    if (hasOrphanOrder(scene, lattice, stretch.from, stretch.to))
      return askIntent(textOf(scene, stretch.from, stretch.to));
    if (hasOrphanNames(scene, lattice, stretch.from, stretch.to) || hasOrphanPerson(lattice, stretch.from, stretch.to))
      return askIntent(textOf(scene, stretch.from, stretch.to));
    if (stretch.from === 0 && isSpeaker(lattice, stretch.from, stretch.to, scene.context.asker))
      return askIntent(textOf(scene, stretch.from, stretch.to));
    if (stretch.from > 0 && isEndHanging(stretch.from, stretch.to, lattice))
      return {
        outcome: 'ask-back',
        ask: { about: 'time', candidates: [], text: textOf(scene, stretch.from, stretch.to) },
      };
    const names = leftOverName(lattice, stretch.from, stretch.to, isExplained);
    if (names !== null && hasQuestion(lattice, stretch.from, stretch.to))
      return askIntent(textOf(scene, stretch.from, stretch.to));
  }
  return null;
}

function markExplained(acts: readonly Match[], lattice: Lattice): Uint8Array {
  const explained = new Uint8Array(lattice.tokens.length);
  for (const act of acts) {
    for (const { edge } of act.filled) mark(explained, edge);
    for (const edge of act.absorbed) mark(explained, edge);
  }
  return explained;
}

function mark(explained: Uint8Array, { from, to }: Edge): void {
  for (let at = from; at < to; at += 1) explained[at] = 1;
}

function askIntent(text: string): Objection {
  return { outcome: 'ask-back', ask: { about: 'intent', candidates: [], text } };
}

/** Words that a name, a time, a reason or a word of the order takes; filling alone does not make a danger harmless. */
function isTaken({ filled, absorbed }: Match, at: number): boolean {
  return (
    filled.some(({ edge }) => edge.from <= at && at < edge.to) ||
    absorbed.some((edge) => edge.from <= at && at < edge.to && !isFiller(edge))
  );
}

/** "oops, take that back": undoing is a correction itself. */
function isSlipOwned(hazard: FoundHazard, act: Match): boolean {
  return act.pattern.intent === 'undo' && hazard.kind === 'correction';
}

function objectToAct(
  act: Match,
  scene: Scene,
  lattice: Lattice,
  isExplained: (at: number) => boolean,
  dryRun: boolean,
): Objection | null {
  if (hasOrderInReason(act, scene, lattice)) return askIntent(textOf(scene, act.from, act.to));
  const hazards = findHazards(lattice, act.from, act.to, (at) => isTaken(act, at)).filter(
    (hazard) => !isHarmless(hazard, lattice, dryRun) && !isSlipOwned(hazard, act),
  );
  if (givesToMy(act, lattice) || isShaky(act, lattice, isExplained)) return askIntent(textOf(scene, act.from, act.to));
  const doubled = doubledModal(act, lattice);
  if (doubled !== null) return askIntent(textOf(scene, doubled, doubled + 2));
  const first = firstFilled(act);
  if (forbidsGetting(act, lattice)) return { outcome: 'declined' };
  const part = partOfGroup(act, lattice);
  if (part !== null)
    return { outcome: 'ask-back', ask: { about: 'group', candidates: [], text: textOf(scene, part.from, part.to) } };
  if (isMismatched(act)) return askIntent(textOf(scene, act.from, act.to));
  const ban = hazards.find((hazard) => hazard.kind === 'negation' && hazard.from <= first && isBan(lattice, hazard));
  if (ban !== undefined) return { outcome: 'declined' };
  const doubtful = dryRun ? null : doubtfulName(act, scene, lattice);
  const [hazard] = hazards;
  if (hazard === undefined && doubtful !== null) return { outcome: 'ask-back', ask: doubtful };
  if (hazard !== undefined) return askIntent(textOf(scene, hazard.from, hazard.to));
  for (let at = act.from; at < act.to; at += 1) {
    const key = lattice.tokens[at]?.key ?? '';
    // "should have been": what was not, and no order.
    if (key === 'been' && lattice.tokens[at - 1]?.key === 'have') return askIntent(textOf(scene, act.from, act.to));
    if (isExplained(at)) continue;
    // "take bob to the Manager" takes nothing from him.
    if (key === 'to' && act.pattern.intent === 'remove-role') return askIntent(textOf(scene, act.from, act.to));
    // "give bob and his friend Manager": somebody besides was named.
    if ((key === 'and' || key === '&') && isAmongNames(act, at)) return askIntent(textOf(scene, act.from, act.to));
    // "Manager off for bob" turns the order round.
    if ((key === 'off' || key === 'away') && GIVING.has(act.pattern.intent)) return askIntent(key);
    if (isPassable(act, lattice, at) && !goesOnWithName(act, lattice, at)) continue;
    return {
      outcome: 'ask-back',
      ask: { about: aboutNeighbour(act, at, lattice), candidates: [], text: lattice.tokens[at]?.text ?? '' },
    };
  }
  return null;
}

const MODALS = new Set(['may', 'will']);

/** "may may have Reports", "will may have it": which of them is the name, and whether it orders, nobody can tell. */
function doubledModal(act: Match, lattice: Lattice): number | null {
  for (let at = act.from; at + 1 < act.to; at += 1) {
    const isDoubled = MODALS.has(lattice.tokens[at]?.key ?? '') && MODALS.has(lattice.tokens[at + 1]?.key ?? '');
    if (isDoubled) return at;
  }
  return null;
}

const PARTS = new Set(
  'one two three some few half most several many any part none each either another someone somebody anyone'.split(' '),
);

/** "one of the support team": some of a group, and nobody knows which. */
function partOfGroup(act: Match, lattice: Lattice): Edge | null {
  for (const { edge } of act.filled) {
    if (edge.value?.kind !== 'people' || edge.value.group === null) continue;
    const at = lattice.tokens[edge.from - 1]?.key === 'of' ? edge.from - 2 : edge.from - 1;
    if (PARTS.has(lattice.tokens[at]?.key ?? '')) return edge;
  }
  return null;
}

/** "will grant get Manager": one person "gets"; said of one, "get" is no statement of what shall be. */
function isMismatched(act: Match): boolean {
  if (!act.pattern.text.startsWith('PEOPLE get|receive')) return false;
  const value = act.filled[0]?.edge.value;
  return (
    value?.kind === 'people' && value.group === null && value.people.length === 1 && value.people[0]?.is === 'named'
  );
}

const TAKING = new Set<Intent>(['remove-role', 'take-permission']);
const GETTING = new Set(['get', 'become', 'receive', 'gain', 'obtain']);

function isNot(word: string): boolean {
  return word === 'not' || word === 'never' || word.endsWith('nt');
}

/** "bob shouldn't get Manager" keeps him from it; it takes nothing that he has. */
function forbidsGetting(act: Match, lattice: Lattice): boolean {
  if (!TAKING.has(act.pattern.intent)) return false;
  const words = lattice.tokens.slice(act.from, act.to).map((token) => token.key);
  const at = words.findIndex((word, index) => GETTING.has(word) && words.slice(0, index).some(isNot));
  return at !== -1 && words[at + 1] !== 'rid' && !words.some((word) => word === 'longer' || word === 'anymore');
}

/** Whether a left-over word stands right behind a person and before another name. */
function isAmongNames(act: Match, at: number): boolean {
  const isBehind = act.filled.some(
    ({ edge }) => edge.to === at && edge.value?.kind === 'people' && edge.value.group === null,
  );
  return isBehind && act.filled.some(({ edge }) => edge.from > at + 1 && edge.value !== null);
}

/** "give the manager my regards": what is mine gets nothing. */
function givesToMy(act: Match, lattice: Lattice): boolean {
  return (
    GIVING.has(act.pattern.intent) &&
    act.filled.some(
      ({ edge }) =>
        edge.value?.kind === 'people' && edge.to === edge.from + 1 && lattice.tokens[edge.from]?.key === 'my',
    )
  );
}

const GIVING = new Set(['assign-role', 'give-permission', 'assign-scope', 'edit-role']);

function firstFilled(act: Match): number {
  let first = act.to;
  for (const { edge } of act.filled) if (edge.from < first) first = edge.from;
  return first;
}

const BANS = new Set([
  'dont',
  'not',
  'never',
  'cannot',
  'cant',
  'wont',
  'refrain',
  'avoid',
  'stop',
  'shouldnt',
  'mustnt',
  'do',
]);

function isBan(lattice: Lattice, hazard: FoundHazard): boolean {
  return BANS.has(lattice.tokens[hazard.from]?.key ?? '');
}

/** An order that hides in the words of a reason is never carried out; it may have been meant, so the bot asks. */
function hasOrderInReason(act: Match, scene: Scene, lattice: Lattice): boolean {
  const reasons = act.absorbed.filter((edge) => edge.symbols.includes(REASON));
  if (reasons.length === 0) return false;
  const { symbols } = scene.vocabulary.grammar;
  const orders = ORDER_CUES.map((cue) => symbols.number(cue));
  const names = [slotSymbol('ROLE'), slotSymbol('PERM'), slotSymbol('SCOPE')];
  return reasons.some((reason) => {
    let order = false;
    for (let at = reason.from; at < reason.to; at += 1) {
      for (const edge of lattice.startingAt[at] ?? []) {
        if (edge.to > reason.to || edge.slip) continue;
        if (edge.symbols.some((symbol) => orders.includes(symbol))) order = true;
        else if (order && edge.cost < 0.3 && edge.symbols.some((symbol) => names.includes(symbol))) return true;
      }
    }
    return false;
  });
}

function quotedOrder(from: number, to: number, lattice: Lattice, isExplained: (at: number) => boolean): boolean {
  for (let at = from; at < to; at += 1) if ((lattice.tokens[at]?.quote ?? 0) > 0 && !isExplained(at)) return true;
  return false;
}

/** "give bob Manager, month end": a few words behind an order that speak of an end may tell its end. */
function isEndHanging(from: number, to: number, lattice: Lattice): boolean {
  const words = lattice.tokens.slice(from, to).filter((token) => token.kind !== 'punctuation');
  return words.length <= 4 && words.some((token) => token.key === 'end');
}

function leftOverName(lattice: Lattice, from: number, to: number, isExplained: (at: number) => boolean): number | null {
  for (let at = from; at < to; at += 1) if (!isExplained(at) && (lattice.skip[at] ?? 0) >= 1.2) return at;
  return null;
}
