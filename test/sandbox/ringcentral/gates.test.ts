import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench } from './support.ts';

const b = bench();

type Row = [who: string, method: string, path: string, status: number, code: string | null, permission: string | null];

/** `{102}` stands for the internal id of extension 102. */
const ROWS: Row[] = [
  ['101', 'GET', '/extension/~/meeting', 403, 'CMN-408', 'Meetings'],
  ['102', 'GET', '/extension/~/meeting', 200, null, null],
  ['102', 'GET', '/extension/{101}/meeting', 403, 'CMN-419', 'Meetings'],
  ['101', 'GET', '/extension/~/call-log', 403, 'CMN-408', 'ReadCallLog'],
  ['102', 'GET', '/extension/~/call-log', 200, null, null],
  ['102', 'GET', '/extension/{101}/call-log', 403, 'CMN-419', 'ReadCallLog'],
  ['104', 'GET', '/extension/{101}/call-log', 200, null, null],
  ['102', 'GET', '/call-log', 403, 'CMN-408', 'ReadCompanyCallLog'],
  ['106', 'GET', '/call-log', 200, null, null],
  ['107', 'GET', '/active-calls', 200, null, null],
  ['101', 'GET', '/assigned-role', 403, 'CMN-419', 'ReadAssignedRoles'],
  ['103', 'GET', '/assigned-role', 200, null, null],
  ['101', 'GET', '/extension/~/assigned-role', 200, null, null],
  ['101', 'GET', '/extension/{102}/assigned-role', 403, 'CMN-419', 'ReadAssignedRoles'],
  ['101', 'GET', '/user-role', 403, 'CMN-408', 'ReadUserRoles'],
  ['103', 'GET', '/user-role', 200, null, null],
  ['103', 'GET', '/user-role/default', 403, 'CMN-408', 'Roles'],
  ['100', 'GET', '/user-role/default', 200, null, null],
  ['101', 'GET', '/extension', 200, null, null],
  ['101', 'GET', '/extension/{102}', 200, null, null],
  ['101', 'GET', '', 200, null, null],
  ['103', 'PUT', '/extension/{102}/assigned-role', 200, null, null],
  ['106', 'PUT', '/extension/{102}/assigned-role', 403, 'CMN-408', 'EditAssignedRoles'],
  ['103', 'POST', '/user-role/7/bulk-assign', 403, 'CMN-408', 'EditUserRoles'],
  ['103', 'POST', '/user-role', 403, 'CMN-408', 'EditUserRoles'],
  ['103', 'PUT', '/extension/{102}/assigned-role/default', 200, null, null],
  ['114', 'PUT', '/extension/{102}/assigned-role/default', 403, 'CMN-408', 'Users'],
  ['101', 'GET', '/extension/{102}/authz-profile', 403, 'CMN-404', null],
  ['104', 'GET', '/extension/{102}/authz-profile/check?permissionId=Meetings', 403, 'CMN-404', null],
];

const BODIES: Readonly<Record<string, unknown>> = {
  PUT: { records: [{ id: '7' }] },
  POST: { displayName: 'X', addedExtensionIds: [], removedExtensionIds: [] },
};

function at(path: string): string {
  return ACCOUNT + path.replace(/\{(\d+)\}/g, (_, number: string) => b.id(number));
}

describe('the second gate: the user permission', () => {
  it.each(ROWS)('%s %s %s answers %i %s %s', async (who, method, path, status, code, permission) => {
    const { json, ...answer } = await b.call(who, method, at(path), BODIES[method]);
    expect(answer.status).toBe(status);
    if (code === null) return;
    const field = code === 'CMN-419' ? 'permissionsName' : 'permissionName';
    const named = permission === null ? {} : { [field]: permission };
    expect(json).toMatchObject({ errorCode: code, errors: [{ errorCode: code, ...named }], ...named });
  });

  it('spells the refusal for Meetings exactly as RingCentral does', async () => {
    const message =
      'In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.';
    expect((await b.call('101', 'GET', at('/extension/~/meeting'))).json).toEqual({
      errorCode: 'CMN-408',
      message,
      errors: [{ errorCode: 'CMN-408', message, permissionName: 'Meetings' }],
      permissionName: 'Meetings',
    });
  });

  it('computes permissions for each call: a new role counts at once, with the same token', async () => {
    expect((await b.call('101', 'GET', at('/extension/~/meeting'))).status).toBe(403);
    await b.call('104', 'PUT', at('/extension/{101}/assigned-role'), { records: [{ id: '600004' }] });
    expect((await b.call('101', 'GET', at('/extension/~/meeting'))).status).toBe(200);
  });
});

