import {
  type Ask,
  type Effect,
  type Evidence,
  type FurtherAct,
  INTENT_EFFECTS,
  type Intent,
  NO_SLOTS,
  type Slots,
  type Understanding,
} from '../domain/understanding.ts';
import { topicIn } from './help-topic.ts';
import { continueAct, ORDERING, type Segmentation, type Stretch, segment } from './reading/acts.ts';
import { type Draft, fill } from './reading/fill.ts';
import { findPastedError, permissionInBrackets } from './reading/find-ids.ts';
import { continueThread, fillFromThread } from './reading/follow-up.ts';
import { isRetracted } from './reading/hazards.ts';
import { type Lattice, SKIP } from './reading/lattice.ts';
import type { Match } from './reading/match.ts';
import { isAnotherLanguage } from './reading/other-language.ts';
import { readScene } from './reading/read-scene.ts';
import { completeRules } from './reading/rules.ts';
import type { Scene } from './reading/scene.ts';
import { objectTo } from './reading/verify.ts';
import { suggest } from './suggest.ts';
import type { Context } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `as` of the reading that marks a text in another language than English. */
export const ANOTHER_LANGUAGE = 'another language than English';

/**
 * Reads a text: what it asks or orders, of whom, with which names, until when.
 *
 * Never throws and never guesses on a write: what is missing or unclear is an ask-back that keeps what was understood.
 * Pure: the same text, vocabulary and context always read the same.
 */
export function understand(text: string, vocabulary: Vocabulary, context: Context): Understanding {
  const { scene, lattice, dryRun, isCut } = readScene(text, vocabulary, context);
  if (lattice.tokens.length === 0) return notUnderstood(text, vocabulary);
  const retracted = isRetracted(
    lattice.tokens,
    (at) => (lattice.skip[at] ?? 1) <= SKIP.filler && !isOrderVerb(lattice, at),
  );
  if (retracted === 'alone') return declined(text);
  const followed = continueThread(text, scene, lattice, (sentence) =>
    understand(sentence, vocabulary, { ...context, previous: null }),
  );
  const read = followed ?? fillFromThread(understandAlone(text, scene, lattice, dryRun), scene);
  if (retracted === 'after' && (read.effect === 'write' || read.intent === 'approve')) return declined(text);
  if (isCut && read.outcome === 'understood' && read.effect !== 'read') {
    return { ...read, outcome: 'ask-back', ask: { about: 'intent', candidates: [], text: text.slice(0, 80) } };
  }
  return read;
}

/** "Swap bob and carol's roles": an order that was cut apart leaves no question behind. */
function hasLostOrder({ acts, chatter }: Segmentation, lattice: Lattice): boolean {
  if (acts.some((act) => INTENT_EFFECTS[act.pattern.intent] !== 'read')) return false;
  return chatter.some(({ from }) => ORDERING.has(lattice.tokens[from]?.key ?? ''));
}

