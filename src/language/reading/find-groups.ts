import type { Group } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { trait } from '../text/traits.ts';
import type { Edge, PersonRef } from '../types-internal.ts';
import type { Place } from './find-phrases.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';

const GROUP = slotSymbol('GROUP');
const WHO = slotSymbol('WHO');
const EXCEPTION = slotSymbol('EXCEPT');

const EVERYONE = new Set([
  'everyone',
  'everybody',
  'all',
  'everone',
  'everyones',
  'anyone',
  'anybody',
  'each',
  'every',
]);
const FOLK = new Set([
  'people',
  'users',
  'persons',
  'staff',
  'employees',
  'colleagues',
  'members',
  'folks',
  'agents',
  'guys',
  'workers',
  'user',
  'person',
  'employee',
  'member',
  'agent',
  'person',
  'coworkers',
  'extensions',
  'extension',
  'lot',
  'colleague',
  'ones',
  'personnel',
  'crew',
  'team',
  'humans',
]);
const TEAM = new Set([
  'team',
  'teams',
  'department',
  'dept',
  'group',
  'people',
  'staff',
  'folks',
  'guys',
  'crew',
  'colleagues',
  'agents',
  'members',
  'employees',
  'users',
  'division',
  'unit',
  'deparment',
  'departement',
  'persons',
  'person',
]);
const OFFICE = new Set([
  'office',
  'site',
  'branch',
  'location',
  'people',
  'staff',
  'folks',
  'team',
  'crew',
  'colleagues',
  'users',
  'employees',
  'guys',
  'facility',
  'campus',
  'building',
  'members',
  'offices',
]);
const IN = new Set([
  'in',
  'at',
  'from',
  'of',
  'on',
  'within',
  'inside',
  'across',
  'based',
  'working',
  'who',
  'are',
  'is',
  'work',
  'works',
  'sits',
  'sit',
  'located',
  'the',
  'whole',
  'entire',
  'with',
  'site',
  'department',
  'dept',
  'office',
  'team',
  'for',
  'our',
  'sitting',
]);
const HOLDING = new Set(['with', 'having', 'holding', 'has', 'have', 'holds', 'got', 'hold']);
const MAIN_VERBS = new Set(['has', 'have', 'holds', 'got', 'hold']);
const EXCEPT = new Set([
  'except',
  'but',
  'excluding',
  'without',
  'minus',
  'besides',
  'save',
  'bar',
  'barring',
  'excl',
  'ex',
  'sans',
]);
const RANGE_STARTS = new Set(
  'ext exts extension extensions numbers users everyone all people . from between'.split(' '),
);
const STARTS_WITH_DIGIT = /^\d/;
const RANGE = new Set(['to', '-', 'through', 'thru', 'until', 'till']);

type Reading = { readonly to: number; readonly group: Group; readonly unclear: string | null; readonly bare: boolean };

/** Finds groups: departments, sites, holders of a role, everyone, ranges of extensions, each with exceptions. */
export function findGroups(scene: Scene, places: readonly Place[]): void {
  const placesAt = new Map<number, Place[]>();
  for (const place of places) placesAt.set(place.from, [...(placesAt.get(place.from) ?? []), place]);
  const finder: Finder = {
    scene,
    key: (at) => scene.lattice.tokens[at]?.key ?? '',
    at: (at) => placesAt.get(at) ?? [],
  };
  for (let from = 0; from < scene.lattice.tokens.length; from += 1) {
    const traits = scene.lattice.tokens[from]?.traits ?? 0;
    if ((traits & GROUP_LEAD) !== 0 || placesAt.has(from))
      for (const reading of readGroups(finder, from)) addGroup(finder, from, reading);
    if ((traits & EXCEPT_LEAD) !== 0) addException(finder, from);
  }
}

type Finder = {
  readonly scene: Scene;
  readonly key: (at: number) => string;
  readonly at: (at: number) => readonly Place[];
};

