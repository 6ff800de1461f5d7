import { slotSymbol } from '../grammar/symbols.ts';
import { NICKNAMES } from '../lexicon/nicknames.ts';
import type { PeopleIndex } from '../names/people-index.ts';
import { trait } from '../text/traits.ts';
import type { PersonRef, Value } from '../types-internal.ts';
import type { Place, Places } from './find-phrases.ts';
import { wordsOf } from './find-phrases.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';

const WHO = slotSymbol('WHO');
const SELF = slotSymbol('SELF');
const PERSON = slotSymbol('PERSON');
const LONGEST_NAME = 5;
const MOST_CANDIDATES = 25;
const SELF_WORDS = new Set(['me', 'i', 'my', 'myself', 'mine', 'im', 'ive', 'id', 'meself']);
const PRONOUNS = new Set([
  'him',
  'her',
  'them',
  'they',
  'he',
  'she',
  'his',
  'their',
  'hers',
  'theirs',
  'shes',
  'hes',
  'theyre',
  'himself',
  'herself',
  'themselves',
  'both',
]);
const EXTENSION_WORDS = new Set([
  'ext',
  'extension',
  'exten',
  'x',
  'extn',
  'extensions',
  'exts',
  'number',
  'user',
  'no',
]);

/** Finds people: names, e-mails, extension numbers, mentions, the asker, pronouns. */
export function findPeople(scene: Scene, placesAt: Places): void {
  scene.lattice.tokens.forEach((token, at) => {
    if (token.kind === 'mention') addMention(scene, at, token.key);
    else if (token.kind === 'email') addEmail(scene, at, token.key);
    else if (token.kind === 'number') addExtension(scene, at, at, token.key);
    else if (token.kind === 'word') addWord(scene, at, placesAt);
  });
}

function person(candidates: readonly string[], literal: boolean, text: string, is: PersonRef['is'] = 'named'): Value {
  return { kind: 'people', people: [{ candidates, literal, text, is }], group: null, groupUnclear: null, or: false };
}

function addPerson(scene: Scene, from: number, to: number, value: Value, cost: number, raise: number): void {
  const literal = value.kind === 'people' && value.people.every((one) => one.literal);
  addEdge(scene.lattice, from, to, [WHO, PERSON], value, cost, !literal);
  if (raise > 0) raiseSkip(scene.lattice, from, to, raise);
}

function addMention(scene: Scene, at: number, member: string): void {
  const number = scene.context.mentions.get(member);
  const fits = number !== undefined && number !== null ? [number] : [];
  // The first word of a message may address the assistant itself; it is then nobody's name.
  const isAddress = at === 0 && number === undefined && scene.lattice.tokens.length > 1;
  if (isAddress) return;
  addPerson(scene, at, at + 1, person(fits, true, `@${member}`), 0, SKIP.name);
}

function addEmail(scene: Scene, at: number, email: string): void {
  const { people } = scene.vocabulary;
  const found = people.byEmail(email);
  const number = people.people[found]?.number;
  addPerson(scene, at, at + 1, person(number === undefined ? [] : [number], true, email), 0, SKIP.name);
}

/** "104", "ext 104", "x104", "#104". A bare number that is nobody's is left to other readings. */
function addExtension(scene: Scene, from: number, at: number, digits: string): void {
  const { people } = scene.vocabulary;
  const { tokens } = scene.lattice;
  const found = people.byNumber(digits);
  let start = from;
  if (from === at && tokens[start - 1]?.text === '#') start -= 1;
  if (from === at && tokens[start - 1]?.text === '.' && EXTENSION_WORDS.has(tokens[start - 2]?.key ?? '')) start -= 2;
  else if (from === at && EXTENSION_WORDS.has(tokens[start - 1]?.key ?? '')) start -= 1;
  const named = start < at || from < at;
  if (found === -1 && !named) return;
  if (tokens[start]?.key === 'number' && tokens[start - 1] && EXTENSION_WORDS.has(tokens[start - 1]?.key ?? ''))
    start -= 1;
  if (tokens[start - 1]?.key === 'the') start -= 0;
  const number = people.people[found]?.number;
  addPerson(
    scene,
    start,
    at + 1,
    person(number === undefined ? [] : [number], true, wordsOf(scene, start, at + 1)),
    0,
    SKIP.name,
  );
}

