import { errorCodes } from '../../catalogue/catalogue.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import { trait } from '../text/traits.ts';
import { readTime } from '../time/read-times.ts';
import { ERROR_PREFIXES } from '../vocabulary.ts';
import { wordsOf } from './find-phrases.ts';
import { addEdge, raiseSkip, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';

const REQ = slotSymbol('REQ');
const ENDPOINT = slotSymbol('ENDPOINT');
const ERROR = slotSymbol('ERROR');
const NUMBER = slotSymbol('NUMBER');
const TIME = slotSymbol('TIME');
const TICKET = slotSymbol('TICKET');
const MORE = slotSymbol('MORE');
const QUESTION = slotSymbol('QUESTION');
const NOT = slotSymbol('NOT');

const REQUEST = /^[a-hjkmnp-z2-9]{4}$/;
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);
const ERROR_CODE = /^([a-z]{3})-(\d{3})$/;
const TICKET_CODE = /^[a-z][a-z0-9]{1,9}-\d{1,9}$/;
const TICKET_WORDS = new Set([
  'ticket',
  'case',
  'incident',
  'issue',
  'jira',
  'tkt',
  'change',
  'task',
  'ref',
  'reference',
  'chg',
  'request',
  'helpdesk',
]);
const TICKET_NUMBER = /^(?:inc|chg|req|ritm|task|sctask|tkt|cs|sr)\d{3,10}$/;
const NEGATIONS = new Set([
  'not',
  'no',
  'dont',
  'doesnt',
  'without',
  'lack',
  'lacks',
  'lacking',
  'isnt',
  'arent',
  'havent',
  'hasnt',
  'never',
  'missing',
  'cant',
  'cannot',
  'didnt',
  'wont',
  'none',
]);

/** Finds everything that is known by its shape: request ids, endpoints, error codes, tickets, numbers, times. */
export function findIds(scene: Scene): void {
  scene.lattice.tokens.forEach((token, at) => {
    if (token.kind === 'path' || token.kind === 'url') {
      addEndpoint(scene, at);
      return;
    }
    if (token.kind === 'code') addCode(scene, at, token.key);
    if ((token.traits & REQUEST_LIKE) !== 0 && (token.kind === 'word' || token.kind === 'number'))
      addRequest(scene, at, token.key);
    if (token.kind === 'number' && /^\d{1,9}$/.test(token.key))
      addEdge(scene.lattice, at, at + 1, [NUMBER], { kind: 'number', number: Number(token.key) });
    if (token.text === '?') addEdge(scene.lattice, at, at + 1, [QUESTION], null);
    if ((token.traits & NEGATION) !== 0) addEdge(scene.lattice, at, at + 1, [NOT], null);
    if (token.kind === 'code' || token.kind === 'number' || (token.traits & TICKET_LIKE) !== 0)
      addTicket(scene, at, token.key);
    if ((token.traits & TIME_LEAD) !== 0) addTime(scene, at);
  });
}

const REQUEST_LIKE = trait((key) => REQUEST.test(key) && /\d/.test(key));
const NEGATION = trait((key) => NEGATIONS.has(key));
const TICKET_LIKE = trait((key) => TICKET_NUMBER.test(key));

function addRequest(scene: Scene, at: number, key: string): void {
  const { tokens } = scene.lattice;
  const start = tokens[at - 1]?.text === '#' ? at - 1 : at;
  addEdge(scene.lattice, start, at + 1, [REQ], { kind: 'request', id: key.toUpperCase() });
  if (/[a-z]/.test(key)) raiseSkip(scene.lattice, at, at + 1, SKIP.name);
}

function addEndpoint(scene: Scene, at: number): void {
  const { lattice } = scene;
  const path = canonicalPath(lattice.tokens[at]?.text ?? '');
  if (path === null) return;
  const before = lattice.tokens[at - 1];
  const hasMethod = before !== undefined && METHODS.has(before.key);
  const method = hasMethod ? before.key.toUpperCase() : 'GET';
  const from = hasMethod ? at - 1 : at;
  addEdge(lattice, from, at + 1, [ENDPOINT], { kind: 'endpoint', endpoint: `${method} ${path}` });
  raiseSkip(lattice, from, at + 1, SKIP.name);
}

