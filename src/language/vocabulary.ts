import {
  appPermissions,
  errorCodes,
  partnerScopes,
  spokenPermissions,
  userPermissions,
} from '../catalogue/catalogue.ts';
import { compileGrammar, type Grammar } from './grammar/compile.ts';
import { GRAMMAR } from './grammar/grammar.ts';
import { CUES } from './lexicon/cues.ts';
import { FILLERS, LIGHT_WORDS, ORDINARY } from './lexicon/fillers.ts';
import { createDictionary, createPhrases, type Dictionary, type Phrases } from './names/dictionary.ts';
import { indexPeople, type PeopleIndex } from './names/people-index.ts';
import { buildSpelling, type Spelling } from './names/spelling.ts';
import { createWordReader, type WordReader } from './reading/word-readings.ts';
import { fold } from './text/fold.ts';
import type { VocabularyInput } from './types.ts';

export type NameKind = 'role' | 'rolepart' | 'permission' | 'app' | 'scope' | 'partner' | 'department' | 'site';

/** What a phrase can mean. */
export type Meaning =
  | { readonly kind: 'cue'; readonly symbols: readonly number[] }
  | { readonly kind: 'filler' }
  | { readonly kind: 'light' }
  | { readonly kind: 'ordinary' }
  | {
      readonly kind: 'name';
      readonly type: NameKind;
      /** Candidates; several when the spoken name is open. */
      readonly values: readonly string[];
      /** An ordinary word: a name only where the grammar wants one. */
      readonly weak: boolean;
    };

/** Everything that can be named or said, ready to be looked up. Opaque outside `language`. */
export type Vocabulary = {
  readonly input: VocabularyInput;
  readonly grammar: Grammar;
  readonly dictionary: Dictionary;
  readonly phrases: Phrases<Meaning>;
  readonly people: PeopleIndex;
  readonly spelling: Spelling;
  readonly words: WordReader;
  /** Words with a meaning of their own; a word that only names people is not among them. */
  readonly isOrdinary: (word: number) => boolean;
  readonly isDotted: (key: string) => boolean;
  /** Whether a permission was named by its id or display name, and not by what people call it. */
  readonly isWritten: (words: string, permission: string) => boolean;
  readonly scopeNames: readonly string[];
  readonly scopesById: ReadonlyMap<number, readonly string[]>;
  readonly roleNames: readonly string[];
  readonly permissionIds: readonly string[];
  readonly appPermissionIds: readonly string[];
  readonly adminRoles: readonly string[];
};

let grammar: Grammar | null = null;

/**
 * Builds the vocabulary: grammar and catalogue, and the account's people, roles, departments, sites and partners.
 *
 * Costs about a second for 100,000 people; build it when the directory index changes, not for each message.
 */
export function buildVocabulary(input: VocabularyInput): Vocabulary {
  grammar ??= compileGrammar(GRAMMAR);
  const dictionary = createDictionary();
  const phrases = createPhrases<Meaning>();
  const add = (text: string, meaning: Meaning): void => {
    const words = phraseWords(text);
    if (words.length > 0)
      phrases.add(
        words.map((word) => dictionary.add(word)),
        meaning,
      );
  };
  addWords(grammar, add);
  const isOrdinary = wordsAlone(dictionary, phrases);
  const scopesById = addNames(input, add);
  const people = indexPeople(input.people, dictionary);
  const spelling = buildSpelling(dictionary.words);
  const dotted = new Set(partnerScopes().map((scope) => scope.name));
  const verbs = new Set([...dotted].map((name) => name.slice(name.lastIndexOf('.') + 1)));
  const roleNames = input.roles.map((role) => role.displayName);
  return {
    input,
    grammar,
    dictionary,
    phrases,
    people,
    spelling,
    words: createWordReader({ dictionary, phrases, people, spelling, isOrdinary }),
    isOrdinary,
    isDotted: (key) => dotted.has(key) || isScopeLike(key, verbs),
    isWritten: writtenNames(input),
    scopeNames: [...dotted],
    scopesById,
    roleNames,
    permissionIds: [...new Set([...userPermissions(), ...input.permissions].map((row) => row.id))],
    appPermissionIds: appPermissions().map((row) => row.id),
    adminRoles: roleNames.filter((name) => fold(name).split(' ').includes('admin')),
  };
}

function writtenNames(input: VocabularyInput): (words: string, permission: string) => boolean {
  const letters = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');
  const displayed = new Map<string, string>();
  for (const { id, displayName } of [...userPermissions(), ...input.permissions])
    if (displayName !== null) displayed.set(id, letters(displayName));
  return (words, permission) => {
    const said = letters(words);
    return said === letters(permission) || said === displayed.get(permission);
  };
}

/** "admin.read" is written like a scope, whether or not there is one of that name. */
function isScopeLike(key: string, verbs: ReadonlySet<string>): boolean {
  return /^[a-z_]{2,30}(?:\.[a-z_]{2,40}){1,3}$/.test(key) && verbs.has(key.slice(key.lastIndexOf('.') + 1));
}

