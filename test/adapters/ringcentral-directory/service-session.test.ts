import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { roleId } from '#src/domain/ids.ts';
import { api, directories, faultOf, HASTY, memoryLog, SERVER, signsIn, tokenBody, V1 } from './kit.ts';

const ROLE = { id: '7', displayName: 'Manager', permissions: [] };
const SEVEN = roleId('7');
/** Without further tries, which would hide a call too many. */
const ONCE = { delaysMs: [], withinMs: 0 };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

/** The machine's time, moved forward by hand; the SDK must not look at its own clock. */
function shiftedClock() {
  let shift = 0;
  return {
    clock: { now: () => Date.now() + shift },
    forward: (ms: number) => {
      shift += ms;
    },
  };
}

function roleAnswers(token: string, times = 1) {
  api(token).get(`${V1}/account/~/user-role/7`).times(times).reply(200, ROLE);
}

function refusesToken(token: string, code = 'OAU-213', times = 1) {
  api(token)
    .get(`${V1}/account/~/user-role/7`)
    .times(times)
    .reply(401, { errorCode: 'TokenInvalid', errors: [{ errorCode: code }] });
}

describe('the session of the service account', () => {
  it('signs in once for many askers at the same time', async () => {
    signsIn('one');
    roleAnswers('one', 6);
    const { service } = directories();
    await Promise.all(Array.from({ length: 6 }, () => service.readRole(SEVEN)));
  });

  it('reads the answer of the token endpoint once, and demands neither session_id nor owner_id', async () => {
    signsIn('one', 1, { session_id: undefined, owner_id: undefined, expires_in: '3600' });
    roleAnswers('one');
    api('one').get(`${V1}/account/~/extension/~`).reply(200, { id: 62100 });
    const { service } = directories();
    await service.readRole(SEVEN);
    expect(await service.owner()).toBe('62100');
  });

  it('tells whom the token belongs to and what the app may do, without a further call', async () => {
    signsIn('one', 1, { scope: 'EditAccounts RoleManagement' });
    const { service } = directories();
    expect(await service.owner()).toBe('62100');
    expect([...(await service.appPermissions())].sort()).toEqual([
      'EditAccounts',
      'EditExtensions',
      'ReadAccounts',
      'RoleManagement',
    ]);
  });

  it('signs in again by JWT when the token runs out without a refresh token', async () => {
    const { clock, forward } = shiftedClock();
    const { service } = directories({ clock });
    signsIn('one');
    roleAnswers('one');
    await service.readRole(SEVEN);
    forward(3_541_000);
    signsIn('two');
    roleAnswers('two');
    await service.readRole(SEVEN);
  });

  it('signs in again by JWT when the API says that the token was revoked', async () => {
    const { service } = directories();
    signsIn('one');
    refusesToken('one');
    signsIn('two');
    roleAnswers('two');
    await service.readRole(SEVEN);
  });

  it('renews once when several calls are refused at the same time', async () => {
    const { service } = directories({ retries: ONCE });
    signsIn('one');
    refusesToken('one', 'OAU-213', 3);
    nock(SERVER).post('/restapi/oauth/token').delay(60).reply(200, tokenBody('two'));
    roleAnswers('two', 3);
    await Promise.all([service.readRole(SEVEN), service.readRole(SEVEN), service.readRole(SEVEN)]);
  });

  it('sends nothing more with a refused token while the next one is on its way', async () => {
    const { service } = directories({ retries: ONCE });
    signsIn('one');
    refusesToken('one');
    let late: Promise<unknown> = Promise.resolve();
    nock(SERVER)
      .post('/restapi/oauth/token')
      .reply(200, () => {
        late = service.readRole(SEVEN);
        return tokenBody('two');
      });
    roleAnswers('two', 2);
    await service.readRole(SEVEN);
    await late;
  });

  it('does not renew again for a refusal that comes late and means the old token', async () => {
    const { service } = directories({ retries: ONCE });
    signsIn('one');
    refusesToken('one');
    api('one')
      .get(`${V1}/account/~/user-role/8`)
      .delay(150)
      .reply(401, { errors: [{ errorCode: 'OAU-213' }] });
    signsIn('two');
    roleAnswers('two');
    api('two')
      .get(`${V1}/account/~/user-role/8`)
      .reply(200, { ...ROLE, id: '8' });
    await Promise.all([service.readRole(roleId('8')), service.readRole(SEVEN)]);
  });

  it('says so when a fresh token is refused too, and does not try a third', async () => {
    const { service } = directories();
    signsIn('one');
    refusesToken('one');
    signsIn('two');
    refusesToken('two');
    expect(await faultOf(service.readRole(SEVEN))).toMatchObject({
      code: 'directory-sign-in',
      data: { errorCode: 'OAU-213', status: 401 },
    });
  });

  it('uses a token that lives for seconds for more than one call', async () => {
    const { service } = directories({ retries: ONCE });
    signsIn('one', 1, { expires_in: 30 });
    roleAnswers('one', 2);
    await service.readRole(SEVEN);
    await service.readRole(SEVEN);
  });

  it('uses a refresh token where there is one, without asking for a lifetime', async () => {
    const { clock, forward } = shiftedClock();
    const { service } = directories({ clock });
    signsIn('one', 1, { refresh_token: 'r-one', refresh_token_expires_in: 604_800 });
    roleAnswers('one');
    await service.readRole(SEVEN);
    forward(3_600_000);
    nock(SERVER)
      .post('/restapi/oauth/token', { grant_type: 'refresh_token', refresh_token: 'r-one' })
      .reply(200, tokenBody('two', { owner_id: undefined }));
    roleAnswers('two');
    await service.readRole(SEVEN);
    expect(await service.owner()).toBe('62100');
  });

  it('falls back to the JWT when the refresh token is dead', async () => {
    const { clock, forward } = shiftedClock();
    const { service } = directories({ clock });
    signsIn('one', 1, { refresh_token: 'r-one', refresh_token_expires_in: 604_800 });
    roleAnswers('one');
    await service.readRole(SEVEN);
    forward(3_600_000);
    nock(SERVER)
      .post('/restapi/oauth/token', (body) => body.refresh_token === 'r-one')
      .reply(400, { error: 'invalid_grant', errors: [{ errorCode: 'OAU-210' }] });
    signsIn('two');
    roleAnswers('two');
    await service.readRole(SEVEN);
  });

  it('keeps the refresh token while the network fails', async () => {
    const { clock, forward } = shiftedClock();
    const { service } = directories({ clock, retries: ONCE });
    signsIn('one', 1, { refresh_token: 'r-one', refresh_token_expires_in: 604_800 });
    roleAnswers('one');
    await service.readRole(SEVEN);
    forward(3_600_000);
    nock(SERVER)
      .post('/restapi/oauth/token')
      .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    expect((await faultOf(service.readRole(SEVEN))).code).toBe('directory-unavailable');
    nock(SERVER)
      .post('/restapi/oauth/token', (body) => body.refresh_token === 'r-one')
      .reply(200, tokenBody('two'));
    roleAnswers('two');
    await service.readRole(SEVEN);
  });

  it('does not spend a refresh token that has run out', async () => {
    const { clock, forward } = shiftedClock();
    const { service } = directories({ clock });
    signsIn('one', 1, { refresh_token: 'r-one', refresh_token_expires_in: 3_000 });
    roleAnswers('one');
    await service.readRole(SEVEN);
    forward(3_600_000);
    signsIn('two');
    roleAnswers('two');
    await service.readRole(SEVEN);
  });

  const refusals: [string, number, object, object][] = [
    [
      'wrong credentials',
      401,
      { error: 'invalid_client', errors: [{ errorCode: 'OAU-146' }] },
      { errorCode: 'OAU-146' },
    ],
    [
      'a role that keeps third-party apps out',
      400,
      {
        error: 'invalid_client',
        errors: [{ errorCode: 'CMN-408', message: '[ThirdPartyAppAccess] permission required' }],
      },
      { errorCode: 'CMN-408', missing: 'ThirdPartyAppAccess' },
    ],
    ['a JWT that is no longer valid', 400, { error: 'invalid_grant' }, { errorCode: 'invalid_grant' }],
  ];
  it.each(refusals)(
    'tells of %s, with one request, and rests before the next try',
    async (_case, status, body, data) => {
      const { clock, forward } = shiftedClock();
      const { service } = directories({ clock });
      nock(SERVER).post('/restapi/oauth/token').reply(status, body);
      for (let ask = 0; ask < 3; ask += 1) {
        expect(await faultOf(service.readRole(SEVEN))).toMatchObject({ code: 'directory-sign-in', data });
      }
      forward(16_000);
      signsIn('one');
      roleAnswers('one');
      await service.readRole(SEVEN);
    },
  );

  it('never asks for more tokens than the Auth budget allows', async () => {
    const { service } = directories();
    nock(SERVER).post('/restapi/oauth/token').times(5).reply(200, {});
    const codes: string[] = [];
    for (let ask = 0; ask < 8; ask += 1) codes.push((await faultOf(service.readRole(SEVEN))).code);
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('directory-unreadable'));
    expect(codes.slice(5)).toEqual(Array(3).fill('rate-limited'));
  });

  it('tells of a token endpoint that answers something unreadable', async () => {
    nock(SERVER).post('/restapi/oauth/token').reply(200, { token_type: 'bearer' });
    expect((await faultOf(directories().service.readRole(SEVEN))).code).toBe('directory-unreadable');
  });

  it('tries again when the token endpoint fails for a moment', async () => {
    nock(SERVER).post('/restapi/oauth/token').reply(503, '');
    signsIn('one');
    roleAnswers('one');
    await directories().service.readRole(SEVEN);
  });

  it('stops asking for tokens after a 429 there', async () => {
    nock(SERVER).post('/restapi/oauth/token').reply(429, '', { 'Retry-After': '60', 'X-Rate-Limit-Limit': '5' });
    const { service } = directories();
    expect(await faultOf(service.readRole(SEVEN))).toMatchObject({ code: 'rate-limited' });
    expect(await faultOf(service.readRole(SEVEN))).toMatchObject({ code: 'rate-limited' });
  });

  it('lets one asker leave without ending the sign-in for the others', async () => {
    nock(SERVER).post('/restapi/oauth/token').delay(50).reply(200, tokenBody('one'));
    roleAnswers('one');
    const stop = new AbortController();
    const { service } = directories({ timers: HASTY });
    const left = faultOf(service.readRole(SEVEN, { signal: stop.signal }));
    const stays = service.readRole(SEVEN);
    stop.abort();
    expect((await left).code).toBe('aborted');
    expect((await stays).displayName).toBe('Manager');
  });

  it('keeps every secret out of faults and log', async () => {
    const { log, lines } = memoryLog();
    const { service } = directories({ log });
    signsIn('one');
    refusesToken('one');
    nock(SERVER)
      .post('/restapi/oauth/token')
      .reply(400, { error: 'invalid_grant', error_description: 'jwt-secret-value' });
    const fault = await faultOf(service.readRole(SEVEN));
    const said = JSON.stringify([fault.message, fault.data, fault.stack, String(fault.cause), lines]);
    expect(said).not.toMatch(/jwt-secret-value|app-secret-value|access-one/);
  });
});