/** `/account/~/call-log`, `/v1.0/...` and whole URLs as the document writes them: from `/restapi`, without query. */
function canonicalPath(written: string): string | null {
  let path = written.split('?')[0] ?? '';
  if (path.startsWith('http')) {
    const slash = path.indexOf('/', path.indexOf('//') + 2);
    if (slash === -1) return null;
    path = path.slice(slash);
  }
  while (path.length > 1 && /[/.,;:]$/.test(path)) path = path.slice(0, -1);
  if (path.startsWith('/restapi')) return path;
  if (path.startsWith('/v1.0')) return `/restapi${path}`;
  if (path.startsWith('/oauth')) return `/restapi${path}`;
  return written.startsWith('http') ? null : `/restapi/v1.0${path}`;
}

function addCode(scene: Scene, at: number, key: string): void {
  const code = ERROR_CODE.exec(key);
  if (code !== null && ERROR_PREFIXES.has((code[1] ?? '').toUpperCase())) {
    addEdge(scene.lattice, at, at + 1, [ERROR], {
      kind: 'error',
      code: key.toUpperCase(),
      permission: null,
      pasted: false,
    });
    raiseSkip(scene.lattice, at, at + 1, SKIP.name);
  }
}

/** "NET-204", "ticket NET-204", "INC0012345", "ticket #4521". */
function addTicket(scene: Scene, at: number, key: string): void {
  const { tokens, edges } = scene.lattice;
  const token = tokens[at];
  if (token === undefined) return;
  let from = at;
  if (tokens[from - 1]?.text === '#' || tokens[from - 1]?.text === ':') from -= 1;
  const worded =
    TICKET_WORDS.has(tokens[from - 1]?.key ?? '') ||
    (['number', 'no', 'nr', 'id'].includes(tokens[from - 1]?.key ?? '') &&
      TICKET_WORDS.has(tokens[from - 2]?.key ?? ''));
  const isCode =
    token.kind === 'code' &&
    TICKET_CODE.test(key) &&
    !ERROR_PREFIXES.has(key.slice(0, 3).toUpperCase()) &&
    (edges[at] ?? []).every((edge) => edge.value?.kind !== 'names') &&
    (worded || !isRoleNumber(scene, key));
  const isNumber = TICKET_NUMBER.test(key) || (worded && token.kind === 'number' && key.length >= 2);
  if (!isCode && !isNumber) return;
  while (
    worded &&
    from > 0 &&
    (TICKET_WORDS.has(tokens[from - 1]?.key ?? '') ||
      ['number', 'no', 'nr', 'id'].includes(tokens[from - 1]?.key ?? ''))
  )
    from -= 1;
  from = leadIn(tokens, from);
  const text = TICKET_NUMBER.test(key) || isCode ? token.text.toUpperCase() : token.text;
  addEdge(scene.lattice, from, at + 1, [TICKET], { kind: 'text', text });
}

/** "Support-2" is rather a role of that name than a ticket. */
function isRoleNumber({ vocabulary }: Scene, key: string): boolean {
  const word = vocabulary.dictionary.find(key.slice(0, key.indexOf('-')));
  const node = word === -1 ? -1 : vocabulary.phrases.step(0, word);
  return node !== -1 && vocabulary.phrases.meanings(node).some((one) => one.kind === 'name' && one.type === 'role');
}

const LEADS = new Set([
  'is',
  'thats',
  'that',
  'its',
  'it',
  'see',
  'per',
  'under',
  'for',
  'with',
  'as',
  'in',
  'via',
  'the',
  'my',
  'our',
  'ref',
  'reference',
  'cf',
  'this',
  'belongs',
  'to',
  'relates',
  'regarding',
  're',
  'from',
  '(',
  ',',
]);

function leadIn(tokens: Scene['lattice']['tokens'], start: number): number {
  let from = start;
  while (from > 0 && start - from < 4 && LEADS.has(tokens[from - 1]?.key ?? '')) from -= 1;
  return from;
}

function addTime(scene: Scene, at: number): void {
  const { tokens } = scene.lattice;
  const reading = readTime(tokens, at, scene.calendar());
  if (reading === null) {
    addEvent(scene, at);
    return;
  }
  const value = { kind: 'time', time: reading.time, period: reading.period, bare: reading.bare } as const;
  addEdge(scene.lattice, at, reading.to, [TIME], value, 0);
  const plus = tokens[at - 1]?.text === '+' ? 1 : 0;
  if (plus === 1) addEdge(scene.lattice, at - 1, reading.to, [TIME], value, 0);
  if (MORE_WORDS.has(tokens[at - 1]?.key ?? '') && reading.time?.for != null)
    addEdge(scene.lattice, at - 1, reading.to, [MORE], value, 0);
  if (isMore(scene, at, reading.to)) addEdge(scene.lattice, at, reading.to, [MORE], value, 0);
  raiseSkip(scene.lattice, at, reading.to, SKIP.time);
}

