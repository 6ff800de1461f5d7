import type { Group } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { EVERYONE, FOLK, HOLDING, IN, MAIN_VERBS, OFFICE, TEAM } from '../lexicon/groups.ts';
import { trait } from '../text/traits.ts';
import { type Place, type Places, wordsOf } from './find-phrases.ts';
import { EXCEPT_LEAD, type Finder, readExcept } from './group-exceptions.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';

const GROUP = slotSymbol('GROUP');
const EXCEPTION = slotSymbol('EXCEPT');

const RANGE_STARTS = new Set(
  'ext exts extension extensions numbers users everyone all people . from between'.split(' '),
);
const STARTS_WITH_DIGIT = /^\d/;
const RANGE = new Set(['to', '-', 'through', 'thru', 'until', 'till']);

type Reading = {
  readonly to: number;
  readonly group: Group;
  /** Further groups of the same words: "everyone in sales and support". */
  readonly more?: readonly Group[];
  readonly unclear: string | null;
  readonly bare: boolean;
};

/** Finds groups: departments, sites, holders of a role, everyone, ranges of extensions, each with exceptions. */
export function findGroups(scene: Scene, placesAt: Places): void {
  const finder: Finder = {
    scene,
    key: (at) => scene.lattice.tokens[at]?.key ?? '',
    at: (at) => placesAt[at] ?? [],
  };
  for (let from = 0; from < scene.lattice.tokens.length; from += 1) {
    const traits = scene.lattice.tokens[from]?.traits ?? 0;
    if ((traits & GROUP_LEAD) !== 0 || placesAt[from] !== undefined)
      for (const reading of readGroups(finder, from)) addGroup(finder, from, reading);
    if ((traits & EXCEPT_LEAD) !== 0) addException(finder, from);
  }
}

/** "give sales Support except frank": an exception that does not stand right behind its group. */
function addException(finder: Finder, from: number): void {
  if (finder.key(from - 1) === ',') return;
  const except = readExcept(finder, from);
  if (except === null || except.isOpen) return;
  const group = { except: except.numbers };
  addEdge(finder.scene.lattice, from, except.to, [EXCEPTION], {
    kind: 'people',
    people: [],
    group,
    groupUnclear: except.unclear,
    or: false,
  });
}

function addGroup(finder: Finder, from: number, reading: Reading): void {
  const { lattice } = finder.scene;
  const except = readExcept(finder, reading.to);
  const spared = (group: Group): Group => (except === null ? group : { ...group, except: except.numbers });
  const to = except?.to ?? reading.to;
  const unclear = reading.unclear ?? except?.unclear ?? null;
  const value = { kind: 'people', people: [], group: spared(reading.group), groupUnclear: unclear, or: false } as const;
  const more = reading.more?.map(spared);
  addEdge(lattice, from, to, [GROUP], more === undefined ? value : { ...value, more }, reading.bare ? 0.4 : 0, false);
  if (!reading.bare) raiseSkip(lattice, from, to, SKIP.name);
  // "who in IT has ...": the place is no filling, even where it is spelt like it.
  else if (reading.to - from > 1 || reading.group.site !== undefined || reading.group.department !== undefined)
    raiseSkip(lattice, reading.to - 1, reading.to, SKIP.cue);
}

function readGroups(finder: Finder, from: number): readonly Reading[] {
  const found: Reading[] = [];
  const range = readRange(finder, from);
  if (range !== null) found.push(range);
  readEveryone(finder, from, found);
  readPlaced(finder, from, found);
  return found;
}

/** "101-105", "extensions 101 to 105", "ext 101 through 105". */
function readRange(finder: Finder, from: number): Reading | null {
  const { key, scene } = finder;
  let at = from;
  if (!RANGE_STARTS.has(key(at)) && !STARTS_WITH_DIGIT.test(key(at))) return null;
  if (['ext', 'exts', 'extension', 'extensions', 'numbers', 'users', 'everyone', 'all', 'people'].includes(key(at)))
    at += 1;
  if (key(at) === '.') at += 1;
  if (key(at) === 'from' || key(at) === 'between' || key(at) === 'extensions' || key(at) === 'ext') at += 1;
  if (key(at) === 'ext' || key(at) === 'extension') at += 1;
  const first = key(at);
  if (!/^\d{2,8}$/.test(first)) return null;
  const joint = key(at + 1);
  if (!RANGE.has(joint) && !(joint === 'and' && key(at - 1) === 'between')) return null;
  let next = at + 2;
  if (key(next) === 'ext' || key(next) === 'extension') next += 1;
  const last = key(next);
  if (!/^\d{2,8}$/.test(last) || last.length !== first.length) return null;
  const named = at > from;
  const known = scene.vocabulary.people.byNumber(first) !== -1 || scene.vocabulary.people.byNumber(last) !== -1;
  if (!named && !known) return null;
  const backwards = Number(first) > Number(last);
  const unclear = backwards ? wordsOf(scene, from, next + 1) : null;
  return { to: next + 1, group: { range: [first, last] }, unclear, bare: false };
}

