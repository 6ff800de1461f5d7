import { MENTION_CLOSE, MENTION_OPEN, QUOTE_CLOSE, QUOTE_OPEN } from './clean.ts';
import { fold } from './fold.ts';
import { rememberWords } from './memo.ts';
import { traitsOf } from './traits.ts';

type TokenKind = 'word' | 'number' | 'punctuation' | 'mention' | 'email' | 'url' | 'path' | 'code' | 'date' | 'clock';

/** One word or sign of the cleaned text. */
export type Token = {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Folded; what names and grammar are looked up by. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Whether a space or the text's start stands before it. */
  readonly spaced: boolean;
  /** Number of the quotation it stands in; 0 outside. */
  readonly quote: number;
  /** Facts about the key; see `trait`. */
  readonly traits: number;
};

const MENTION = `${MENTION_OPEN}[^${MENTION_CLOSE}]{1,80}${MENTION_CLOSE}`;
const URL = `https?:\\/\\/[^\\s<>"'\`${QUOTE_CLOSE}]+`;
const EMAIL = String.raw`[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}`;
const PATH = String.raw`\/(?:restapi|account|extension|dictionary|oauth|v1\.0|user-role|call-log|scim)(?:[\/?][\w~{}.:%$=&,[\]-]*)*`;
const DATE = String.raw`\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2})?(?:[Zz]|[+-]\d{2}:?\d{2})?)?`;
const CLOCK = String.raw`\d{1,2}:\d{2}(?!\d)`;
const CODE = String.raw`[A-Za-z][A-Za-z0-9]{1,9}-\d{1,9}(?![\p{L}\p{N}])`;
const WORD = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:'[\p{L}]+)*(?:\.[\p{L}\p{N}_]+)*`;
const SCANNER = new RegExp(
  `(${MENTION})|(${URL})|(${EMAIL})|(${PATH})|(${DATE})|(${CLOCK})|(${CODE})|(${WORD})|([^\\s]|\\n)`,
  'gu',
);
const KINDS: readonly TokenKind[] = ['mention', 'url', 'email', 'path', 'date', 'clock', 'code', 'word', 'punctuation'];
const NUMBER = /^\d+(?:\.\d+)?$/;
// Contractions that are words of their own; every other 's is a possessive.
const CONTRACTED = new Set([
  'what',
  'who',
  'that',
  'it',
  'he',
  'she',
  'where',
  'how',
  'there',
  'let',
  'here',
  'when',
  'why',
  'which',
  'this',
  'nobody',
  'everybody',
  'everyone',
  'someone',
  'anyone',
  'whom',
]);
const LONGEST_WORD = 64;
/** Two words that people write as one. */
const RUN_TOGETHER: Readonly<Record<string, readonly [string, string]>> = {
  gimme: ['give', 'me'],
  lemme: ['let', 'me'],
  wanna: ['want', 'to'],
  gonna: ['going', 'to'],
};

/** Splits cleaned text into tokens. `isDotted` tells dotted names that stay whole, such as `sms.read`. */
export function tokenise(clean: string, isDotted: (key: string) => boolean): readonly Token[] {
  const tokens: Token[] = [];
  const quotes = findQuotes(clean);
  let end = -1;
  for (let at = 0; at < clean.length; at = end) {
    while (clean.charCodeAt(at) === SPACE) at += 1;
    // Most of what people type are bare words; the scanner, which looks for everything else, is slow.
    const plain = plainWordEnd(clean, at);
    if (plain > at) {
      pushPlainWord(tokens, clean.slice(at, plain), at, at !== end, quotes.at(at));
      end = plain;
      continue;
    }
    if (isLoneSign(clean.charCodeAt(at))) {
      const sign = clean[at] as string;
      const traits = traitsOf(sign);
      const start = at;
      const spaced = at !== end;
      end = at + 1;
      tokens.push({ kind: 'punctuation', text: sign, key: sign, start, end, spaced, quote: quotes.at(start), traits });
      continue;
    }
    SCANNER.lastIndex = at;
    const match = SCANNER.exec(clean);
    if (match === null) break;
    const text = match[0];
    const start = match.index;
    let group = 1;
    while (group < match.length && match[group] === undefined) group += 1;
    const spaced = start !== end;
    end = start + text.length;
    pushToken(tokens, KINDS[group - 1] ?? 'punctuation', text, start, spaced, quotes, isDotted);
  }
  return tokens;
}

const SPACE = 32;
const COMMA = 44;
const QUESTION_MARK = 63;

/** A comma and a question mark are never the beginning of anything longer. */
function isLoneSign(code: number): boolean {
  return code === COMMA || code === QUESTION_MARK;
}