const GLUED_EXTENSION = /^(?:ext|x)(\d{1,8})$/;

function addWord(scene: Scene, at: number, placesAt: Places): void {
  if (((scene.lattice.tokens[at]?.traits ?? 0) & PERSON_WORD) !== 0) addPersonWord(scene, at);
  if (scene.readings[at]?.some((reading) => reading.people.length > 0)) addNames(scene, at, placesAt);
  else if (((scene.lattice.tokens[at]?.traits ?? 0) & NICKNAME) !== 0) addNickname(scene, at);
}

const NICKNAME = trait((key) => NICKNAMES.has(key));
const NICKNAME_COST = 0.7;

/** "bill" is an ordinary word, and short for William: somebody to ask about. */
function addNickname(scene: Scene, at: number): void {
  const { dictionary, people } = scene.vocabulary;
  const key = scene.lattice.tokens[at]?.key ?? '';
  const numbers = (NICKNAMES.get(key) ?? []).flatMap((name) => {
    const word = dictionary.find(name);
    return word === -1 ? [] : [...numbersOf(scene, people.withWord(word))];
  });
  if (numbers.length > 0)
    addPerson(scene, at, at + 1, person(numbers.slice(0, MOST_CANDIDATES), false, key), NICKNAME_COST, 0);
}

const PERSON_WORD = trait((key) => GLUED_EXTENSION.test(key) || SELF_WORDS.has(key) || PRONOUNS.has(key));

function addPersonWord(scene: Scene, at: number): void {
  const key = scene.lattice.tokens[at]?.key ?? '';
  const glued = GLUED_EXTENSION.exec(key);
  if (glued !== null) addPerson(scene, at, at + 1, person(numberOf(scene, glued[1] ?? ''), true, key), 0, SKIP.name);
  if (SELF_WORDS.has(key) && !isSomebodyOfMine(scene, at, key)) addSelf(scene, at, key);
  if (PRONOUNS.has(key)) addEdge(scene.lattice, at, at + 1, [WHO], person([], true, key, 'pronoun'), 0.02);
}

const MINE = new Set([
  'colleague',
  'colleagues',
  'boss',
  'friend',
  'friends',
  'teammate',
  'team',
  'coworker',
  'coworkers',
  'assistant',
  'intern',
  'deputy',
  'wife',
  'husband',
  'supervisor',
  'lead',
  'report',
  'trainee',
  'successor',
  'backup',
  'substitute',
  'people',
  'staff',
  'department',
  'buddy',
  'secretary',
  'employee',
  'employees',
  'guys',
  'replacement',
]);

/** "my colleague" is not me. */
function isSomebodyOfMine(scene: Scene, at: number, key: string): boolean {
  if (key !== 'my') return false;
  const next = scene.lattice.tokens[at + 1]?.key ?? '';
  const after = scene.lattice.tokens[at + 2]?.key ?? '';
  return (
    MINE.has(next) ||
    (['new', 'dear', 'whole', 'old', 'poor', 'direct', 'two', 'team'].includes(next) && MINE.has(after))
  );
}

function numberOf(scene: Scene, digits: string): readonly string[] {
  const found = scene.vocabulary.people.byNumber(digits);
  const number = scene.vocabulary.people.people[found]?.number;
  return number === undefined ? [] : [number];
}

function addSelf(scene: Scene, at: number, key: string): void {
  const asker = scene.context.asker;
  const value = person(asker === null ? [] : [asker], true, key, 'self');
  addEdge(scene.lattice, at, at + 1, [WHO, SELF], value, 0.01);
}

