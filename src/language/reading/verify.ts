import type { Ask, AskAbout } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Segmentation } from './acts.ts';
import { hasQuestion, questionAt } from './asked.ts';
import { textOf } from './find-reasons.ts';
import { type FoundHazard, findHazards } from './hazards.ts';
import { isFiller, type Lattice, SKIP } from './lattice.ts';
import type { Match } from './match.ts';
import { hasOrphanNames, hasOrphanOrder, hasOrphanPerson, isSpeaker } from './orphans.ts';
import type { Scene } from './scene.ts';

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
    const names = leftOverName(lattice, stretch.from, stretch.to, isExplained);
    if (names !== null && hasQuestion(lattice, stretch.from, stretch.to))
      return askIntent(textOf(scene, stretch.from, stretch.to));
  }
  return null;
}

function markExplained(acts: readonly Match[], lattice: Lattice): Uint8Array {
  const explained = new Uint8Array(lattice.tokens.length);
  for (const act of acts) {
    for (const { edge } of act.filled) explained.fill(1, edge.from, edge.to);
    for (const edge of act.absorbed) explained.fill(1, edge.from, edge.to);
  }
  return explained;
}

function askIntent(text: string): Objection {
  return { outcome: 'ask-back', ask: { about: 'intent', candidates: [], text } };
}

function objectToAct(
  act: Match,
  scene: Scene,
  lattice: Lattice,
  isExplained: (at: number) => boolean,
  dryRun: boolean,
): Objection | null {
  if (hasOrderInReason(act, scene, lattice)) return askIntent(textOf(scene, act.from, act.to));
  const hazards = findHazards(lattice, act.from, act.to, isExplained).filter(
    (hazard) => !isHarmless(hazard, lattice, dryRun),
  );
  if (givesToMy(act, lattice)) return askIntent(textOf(scene, act.from, act.to));
  const doubled = doubledModal(act, lattice);
  if (doubled !== null) return askIntent(textOf(scene, doubled, doubled + 2));
  const first = firstFilled(act);
  const ban = hazards.find((hazard) => hazard.kind === 'negation' && hazard.from <= first && isBan(lattice, hazard));
  if (ban !== undefined) return { outcome: 'declined' };
  const [hazard] = hazards;
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
    if (isPassable(lattice, at) && !goesOnWithName(act, lattice, at)) continue;
    return {
      outcome: 'ask-back',
      ask: { about: aboutNeighbour(act, at, lattice), candidates: [], text: lattice.tokens[at]?.text ?? '' },
    };
  }
  return null;
}

