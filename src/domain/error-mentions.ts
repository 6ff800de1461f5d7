import { type ErrorLexicon, NO_ERROR, type PastedError } from './error-lexicon.ts';
import { safeName, safeParameter } from './error-text.ts';

/** A sentence that names the gate which a call did not pass. */
type Gate = { readonly code: 'CMN-401' | 'CMN-408' | 'CMN-419'; readonly permission: string | null };

const NAME = String.raw`["'\[({<]{0,2}([A-Za-z][A-Za-z0-9]{1,59})?([\])}>"']?)`;
const GATE = new RegExp(
  String.raw`\b(application|app|user) (?:needs?|must|has|have|is required) (?:to )?have (?:the )?${NAME}|\[([A-Z][A-Za-z0-9]{1,59})\] permission required`,
  'gi',
);
/** How far the words that tell one gate from another stand from it. */
const NEAR = 90;

/** The first gate sentence of a text; null without one. */
export function gateIn(text: string): Gate | null {
  const flat = text.replace(/[\s\\>|]+/g, ' ');
  const [found] = flat.matchAll(GATE);
  return found === undefined ? null : gateOf(found, flat);
}

function gateOf(found: RegExpMatchArray, flat: string): Gate {
  const [whole, who, name, closed, required] = found;
  if (who === undefined) return { code: 'CMN-408', permission: safeName(required) };
  const at = found.index ?? 0;
  const before = flat.slice(Math.max(0, at - NEAR), at);
  const after = flat.slice(at + whole.length, at + whole.length + NEAR);
  // A name that the text breaks off in is half a name.
  const cut = closed === '' && after.trim() === '';
  const permission = cut ? null : safeName(name);
  if (who.toLowerCase() !== 'user') return { code: 'CMN-401', permission };
  const extended = /another extension,?\s?$/i.test(before) || /^[^.]{0,40}extended scope/i.test(after);
  return { code: extended ? 'CMN-419' : 'CMN-408', permission };
}

/** One thing that a text says about an error, where it says it. */
type Mention = { readonly at: number } & (
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'inner' }
  | { readonly kind: 'oauth'; readonly word: string }
  | { readonly kind: 'gate'; readonly gate: Gate }
  | {
      readonly kind: 'name';
      readonly field: 'permission' | 'parameter' | 'feature';
      readonly name: string;
      /** In a sentence, which may name several of one error. */
      readonly prose: boolean;
    }
);