/** Words that mean something by themselves; "green" of "green light" does not. */
function wordsAlone(dictionary: Dictionary, phrases: Phrases<Meaning>): (word: number) => boolean {
  const alone = new Uint8Array(dictionary.words.length);
  for (let word = 0; word < alone.length; word += 1) {
    const node = phrases.step(0, word);
    if (node !== -1 && phrases.meanings(node).length > 0) alone[word] = 1;
  }
  return (word) => alone[word] === 1;
}

type Add = (text: string, meaning: Meaning) => void;

function addWords(compiled: Grammar, add: Add): void {
  for (const [name, list] of Object.entries(CUES)) {
    const symbols = [compiled.symbols.number(`@${name}`)];
    for (const phrase of splitList(list)) add(phrase, { kind: 'cue', symbols });
  }
  for (const word of compiled.literals) add(word, { kind: 'cue', symbols: [compiled.symbols.number(word)] });
  for (const phrase of splitList(FILLERS)) add(phrase, { kind: 'filler' });
  for (const phrase of splitList(LIGHT_WORDS)) add(phrase, { kind: 'light' });
  for (const word of ORDINARY.split(/\s+/)) if (word !== '') add(word, { kind: 'ordinary' });
}

/** Splits a comma-separated list of phrases. */
export function splitList(list: string): readonly string[] {
  return list
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');
}

/** A spoken name that is one of these is a name only where a name is wanted. */
const WEAK = new Set([
  'roles',
  'users',
  'groups',
  'general',
  'hold',
  'purchase',
  'templates',
  'appearance',
  'sites',
  'reports',
  'billing',
  'fax',
  'faxes',
  'meeting',
  'sms',
  'accounts',
  'contacts',
  'video',
  'analytics',
  'ai',
  'the logs',
  'audit log',
  'audit trail',
  'call log',
  'change roles',
  'edit roles',
  'see roles',
  'view roles',
  'read roles',
  'assign roles',
  'give roles',
  'grant roles',
  'hand out roles',
  'create roles',
  'delete roles',
  'edit users',
  'change users',
  'role assignment',
  'meetings',
  'company info',
  'user info',
  'phones and devices',
  'create custom roles',
  'look at roles',
  'remove users',
  'add users',
  'edit custom roles',
  'manage users',
  'user management',
  'assigning roles',
  'seeing roles',
  'modify roles',
  'give people roles',
  'give out roles',
  'edit call log',
  'glip',
  'assigned roles',
  'see assigned roles',
  'view assigned roles',
  'messages and notifications',
]);

function addNames(input: VocabularyInput, add: Add): ReadonlyMap<number, readonly string[]> {
  const name = (type: NameKind, values: readonly string[], text: string): void =>
    add(text, { kind: 'name', type, values, weak: WEAK.has(text.toLowerCase()) });
  for (const role of roleList(input)) for (const text of spokenRole(role)) name('role', [role], text);
  // "standard Manager" names the one that RingCentral ships.
  for (const { displayName, custom } of input.roles) {
    if (custom || displayName.startsWith('Standard')) continue;
    for (const lead of ['standard', 'predefined', 'built in']) name('role', [displayName], `${lead} ${displayName}`);
  }
  addRoleParts(roleList(input), name);
  addPermissions(input, name);
  for (const app of appPermissions()) {
    for (const text of new Set([app.id, spaced(app.id), ...(app.displayName === null ? [] : [app.displayName])]))
      name('app', [app.id], text);
  }
  for (const partner of new Set(input.partners)) name('partner', [partner], partner);
  addPartnerWords(input.partners, name);
  for (const department of new Set(input.departments)) name('department', [department], department);
  for (const site of new Set(input.sites)) name('site', [site], site);
  const byId = new Map<number, string[]>();
  for (const scope of partnerScopes()) {
    name('scope', [scope.name], scope.name);
    byId.set(scope.id, [...(byId.get(scope.id) ?? []), scope.name]);
  }
  return byId;
}

function roleList(input: VocabularyInput): readonly string[] {
  return [...new Set(input.roles.map((role) => role.displayName))];
}

/** A word that only some roles have: "admin" may be any of them, "steward" is one. */
function addRoleParts(
  roles: readonly string[],
  name: (type: NameKind, values: readonly string[], text: string) => void,
): void {
  const byWord = new Map<string, string[]>();
  const whole = new Set(roles.flatMap(spokenRole));
  for (const role of roles) {
    const words = phraseWords(role);
    if (words.length < 2) continue;
    for (const word of new Set(words)) byWord.set(word, [role, ...(byWord.get(word) ?? [])]);
  }
  for (const role of roles) {
    const words = phraseWords(role);
    // "phone admin": a name of three words with one left out.
    if (words.length !== 3) continue;
    for (const skip of [0, 1]) name('rolepart', [role], words.filter((_, at) => at !== skip).join(' '));
  }
  for (const [word, values] of byWord) {
    if (whole.has(word) || word.length < 4 || word === 'role') continue;
    name('rolepart', values, word);
    if (!whole.has(plural(word))) name('rolepart', values, plural(word));
    if (word === 'admin') for (const form of ['administrator', 'administrators']) name('rolepart', values, form);
  }
}

