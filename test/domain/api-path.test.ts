import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCall, segmentsOf } from '#src/domain/api-path.ts';

const LOG = { method: 'GET', path: '/restapi/v1.0/account/~/call-log', query: {} };

describe('a call as people write it', () => {
  it.each([
    ['GET /restapi/v1.0/account/~/call-log'],
    ['try /v1.0/account/~/call-log.'],
    ['what do I need for get /account/~/call-log?'],
    ['GET https://platform.ringcentral.com/restapi/v1.0/account/~/call-log'],
    ['try <https://platform.ringcentral.com/restapi/v1.0/account/~/call-log|the log>'],
    ['`GET /account/~/call-log/`'],
  ])('is the same in: %s', (text) => {
    expect(readCall(text)).toEqual(LOG);
  });

  it('keeps a plain query', () => {
    expect(readCall('try GET /account/~/extension/~/authz-profile/check?permissionId=Meetings')).toMatchObject({
      query: { permissionId: 'Meetings' },
    });
  });
});

describe('what is no call of the API', () => {
  it.each([
    ['GET https://evil.example/restapi/v1.0/account/~', 'other-host'],
    ['GET http://platform.ringcentral.com/restapi/v1.0/account/~', 'other-host'],
    ['GET https://platform.ringcentral.com.evil.example/restapi', 'other-host'],
    ['GET https://platform.ringcentral.com:8443/restapi', 'other-host'],
    ['GET https://me@platform.ringcentral.com/restapi', 'encoding'],
    ['GET //evil.example/restapi', 'other-host'],
    ['GET file:///etc/passwd', 'other-host'],
    ['GET /restapi/v1.0/account/~/../../oauth/token', 'dots'],
    ['GET /restapi/v1.0/account/./call-log', 'dots'],
    ['GET /restapi/v1.0/account//call-log', 'dots'],
    ['GET /restapi/v1.0/account/%7e/call-log', 'encoding'],
    ['GET /restapi/v1.0/account/~%2f..%2foauth', 'encoding'],
    ['GET /restapi\\v1.0\\account', 'encoding'],
    ['GET /restapi/v1.0/account/~;x=1/call-log', 'encoding'],
    ['GET /restapi/v1.0/аccount/~', 'encoding'],
    ['GET /account/~/call-log?access_token=abc', 'query'],
    ['GET /account/~/call-log?_method=DELETE', 'query'],
    ['GET /account/~/call-log?page=1&page=2', 'query'],
    ['GET /account/~/call-log?view=a%20b', 'encoding'],
    ['GET /account/~/call-log#x', 'query'],
    ['GET /account/~/call-log?page=1?page=2', 'query'],
    ['does alice have Meetings', 'no-path'],
  ])('%s: %s', (text, trouble) => {
    expect(readCall(text)).toBe(trouble);
  });

  it('never gets through with anything but plain segments', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '~',
      'account',
      'call-log',
      '\\',
      '?',
      '&',
      '=',
      '#',
      '@',
      ':',
      'https://',
      'a',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const call = readCall(`GET /${pieces.join('')}`);
        if (typeof call === 'string') return;
        expect(call.path).toMatch(/^\/restapi(?:\/[A-Za-z0-9~._-]+)*$/);
        expect(call.path.split('/')).not.toContain('..');
        expect(call.path.split('/')).not.toContain('.');
      }),
    );
  });
});

describe('values of a path', () => {
  it('fill the places of its template, and only of its own', () => {
    const template = '/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log';
    expect(segmentsOf(template, '/restapi/v1.0/account/~/extension/12/call-log')).toEqual({
      accountId: '~',
      extensionId: '12',
    });
    expect(segmentsOf(template, '/restapi/v1.0/account/~/extension/12/active-calls')).toBeNull();
    expect(segmentsOf(template, '/restapi/v1.0/account/~')).toBeNull();
  });
});