function numbersOf(scene: Scene, people: People): readonly string[] {
  const known = scene.vocabulary.people.people;
  const numbers: string[] = [];
  for (let at = 0; at < people.length && at < MOST_CANDIDATES; at += 1) {
    numbers.push(known[people[at] as number]?.number ?? '');
  }
  return numbers;
}

/** Places in the list of people. */
type People = ArrayLike<number>;

type Found = {
  readonly to: number;
  readonly people: People;
  readonly slip: boolean;
  readonly words: number;
  readonly weak: boolean;
};

function addNames(scene: Scene, at: number, placesAt: Places): void {
  const found = longestName(scene, at);
  if (found === null) return;
  const named = nobody(scene, at, found) ?? elsewhere(scene, found, placesAt);
  if (named !== null) {
    const near = numbersOf(scene, found.people);
    const value: Value = {
      kind: 'people',
      people: [{ candidates: near, literal: false, text: wordsOf(scene, at, named), is: 'named' }],
      group: null,
      groupUnclear: 'nobody',
      or: false,
    };
    addEdge(scene.lattice, at, named, [WHO, PERSON], value, 0, true);
    raiseSkip(scene.lattice, at, named, SKIP.name);
    return;
  }
  addShorter(scene, at, found);
  const led = toldBefore(scene, at, found, placesAt);
  if (led !== null)
    addPerson(
      scene,
      led.from,
      found.to,
      person(numbersOf(scene, led.people), !found.slip, wordsOf(scene, at, found.to)),
      found.slip ? 0.5 : 0,
      SKIP.name,
    );
  const { people, to } = toldApart(scene, found, placesAt);
  const numbers = numbersOf(scene, people);
  const cost = (found.slip ? 0.5 : 0) + (found.weak ? 0.3 : 0);
  const raise = found.slip || found.weak ? 0 : SKIP.name;
  addPerson(scene, at, to, person(numbers, !found.slip, wordsOf(scene, at, found.to)), cost, raise);
  if (to > found.to)
    addPerson(
      scene,
      at,
      found.to,
      person(numbersOf(scene, found.people), !found.slip, wordsOf(scene, at, found.to)),
      cost,
      0,
    );
}

/** "give paige Manager": the last word of a full name may be the name of something else. */
function addShorter(scene: Scene, at: number, found: Found): void {
  const last = found.to - 1;
  if (found.words !== 2 || found.slip || last !== at + 1 || !isNameOfThing(scene, last)) return;
  const [reading] = scene.readings[at] ?? [];
  if (reading === undefined || reading.slip || reading.people.length === 0 || reading.people.length > MOST_CANDIDATES)
    return;
  const value = person(numbersOf(scene, reading.people), true, wordsOf(scene, at, last));
  addPerson(scene, at, last, value, reading.isOrdinary ? 0.5 : 0.2, 0);
}

/** "the denver chris young": the place stands before the name. */
function toldBefore(scene: Scene, at: number, found: Found, placesAt: Places): { from: number; people: People } | null {
  if (found.people.length < 2) return null;
  for (let from = Math.max(0, at - 3); from < at; from += 1) {
    for (const place of placesAt[from] ?? []) {
      if (place.to !== at || place.type === 'role' || place.slip) continue;
      const there = Array.from(found.people).filter((one) => isAt(scene, one, place));
      const start = scene.lattice.tokens[from - 1]?.key === 'the' ? from - 1 : from;
      if (there.length > 0) return { from: start, people: there };
    }
  }
  return null;
}