/** "everyone", "all users in sales", "everybody in IT at Denver with Support". */
function readEveryone(finder: Finder, from: number, found: Reading[]): void {
  const { key } = finder;
  let at = from;
  let quantified = false;
  if (key(at) === 'the' && (key(at + 1) === 'whole' || key(at + 1) === 'entire')) return;
  if (EVERYONE.has(key(at))) {
    quantified = true;
    at += 1;
    while (['of', 'the', 'our', 'other', 'my'].includes(key(at))) at += 1;
    if (FOLK.has(key(at))) at += 1;
    else if (['all', 'each', 'every'].includes(key(from)) && !isSoloAll(finder, from, at)) quantified = false;
  } else if (FOLK.has(key(at)) && key(at) !== 'team' && key(at) !== 'extension' && key(at) !== 'user') at += 1;
  else if (key(at) === 'who' || key(at) === 'whos' || key(at) === 'anyone' || key(at) === 'nobody') at += 1;
  else return;
  const group: MutableGroup = {};
  const end = readQualifiers(finder, at, group);
  if (end > at && Object.keys(group).length > 0) {
    const bare = !EVERYONE.has(key(from));
    found.push({ to: end, group, unclear: null, bare });
    const further = readFurther(finder, end, group);
    if (further !== null) found.push({ to: further.to, group, more: further.groups, unclear: null, bare });
  }
  if (quantified && ['everyone', 'everybody', 'all', 'every', 'each'].includes(key(from))) {
    const company = readCompany(finder, at);
    if (end === at || company > at)
      found.push({ to: Math.max(at, company), group: { everyone: true }, unclear: null, bare: false });
  }
}

const FURTHER = new Set(['and', '&', ',', 'or', 'plus']);

/** "... in sales and support": the second department is a group of its own, told like the first. */
function readFurther(finder: Finder, from: number, first: Group): { to: number; groups: readonly Group[] } | null {
  const { key } = finder;
  const groups: Group[] = [];
  let to = from;
  while (FURTHER.has(key(to))) {
    let at = to;
    while (FURTHER.has(key(at)) || (at > to && ['the', 'in', 'at', 'from'].includes(key(at)))) at += 1;
    const type = first.department !== undefined ? 'department' : first.site !== undefined ? 'site' : null;
    const place = longest(finder.at(at).filter((one) => one.type === type && !one.slip));
    if (type === null || place === null || key(to) === 'or') break;
    groups.push({ ...first, [type]: place.name });
    to = TEAM.has(key(place.to)) || OFFICE.has(key(place.to)) ? place.to + 1 : place.to;
  }
  return groups.length === 0 ? null : { to, groups };
}

function isSoloAll(finder: Finder, from: number, at: number): boolean {
  return finder.key(from) === 'all' && at > from + 1 && IN.has(finder.key(at));
}

function readCompany(finder: Finder, from: number): number {
  const { key } = finder;
  let at = from;
  if (['in', 'at', 'of', 'across', 'on', 'from'].includes(key(at))) at += 1;
  if (['the', 'our', 'this'].includes(key(at))) at += 1;
  if (['whole', 'entire'].includes(key(at))) at += 1;
  return ['company', 'account', 'organisation', 'organization', 'firm', 'business', 'clinic', 'org', 'here'].includes(
    key(at),
  )
    ? at + 1
    : from;
}

type MutableGroup = { -readonly [K in keyof Group]: Group[K] };

/** Reads "in sales", "at denver", "with Support" as long as they follow; returns where they end. */
function readQualifiers(finder: Finder, from: number, group: MutableGroup): number {
  let at = from;
  for (let count = 0; count < 4; count += 1) {
    const next = readQualifier(finder, at, group, count > 0);
    if (next === at) return at;
    at = next;
  }
  return at;
}

function readQualifier(finder: Finder, from: number, group: MutableGroup, later: boolean): number {
  const { key } = finder;
  let at = from;
  if (later && (key(at) === 'and' || key(at) === ',')) at += 1;
  const start = at;
  let holding = false;
  while (IN.has(key(at)) || HOLDING.has(key(at))) {
    // "who in sales has Support": the main verb does not qualify; "everyone who has Support" does.
    if (MAIN_VERBS.has(key(at)) && !['who', 'that'].includes(key(at - 1))) break;
    if (HOLDING.has(key(at))) holding = true;
    at += 1;
    if (at - start > 6) return from;
  }
  if (at === start) return from;
  // "everyone with the role Support"
  if (holding && (key(at) === 'a' || key(at) === 'role')) at += 1;
  const place = longest(finder.at(at).filter((one) => (holding ? one.type === 'role' : one.type !== 'role')));
  if (place === null) return from;
  if (place.type === 'role') {
    if (group.role !== undefined) return from;
    group.role = place.name;
    return finder.key(place.to) === 'role' || finder.key(place.to) === 'roles' ? place.to + 1 : place.to;
  }
  if (place.type === 'department') {
    if (group.department !== undefined) return from;
    group.department = place.name;
    return TEAM.has(key(place.to)) ? place.to + 1 : place.to;
  }
  if (group.site !== undefined) return from;
  group.site = place.name;
  return OFFICE.has(key(place.to)) ? place.to + 1 : place.to;
}

