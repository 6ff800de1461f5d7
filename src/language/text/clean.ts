/**
 * Marks that survive cleaning. Private-use characters, stripped from what people type, so that nobody can forge them.
 */
export const MENTION_OPEN = '\uE000';
export const MENTION_CLOSE = '\uE001';
export const QUOTE_OPEN = '\uE002';
export const QUOTE_CLOSE = '\uE003';

const LONGEST_TEXT = 20_000;
const FORGED = /[\uE000-\uE00F]/g;
// Zero-width, direction, variation and tag characters: invisible, so they must not change what a word is.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const CONTROL = /(?!\n)\p{Cc}/gu;
const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const LINE_ENDS = /\r\n?|[\u2028\u2029\u0085]/g;
const APOSTROPHES = /[\u2018\u2019\u201A\u201B\u2032\u02BC\u00B4\uFF07]/g;
const DOUBLE_QUOTES = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB\u300C\u300D\uFF02]/g;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFF0D]/g;
// Latin letters and signs as wide as ideographs, as some keyboards write them.
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const EMOJI = /[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u20E3]/gu;
const SHORTCODE = /(^|[\s.,!?;()]):[a-z][a-z0-9_+'-]{1,40}:(?=[\s.,!?;()]|$)/g;
const ANGLE = /<([^<>\n]{1,400})>/g;
const FENCE = /```/g;
// Printable ASCII without any sign that cleaning looks for: most messages.
const PLAIN = /^[\n\x20-\x25\x27-\x39\x3b\x3d\x3f-\x5f\x61-\x7d]*$/;

/**
 * Brings a chat message to plain words: markup, entities, typographic quotes and dashes, invisible characters, emoji.
 *
 * Slack mentions become `MENTION_OPEN id MENTION_CLOSE` (the label is dropped: it never decides who is meant). Code,
 * struck-out text and quoted lines become `QUOTE_OPEN ... QUOTE_CLOSE`: words that nobody says as an order.
 */
export function cleanText(text: string): string {
  let clean = text.slice(0, LONGEST_TEXT);
  if (PLAIN.test(clean)) return clean;
  clean = clean.replace(FORGED, '').replace(LINE_ENDS, '\n').replace(INVISIBLE, '').replace(CONTROL, ' ');
  clean = clean.replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  clean = clean.replace(SPACES, ' ').replace(APOSTROPHES, "'").replace(DOUBLE_QUOTES, '"').replace(DASHES, '-');
  clean = clean.replace(ANGLE, (whole, inner: string) => replaceAngle(whole, inner));
  clean = clean.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  if (clean.includes('```')) clean = quoteFences(clean);
  if (clean.includes('`')) clean = quotePairs(clean, '`');
  if (clean.includes('~')) clean = quotePairs(clean, '~');
  if (clean.includes('>')) clean = quoteLines(clean);
  clean = clean.replace(SHORTCODE, '$1 ').replace(EMOJI, ' ');
  return clean.normalize('NFC');
}

function replaceAngle(whole: string, inner: string): string {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  if (target.startsWith('@')) return ` ${MENTION_OPEN}${target.slice(1)}${MENTION_CLOSE} `;
  if (target.startsWith('mailto:')) return ` ${target.slice('mailto:'.length)} `;
  if (target.startsWith('http://') || target.startsWith('https://')) return ` ${target} `;
  if (target.startsWith('#')) return ' ';
  // `<!here>` reaches a channel, not people with roles; it must never become "everyone".
  if (target.startsWith('!')) return ' ';
  return whole;
}

function quoteFences(text: string): string {
  let open = false;
  const marked = text.replace(FENCE, () => {
    open = !open;
    return open ? ` ${QUOTE_OPEN}` : `${QUOTE_CLOSE} `;
  });
  return open ? `${marked}${QUOTE_CLOSE}` : marked;
}

/** Turns `x` and ~x~ into quotations; a `~` that is part of a path or a number is left alone. */
function quotePairs(text: string, sign: string): string {
  const parts: string[] = [];
  let done = 0;
  let at = text.indexOf(sign);
  while (at !== -1) {
    const end = closing(text, sign, at);
    if (end === -1) {
      at = text.indexOf(sign, at + 1);
      if (sign === '`') break;
      continue;
    }
    parts.push(text.slice(done, at), QUOTE_OPEN, text.slice(at + 1, end), QUOTE_CLOSE);
    done = end + 1;
    at = text.indexOf(sign, done);
  }
  parts.push(text.slice(done));
  return parts.join('');
}

const LONGEST_PAIR = 400;

function closing(text: string, sign: string, open: number): number {
  if (sign === '~' && (!isEdge(text[open - 1]) || isEdge(text[open + 1]))) return -1;
  const window = text.slice(open + 1, open + LONGEST_PAIR);
  let from = 0;
  while (true) {
    const end = window.indexOf(sign, from);
    if (end === -1) return -1;
    if (sign === '`' || (isEdge(window[end + 1]) && !' \n/'.includes(window[end - 1] ?? ' '))) {
      return open + 1 + end;
    }
    from = end + 1;
  }
}

function isEdge(char: string | undefined): boolean {
  return char === undefined || ' \n.,;:!?()"\'*_'.includes(char);
}

function quoteLines(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.trimStart().startsWith('>') ? `${QUOTE_OPEN}${line.trimStart().slice(1)}${QUOTE_CLOSE}` : line,
    )
    .join('\n');
}
