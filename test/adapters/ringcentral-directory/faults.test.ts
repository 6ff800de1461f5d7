import { describe, expect, it } from 'vitest';
import { faultOfAnswer, readErrorFacts, retryAfterMs } from '#src/adapters/ringcentral-directory/faults.ts';
import type { Answer } from '#src/adapters/ringcentral-directory/transport.ts';

const READ = { id: 'readUserRole', effect: 'read' } as const;
const WRITE = { id: 'updateUserAssignedRoles', effect: 'write' } as const;
const NOW = Date.UTC(2026, 0, 1);

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const all = new Headers({ 'content-type': 'application/json', ...headers });
  return { status, text: typeof body === 'string' ? body : JSON.stringify(body), header: (name) => all.get(name) };
}

function body(top: string, code: string, extra: Record<string, string> = {}) {
  return {
    errorCode: top,
    message: 'secret words',
    errors: [{ errorCode: code, message: 'secret words', ...extra }],
    ...extra,
  };
}

describe('an error answer becomes a fault', () => {
  const rows: [string, number, unknown, string, Record<string, unknown>][] = [
    [
      'app permission missing',
      403,
      body('InsufficientPermissions', 'CMN-401', { permissionName: 'RoleManagement' }),
      'directory-forbidden',
      { errorCode: 'CMN-401', missing: 'RoleManagement' },
    ],
    [
      'user permission missing',
      403,
      body('CMN-408', 'CMN-408', { permissionName: 'ReadCompanyCallLog' }),
      'directory-forbidden',
      { errorCode: 'CMN-408', missing: 'ReadCompanyCallLog' },
    ],
    [
      'user permission for oneself only (plural field)',
      403,
      body('CMN-419', 'CMN-419', { permissionsName: 'EditMessages' }),
      'directory-forbidden',
      { errorCode: 'CMN-419', missing: 'EditMessages' },
    ],
    ["another's profile", 403, body('CMN-404', 'CMN-404'), 'directory-forbidden', { errorCode: 'CMN-404' }],
    [
      'feature unavailable',
      403,
      body('FeatureNotAvailable', 'CMN-109'),
      'directory-forbidden',
      { errorCode: 'CMN-109' },
    ],
    ['a 403 without code', 403, {}, 'directory-forbidden', {}],
    [
      'resource unknown',
      404,
      body('CMN-102', 'CMN-102', { parameterName: 'roleId' }),
      'directory-not-found',
      { parameter: 'roleId' },
    ],
    ['resource unknown with 400', 400, body('CMN-102', 'CMN-102'), 'directory-not-found', {}],
    [
      'parameter invalid',
      400,
      body('InvalidParameter', 'CMN-101', { parameterName: 'targetExtensionId' }),
      'directory-rejected',
      { parameter: 'targetExtensionId' },
    ],
    ['parameter invalid with 403', 403, body('InvalidParameter', 'CMN-101'), 'directory-rejected', {}],
    [
      'body of the directory service, errors only',
      404,
      { errors: [{ errorCode: 'ADG-122', message: 'x' }] },
      'directory-not-found',
      { errorCode: 'ADG-122' },
    ],
    ['conflict', 409, body('X', 'CMN-406'), 'directory-rejected', {}],
    ['token unknown', 401, body('TokenInvalid', 'OAU-213'), 'directory-sign-in', { errorCode: 'OAU-213' }],
    ['gateway without header', 401, { errors: [{ errorCode: 'AGW-401' }] }, 'directory-sign-in', {}],
    ['too many calls', 429, body('CMN-301', 'CMN-301'), 'rate-limited', { retryAfterMs: 60_000 }],
    ['too many calls, no body', 429, '', 'rate-limited', { retryAfterMs: 60_000 }],
    ['limited mode by code', 503, body('CMN-211', 'CMN-211'), 'limited-mode', {}],
    ['limited mode by its old word', 503, { errorCode: 'MaintenanceMode' }, 'limited-mode', {}],
    ['service down', 503, body('CMN-201', 'CMN-201'), 'directory-unavailable', {}],
    ['broken inside', 500, '', 'directory-unavailable', { status: 500 }],
    ['a redirect', 302, '', 'directory-unavailable', { status: 302 }],
    [
      'the app unknown',
      400,
      { error: 'invalid_client', errors: [{ errorCode: 'OAU-153' }] },
      'directory-sign-in',
      { errorCode: 'OAU-153', oauthError: 'invalid_client' },
    ],
    [
      'grant type not allowed',
      400,
      { error: 'unauthorized_client', errors: [{ errorCode: 'OAU-251' }] },
      'directory-sign-in',
      { errorCode: 'OAU-251' },
    ],
    [
      'token endpoint error without codes',
      400,
      { error: 'invalid_grant' },
      'directory-sign-in',
      { errorCode: 'invalid_grant' },
    ],
    [
      'role without ThirdPartyAppAccess',
      400,
      {
        error: 'invalid_client',
        error_description: '[ThirdPartyAppAccess] permission required',
        errors: [{ errorCode: 'CMN-408', message: '[ThirdPartyAppAccess] permission required' }],
      },
      'directory-sign-in',
      { errorCode: 'CMN-408', missing: 'ThirdPartyAppAccess' },
    ],
    ['token endpoint down', 503, { error: 'temporarily_unavailable' }, 'directory-unavailable', {}],
  ];
  it.each(rows)('%s', (_case, status, errorBody, code, data) => {
    const fault = faultOfAnswer(READ, answer(status, errorBody), NOW);
    expect(fault.code).toBe(code);
    expect(fault.data).toMatchObject({ operation: 'readUserRole', status, ...data });
  });

  it('reads the inner code before the word at the top', () => {
    expect(readErrorFacts(JSON.stringify(body('InsufficientPermissions', 'CMN-401'))).errorCode).toBe('CMN-401');
    expect(readErrorFacts('{"errorCode":"CMN-301"}').errorCode).toBe('CMN-301');
  });

  it('takes a web page for something between us and RingCentral, whatever its status', () => {
    for (const status of [200, 401, 403, 404, 502]) {
      const page = answer(status, '<!doctype html><title>Proxy</title>', { 'content-type': 'text/html' });
      expect(faultOfAnswer(READ, page, NOW)).toMatchObject({ code: 'directory-unavailable', data: { page: true } });
    }
  });

  it('says of a failed write whether it may have happened', () => {
    const unknown = [answer(500, ''), answer(502, '<html>', { 'content-type': 'text/html' }), answer(504, '')];
    for (const each of unknown) expect(faultOfAnswer(WRITE, each, NOW).data.effectUnknown).toBe(true);
    const refused = [
      answer(403, {}),
      answer(400, {}),
      answer(429, ''),
      answer(503, body('x', 'CMN-211')),
      answer(401, {}),
    ];
    for (const each of refused) expect(faultOfAnswer(WRITE, each, NOW).data.effectUnknown).toBeUndefined();
    expect(faultOfAnswer(READ, answer(500, ''), NOW).data.effectUnknown).toBeUndefined();
  });

  it('repeats neither words of the body nor codes that are no codes', () => {
    const odd = body('secret words', 'not a code <b>', { permissionName: 'x'.repeat(500) });
    const fault = faultOfAnswer(READ, answer(403, odd, { rcrequestid: 'bad id\u00a0' }), NOW);
    expect(JSON.stringify([fault.message, fault.data])).not.toMatch(/secret|not a code|xxxx|bad id/);
  });

  it('carries the id of the failed request', () => {
    expect(faultOfAnswer(READ, answer(500, '', { RCRequestId: 'abc-123' }), NOW).data.requestId).toBe('abc-123');
    expect(faultOfAnswer(READ, answer(500, '', { 'X-Request-Id': 'def-456' }), NOW).data.requestId).toBe('def-456');
  });
});

describe('the time to wait', () => {
  it.each([
    ['60', 60_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['99999999', 3_600_000],
    [new Date(NOW + 30_000).toUTCString(), 30_000],
    ['soon', null],
    ['', null],
  ])('is read from %j', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});