const DOT = 46;

/** The end of a word of plain letters and digits with nothing attached to it; `at` when there is none. */
function plainWordEnd(clean: string, at: number): number {
  let end = at;
  while (isPlain(clean.charCodeAt(end))) end += 1;
  if (end === at || end === clean.length) return end;
  const after = clean.charCodeAt(end);
  if (after === SPACE) return end;
  if (after !== DOT) return CLOSING.includes(clean[end] as string) ? end : at;
  return end + 1 === clean.length || clean.charCodeAt(end + 1) === SPACE ? end : at;
}

/** Signs that end a word whatever stands behind them; a dot, a colon, a dash may still belong to it. */
const CLOSING = ' ,?!;)\n';

function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

function pushPlainWord(tokens: Token[], text: string, start: number, spaced: boolean, quote: number): void {
  const { key, second, kind, traits } = writtenWords(text);
  const end = start + text.length;
  tokens.push({ kind, text, key, start, end, spaced, quote, traits });
  if (second === null) return;
  tokens.push({ kind: 'word', text: '', key: second, start: end, end, spaced: true, quote, traits: traitsOf(second) });
}

/** What a plain word is looked up by; `second` is the other word when two were written as one. */
type WrittenWord = {
  readonly key: string;
  readonly second: string | null;
  readonly kind: 'word' | 'number';
  readonly traits: number;
};

const writtenWords = rememberWords(readPlainWord);

function readPlainWord(text: string): WrittenWord {
  const key = text.slice(0, LONGEST_WORD).toLowerCase();
  const two = Object.hasOwn(RUN_TOGETHER, key) ? RUN_TOGETHER[key] : undefined;
  if (two !== undefined) return { key: two[0], second: two[1], kind: 'word', traits: traitsOf(two[0]) };
  return { key, second: null, kind: NUMBER.test(key) ? 'number' : 'word', traits: traitsOf(key) };
}

type Quotes = {
  readonly at: (offset: number) => number;
  readonly isSign: (offset: number) => boolean;
  readonly next: (offset: number) => string;
};

function pushToken(
  tokens: Token[],
  kind: TokenKind,
  text: string,
  start: number,
  spaced: boolean,
  quotes: Quotes,
  isDotted: (key: string) => boolean,
): void {
  if (kind === 'punctuation' && (text === QUOTE_OPEN || text === QUOTE_CLOSE || quotes.isSign(start))) return;
  // A hyphen inside a word joins two words: "anne-marie", "dry-run".
  if (text === '-' && !spaced && tokens[tokens.length - 1]?.kind === 'word' && /^\p{L}$/u.test(quotes.next(start)))
    return;
  const quote = quotes.at(start);
  const push = (part: TokenKind, piece: string, key: string, at: number, gap: boolean): void => {
    const traits = traitsOf(key);
    tokens.push({ kind: part, text: piece, key, start: at, end: at + piece.length, spaced: gap, quote, traits });
  };
  if (kind === 'email' || kind === 'path' || kind === 'url') {
    const trimmed = trimEnd(text);
    push(kind, trimmed, trimmed.toLowerCase(), start, spaced);
    for (let at = trimmed.length; at < text.length; at += 1)
      push('punctuation', text[at] ?? '', text[at] ?? '', start + at, false);
    return;
  }
  if (kind === 'mention') push(kind, text, text.slice(1, -1), start, spaced);
  else if (kind === 'code') push(kind, text, fold(text), start, spaced);
  else if (kind === 'word') pushWord(text, start, spaced, push, isDotted);
  else push(kind, text, text.toLowerCase(), start, spaced);
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 1 && '.,;:!?'.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

type Push = (kind: TokenKind, text: string, key: string, at: number, spaced: boolean) => void;

function pushWord(text: string, start: number, spaced: boolean, push: Push, isDotted: (key: string) => boolean): void {
  const key = fold(text.slice(0, LONGEST_WORD));
  const two = Object.hasOwn(RUN_TOGETHER, key) ? RUN_TOGETHER[key] : undefined;
  if (text.includes('_') && /^_+|_+$/.test(text)) pushStripped(text, start, spaced, push, isDotted);
  else if (two !== undefined) {
    push('word', text, two[0], start, spaced);
    push('word', '', two[1], start + text.length, true);
  } else if (NUMBER.test(key)) push('number', text, key, start, spaced);
  else if (text.includes('.') && !isDotted(key) && !/^\d/.test(text)) pushDotted(text, start, spaced, push, isDotted);
  else pushPlain(text, key, start, spaced, push);
}

/** "end.Now" without a space is two words; `sms.read` is one name. */
function pushDotted(
  text: string,
  start: number,
  spaced: boolean,
  push: Push,
  isDotted: (key: string) => boolean,
): void {
  let at = 0;
  for (const part of text.split('.')) {
    if (part !== '') pushWord(part, start + at, at === 0 ? spaced : false, push, isDotted);
    at += part.length + 1;
  }
}

function pushPlain(text: string, key: string, start: number, spaced: boolean, push: Push): void {
  const apostrophe = text.lastIndexOf("'");
  if (apostrophe <= 0 || !key.endsWith("'s")) {
    push('word', text, apostrophe < 0 ? key : key.replaceAll("'", ''), start, spaced);
    return;
  }
  const base = text.slice(0, apostrophe);
  const baseKey = fold(base).replaceAll("'", '');
  if (CONTRACTED.has(baseKey)) push('word', text, `${baseKey}s`, start, spaced);
  else {
    push('word', base, baseKey, start, spaced);
    push('punctuation', text.slice(apostrophe), "'s", start + apostrophe, false);
  }
}

/** `_bold_` and `__init__` are markup around a word, not part of it. */
function pushStripped(
  text: string,
  start: number,
  spaced: boolean,
  push: Push,
  isDotted: (key: string) => boolean,
): void {
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '_') from += 1;
  while (to > from && text[to - 1] === '_') to -= 1;
  if (from < to) pushWord(text.slice(from, to), start + from, spaced, push, isDotted);
}

