/** Longest text that is read, in UTF-16 units: the beginning and the end of a log tell the most. */
export const PASTE_LIMIT = 1_000_000;
const HEAD = 700_000;

/** A text that is not longer than `PASTE_LIMIT`. */
export function boundedText(text: string): string {
  if (text.length <= PASTE_LIMIT) return text;
  return `${text.slice(0, HEAD)}\n${text.slice(HEAD - PASTE_LIMIT)}`;
}

/** Whether a text is a web page, or holds one. */
export const ANY_PAGE = /<!doctype\s+html|<html[\s>]|<head>|<body[\s>]/i;

/** A page as the words that a person would see; tags and scripts are left out. */
export function pageText(page: string): string {
  return page.replace(/<(?:script|style)\b[^<]{0,20000}<\/(?:script|style)>/gi, ' ').replace(/<[^<>]{0,2000}>/g, ' ');
}

const SEPARATORS = /[\s\\>|\u00a0\u200b\ufeff]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals colour what they print with exactly this character
const COLOURS = /\u001b\[[0-9;]{0,12}m/g;

/**
 * A text as one line with plain quotes: escaped quotes, entities, colours, line ends, quotation signs and the
 * backslashes that wrap a line say nothing.
 */
export function flatText(text: string): string {
  return text
    .replace(COLOURS, '')
    .replace(/&quot;|&#34;|&#x22;|\\+"|\\u0022|[\u201c\u201d\u201e\u00ab\u00bb]/gi, '"')
    .replace(/[\u2018\u2019]|&#39;|&apos;/g, "'")
    .replace(/&nbsp;|\\[nrt]/g, ' ')
    .replace(SEPARATORS, ' ')
    .trim();
}

/** A word that may be shown again: a name of the API, short, nothing but letters and digits. */
export function safeName(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9]{1,47}$/.test(value) && !looksSecret(value) ? value : null;
}

/** Tokens are long and mix digits or cases where names of the API read as words. */
function looksSecret(value: string): boolean {
  return value.startsWith('eyJ') || (value.match(/\d/g) ?? []).length > 2;
}

/** The name of a parameter, with the dots and indexes of a nested one. */
export function safeParameter(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_.[\]-]{0,59}$/.test(value)) return null;
  return looksSecret(value) ? null : value;
}