const UNTIL = new Set(['until', 'till', 'til']);
const ASKED_ENDS = new Set(['when', 'what', 'now', 'then', 'which', 'how']);
const EVENT_ENDS = new Set(['and', 'because', 'but', 'then', 'please', 'since']);
const LONGEST_EVENT = 12;

/** "until carol returns": an end that no clock tells; it is kept so that the bot can ask for one that does. */
function addEvent(scene: Scene, at: number): void {
  const { tokens } = scene.lattice;
  if (!UNTIL.has(tokens[at]?.key ?? '') || ASKED_ENDS.has(tokens[at + 1]?.key ?? '')) return;
  let to = at + 1;
  while (to < tokens.length && tokens[to]?.kind !== 'punctuation' && !EVENT_ENDS.has(tokens[to]?.key ?? '')) to += 1;
  if (to === at + 1 || to - at > LONGEST_EVENT) return;
  const text = wordsOf(scene, at, to);
  const time = { for: null, until: null, from: null, unclear: 'no time', text } as const;
  addEdge(scene.lattice, at, to, [TIME], { kind: 'time', time, period: null, bare: false }, 0.2);
}

const MORE_WORDS = new Set(['more', 'another', 'extra', 'additional']);

/** "one more hour", "another two days": time on top of what somebody has. */
function isMore(scene: Scene, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (MORE_WORDS.has(scene.lattice.tokens[at]?.key ?? '')) return true;
  return false;
}

/** Time begins with a digit, or with one of few words; most words need not be tried. */
function mayLeadTime(key: string): boolean {
  return /^\d/.test(key) || TIME_LEADS.has(key) || key === '-' || (key.startsWith('p') && /^p[\dt]/.test(key));
}

const TIME_LEADS = new Set(
  `until till til untill unitl utnil untl thru through expiring expires ending ends end up no valid from starting beginning effective on at starts start as form for fro during over within by to lasting of only just since after before in between the
  last past previous preceding this next coming current upcoming today tonight tomorrow tmrw tmr tomorow tommorow tommorrow tomorrrow tmw tmorrow tomorro 2morrow yesterday yday yesterdays day eod eow eom eoy cob eob close rest remainder
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun wensday wednsday wendesday tuseday thrusday firday frday fridy munday moday saterday
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec janurary febuary decemeber decmber novmber
  noon midday midnight a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety couple half quarter zero few several some fortnight weekend q1 q2 q3 q4 another fourteen hundred`.split(
    /\s+/,
  ),
);

const TIME_LEAD = trait(mayLeadTime);

type Sentence = { readonly words: readonly string[]; readonly code: string };
let sentences: ReadonlyMap<string, readonly Sentence[]> | null = null;

/** Error messages of the catalogue by their first two words, values left out. */
function sentencesByStart(): ReadonlyMap<string, readonly Sentence[]> {
  if (sentences !== null) return sentences;
  const byStart = new Map<string, Sentence[]>();
  for (const row of errorCodes()) {
    for (const message of [row.runtimeMessage, row.runtimeMessageVariant, row.message]) {
      const words = messageWords(message ?? '');
      if (words.length < 2) continue;
      const start = `${words[0]} ${words[1]}`;
      byStart.set(start, [...(byStart.get(start) ?? []), { words, code: row.code }]);
    }
  }
  for (const list of byStart.values()) list.sort((a, b) => b.words.length - a.words.length);
  sentences = byStart;
  return byStart;
}