/** "may may have Reports": which of them is the name, and whether it asks or orders, nobody can tell. */
function doubledModal(act: Match, lattice: Lattice): number | null {
  for (let at = act.from; at + 1 < act.to; at += 1) {
    const key = lattice.tokens[at]?.key ?? '';
    if ((key === 'may' || key === 'will') && lattice.tokens[at + 1]?.key === key) return at;
  }
  return null;
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

/** Words that look dangerous and are not, where they stand. */
function isHarmless(hazard: FoundHazard, lattice: Lattice, dryRun: boolean): boolean {
  const words = lattice.tokens
    .slice(hazard.from, hazard.to)
    .map((token) => token.key)
    .join(' ');
  if (dryRun && ['condition', 'doubt', 'past', 'negation'].includes(hazard.kind)) return true;
  // Plain helping verbs of a clause; with another word of their kind they would have been found as a phrase.
  if (words === 'no' || words === 'was' || words === 'were' || words === 'had' || words === 'did') {
    const after = lattice.tokens[hazard.to];
    return words !== 'no'
      ? false
      : after === undefined
        ? false
        : ['problem', 'worries', 'rush', 'hurry', 'stress', 'pressure'].includes(after.key);
  }
  return false;
}

const SETTLING = new Set(['cancel-request', 'remind', 'undo', 'end-grant', 'link', 'unlink', 'deny', 'extend-grant']);
const BANNING = new Set([
  'dont',
  'not',
  'do',
  'never',
  'no',
  'none',
  'neither',
  'nor',
  'stop',
  'avoid',
  'refrain',
  'except',
  'but',
  'without',
  'rather',
  'nothing',
]);
const SUBJECTS = new Set([
  'i',
  'we',
  'he',
  'she',
  'they',
  'it',
  'that',
  'this',
  'who',
  'is',
  'are',
  'was',
  'were',
  'does',
  'has',
  'have',
  'had',
  'will',
  'can',
  'which',
  'did',
  'you',
  'also',
  'there',
  'im',
  'hes',
  'shes',
  'theyre',
  'its',
  'am',
]);
const WANTING = new Set([
  'want',
  'wants',
  'think',
  'like',
  'mean',
  'meant',
  'wish',
  'agree',
  'approve',
  'believe',
  'allow',
  'intend',
  'recommend',
  'give',
  'do',
  'sure',
  'ok',
  'okay',
  'right',
  'correct',
  'true',
  'trust',
  'ask',
  'asked',
  'say',
  'said',
  'order',
  'ordered',
  'request',
  'requested',
  'need',
  'should',
  'should',
]);

/** Talk beside an order that only sounds like a ban: "he has no access yet", "nobody reacts", "i asked by mistake". */
function isMereTalk(hazard: FoundHazard, segmentation: Segmentation, lattice: Lattice): boolean {
  const settles = segmentation.acts.every((act) => SETTLING.has(act.pattern.intent));
  if (settles && ['hearsay', 'doubt', 'past'].includes(hazard.kind)) return true;
  if (hazard.kind !== 'negation') return false;
  const key = lattice.tokens[hazard.from]?.key ?? '';
  const next = lattice.tokens[hazard.to]?.key ?? '';
  if (WANTING.has(next)) return false;
  if (!BANNING.has(key)) return true;
  const before = [lattice.tokens[hazard.from - 1]?.key ?? '', lattice.tokens[hazard.from - 2]?.key ?? ''];
  return key !== 'except' && key !== 'but' && before.some((word) => SUBJECTS.has(word));
}

/** A single word that may be left over in an order: a filler, or a sign. */
function isPassable(lattice: Lattice, at: number): boolean {
  const token = lattice.tokens[at];
  if (token === undefined) return true;
  if (token.quote > 0) return false;
  // The first word may address the assistant.
  if (token.kind === 'mention' && at === 0) return true;
  if (token.kind === 'punctuation') return true;
  if ((lattice.skip[at] ?? 0) <= SKIP.filler) return true;
  return (lattice.startingAt[at] ?? []).some((edge) => isFiller(edge) && edge.to === at + 1 && edge.slip);
}

/** "Manager Plus": a capital right behind a name makes a filler a part of it. */
function goesOnWithName(act: Match, lattice: Lattice, at: number): boolean {
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

/** What an unexplained word is probably about: the name beside it. */
function aboutNeighbour(act: Match, at: number, lattice: Lattice): AskAbout {
  if (
    ['until', 'till', 'til', 'from', 'since', 'by', 'for', 'during', 'after', 'before'].includes(
      lattice.tokens[at]?.key ?? '',
    )
  )
    return 'time';
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

/** An order that hides in the words of a reason is never carried out; it may have been meant, so the bot asks. */
function hasOrderInReason(act: Match, scene: Scene, lattice: Lattice): boolean {
  const { symbols } = scene.vocabulary.grammar;
  const orders = ORDER_CUES.map((cue) => symbols.number(cue));
  const names = [slotSymbol('ROLE'), slotSymbol('PERM'), slotSymbol('SCOPE')];
  const reasons = [...act.absorbed.filter((edge) => edge.symbols.includes(REASON))];
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

function leftOverName(lattice: Lattice, from: number, to: number, isExplained: (at: number) => boolean): number | null {
  for (let at = from; at < to; at += 1) if (!isExplained(at) && (lattice.skip[at] ?? 0) >= 1.2) return at;
  return null;
}