const CODE = /(?<![A-Za-z0-9])([A-Za-z]{3})([ _.:\u2010-\u2015\u2212-]?)([0-9OoIl]{3})(?![A-Za-z0-9])/g;
const CODE_FIELD = /\berror_?codes?["']? ?[:=] ?["']?([A-Za-z]{2,40}(?:-\d{2,5})?)\b/gi;
const OAUTH = /\berror["']? ?[:=] ?["']?([a-z]{2,20}(?:_[a-z]{2,20}){0,3})\b/g;
const OAUTH_WORD = /(?<![A-Za-z0-9_])([a-z]{5,14}_[a-z_]{4,24})(?![A-Za-z0-9_])/g;
const INNER = /\berrors["']? ?[:=] ?\[/g;
const FIELD = /\b(permissions?Name|parameterName)["']? ?[:=] ?["']?([A-Za-z][A-Za-z0-9_.[\]-]{1,59})/g;
/** "CMN-408 [Meetings]", as people write it down. */
const NOTED =
  /\bCMN-4(?:01|08|19)["':, -]{0,3}(?: ?(?:for|on|about|with|permission|:))? ?[[({]([A-Z][A-Za-z0-9]{1,59})[\])}]/g;
const PARAMETER = /\bparameter \[([A-Za-z][A-Za-z0-9_.-]{0,59})\]/gi;
const FEATURE = /\bfeature \[([A-Za-z][A-Za-z0-9]{1,59})\]/gi;

/**
 * Reads codes, gate sentences and fields out of flat text and puts together what belongs together: a second code, or a
 * second permission, begins the next error.
 */
export function mentionsIn(flat: string, lexicon: ErrorLexicon): readonly PastedError[] {
  const errors: PastedError[] = [];
  let current: PastedError = NO_ERROR;
  let mayReplace = false;
  const next = (error: PastedError) => {
    if (current.code !== null || current.oauthError !== null) errors.push(current);
    current = error;
  };
  for (const mention of sorted(flat, lexicon)) {
    switch (mention.kind) {
      case 'inner':
        mayReplace = true;
        break;
      case 'code':
        if (current.code === null || current.code === mention.code || mayReplace) {
          current = { ...current, code: mention.code };
        } else next({ ...NO_ERROR, code: mention.code });
        mayReplace = false;
        break;
      case 'gate':
        if (fits(current, mention.gate)) current = withGate(current, mention.gate);
        else next({ ...NO_ERROR, ...mention.gate });
        break;
      case 'oauth':
        if (current.oauthError === null) current = { ...current, oauthError: mention.word };
        else if (current.oauthError !== mention.word) next({ ...NO_ERROR, oauthError: mention.word });
        break;
      case 'name':
        if (current[mention.field] === null) current = { ...current, [mention.field]: mention.name };
        else if (current[mention.field] !== mention.name && !mention.prose) {
          next({ ...NO_ERROR, code: current.code, [mention.field]: mention.name });
        }
        break;
    }
  }
  next(NO_ERROR);
  return errors;
}

function fits(error: PastedError, gate: Gate): boolean {
  const sameCode = error.code === null || error.code === gate.code;
  return sameCode && (error.permission === null || gate.permission === null || error.permission === gate.permission);
}

function withGate(error: PastedError, gate: Gate): PastedError {
  return { ...error, code: gate.code, permission: error.permission ?? gate.permission };
}

function sorted(flat: string, lexicon: ErrorLexicon): readonly Mention[] {
  return [
    ...codes(flat, lexicon),
    ...each(flat, INNER, () => ({ kind: 'inner' })),
    ...oauthWords(flat, lexicon),
    ...each(flat, GATE, (found) => ({ kind: 'gate', gate: gateOf(found, flat) })),
    ...each(flat, FIELD, fieldOf),
    ...each(flat, NOTED, ([, name]) => named('permission', safeName(name))),
    ...each(flat, PARAMETER, ([, name]) => named('parameter', safeParameter(name), true)),
    ...each(flat, FEATURE, ([, name]) => named('feature', safeName(name), true)),
  ].sort((one, other) => one.at - other.at);
}

type Unplaced = Mention extends infer One ? (One extends Mention ? Omit<One, 'at'> : never) : never;

function each(flat: string, pattern: RegExp, read: (found: RegExpMatchArray) => Unplaced | null): Mention[] {
  return [...flat.matchAll(pattern)].flatMap((found) => {
    const mention = read(found);
    return mention === null ? [] : [{ ...mention, at: found.index } as Mention];
  });
}

function named(field: 'permission' | 'parameter' | 'feature', name: string | null, prose = false): Unplaced | null {
  return name === null ? null : { kind: 'name', field, name, prose };
}

function fieldOf([, field, value]: RegExpMatchArray): Unplaced | null {
  if (field !== 'parameterName') return named('permission', safeName(value));
  return /^permissions?Name$/.test(value ?? '') ? null : named('parameter', safeParameter(value));
}

function codes(flat: string, lexicon: ErrorLexicon): Mention[] {
  const written = each(flat, CODE, ([, prefix, sign, digits]) => {
    const code = `${prefix?.toUpperCase()}-${digits?.replace(/[Oo]/g, '0').replace(/[Il]/g, '1')}`;
    const exact = sign === '-' && /^[A-Z]{3}$/.test(prefix ?? '') && /^\d{3}$/.test(digits ?? '');
    const known = lexicon.codes.has(code);
    // Anything could look like a code of RingCentral; an unknown one has to be spelt like one, in its own family.
    return known || (exact && isFamily(prefix ?? '', lexicon)) ? { kind: 'code', code } : null;
  });
  const fields = each(flat, CODE_FIELD, ([, value = '']) => {
    const code = /^[A-Z]{2,5}-\d{2,5}$/.test(value) ? value : lexicon.aliases.get(value);
    return code === undefined ? null : { kind: 'code', code };
  });
  // An alias says less than a code: one that stands beside another code is no error of its own.
  const aliased = fields.filter(
    (mention) => mention.kind === 'code' && !written.some((each) => isAt(each, mention.at)),
  );
  return written.length > 0 ? [...written, ...aliased.filter((mention) => !isAlias(mention, lexicon))] : fields;
}

function isAt({ at }: Mention, start: number): boolean {
  return at >= start && at < start + 80;
}

function isAlias(mention: Mention, lexicon: ErrorLexicon): boolean {
  return mention.kind === 'code' && [...lexicon.aliases.values()].includes(mention.code);
}

function isFamily(prefix: string, { codes }: ErrorLexicon): boolean {
  for (const code of codes) if (code.startsWith(`${prefix}-`)) return true;
  return false;
}

function oauthWords(flat: string, lexicon: ErrorLexicon): Mention[] {
  const read = ([, word = '']: RegExpMatchArray): Unplaced | null =>
    lexicon.oauthErrors.has(word) ? { kind: 'oauth', word } : null;
  const fields = each(flat, OAUTH, read);
  return fields.length > 0 ? fields : each(flat, OAUTH_WORD, read).slice(0, 1);
}

const STATUS =
  /\bHTTP\/[\d.]{1,3} ([1-5]\d\d)\b|\b(?:http )?status(?: ?code)?["']?(?: ?[:=]| of| is)? ?["']?([1-5]\d\d)\b|\b([45]\d\d)[: -]{1,3}(?:Forbidden|Unauthori[sz]ed|Bad Request|Not Found|Too Many|Bad Gateway|Service|Internal|Gateway|Payment|Method|Conflict)|\b(?:error|returned|answered|got|received)[: ]{1,2}(?:an? )?(?:http )?([45]\d\d)\b|^([45]\d\d)$/i;

/** The HTTP status that a text states; null where none. */
export function statusIn(flat: string): number | null {
  const found = STATUS.exec(flat);
  if (found === null) return null;
  return Number(found.slice(1).find((digits) => digits !== undefined));
}
