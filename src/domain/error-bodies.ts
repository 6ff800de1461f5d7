import { type ErrorLexicon, NO_ERROR, type PastedError } from './error-lexicon.ts';
import { gateIn } from './error-mentions.ts';
import { safeName, safeParameter } from './error-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Errors of the JSON bodies in a text, and the text without those bodies. */
type Bodies = {
  readonly errors: readonly PastedError[];
  readonly rest: string;
  /** A body of RingCentral that is no error. */
  readonly success: boolean;
  /** A body that does not end. */
  readonly truncated: boolean;
};

/** Bodies tried; whoever pastes thousands sees the first ones explained. */
const TRIES = 300;
const DEPTH = 6;
const ITEMS = 500;

/** Finds JSON bodies, also inside the strings of others and with escaped quotes, and reads the errors among them. */
export function bodiesIn(text: string, lexicon: ErrorLexicon): Bodies {
  const plain = scan(text, lexicon);
  if (!/\\+"/.test(plain.rest)) return plain;
  const escaped = scan(plain.rest.replace(/\\+"/g, '"').replace(/\\+n/g, ' '), lexicon);
  return {
    errors: [...plain.errors, ...escaped.errors],
    rest: escaped.rest,
    success: plain.success || escaped.success,
    truncated: escaped.truncated,
  };
}

function scan(text: string, lexicon: ErrorLexicon): Bodies {
  const found: PastedError[] = [];
  const rest: string[] = [];
  let success = false;
  let truncated = false;
  let kept = 0;
  let budget = text.length * 3 + 10_000;
  for (const [tries, start] of starts(text).entries()) {
    if (start < kept) continue;
    if (tries > TRIES || budget < 0) break;
    const end = endOf(text, start);
    budget -= (end ?? text.length) - start;
    truncated ||= end === null;
    const value = end === null ? undefined : parsed(text.slice(start, end));
    if (end === null || value === undefined) continue;
    found.push(...errorsOf(value, lexicon, 0));
    success ||= isAnswer(value);
    rest.push(text.slice(kept, start));
    kept = end;
  }
  rest.push(text.slice(kept));
  return { errors: found, rest: rest.join(' '), success: success && found.length === 0, truncated };
}

/** Places where an object with a quoted key, or a list of objects, may begin. */
function starts(text: string): readonly number[] {
  return [...text.matchAll(/\{(?=\s{0,40}["}])|\[(?=\s{0,40}\{)/g)].slice(0, TRIES * 4).map((match) => match.index);
}

/** The place after the bracket that closes the one at `start`; null where the text ends before. */
function endOf(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inString) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) inString = false;
    } else if (sign === 0x22) inString = true;
    else if (sign === 0x7b || sign === 0x5b) depth += 1;
    else if (sign === 0x7d || sign === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All errors of a value: its own body, and whatever is wrapped inside, in text too. */
function errorsOf(value: unknown, lexicon: ErrorLexicon, depth: number): readonly PastedError[] {
  if (depth > DEPTH) return [];
  if (typeof value === 'string') return value.includes('"') ? bodiesIn(value, lexicon).errors : [];
  if (Array.isArray(value)) return value.slice(0, ITEMS).flatMap((item) => errorsOf(item, lexicon, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const body = value as Json;
  const own = ownErrors(body, lexicon);
  if (own.length > 0) return own;
  return Object.values(body)
    .slice(0, ITEMS)
    .flatMap((item) => errorsOf(item, lexicon, depth + 1));
}

function ownErrors(body: Json, lexicon: ErrorLexicon): readonly PastedError[] {
  const inner = Array.isArray(body.errors) ? body.errors.filter(isObject).slice(0, ITEMS) : [];
  const oauthError = typeof body.error === 'string' && lexicon.oauthErrors.has(body.error) ? body.error : null;
  const errors = inner.flatMap((item, at) => errorOf(item, at === 0 ? body : {}, lexicon) ?? []);
  const found = errors.length > 0 ? errors : [errorOf(body, {}, lexicon)].filter((error) => error !== null);
  if (oauthError === null) return found;
  const [first = NO_ERROR, ...others] = found;
  return [{ ...first, oauthError }, ...others];
}

/** One error of a body; what it does not say itself is taken from the body around it. */
function errorOf(item: Json, around: Json, lexicon: ErrorLexicon): PastedError | null {
  const messages = [item.message, item.error_description, around.message].filter((text) => typeof text === 'string');
  const gates = messages.map((message) => gateIn(message.slice(0, 2000)));
  const code = [item.errorCode, around.errorCode].map((value) => codeOf(value, lexicon)).find((each) => each !== null);
  const gate = gates.find((each) => each !== null);
  const own = code ?? gate?.code ?? null;
  if (own === null) return null;
  const named = [item, around].flatMap((body) => [body.permissionName, body.permissionsName, parameterOf(body)]);
  const bracketed = messages.map((message) => safeName(/\[([^\]]{1,60})\]/.exec(message)?.[1])).find((each) => !!each);
  const isGate = /^CMN-4(?:01|08|19)$/.test(own);
  return {
    code: own,
    oauthError: null,
    permission:
      named.map(safeName).find((each) => each !== null) ?? gate?.permission ?? (isGate ? (bracketed ?? null) : null),
    parameter: [item.parameterName, around.parameterName].map(safeParameter).find((each) => each !== null) ?? null,
    feature: /feature/i.test(messages.join(' ')) ? (bracketed ?? null) : null,
  };
}

/** OAuth bodies name the permission as one parameter among others. */
function parameterOf({ parameters }: Json): unknown {
  if (!Array.isArray(parameters)) return null;
  const named = parameters.filter(isObject).find((each) => /^permissions?Name$/.test(String(each.parameterName)));
  return named?.parameterValue ?? null;
}

function codeOf(value: unknown, lexicon: ErrorLexicon): string | null {
  if (typeof value !== 'string') return null;
  return /^[A-Z]{2,5}-\d{2,5}$/.test(value) ? value : (lexicon.aliases.get(value) ?? null);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every answer of the API prints its own address, or is a list of records. */
function isAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { uri, records, access_token: token } = value;
  return (typeof uri === 'string' && uri.includes('/restapi/')) || Array.isArray(records) || typeof token === 'string';
}