/** Pasted data is nothing that somebody says. */
function isData(text: string): boolean {
  const trimmed = text.trim();
  if (!/^(?:\{[\s\S]*\}|\[[\s\S]*\])$/.test(trimmed) || trimmed.length > 20_000) return false;
  return /[{[,]\s*"[^"\n]*"\s*[:,\]]/.test(trimmed);
}

const ORDER_WORDS = new Set([
  'get',
  'let',
  'will',
  'may',
  'can',
  'also',
  'have',
  'has',
  'who',
  'do',
  'does',
  'i',
  'me',
  'he',
  'she',
  'they',
  'him',
  'her',
  'them',
  'everyone',
]);

function isOrderVerb(lattice: Lattice, at: number): boolean {
  return ORDER_WORDS.has(lattice.tokens[at]?.key ?? '');
}

function understandAlone(text: string, scene: Scene, lattice: Lattice, dryRun: boolean): Understanding {
  const { vocabulary } = scene;
  const error = findPastedError(text);
  if (error === null && isData(text)) return notUnderstood(text, vocabulary, lattice);
  const segmentation = isAnotherLanguage(lattice, vocabulary) ? null : segmentFor(lattice, vocabulary, dryRun);
  if (segmentation === null) {
    const quoted = error === null ? readQuoted(text, scene, lattice) : null;
    if (quoted !== null) return quoted;
    return error === null ? notUnderstood(text, vocabulary, lattice) : explainError(text, error);
  }
  const isOrder = segmentation.acts.some((act) => INTENT_EFFECTS[act.pattern.intent] !== 'read');
  if (
    error !== null &&
    (!isOrder || segmentation.cost > 0.9 || objectTo(segmentation, scene, lattice, dryRun) !== null)
  )
    return explainError(text, error);
  if (hasLostOrder(segmentation, lattice)) return notUnderstood(text, vocabulary, lattice);
  const read = compose(text, goOn(asideTalk(segmentation, lattice), lattice), scene, lattice, dryRun);
  if (read.error === null || read.error.permission !== null) return read;
  return { ...read, error: { ...read.error, permission: permissionInBrackets(text) } };
}

/** What is only played through is an order, if it can be read as one at all. */
function segmentFor(lattice: Lattice, vocabulary: Vocabulary, dryRun: boolean): Segmentation | null {
  const order = dryRun ? segment(lattice, vocabulary.grammar, true) : null;
  return order ?? segment(lattice, vocabulary.grammar, false);
}

/**
 * A text whose only sense stands in a quotation or a code block.
 *
 * A question in quotation marks is one; an order there is what somebody else said: the bot asks whether it is meant.
 */
function readQuoted(text: string, scene: Scene, lattice: Lattice): Understanding | null {
  if (!lattice.tokens.some((token) => token.quote > 0)) return null;
  const words = lattice.tokens
    .map((token) => token.text)
    .join(' ')
    .replaceAll(" 's", "'s");
  const plain = words.replace(/["\uE000-\uE00F]/g, ' ').trim();
  const inner = understand(plain, scene.vocabulary, { ...scene.context, previous: null });
  if (inner.intent === null) return inner.outcome === 'declined' ? { ...inner, text } : null;
  if (inner.effect === 'read') return { ...inner, text };
  return { ...inner, text, outcome: 'ask-back', ask: { about: 'intent', candidates: [], text: words.trim() } };
}

function compose(
  text: string,
  segmentation: Segmentation,
  scene: Scene,
  lattice: Lattice,
  dryRun: boolean,
): Understanding {
  const drafts = fillActs(segmentation, scene, lattice);
  const ordered = drafts.filter((draft) => INTENT_EFFECTS[draft.intent] !== 'read');
  const [outer] = drafts;
  if (outer === undefined) return notUnderstood(text, scene.vocabulary, lattice);
  // A question beside an order: nobody can tell whether the order waits for the answer.
  const mixed = ordered.length > 0 && ordered.length < drafts.length;
  const chosen = eachGroup(ordered.length > 0 ? withoutRepeats(ordered) : withoutEchoes(drafts));
  const first = chosen[0] ?? outer;
  const also = chosen.slice(1).map(furtherAct);
  const asks = chosen.flatMap((draft) => (dryRun ? withoutDoubt(draft, lattice) : draft.asks));
  const effect: Effect = INTENT_EFFECTS[first.intent];
  const isOrder = ordered.length > 0;
  const objection = isOrder
    ? objectTo({ ...segmentation, acts: chosen.map((draft) => draft.match) }, scene, lattice, dryRun)
    : null;
  if (objection?.outcome === 'declined') return declined(text);
  // A decision cannot be played through.
  const isPlayed = dryRun && chosen.some((draft) => INTENT_EFFECTS[draft.intent] === 'decide');
  if (mixed || isPlayed) asks.unshift({ about: 'intent', candidates: [], text });
  const ask: Ask | null =
    objection !== null && (objection.ask.about !== 'intent' || asks.length === 0 || true)
      ? pickAsk(objection.ask, asks)
      : (asks[0] ?? null);
  return {
    ...first.slots,
    text,
    outcome: ask === null ? 'understood' : 'ask-back',
    intent: first.intent,
    effect,
    dryRun: (dryRun && effect !== 'read') || isTrial(first.intent, first),
    also: isOrder || also.length > 0 ? also : [],
    ask,
    suggestions: [],
    readings: [...chosen.flatMap((draft) => draft.readings), ...helpTopic(first.intent, lattice)],
  };
}

function helpTopic(intent: Intent, lattice: Lattice): readonly Evidence[] {
  const topic = intent === 'help' ? topicIn(lattice.tokens) : null;
  return topic === null ? [] : [topic];
}

/** "everyone in sales and support": the same act for each of the groups. */
function eachGroup(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.every(({ moreGroups }) => moreGroups.length === 0)) return drafts;
  return drafts.flatMap((draft) => [
    draft,
    ...draft.moreGroups.map((group) => ({ ...draft, slots: { ...draft.slots, people: [], group }, readings: [] })),
  ]);
}

/**
 * "I don't need M3QP any more, withdraw it": the second clause says the same again and names nothing. So does "done with
 * Super Admin, you can take it back", which undoes nothing else.
 */
function withoutRepeats(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  return drafts.filter((draft, at) => {
    const before = drafts[at - 1];
    const isSame =
      before !== undefined &&
      (before.intent === draft.intent || (before.intent === 'end-grant' && draft.intent === 'undo'));
    return !isSame || draft.match.filled.some((one) => one.edge.value !== null) || draft.empty.length > 0;
  });
}

/** What is only played through need not have been ordered: "if I gave bob Manager". */
function withoutDoubt(draft: Draft, lattice: Lattice): readonly Ask[] {
  const { match, slots } = draft;
  if (!match.pattern.isDoubtful || slots.roles.length + slots.permissions.length === 0) return draft.asks;
  const isDenied = lattice.tokens.slice(match.from, match.to).some((token) => DENYING.test(token.key));
  return isDenied ? draft.asks : draft.asks.filter((ask) => ask.about !== 'intent');
}

const DENYING = /^(?:not|never|no|\w+nt)$/;

/** A second question that names nothing only repeats the first: "export ... as csv". */
function withoutEchoes(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  // "hiya, am I a manager?": a greeting before a question asks for no help.
  const asked = drafts.filter((draft) => draft.intent !== 'help');
  if (asked.length > 0 && asked.length < drafts.length) return withoutEchoes(asked);
  return drafts.filter(
    (draft, at) =>
      at === 0 || draft.intent !== drafts[0]?.intent || draft.match.filled.some((one) => one.element.slot !== null),
  );
}

/** A missing name is asked for first; whether the order was meant at all comes before everything. */
function pickAsk(objection: Ask, asks: readonly Ask[]): Ask {
  if (objection.about === 'intent') return objection;
  return asks.find((ask) => ask.text !== '') ?? asks[0] ?? objection;
}

function isTrial(intent: Intent, draft: Draft): boolean {
  return intent === 'delete-role' && /@candelete|deletable/.test(draft.match.pattern.text);
}

/** A statement beside an order that happens to read like a question ("she changed teams") is talk. */
function asideTalk(segmentation: Segmentation, lattice: Lattice): Segmentation {
  if (segmentation.acts.length < 2) return segmentation;
  const isRead = (act: Match): boolean => INTENT_EFFECTS[act.pattern.intent] === 'read';
  if (segmentation.acts.every(isRead) || !segmentation.acts.some(isRead)) return segmentation;
  const talk = segmentation.acts.filter((act) => isRead(act) && !isAsked(act, lattice));
  const chatter = [...segmentation.chatter, ...talk.map(({ from, to }) => ({ from, to }))].sort(
    (a, b) => a.from - b.from,
  );
  return { ...segmentation, acts: segmentation.acts.filter((act) => !talk.includes(act)), chatter };
}

const ASKING = new Set([
  'who',
  'whos',
  'what',
  'whats',
  'which',
  'why',
  'how',
  'when',
  'where',
  'does',
  'do',
  'is',
  'are',
  'can',
  'could',
  'may',
  'has',
  'have',
  'did',
  'am',
  'show',
  'list',
  'tell',
  'check',
  'whose',
  'compare',
  'describe',
  'explain',
  'export',
]);

function isAsked(act: Match, lattice: Lattice): boolean {
  for (let at = act.from; at < act.to; at += 1) if (lattice.tokens[at]?.text === '?') return true;
  const first = act.filled[0]?.edge.from ?? act.from;
  return ASKING.has(lattice.tokens[first]?.key ?? '') || ASKING.has(lattice.tokens[act.from]?.key ?? '');
}

/** "give bob Manager and carol Support": the second clause goes on with the verb of the first. */
function goOn(segmentation: Segmentation, lattice: Lattice): Segmentation {
  if (segmentation.acts.length + segmentation.chatter.length < 2) return segmentation;
  const acts: Match[] = [];
  const chatter: Stretch[] = [];
  const parts = [
    ...segmentation.acts.map((act) => ({ from: act.from, act })),
    ...segmentation.chatter.map((stretch) => ({ from: stretch.from, act: null, stretch })),
  ];
  for (const part of parts.sort((a, b) => a.from - b.from)) {
    const before = acts[acts.length - 1];
    const again = part.act?.pattern.isDoubtful && before !== undefined ? continueAct(before, part.act, lattice) : null;
    if (again !== null) acts.push(again);
    else if (part.act !== null) acts.push(part.act);
    else if ('stretch' in part && part.stretch !== undefined) {
      const continued = before === undefined ? null : continueAct(before, part.stretch, lattice);
      if (continued === null) chatter.push(part.stretch);
      else acts.push(continued);
    }
  }
  return { acts, chatter, cost: segmentation.cost };
}

function fillActs(segmentation: Segmentation, scene: Scene, lattice: Lattice): readonly Draft[] {
  const drafts: Draft[] = [];
  let spokenOf: readonly string[] = [];
  for (const match of segmentation.acts) {
    const known = spokenOf;
    const draft = fill(match, scene, () => antecedents(segmentation, match, known, scene, lattice));
    drafts.push(completeRules(draft, drafts[drafts.length - 1] ?? null, scene, lattice));
    const named = drafts[drafts.length - 1]?.slots.people ?? [];
    if (named.length > 0) spokenOf = named;
  }
  return drafts;
}

/** Who "him" can mean: people of the first act itself, of the act before, of the words before all acts, of the thread. */
function antecedents(
  { acts }: Segmentation,
  match: Match,
  spokenOf: readonly string[],
  scene: Scene,
  lattice: Lattice,
): readonly string[] {
  const [first] = acts;
  const inside = match === first ? peopleIn(lattice, match.from, match.to) : [];
  if (inside.length > 0) return inside;
  if (spokenOf.length > 0) return spokenOf;
  const before = peopleIn(lattice, 0, first?.from ?? 0);
  return before.length > 0 ? before : (scene.context.previous?.people ?? []);
}

/** People named in a stretch in full. */
function peopleIn(lattice: Lattice, from: number, to: number): readonly string[] {
  const found: string[] = [];
  for (let at = from; at < to; at += 1) {
    let longest = at;
    let numbers: readonly string[] = [];
    for (const edge of lattice.startingAt[at] ?? []) {
      if (edge.to > to || edge.slip || edge.to <= longest || edge.value?.kind !== 'people' || edge.value.group !== null)
        continue;
      if (edge.cost > 0.2 || edge.value.people.some((one) => one.is !== 'named' || one.candidates.length !== 1))
        continue;
      longest = edge.to;
      numbers = edge.value.people.flatMap((one) => one.candidates);
    }
    for (const number of numbers) if (!found.includes(number)) found.push(number);
    if (longest > at) at = longest - 1;
  }
  return found;
}

function furtherAct(draft: Draft): FurtherAct {
  return { ...draft.slots, intent: draft.intent, effect: INTENT_EFFECTS[draft.intent] };
}

function explainError(text: string, error: Slots['error']): Understanding {
  return { ...empty(text), outcome: 'understood', intent: 'explain-error', effect: 'read', error };
}

function empty(text: string): Understanding {
  return {
    ...NO_SLOTS,
    text,
    outcome: 'not-understood',
    intent: null,
    effect: null,
    dryRun: false,
    also: [],
    ask: null,
    suggestions: [],
    readings: [],
  };
}

function declined(text: string): Understanding {
  return { ...empty(text), outcome: 'declined' };
}

function notUnderstood(text: string, vocabulary: Vocabulary, lattice?: Lattice): Understanding {
  const foreign = lattice !== undefined && isAnotherLanguage(lattice, vocabulary);
  return {
    ...empty(text),
    suggestions: suggest(vocabulary, lattice ?? null),
    readings: foreign ? [{ words: text.slice(0, 80), as: ANOTHER_LANGUAGE, literal: false }] : [],
  };
}
