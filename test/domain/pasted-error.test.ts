import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorLexicon } from '#src/catalogue/error-lexicon.ts';
import { PASTE_LIMIT } from '#src/domain/error-text.ts';
import { type PasteReading, readPaste } from '#src/domain/pasted-error.ts';

const read = (text: string): PasteReading => readPaste(text, errorLexicon());
/** `code oauthError permission`, as far as they are told. */
const seen = (text: string): readonly string[] =>
  read(text).errors.map(({ code, oauthError, permission, parameter, feature }) =>
    [code, oauthError, permission, parameter, feature].filter((each) => each !== null).join(' '),
  );

const GATE_408 = 'In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.';
const GATE_419 =
  'In order to call this API endpoint for another extension, user needs to have [ReadMessages] permission granted with extended scope';
const GATE_401 = 'In order to call this API endpoint, application needs to have [ReadCallLog] permission';

describe('one error', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'the nested code wins over an older word on top',
      JSON.stringify({
        errorCode: 'InsufficientPermissions',
        errors: [{ errorCode: 'CMN-401', permissionName: 'ReadCallLog' }],
      }),
      ['CMN-401 ReadCallLog'],
    ],
    [
      'the nested code wins over another code on top',
      '{"errorCode":"CMN-408","errors":[{"errorCode":"CMN-419","permissionsName":"ReadCallLog"}]}',
      ['CMN-419 ReadCallLog'],
    ],
    [
      'so it does where the text ends before the body does',
      '{"errorCode":"CMN-408","message":"x","errors":[{"errorCode":"CMN-419","permissionsName":"ReadCallLog"',
      ['CMN-419 ReadCallLog'],
    ],
    ['an older word alone', '{"errorCode":"TokenInvalid","message":"Token not found"}', ['OAU-213']],
    ['a sentence', GATE_408, ['CMN-408 Meetings']],
    [
      'a sentence over two lines, wrapped by hand',
      GATE_408.replace('permission for', 'permission \\\n    for'),
      ['CMN-408 Meetings'],
    ],
    [
      'the sentence of 2021, which ends earlier',
      'In order to call this API endpoint, user needs to have [Meetings] permission.',
      ['CMN-408 Meetings'],
    ],
    ['the sentence about another extension', GATE_419, ['CMN-419 ReadMessages']],
    ['the sentence about the app', GATE_401, ['CMN-401 ReadCallLog']],
    [
      'a sentence broken off inside the name',
      'In order to call this API endpoint, user needs to have [Mee',
      ['CMN-408'],
    ],
    ['brackets that a camera misread', 'user needs to have (Meetings} permission', ['CMN-408 Meetings']],
    ['a code that a camera misread', 'CMN–4O8', ['CMN-408']],
    ['a noted code', 'CMN-408 [Meetings]', ['CMN-408 Meetings']],
    ['a message without a code', 'Feature [RingOut] is not available for current extension', ['CMN-113 RingOut']],
    ['a message with a value without brackets', 'Login for Department extension is not allowed.', ['OAU-105']],
    ['a parameter', 'Parameter [extensionId] value is invalid', ['CMN-101 extensionId']],
    [
      'OAuth with a code of RingCentral inside',
      '{"error":"invalid_client","error_description":"[ThirdPartyAppAccess] permission required","errors":[{"errorCode":"CMN-408","message":"[ThirdPartyAppAccess] permission required"}]}',
      ['CMN-408 invalid_client ThirdPartyAppAccess'],
    ],
    ['OAuth alone', '{"error":"invalid_grant","error_description":"x"}', ['invalid_grant']],
    ['OAuth in an address', 'https://app.example/cb?error=access_denied&state=1', ['access_denied']],
    [
      'a body with escaped quotes in a string',
      'body was "{\\"errorCode\\":\\"CMN-401\\",\\"permissionName\\":\\"ReadCallLog\\"}"',
      ['CMN-401 ReadCallLog'],
    ],
    [
      'a body in a body in a body',
      JSON.stringify({
        a: JSON.stringify({ b: JSON.stringify({ errorCode: 'CMN-408', permissionName: 'Meetings' }) }),
      }),
      ['CMN-408 Meetings'],
    ],
    [
      'a body behind one that never ends',
      '{ "a": {"errorCode":"CMN-408","permissionName":"Meetings"}',
      ['CMN-408 Meetings'],
    ],
    ['a code of RingCentral that nobody documents', '{"errorCode":"MSG-304","message":"x"}', ['MSG-304']],
    [
      'HTML entities',
      '&quot;errorCode&quot;:&quot;CMN-408&quot;,&quot;permissionName&quot;:&quot;Meetings&quot;',
      ['CMN-408 Meetings'],
    ],
    [
      'colours of a terminal',
      '\u001b[31mCMN-408\u001b[0m: \u001b[1m[Meetings]\u001b[0m permission required',
      ['CMN-408 Meetings'],
    ],
  ])('%s', (_what, text, errors) => {
    expect(seen(text)).toEqual(errors);
  });

  it.each([
    ['hello world'],
    ['give bob Manager'],
    ['AADSTS50105: the user is not assigned'],
    ['ORD-408 was shipped'],
    ['{"uri":"https://platform.ringcentral.com/restapi/v1.0/account/1","id":1}'],
    [''],
  ])('none in: %s', (text) => {
    expect(seen(text)).toEqual([]);
  });
});