const LONGEST_QUOTE = 2000;
const QUOTE_SIGNS = new RegExp(`["'${QUOTE_OPEN}${QUOTE_CLOSE}]`);

/** Finds "..." and '...' pairs and the marked quotations; an apostrophe inside a word opens nothing. */
function findQuotes(clean: string): Quotes {
  const next = (offset: number): string => clean[offset + 1] ?? '';
  if (!QUOTE_SIGNS.test(clean)) return { at: () => 0, isSign: () => false, next };
  const spans: { from: number; to: number }[] = [];
  const signs = new Set<number>();
  let open: { sign: string; at: number } | null = null;
  for (let at = 0; at < clean.length; at += 1) {
    const char = clean[at] as string;
    if (char !== '"' && char !== "'" && char !== QUOTE_OPEN && char !== QUOTE_CLOSE) continue;
    if (open === null) {
      if (opens(clean, at, char)) open = { sign: char === QUOTE_OPEN ? QUOTE_CLOSE : char, at };
    } else if (char === open.sign && (char !== "'" || closes(clean, at))) {
      spans.push({ from: open.at, to: at });
      signs.add(open.at).add(at);
      open = null;
    } else if (open.sign === "'" && (char === '"' || char === QUOTE_OPEN)) {
      open = { sign: char === QUOTE_OPEN ? QUOTE_CLOSE : char, at };
    } else if (open.sign !== QUOTE_CLOSE && at - open.at > LONGEST_QUOTE) open = null;
  }
  // A quotation that never ends still quotes: half a quoted order is no order.
  if (open !== null && open.sign === '"') {
    spans.push({ from: open.at, to: clean.length });
    signs.add(open.at);
  }
  let last = 0;
  const at = (offset: number): number => {
    while (last > 0 && (spans[last]?.from ?? Infinity) > offset) last -= 1;
    while (last < spans.length && (spans[last]?.to ?? 0) < offset) last += 1;
    const span = spans[last];
    return span !== undefined && span.from < offset && offset < span.to ? last + 1 : 0;
  };
  return { at, isSign: (offset) => signs.has(offset), next };
}

function opens(clean: string, at: number, char: string): boolean {
  if (char === QUOTE_OPEN) return true;
  if (char === QUOTE_CLOSE) return false;
  if (char === '"') return true;
  const before = clean[at - 1];
  const after = clean[at + 1];
  const boundary = before === undefined || ' \n(,:;'.includes(before);
  return boundary && after !== undefined && !' \n'.includes(after) && closesLater(clean, at);
}

/** A single quote opens only when one closes it on the same line: "the users' roles" quotes nothing. */
function closesLater(clean: string, at: number): boolean {
  for (let next = at + 1; next < clean.length && next < at + 120 && clean[next] !== '\n'; next += 1) {
    if (clean[next] === "'" && closes(clean, next)) return true;
  }
  return false;
}

function closes(clean: string, at: number): boolean {
  const before = clean[at - 1];
  const after = clean[at + 1];
  return before !== undefined && !' \n'.includes(before) && (after === undefined || ' \n.,;:!?)'.includes(after));
}
