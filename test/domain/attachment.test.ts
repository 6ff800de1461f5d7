import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTACHMENT_LIMIT_BYTES, type AttachmentTrouble, isUsable, readAttachment } from '#src/domain/attachment.ts';

const CSV = 'name,role\nJosé Núñez,Manager\n';
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of [0xfeff, ...text.split('').map((each) => each.charCodeAt(0))].entries()) {
    view.setUint16(index * 2, unit, !bigEndian);
  }
  return bytes;
}

describe('a CSV file is read as text', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', utf8(CSV)],
    ['UTF-8 with a mark', utf8(`\ufeff${CSV}`)],
    ['UTF-16 little-endian with a mark', utf16(CSV, false)],
    ['UTF-16 big-endian with a mark', utf16(CSV, true)],
  ])('%s', (_encoding, bytes) => {
    expect(readAttachment('people.csv', bytes)).toEqual({ name: 'people.csv', text: CSV });
  });

  it('gives back any text that was written as UTF-8, letter for letter', () => {
    const letters = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => {
      const bare = text.replace(/^\ufeff/, '');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what the reader refuses is left out
      return bare.trim() !== '' && !/[\u0000-\u0008\u000b-\u001f]/.test(bare) && !/^(?:PK|\s*[<{%])/.test(bare);
    });
    fc.assert(
      fc.property(letters, (text) => {
        expect(readAttachment('a.csv', utf8(text))).toEqual({ name: 'a.csv', text: text.replace(/^\ufeff/, '') });
      }),
      { numRuns: 200 },
    );
  });
});

describe('what cannot be used is refused with the reason', () => {
  const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  it.each<[string, Uint8Array, AttachmentTrouble]>([
    ['nothing', utf8(''), { kind: 'empty' }],
    ['a mark alone', utf8('\ufeff'), { kind: 'empty' }],
    ['blank lines', utf8('\r\n \r\n'), { kind: 'empty' }],
    [
      'too many bytes',
      utf8('a'.repeat(ATTACHMENT_LIMIT_BYTES + 1)),
      { kind: 'too-big', limitBytes: ATTACHMENT_LIMIT_BYTES },
    ],
    [
      'Windows-1252, with the line that shows it',
      latin('name\nBob Brown\nJos\u00e9\n'),
      { kind: 'encoding', probably: 'Windows-1252', line: 3 },
    ],
    ['bytes of another encoding', latin('name\nJos\u0081\n'), { kind: 'encoding', probably: null, line: 1 }],
    [
      'a mark with broken UTF-8 after it',
      latin('\u00ef\u00bb\u00bfJos\u00e9'),
      { kind: 'encoding', probably: null, line: 1 },
    ],
    ['half a UTF-16 letter', utf16(CSV, false).subarray(0, 7), { kind: 'encoding', probably: null, line: 1 }],
    ['UTF-16 without a mark', utf16('name,role\n', false).subarray(2), { kind: 'not-csv' }],
    ['a workbook', latin('PK\u0003\u0004rest'), { kind: 'not-csv' }],
    ['a picture', latin('\u0089PNG\r\n\u001a\n\u0000\u0000'), { kind: 'not-csv' }],
    ['a web page', utf8('<!DOCTYPE html><html>sign in</html>'), { kind: 'not-csv' }],
    ['a document', utf8('%PDF-1.7 text'), { kind: 'not-csv' }],
  ])('%s', (_what, bytes, trouble) => {
    const read = readAttachment('people.csv', bytes);
    expect(isUsable(read)).toBe(false);
    expect(read).toEqual({ name: 'people.csv', trouble });
  });
});
