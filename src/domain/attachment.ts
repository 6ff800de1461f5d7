/** A file that came with somebody's words, read as text: UTF-8 or UTF-16 with a mark, the mark itself left out. */
export type Attachment = { readonly name: string; readonly text: string };

/** Why a file that came with words is not used. */
export type AttachmentTrouble =
  | { readonly kind: 'too-big'; readonly limitBytes: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'not-csv' }
  /** Not UTF-8. `probably` names what the bytes look like, `line` then the first that shows it; else 1. */
  | { readonly kind: 'encoding'; readonly probably: 'Windows-1252' | null; readonly line: number }
  /** Kept by another service, of which the chat holds a link only. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'gone' }
  /** The app was not allowed to read files when it was installed. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'unreachable' };

/** A file that came with words and cannot be used. */
export type UnusableAttachment = { readonly name: string; readonly trouble: AttachmentTrouble };

/** Larger files are refused: some ten thousand lines, which nobody reads over before confirming what they mean. */
export const ATTACHMENT_LIMIT_BYTES = 1024 * 1024;

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_LITTLE_MARK = [0xff, 0xfe];
const UTF16_BIG_MARK = [0xfe, 0xff];
/** The five places of Windows-1252 that mean nothing. */
const UNUSED_IN_1252: readonly number[] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
// Tab, line feed and carriage return are the only control characters of a text with columns.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const OTHER_FORMATS = /^\s*(?:<!doctype|<html|<\?xml|\{\\rtf|%PDF-)/i;

/**
 * Reads the bytes of a CSV file as text.
 *
 * What is not UTF-8 is refused instead of guessed: a name read wrong could be somebody else's. Whether the columns make
 * sense is for whoever uses it.
 */
export function readAttachment(name: string, bytes: Uint8Array): Attachment | UnusableAttachment {
  const unusable = (trouble: AttachmentTrouble): UnusableAttachment => ({ name, trouble });
  if (bytes.length > ATTACHMENT_LIMIT_BYTES) return unusable({ kind: 'too-big', limitBytes: ATTACHMENT_LIMIT_BYTES });
  const encoding = encodingOf(bytes);
  // A text without a mark of UTF-16 has no zero bytes: this is a picture, a workbook or the like.
  if (isArchive(bytes) || (encoding === 'utf-8' && bytes.includes(0))) return unusable({ kind: 'not-csv' });
  const text = decodeAs(encoding, bytes);
  if (text === null) return unusable(encodingTrouble(encoding, bytes));
  if (text.trim() === '') return unusable({ kind: 'empty' });
  if (CONTROL.test(text) || OTHER_FORMATS.test(text)) return unusable({ kind: 'not-csv' });
  return { name, text };
}

/** Tells a file that can be used from one that cannot. */
export function isUsable(attachment: Attachment | UnusableAttachment): attachment is Attachment {
  return 'text' in attachment;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, UTF16_LITTLE_MARK)) return 'utf-16le';
  return startsWith(bytes, UTF16_BIG_MARK) ? 'utf-16be' : 'utf-8';
}

/** The text without its mark; null when the bytes are not of that encoding. */
function decodeAs(encoding: Encoding, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodingTrouble(encoding: Encoding, bytes: Uint8Array): AttachmentTrouble {
  const is1252 = encoding === 'utf-8' && !startsWith(bytes, UTF8_MARK) && looksLike1252(bytes);
  return is1252
    ? { kind: 'encoding', probably: 'Windows-1252', line: firstBadLine(bytes) }
    : { kind: 'encoding', probably: null, line: 1 };
}

/** Lines end with a line feed in UTF-8 and Windows-1252 alike. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || decodeAs('utf-8', bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
}

function looksLike1252(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => UNUSED_IN_1252.includes(byte) || (byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)));
}

/** Workbooks are zip archives. */
function isArchive(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