/** A role's name, its plural, and what people shorten it to. */
function spokenRole(role: string): readonly string[] {
  const plain = fold(role).replace(/[()]/g, ' ').trim();
  const forms = [plain, plural(plain)];
  if (plain.endsWith(' admin')) forms.push(`${plain}istrator`, `${plain}istrators`);
  if (plain === 'super admin') forms.push('superadmin', 'superadmins', 'super administrator');
  return [...new Set(forms)];
}

function plural(words: string): string {
  if (words.endsWith('s')) return words;
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`;
  return `${words}s`;
}

function addPermissions(
  input: VocabularyInput,
  name: (type: NameKind, values: readonly string[], text: string) => void,
): void {
  const displayNames = new Map<string, string | null>();
  for (const row of userPermissions()) displayNames.set(row.id, row.displayName);
  for (const row of input.permissions) displayNames.set(row.id, row.displayName ?? displayNames.get(row.id) ?? null);
  const spoken = new Set(spokenPermissions().map((row) => row.words));
  const exact = new Map<string, string>();
  for (const [id, displayName] of displayNames) {
    const texts = new Set([
      id.toLowerCase(),
      spaced(id).toLowerCase(),
      ...(displayName === null ? [] : [displayName.toLowerCase()]),
    ]);
    for (const text of texts) {
      // What people mean by the words wins over an id that happens to be spelt like them.
      if (text.includes(' ') && spoken.has(text)) continue;
      exact.set(text, id);
      name('permission', [id], text);
    }
  }
  addReadForms(displayNames, exact, name);
  for (const row of spokenPermissions()) {
    const known = exact.get(row.words);
    if (known === undefined) name('permission', row.permissions, row.words);
  }
}

const READING = ['see', 'view', 'access', 'look at', 'open', 'reading', 'seeing', 'viewing'];
const EDITING = ['change', 'modify', 'update', 'manage', 'editing', 'changing'];

/** "see the company call log" is ReadCompanyCallLog, "change call info" is EditCallInfo. */
function addReadForms(
  ids: ReadonlyMap<string, string | null>,
  exact: ReadonlyMap<string, string>,
  name: (type: NameKind, values: readonly string[], text: string) => void,
): void {
  const spoken = new Set(spokenPermissions().map((row) => row.words));
  const bare = new Map<string, string[]>();
  for (const id of ids.keys()) {
    const words = spaced(id).toLowerCase();
    const verb = words.startsWith('read ') ? READING : words.startsWith('edit ') ? EDITING : [];
    const rest = words.slice(5);
    for (const one of verb) {
      const text = `${one} ${rest}`;
      if (!exact.has(text) && !spoken.has(text)) name('permission', [id], text);
    }
    if (verb === READING) name('permission', [id], `read the ${rest}`);
    if (verb.length > 0 && !exact.has(rest) && !spoken.has(rest)) bare.set(rest, [...(bare.get(rest) ?? []), id]);
  }
  for (const [rest, candidates] of bare)
    name(
      'permission',
      [...candidates].sort((a, b) => Number(b.startsWith('Read')) - Number(a.startsWith('Read'))),
      rest,
    );
}

/** A part of a partner's name that only one partner has. */
function addPartnerWords(
  partners: readonly string[],
  name: (type: NameKind, values: readonly string[], text: string) => void,
): void {
  const byWord = new Map<string, string[]>();
  for (const partner of new Set(partners)) {
    for (const word of new Set(phraseWords(partner))) byWord.set(word, [...(byWord.get(word) ?? []), partner]);
  }
  for (const [word, values] of byWord) {
    const isFirst = values.some((partner) => phraseWords(partner)[0] === word);
    if (isFirst && !values.some((partner) => phraseWords(partner).length === 1)) name('partner', values, word);
  }
}

/** `ReadCallLog` as people say it: `Read Call Log`. */
function spaced(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
}

const PHRASE_SEPARATORS = /[\s()/"]+/;

/** The words a phrase is looked up by, as the tokeniser would cut them. */
function phraseWords(text: string): readonly string[] {
  return fold(text)
    .replace(/['\u2019]/g, '')
    .split(PHRASE_SEPARATORS)
    .flatMap((word) => (/^[a-z][a-z0-9]{1,9}-\d{1,9}$/.test(word) ? [word] : word.split('-')))
    .filter((word) => word !== '' && word !== ',');
}

/** Prefixes of error codes, such as CMN. */
export const ERROR_PREFIXES: ReadonlySet<string> = new Set(errorCodes().map((row) => row.code.slice(0, 3)));