function longestName(scene: Scene, at: number): Found | null {
  const { lattice } = scene;
  let best: Found | null = null;
  for (const reading of scene.readings[at] ?? []) {
    let people: People = reading.people;
    if (people.length === 0) continue;
    const words = [reading.word];
    let slip = reading.slip;
    let to = at + 1;
    while (to - at < LONGEST_NAME && lattice.tokens[to]?.kind === 'word' && !reading.stem) {
      const step = extend(scene, people, words, to, slip);
      if (step === null) break;
      people = step.people;
      words.push(step.word);
      slip ||= step.slip;
      to += 1;
      if (step.stem) break;
    }
    const isWord = words.length === 1 && (reading.isOrdinary || isNameOfThing(scene, at));
    const one: Found = {
      to,
      people: preferred(scene, people, words),
      slip,
      words: words.length,
      weak: isWord && !reading.slip,
    };
    if (one.people.length === 0) continue;
    if (reading.slip && isWord) continue;
    // "manager" is the role, never alone the person of that name.
    if (words.length === 1 && isNameOfThing(scene, at)) continue;
    best = better(best, one);
  }
  return best;
}

function better(best: Found | null, one: Found): Found {
  if (best === null || one.to > best.to || (one.to === best.to && !one.slip && best.slip)) return one;
  if (one.to < best.to || one.slip !== best.slip) return best;
  return { ...best, people: [...new Set([...Array.from(best.people), ...Array.from(one.people)])] };
}

type Step = {
  readonly people: People;
  readonly word: number;
  readonly slip: boolean;
  readonly stem: boolean;
};

function extend(scene: Scene, people: People, words: readonly number[], to: number, slipped: boolean): Step | null {
  const { people: index } = scene.vocabulary;
  for (const reading of scene.readings[to] ?? []) {
    if (reading.slip && slipped) continue;
    const others = reading.people;
    if (others.length === 0) continue;
    // The rarer of the two words decides how many names are looked at.
    const fewer = others.length < people.length ? others : people;
    const fitting = whereFits(fewer, index, words, reading.word);
    if (fitting.length > 0) return { people: fitting, word: reading.word, slip: reading.slip, stem: reading.stem };
  }
  return null;
}

/** The people whose names have the words in this order, and the next one behind them. */
function whereFits(people: People, index: PeopleIndex, words: readonly number[], next: number): People {
  const fitting: number[] = [];
  for (let at = 0; at < people.length; at += 1) {
    const one = people[at] as number;
    if (isInOrder(index.nameOf(one), words, next)) fitting.push(one);
  }
  return fitting;
}

function isInOrder(name: Uint32Array, words: readonly number[], next: number): boolean {
  // Names are a few words long; each is looked at once.
  let found = 0;
  for (let at = 0; at < name.length; at += 1) {
    const wanted = found < words.length ? words[found] : next;
    if (name[at] !== wanted) continue;
    if (found === words.length) return true;
    found += 1;
  }
  return false;
}

/** "support" is a role and a department before it is the "Support Queue". */
function isNameOfThing(scene: Scene, at: number): boolean {
  return scene.readings[at]?.[0]?.isNameOfThing === true;
}

/** Full names beat parts of longer ones; a first name and somebody's last name stay side by side. */
function preferred(scene: Scene, people: People, words: readonly number[]): People {
  if (words.length < 2) return people;
  const full = Array.from(people).filter((one) => scene.vocabulary.people.nameOf(one).length === words.length);
  return full.length > 0 ? full : people;
}

/**
 * The end of a name with a part that fits nobody ("bob green"); null when the name stands alone.
 *
 * The word after a name belongs to it when it is no word of the language and no name of anything else, or when it is
 * only ever somebody's last name.
 */