describe('several errors in one paste', () => {
  it('keeps each once, in order', () => {
    const body = (code: string, permissionName: string) =>
      JSON.stringify({ errorCode: code, errors: [{ errorCode: code, permissionName }], permissionName });
    const text = `first ${body('CMN-401', 'ReadCallLog')} then ${body('CMN-408', 'Meetings')} and again ${body('CMN-401', 'ReadCallLog')}`;
    expect(seen(text)).toEqual(['CMN-401 ReadCallLog', 'CMN-408 Meetings']);
  });

  it('tells two of one code apart by what they name', () => {
    expect(seen(`CMN-408: ${GATE_408}\nCMN-408: ${GATE_408.replace('Meetings', 'ReadUserRoles')}`)).toEqual([
      'CMN-408 Meetings',
      'CMN-408 ReadUserRoles',
    ]);
    expect(
      seen('{"errors":[{"errorCode":"CMN-101","parameterName":"a"},{"errorCode":"CMN-101","parameterName":"b"}]}'),
    ).toEqual(['CMN-101 a', 'CMN-101 b']);
  });

  it('counts what is beyond a readable number', () => {
    const many = Array.from(
      { length: 30 },
      (_, index) => `CMN-101 parameterName: p${'abcdefghijklmnopqrstuvwxyzABCD'[index]}`,
    ).join('\n');
    expect(read(many)).toMatchObject({ errors: { length: 8 }, more: 22 });
  });
});

describe('what stands around an error', () => {
  it('is the status, and the call without its ids', () => {
    const reading = read(
      'HTTP/1.1 403 Forbidden\nGET https://platform.ringcentral.com/restapi/v1.0/account/400100200/extension/22222222/call-log?view=Detailed CMN-408',
    );
    expect(reading).toMatchObject({
      status: 403,
      request: { method: 'GET', path: '/restapi/v1.0/account/~/extension/~/call-log' },
    });
  });

  it('is a web page in place of an answer', () => {
    expect(
      read('<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'),
    ).toMatchObject({ page: true, status: 502, errors: [] });
  });

  it('is a cut in the middle', () => {
    expect(read('{"errorCode":"CMN-408","message":"In order to').truncated).toBe(true);
    expect(read('user needs to have [Mee').truncated).toBe(true);
    expect(read('{"errorCode":"CMN-408"}').truncated).toBe(false);
  });

  it('is nothing at all where the call worked', () => {
    expect(read('HTTP/2 200\n\n{"records":[]}').success).toBe(true);
    expect(read('HTTP/2 403\n\n{"errors":[{"errorCode":"CMN-408"}]}').success).toBe(false);
  });
});

describe('hostile text', () => {
  const NASTY = fc.oneof(
    fc.constantFrom(
      '{',
      '[',
      '"',
      '\\"',
      "'",
      'errors":[',
      'errorCode":"',
      'CMN-408',
      '[Meetings]',
      'user needs to have ',
      '<html>',
      '\u0000',
      '\ud800',
      '${',
      'HTTP/1.1 403 ',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  it('is read without failing, and nothing but safe words comes out of it', () => {
    fc.assert(
      fc.property(fc.array(NASTY, { maxLength: 60 }), (pieces) => {
        const { errors, request } = read(pieces.join(''));
        for (const error of errors) {
          for (const word of Object.values(error)) if (word !== null) expect(word).toMatch(/^[A-Za-z][\w.[\]-]{0,59}$/);
        }
        if (request !== null) expect(request.path).toMatch(/^[/a-z0-9.~-]*$/);
      }),
    );
  });

  it.each([['eyJhbGciOiJIUzI1NiJ9'], ['Drop table; --'], ['a@b.example'], ['x'.repeat(200)], ['55512345678']])(
    'never takes %s for a name',
    (value) => {
      expect(read(JSON.stringify({ errorCode: 'CMN-408', permissionName: value })).errors).toEqual([
        expect.objectContaining({ code: 'CMN-408', permission: null }),
      ]);
    },
  );

  it.each<[string, string]>([
    ['brackets', '['.repeat(4_000_000)],
    ['objects', '{"'.repeat(2_000_000)],
    ['sentences', 'user needs to have '.repeat(200_000)],
    ['pages', `<html>${'<script'.repeat(500_000)}`],
    ['backslashes', '\\"'.repeat(2_000_000)],
  ])('of megabytes is read as far as its limit: %s', (_what, text) => {
    expect(text.length).toBeGreaterThan(PASTE_LIMIT);
    expect(seen(`${text} CMN-404`).at(-1)).toBe('CMN-404');
  });
});