function longest(places: readonly Place[]): Place | null {
  let best: Place | null = null;
  for (const place of places) if (best === null || place.to > best.to) best = place;
  return best;
}

const ARTICLES = new Set('the whole entire all our of every each complete full my'.split(' '));
const PLACE_WORDS = new Set(['department', 'dept', 'team', 'site', 'office', 'location']);

/** A group begins with one of these words, or with the name of a place. */
const GROUP_LEAD = trait(
  (key) =>
    [RANGE_STARTS, EVERYONE, FOLK, ARTICLES, PLACE_WORDS].some((words) => words.has(key)) ||
    ['who', 'whos', 'nobody'].includes(key) ||
    STARTS_WITH_DIGIT.test(key),
);
/** Words that make a name a department even when a role has it too. */
const SURE_TEAM = new Set(['team', 'teams', 'department', 'dept', 'group', 'division', 'unit']);

/** "the whole sales team", "department Sales", "the denver office", "all Front Desk holders", bare "sales". */
function readPlaced(finder: Finder, from: number, found: Reading[]): void {
  const { key } = finder;
  let at = from;
  let article = false;
  while (ARTICLES.has(key(at)) && at - from < 4) {
    article = true;
    at += 1;
  }
  const led = PLACE_WORDS.has(key(at));
  if (led) at += 1;
  for (const place of finder.at(at)) readPlace(finder, from, place, led, article, found);
}

function readPlace(finder: Finder, from: number, place: Place, led: boolean, article: boolean, found: Reading[]): void {
  const { key } = finder;
  const word = key(place.to) === "'s" ? key(place.to + 1) : key(place.to);
  const skip = key(place.to) === "'s" ? 1 : 0;
  const tail = place.type === 'department' ? TEAM : OFFICE;
  const isTold = led || (place.type !== 'role' && tail.has(word));
  if (place.type === 'role') {
    // "all Front Desk holders", "all managers in denver"
    const isPlural = finder.key(place.to - 1).endsWith('s') && !place.name.toLowerCase().endsWith('s');
    const quantified =
      isPlural ||
      ['all', 'every', 'each'].includes(key(from)) ||
      (key(from) === 'the' && ['holders', 'people', 'users'].includes(word));
    if (!quantified || finder.scene.lattice.tokens[place.from]?.quote) return;
    const isDepartment = finder.at(place.from).some((one) => one.type === 'department' && one.to === place.to);
    const folk = ['holders', 'owners', 'holder', 'people', 'users', 'bearers', 'role'].includes(word);
    const group: MutableGroup = { role: place.name };
    const to = readQualifiers(finder, folk ? place.to + 1 : place.to, group);
    // "all managers", "give managers Support": the plural means the people, not the role, but "make them managers".
    const plural = isPlural && article;
    // "all support people": those of the department, or those with the role?
    const unclear = isDepartment && TEAM.has(word) ? wordsOf(finder.scene, from, to) : null;
    found.push({ to, group, unclear, bare: !folk && !plural });
    return;
  }
  const group: MutableGroup = place.type === 'department' ? { department: place.name } : { site: place.name };
  const end = isTold && tail.has(word) ? place.to + 1 + skip : place.to;
  const to = readQualifiers(finder, end, group);
  const alsoRole = finder.at(place.from).some((one) => one.type === 'role' && one.to === place.to);
  const isAll = alsoRole && article && ['all', 'every', 'each'].includes(key(from));
  if (isTold && isAll && !led && place.type === 'department' && !SURE_TEAM.has(word)) return;
  if (isTold) found.push({ to, group, unclear: null, bare: false });
  // A department that is named like a role is one only when the words say so.
  else if (!alsoRole && !place.slip) found.push({ to, group, unclear: null, bare: !article && to === end });
  // "sales in denver" / "the denver sales team"
  if (place.type === 'site') {
    for (const inner of finder.at(place.to)) {
      if (inner.type === 'department' && TEAM.has(key(inner.to)))
        found.push({
          to: inner.to + 1,
          group: { site: place.name, department: inner.name },
          unclear: null,
          bare: false,
        });
    }
  }
}
