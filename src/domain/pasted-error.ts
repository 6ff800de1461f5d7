import { bodiesIn } from './error-bodies.ts';
import type { ErrorLexicon, PastedError, PastedRequest } from './error-lexicon.ts';
import { mentionsIn, statusIn } from './error-mentions.ts';
import { phrasesIn } from './error-phrases.ts';
import { ANY_PAGE, boundedText, flatText, pageText } from './error-text.ts';
import { vendorIn } from './other-vendors.ts';

export type PasteReading = {
  /** Distinct errors in the order of the text. */
  readonly errors: readonly PastedError[];
  /** Further distinct errors beyond those. */
  readonly more: number;
  /** HTTP status, where the text states one. */
  readonly status: number | null;
  readonly request: PastedRequest | null;
  /** The text is a web page. */
  readonly page: boolean;
  /** A sentence or document ends in the middle. */
  readonly truncated: boolean;
  /** The answer of a call that worked. */
  readonly success: boolean;
  /** Another system whose error this looks to be, where none of RingCentral's is found. */
  readonly vendor: string | null;
};

const ERRORS_AT_MOST = 8;

/**
 * Reads what somebody pasted: bodies, sentences, log lines, stack traces, fragments, pages, several at once.
 *
 * A nested code wins over the word above it. Linear in the length, of which no more than `PASTE_LIMIT` is read.
 */
export function readPaste(text: string, lexicon: ErrorLexicon): PasteReading {
  const whole = boundedText(text);
  const page = ANY_PAGE.test(whole);
  const { errors, rest, success, truncated } = bodiesIn(page ? pageText(whole) : whole, lexicon);
  const flat = flatText(rest);
  const mentioned = mentionsIn(flat, lexicon);
  const found = distinct([...errors, ...mentioned]);
  const all = found.length > 0 ? found : distinct(phrasesIn(flat, lexicon));
  const status = statusIn(flatText(whole.slice(0, STATUS_WITHIN))) ?? statusIn(flat);
  return {
    errors: all.slice(0, ERRORS_AT_MOST),
    more: Math.max(0, all.length - ERRORS_AT_MOST),
    status,
    request: requestIn(whole),
    page,
    truncated: truncated || endsInside(flat),
    success: all.length === 0 && !page && (success || (status !== null && status >= 200 && status < 300)),
    vendor: all.length > 0 ? null : vendorIn(flatText(whole.slice(0, STATUS_WITHIN))),
  };
}

/** A status stands at the beginning of what a tool printed; later numbers may be anything. */
const STATUS_WITHIN = 20_000;

/** Keeps each error once; one that says less than another of the same code says nothing new. */
function distinct(errors: readonly PastedError[]): readonly PastedError[] {
  const kept: PastedError[] = [];
  for (const error of errors) {
    const at = kept.findIndex((other) => isSame(other, error));
    if (at === -1) kept.push(error);
    else kept[at] = merged(kept[at] ?? error, error);
  }
  return kept;
}

function isSame(one: PastedError, other: PastedError): boolean {
  return AGREE.every((key) => one[key] === null || other[key] === null || one[key] === other[key]);
}

const AGREE = ['code', 'permission', 'parameter', 'feature', 'oauthError'] as const;

function merged(one: PastedError, other: PastedError): PastedError {
  return {
    code: one.code ?? other.code,
    oauthError: one.oauthError ?? other.oauthError,
    permission: one.permission ?? other.permission,
    parameter: one.parameter ?? other.parameter,
    feature: one.feature ?? other.feature,
  };
}

const REQUEST =
  /(?:\b(GET|POST|PUT|DELETE|PATCH)\b["'\s]{1,4})?(?:https?:\/\/[\w.-]{1,100}(?::\d{1,5})?)?(\/restapi\/[\w.~%/{}-]{1,300})/;

/** The first request of the API that a text names, without its ids. */
function requestIn(text: string): PastedRequest | null {
  const found = REQUEST.exec(text);
  if (found === null) return null;
  const path = (found[2] ?? '').replace(/[./]+$/, '');
  return { method: (found[1] ?? 'GET').toUpperCase(), path: path.split('/').map(withoutId).join('/') };
}

/** Whatever is no word of the API may be a number, a name or a token. */
function withoutId(segment: string): string {
  return segment === '' || segment === 'v1.0' || /^[a-z]{2,20}(?:-[a-z]{2,20}){0,3}$/.test(segment) ? segment : '~';
}

function endsInside(flat: string): boolean {
  const tail = flat.slice(-80);
  return /\[[A-Za-z]{0,60}$/.test(tail) || /needs to(?: have)?\s?$/.test(tail) || /…$|\.\.\.$/.test(tail);
}