function messageWords(message: string): readonly string[] {
  return message
    .replace(/\[[^\]]*\]|\$\{[^}]*\}/g, ' ')
    .toLowerCase()
    .replace(/'/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const GATES: readonly { readonly words: readonly string[]; readonly code: string }[] = [
  { words: ['application', 'needs', 'to', 'have'], code: 'CMN-401' },
  { words: ['app', 'needs', 'to', 'have'], code: 'CMN-401' },
  { words: ['for', 'another', 'extension', 'user', 'needs', 'to', 'have'], code: 'CMN-419' },
  { words: ['user', 'needs', 'to', 'have'], code: 'CMN-408' },
];
const BRACKETED = /\[([A-Za-z]{2,60})\]/;
const NAMED_PERMISSION = /permissions?Name"?\s{0,3}[:=]?\s{0,3}"?([A-Z][A-Za-z]{1,60})/;
const NESTED_CODE = /"errors"\s*:\s*\[[^\]]{0,400}?"errorCode"\s*:\s*"([A-Z]{3}-\d{3})"/;
const ANY_CODE = /\b([A-Z]{3}-\d{3})\b/g;
const TOP_CODE = /"errorCode"\s*:\s*"([A-Za-z]{3,40}(?:-\d{3})?)"/;
const OAUTH_ERROR = /"error"\s*:\s*"([a-z_]{5,40})"/;

export type PastedError = { readonly code: string | null; readonly permission: string | null };

/**
 * An error that somebody pasted, anywhere in a text; null when there is none.
 *
 * A nested code wins over the word above it; a bare sentence yields the code that the catalogue files it under.
 */
export function findPastedError(text: string): PastedError | null {
  if (
    text.includes('"') &&
    (text.includes('errorCode') || text.includes('"error"') || text.includes('error_description'))
  ) {
    const code =
      NESTED_CODE.exec(text)?.[1] ??
      firstKnownCode(text) ??
      TOP_CODE.exec(text)?.[1] ??
      OAUTH_ERROR.exec(text)?.[1] ??
      null;
    const permission = NAMED_PERMISSION.exec(text)?.[1] ?? parameterPermission(text) ?? permissionInBrackets(text);
    if (code !== null) return { code: codeOf(code, text), permission };
  }
  if (!ERROR_TALK.test(text)) return null;
  const code = firstKnownCode(text);
  const bracketed = code === null ? null : (/\[([A-Z][A-Za-z]{2,60})\]/.exec(text)?.[1] ?? null);
  const permission = permissionInBrackets(text) ?? bracketed ?? NAMED_PERMISSION.exec(text)?.[1] ?? null;
  return code !== null && permission !== null ? { code, permission } : findErrorSentence(text);
}

/** Words without which no error sentence is; most messages hold none of them. */
const ERROR_TALK =
  /[[{]|error|needs to have|invalid|expired|specified|required|exceeded|found|not allowed|not supported|available|denied|locked|header|parameter|parsed|corrupted|issued|match|detected|unauthori|attempt|duplicate|operation|permissions|permissionname|failed/i;

function codeOf(code: string, text: string): string {
  if (/^[A-Z]{3}-\d{3}$/.test(code)) return code;
  // A top-level word alone: the sentence beside it tells the code.
  return findErrorSentence(text)?.code ?? code;
}

function firstKnownCode(text: string): string | null {
  for (const [, code] of text.matchAll(ANY_CODE)) if (ERROR_PREFIXES.has((code ?? '').slice(0, 3))) return code ?? null;
  return null;
}

function parameterPermission(text: string): string | null {
  return (
    /"parameterName"\s*:\s*"permissions?Name"\s*,\s*"parameterValue"\s*:\s*"([A-Za-z]{2,60})"/.exec(text)?.[1] ?? null
  );
}

/** The permission that an error names in square brackets; null when it names none. */
export function permissionInBrackets(text: string): string | null {
  const found = BRACKETED.exec(text)?.[1] ?? null;
  return found !== null && /permission/i.test(text) && /^[A-Z]/.test(found) ? found : null;
}

function findErrorSentence(text: string): PastedError | null {
  const words = messageWords(text);
  const permission = permissionInBrackets(text);
  const gated =
    /permission/i.test(text) && (text.includes('[') || words.includes('endpoint') || words.includes('resource'));
  for (let at = 0; gated && at + 1 < words.length; at += 1) {
    for (const gate of GATES) if (startsAt(words, at, gate.words)) return { code: gate.code, permission };
  }
  const starts = sentencesByStart();
  for (let at = 0; at + 1 < words.length; at += 1) {
    for (const sentence of starts.get(`${words[at]} ${words[at + 1]}`) ?? []) {
      const isShort = sentence.words.length < 3 && words.length > sentence.words.length + 6;
      if (isShort && !NAMED_AS_ERROR.test(text)) continue;
      if (startsAt(words, at, sentence.words)) return { code: sentence.code, permission };
    }
  }
  return null;
}

const NAMED_AS_ERROR = /error|message|403|401|404|400|429|500/i;

function startsAt(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((word, index) => words[at + index] === word);
}