/** "give sales Support except frank": an exception that does not stand right behind its group. */
function addException(finder: Finder, from: number): void {
  if (finder.key(from - 1) === ',') return;
  const except = readExcept(finder, from);
  if (except === null || (except.numbers.length === 0 && except.unclear === 'except')) return;
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
  const group = except === null ? reading.group : { ...reading.group, except: except.numbers };
  const to = except?.to ?? reading.to;
  const unclear = reading.unclear ?? except?.unclear ?? null;
  const value = { kind: 'people', people: [], group, groupUnclear: unclear, or: false } as const;
  addEdge(lattice, from, to, [GROUP], value, reading.bare ? 0.4 : 0, false);
  if (!reading.bare) raiseSkip(lattice, from, to, SKIP.name);
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
  return { to: next + 1, group: { range: [first, last] }, unclear: backwards ? 'range' : null, bare: false };
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
    found.push({ to: end, group, unclear: null, bare: !EVERYONE.has(key(from)) });
  }
  if (quantified && ['everyone', 'everybody', 'all', 'every', 'each'].includes(key(from))) {
    const company = readCompany(finder, at);
    if (end === at || company > at)
      found.push({ to: Math.max(at, company), group: { everyone: true }, unclear: null, bare: false });
  }
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
    const quantified =
      ['all', 'every', 'each'].includes(key(from)) ||
      (key(from) === 'the' && ['holders', 'people', 'users'].includes(word));
    if (!quantified || finder.scene.lattice.tokens[place.from]?.quote) return;
    const folk = ['holders', 'owners', 'holder', 'people', 'users', 'bearers', 'role'].includes(word);
    const group: MutableGroup = { role: place.name };
    const to = readQualifiers(finder, folk ? place.to + 1 : place.to, group);
    // "all managers": the plural means the people, not the role.
    const plural = finder.key(place.to - 1).endsWith('s') && !place.name.toLowerCase().endsWith('s');
    found.push({ to, group, unclear: null, bare: !folk && !plural });
    return;
  }
  const group: MutableGroup = place.type === 'department' ? { department: place.name } : { site: place.name };
  const end = isTold && tail.has(word) ? place.to + 1 + skip : place.to;
  const to = readQualifiers(finder, end, group);
  const alsoRole = finder.at(place.from).some((one) => one.type === 'role' && one.to === place.to);
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

type Except = { readonly to: number; readonly numbers: readonly string[]; readonly unclear: string | null };

const EXCEPT_PHRASES = new Set([
  'apart from',
  'other than',
  'with the',
  'except for',
  'but not',
  'not including',
  'leaving out',
  'aside from',
  'save for',
  'just not',
  'only not',
  'minus the',
]);
const EXCEPT_STARTS = new Set([...EXCEPT_PHRASES].map((phrase) => phrase.split(' ')[0] ?? ''));

const EXCEPT_LEAD = trait((key) => EXCEPT_STARTS.has(key) || EXCEPT.has(key) || key === ',' || key === '(');

/** "except carol and dave", "but not bob", "apart from ext 104". */
function readExcept(finder: Finder, from: number): Except | null {
  const { key, scene } = finder;
  let at = key(from) === ',' || key(from) === '(' ? from + 1 : from;
  const first = key(at);
  if (!EXCEPT_STARTS.has(first) && !EXCEPT.has(first)) return null;
  const two = `${first} ${key(at + 1)}`;
  if (EXCEPT_PHRASES.has(two)) {
    at += two === 'with the' ? (key(at + 2) === 'exception' ? 4 : 99) : 2;
  } else if (EXCEPT.has(key(at))) at += 1;
  else return null;
  if (key(at) === 'the' || key(at) === 'for') at += 1;
  const numbers: string[] = [];
  let unclear: string | null = null;
  let to = at;
  while (to < scene.lattice.tokens.length) {
    const person = longestPerson(scene.lattice.edges[to] ?? []);
    if (person === null) break;
    const [one] = person.value?.kind === 'people' ? person.value.people : [];
    const only = (one as PersonRef | undefined)?.candidates ?? [];
    if (only.length === 1 && (one as PersonRef).literal) numbers.push(only[0] as string);
    else unclear = (one as PersonRef | undefined)?.text ?? 'except';
    to = person.to;
    const joint = joinedTo(finder, to);
    if (joint === to || longestPerson(scene.lattice.edges[joint] ?? []) === null) break;
    to = joint;
  }
  if (to === at) return at >= 99 ? null : { to: at, numbers, unclear: 'except' };
  return { to: key(to) === ')' ? to + 1 : to, numbers, unclear };
}

function joinedTo(finder: Finder, from: number): number {
  let at = from;
  while ([',', 'and', '&', 'or', 'nor', '+'].includes(finder.key(at)) && at - from < 2) at += 1;
  return at;
}

function longestPerson(edges: readonly Edge[]): Edge | null {
  let best: Edge | null = null;
  for (const edge of edges) if (edge.symbols.includes(WHO) && (best === null || edge.to > best.to)) best = edge;
  return best;
}