function nobody(scene: Scene, at: number, found: Found): number | null {
  const { lattice, vocabulary } = scene;
  const next = lattice.tokens[found.to];
  if (found.words > 1 || next === undefined || next.kind !== 'word' || !next.spaced || found.slip) return null;
  if (lattice.tokens[at]?.quote !== next.quote) return null;
  if (!/^\p{L}[\p{L}\p{M}'-]+$/u.test(next.text)) return null;
  const isCapital = (word: string): boolean => /^\p{Lu}\p{Ll}/u.test(word);
  const readings = scene.readings[found.to] ?? [];
  const reading = readings[0];
  if (reading === undefined || readings.every((one) => one.slip))
    return readings.length > 0 && !(isCapital(next.text) && isCapital(lattice.tokens[at]?.text ?? ''))
      ? null
      : found.to + 1;
  if (!reading.isOrdinary) {
    if ((lattice.edges[found.to] ?? []).length > 0) return null;
    const names = reading.people.length > 0;
    return names && vocabulary.people.isFirstName(reading.word) ? null : found.to + 1;
  }
  const kinds = vocabulary.phrases.meanings(reading.start).map((meaning) => meaning.kind);
  const onlyOrdinary = kinds.every((kind) => kind === 'ordinary');
  return onlyOrdinary && isCapital(next.text) && isCapital(lattice.tokens[at]?.text ?? '') ? found.to + 1 : null;
}

const JOINTS = new Set(['in', 'from', 'at', 'of', 'on', '(', 'over']);
const AFTER_PLACE = new Set(['team', 'department', 'dept', 'office', 'site', 'branch', 'one', ')']);

/** Follows "in sales", "from denver", "(109)" after a name that several people or a careful speaker needs told apart. */
function toldApart(scene: Scene, found: Found, placesAt: Places): { people: People; to: number } {
  const { tokens } = scene.lattice;
  const index = scene.vocabulary.people;
  let at = found.to;
  const bracket = tokens[at]?.text === '(';
  const comma = tokens[at]?.text === ',';
  if (JOINTS.has(tokens[at]?.key ?? '') || comma) at += 1;
  if (tokens[at]?.key === 'the') at += 1;
  if (tokens[at]?.key === 'from') at += 1;
  let number = at;
  if (EXTENSION_WORDS.has(tokens[number]?.key ?? '')) number += 1;
  const digits =
    GLUED_EXTENSION.exec(tokens[number]?.key ?? '')?.[1] ??
    (tokens[number]?.kind === 'number' ? tokens[number]?.key : undefined);
  if (digits !== undefined && index.byNumber(digits) !== -1 && !(comma && found.people.length === 1 && number === at)) {
    const one = index.byNumber(digits);
    const end = bracket && tokens[number + 1]?.text === ')' ? number + 2 : number + 1;
    if (Array.from(found.people).includes(one)) return { people: [one], to: end };
  }
  if (at === found.to || comma) return { people: found.people, to: found.to };
  for (const place of placesAt[at] ?? []) {
    if (place.type === 'role' || place.slip) continue;
    const there = Array.from(found.people).filter((one) => isAt(scene, one, place));
    if (there.length === 0) continue;
    let end = place.to;
    while (AFTER_PLACE.has(tokens[end]?.key ?? '')) end += 1;
    if (bracket && tokens[end - 1]?.text !== ')') continue;
    return { people: there, to: end };
  }
  return { people: found.people, to: found.to };
}

/** The end of "bob from sales" when no bob is there: the words then name nobody. */
function elsewhere(scene: Scene, found: Found, placesAt: Places): number | null {
  const { tokens } = scene.lattice;
  let at = found.to;
  if (!['from', 'in', 'at', 'of'].includes(tokens[at]?.key ?? '')) return null;
  at += 1;
  if (tokens[at]?.key === 'the') at += 1;
  const there = placesAt[at] ?? [];
  const [place] = there.filter((one) => one.type !== 'role' && !one.slip);
  if (place === undefined || there.some((one) => one.type === 'role')) return null;
  if (Array.from(found.people).some((one) => isAt(scene, one, place))) return null;
  let end = place.to;
  while (AFTER_PLACE.has(tokens[end]?.key ?? '') && tokens[end]?.key !== ')') end += 1;
  return end;
}

/** Whether a person works in a department or at a site. */
function isAt(scene: Scene, person: number, place: Place): boolean {
  const one = scene.vocabulary.people.people[person];
  return place.type === 'department' ? one?.department === place.name : one?.site === place.name;
}