describe('the first gate: the app permission', () => {
  it.each([
    ['GET', '', ['ReadCallLog'], 'ReadAccounts'],
    ['GET', '/user-role/default', ['ReadAccounts'], 'RoleManagement'],
    ['GET', '/call-log', ['ReadAccounts'], 'ReadCallLog'],
    ['GET', '/extension/~/meeting', ['ReadAccounts'], 'Meetings'],
  ])('%s %s with %j lacks %s', async (method, path, scopes, permissionName) => {
    const { token } = await b.control('POST', '/tokens', { ext: '104', scopes });
    expect((await b.callWith(token, method, at(path))).json).toMatchObject({
      errorCode: 'InsufficientPermissions',
      permissionName,
      errors: [{ errorCode: 'CMN-401', permissionName }],
    });
  });

  it('counts what an app permission includes', async () => {
    const { token } = await b.control('POST', '/tokens', { ext: '104', scopes: ['Accounts', 'ReadCallRecording'] });
    expect((await b.callWith(token, 'GET', at(''))).status).toBe(200);
    expect((await b.callWith(token, 'GET', at('/call-log'))).status).toBe(200);
  });

  it('comes before the second gate, and needs no scope for dictionaries', async () => {
    const { token } = await b.control('POST', '/tokens', { ext: '101', scopes: [] });
    expect((await b.callWith(token, 'GET', at('/user-role'))).json.errors[0].errorCode).toBe('CMN-401');
    expect((await b.callWith(token, 'GET', '/restapi/v1.0/dictionary/permission/Meetings')).status).toBe(200);
  });
});

describe('reach', () => {
  const check = async (who: string, permissionId: string, of: string) => {
    const query = new URLSearchParams({ permissionId, targetExtensionId: b.id(of) });
    return (await b.call(who, 'GET', at(`/extension/~/authz-profile/check?${query}`))).json.successful;
  };

  it.each([
    ['Self', '104', 'BusinessSms', '104', true],
    ['Self', '104', 'BusinessSms', '102', false],
    ['AllExtensions', '103', 'EditAssignedRoles', '126', true],
    ['UserExtensions', '103', 'Users', '102', true],
    ['UserExtensions', '103', 'Users', '126', false],
    ['NonUserExtensions', '114', 'Groups', '126', true],
    ['NonUserExtensions', '114', 'Groups', '102', false],
    ['NonUserExtensions', '114', 'Groups', '114', false],
    ['Account', '102', 'ReadExtensions', '126', true],
    ['Federation', '102', 'ReadPresenceStatus', '101', true],
  ])('%s: %s with %s over %s: %s', async (_, who, permissionId, of, successful) => {
    expect(await check(who, permissionId, of)).toBe(successful);
  });
});

describe('recordings', () => {
  async function recordingOf(number: string): Promise<string> {
    const log = await b.call('104', 'GET', at(`/call-log?extensionNumber=${number}&recordingType=All`));
    return log.json.records[0].recording.id;
  }

  it.each([
    ['102', '102', 200, null],
    ['102', '109', 403, 'CMN-419'],
    ['106', '109', 200, null],
    ['119', '109', 200, null],
    ['101', '109', 403, 'CMN-408'],
  ])('%s fetches a recording of %s: %i %s', async (who, of, status, code) => {
    const path = at(`/recording/${await recordingOf(of)}`);
    const answer = await b.call(who, 'GET', path);
    expect([answer.status, answer.json.errors?.[0].errorCode ?? null]).toEqual([status, code]);
    const content = await b.call(who, 'GET', `${path}/content`);
    expect(content.status).toBe(status);
    if (status === 200) expect(content.headers.get('content-type')).toBe('audio/wav');
  });
});

describe('tokens that do not count', () => {
  it.each([
    [null, 401, 'AGW-401', 'AGW-401'],
    ['Basic abc', 401, 'AGW-402', 'AGW-402'],
    ['Bearer nobody', 401, 'OAU-213', 'TokenInvalid'],
  ])('%s answers %i %s', async (header, status, code, top) => {
    const headers: Record<string, string> = header === null ? {} : { Authorization: header };
    const response = await fetch(b.sandbox.serverUrl + ACCOUNT, { headers });
    const json = (await response.json()) as { errorCode: string; errors: { errorCode: string }[] };
    expect([response.status, json.errors[0]?.errorCode, json.errorCode]).toEqual([status, code, top]);
  });

  it('says that a token has expired', async () => {
    await b.control('POST', '/clock', { advanceMs: 24 * 3_600_000 });
    expect((await b.call('104', 'GET', ACCOUNT)).json.errors[0].errorCode).toBe('OAU-128');
  });

  it('takes a token from the query as well', async () => {
    const path = `${ACCOUNT}?access_token=${b.sandbox.tokens['104']}`;
    expect((await b.call(null, 'GET', path)).status).toBe(200);
  });

  it('ends the tokens of a person who is disabled', async () => {
    await b.control('PATCH', '/portal/person/102', { status: 'Disabled' });
    expect((await b.call('102', 'GET', ACCOUNT)).json.errorCode).toBe('TokenInvalid');
  });
});
