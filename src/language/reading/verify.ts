import { type Ask, type AskAbout, INTENT_EFFECTS } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import type { Segmentation } from './acts.ts';
import { textOf } from './find-reasons.ts';
import { type FoundHazard, findHazards } from './hazards.ts';
import { isFiller, type Lattice, SKIP } from './lattice.ts';
import type { Match } from './match.ts';
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
    if (hasOrphanNames(scene, lattice, stretch.from, stretch.to))
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
function questionAt(segmentation: Segmentation, lattice: Lattice, explained: Uint8Array): Match | null {
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
  const first = firstFilled(act);
  const ban = hazards.find((hazard) => hazard.kind === 'negation' && hazard.from <= first && isBan(lattice, hazard));
  if (ban !== undefined) return { outcome: 'declined' };
  const [hazard] = hazards;
  if (hazard !== undefined) return askIntent(textOf(scene, hazard.from, hazard.to));
  for (let at = act.from; at < act.to; at += 1) {
    if (isExplained(at)) continue;
    if (isPassable(lattice, at) && !goesOnWithName(act, lattice, at)) continue;
    return {
      outcome: 'ask-back',
      ask: { about: aboutNeighbour(act, at, lattice), candidates: [], text: lattice.tokens[at]?.text ?? '' },
    };
  }
  return null;
}

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

const PLAIN_ORDERS = ['@give', '@take', '@make', '@enable', '@disable', '@reset', '@offboard'];

/** A verb of ordering with somebody to order it for, in a clause that was read as talk: it must not be passed over. */
function hasOrphanOrder(scene: Scene, lattice: Lattice, from: number, to: number): boolean {
  const { symbols } = scene.vocabulary.grammar;
  const orders = PLAIN_ORDERS.map((cue) => symbols.number(cue));
  for (let at = from; at < to; at += 1) {
    const isOrder = (lattice.startingAt[at] ?? []).some(
      (edge) => !edge.slip && edge.to <= to && edge.symbols.some((symbol) => orders.includes(symbol)),
    );
    if (!isOrder || isInFiller(lattice, at)) continue;
    if (isAlone(lattice, at, from, to)) return true;
    for (let next = at + 1; next < to; next += 1) {
      if (
        (lattice.startingAt[next] ?? []).some(
          (edge) =>
            edge.value?.kind === 'people' && edge.cost < 0.25 && edge.value.people.every((one) => one.is !== 'self'),
        )
      )
        return true;
    }
  }
  return false;
}

/** "... and remove": an order verb that breaks off. */
function isAlone(lattice: Lattice, at: number, from: number, to: number): boolean {
  for (let other = from; other < to; other += 1)
    if (other !== at && (lattice.skip[other] ?? 0) > SKIP.filler) return false;
  return (lattice.skip[at] ?? 0) > SKIP.filler;
}

function isInFiller(lattice: Lattice, at: number): boolean {
  for (let from = Math.max(0, at - 4); from <= at; from += 1) {
    if ((lattice.startingAt[from] ?? []).some((edge) => isFiller(edge) && edge.to > at && edge.to - edge.from > 1))
      return true;
  }
  return false;
}

/** Roles and permissions beside an order, in a clause that states nothing, may be a second order. */
function hasOrphanNames(scene: Scene, lattice: Lattice, from: number, to: number): boolean {
  const { symbols } = scene.vocabulary.grammar;
  const names = [slotSymbol('ROLE'), slotSymbol('PERM'), slotSymbol('SCOPE')];
  const states = ['@have', '@is', '@cannot', '@left'].map((cue) => symbols.number(cue));
  let orphan = false;
  for (let at = from; at < to; at += 1) {
    for (const edge of lattice.startingAt[at] ?? []) {
      if (edge.to > to) continue;
      if (STATING.has(lattice.tokens[at]?.key ?? '') && edge.symbols.some((symbol) => states.includes(symbol)))
        return false;
      if (edge.cost < 0.24 && edge.symbols.some((symbol) => names.includes(symbol)) && !isInGroup(lattice, edge))
        orphan = true;
    }
  }
  return orphan;
}

/** The "support" of "the support team" is no role. */
function isInGroup(lattice: Lattice, name: Edge): boolean {
  for (let at = Math.max(0, name.from - 4); at <= name.from; at += 1) {
    if ((lattice.startingAt[at] ?? []).some((edge) => edge.to > name.to && edge.symbols.includes(GROUP))) return true;
  }
  return false;
}

const GROUP = slotSymbol('GROUP');
const STATING = new Set([
  'has',
  'have',
  'had',
  'is',
  'are',
  'was',
  'hasnt',
  'havent',
  'isnt',
  'lacks',
  'lost',
  'cant',
  'cannot',
  'no',
  'doesnt',
  'does',
  'got',
  'im',
  'hes',
  'shes',
  'am',
  'were',
]);

function quotedOrder(from: number, to: number, lattice: Lattice, isExplained: (at: number) => boolean): boolean {
  for (let at = from; at < to; at += 1) if ((lattice.tokens[at]?.quote ?? 0) > 0 && !isExplained(at)) return true;
  return false;
}

function leftOverName(lattice: Lattice, from: number, to: number, isExplained: (at: number) => boolean): number | null {
  for (let at = from; at < to; at += 1) if (!isExplained(at) && (lattice.skip[at] ?? 0) >= 1.2) return at;
  return null;
}

function hasQuestion(lattice: Lattice, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (lattice.tokens[at]?.text === '?') return true;
  return false;
}
