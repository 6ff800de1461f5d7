import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { permissionId, roleId } from '#src/domain/ids.ts';
import {
  ALICE,
  api,
  DAVE,
  directories,
  faultOf,
  memoryLog,
  memoryVault,
  SERVER,
  signsIn,
  storedToken,
  tokenBody,
  V1,
} from './kit.ts';

const ROLE = { id: '7', displayName: 'Manager', permissions: [] };
const SEVEN = roleId('7');
const OVER = { expiresAt: Date.now() - 1 };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

function roleAnswers(token: string, times = 1) {
  api(token).get(`${V1}/account/~/user-role/7`).times(times).reply(200, ROLE);
}

function refusesToken(token: string, body: object = { errors: [{ errorCode: 'OAU-213' }] }) {
  api(token).get(`${V1}/account/~/user-role/7`).reply(401, body);
}

function refreshes(from: string, to: string, over: Record<string, unknown> = {}) {
  const body = { grant_type: 'refresh_token', refresh_token: `refresh-${from}` };
  const next = { owner_id: DAVE, refresh_token: `refresh-${to}`, refresh_token_expires_in: 604_800, ...over };
  return nock(SERVER).post('/restapi/oauth/token', body).reply(200, tokenBody(to, next));
}

function refusesRefresh(from: string, body: object = { error: 'invalid_grant', errors: [{ errorCode: 'OAU-210' }] }) {
  return nock(SERVER)
    .post('/restapi/oauth/token', (sent) => sent.refresh_token === `refresh-${from}`)
    .reply(400, body);
}

async function personal(vault: ReturnType<typeof memoryVault>, log = memoryLog().log) {
  const all = directories({ tokenVault: vault, log });
  const directory = await all.as(DAVE);
  if (!directory) throw new Error('expected a directory');
  return { all, directory };
}

describe('a person with a token of their own', () => {
  it('speaks with it, and a person without one has no directory', async () => {
    const { all, directory } = await personal(memoryVault({ [DAVE]: storedToken('dave') }));
    roleAnswers('dave');
    await directory.readRole(SEVEN);
    expect(await all.as(ALICE)).toBeNull();
  });

  it('never speaks with the token of the service account, nor the other way round', async () => {
    const { all, directory } = await personal(memoryVault({ [DAVE]: storedToken('dave') }));
    signsIn('service');
    roleAnswers('service');
    roleAnswers('dave');
    await all.service.readRole(SEVEN);
    await directory.readRole(SEVEN);
  });

  it('tells its owner and app permissions without a call', async () => {
    const { directory } = await personal(memoryVault({ [DAVE]: storedToken('dave', { scope: 'ReadCallRecording' }) }));
    expect(await directory.owner()).toBe(DAVE);
    expect([...(await directory.appPermissions())].sort()).toEqual(['ReadCallLog', 'ReadCallRecording']);
  });

  it('renews once for many askers, and stores the next token', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    refreshes('dave', 'next');
    roleAnswers('next', 4);
    const all = directories({ tokenVault: vault });
    const found = await Promise.all([all.as(DAVE), all.as(DAVE), all.as(DAVE), all.as(DAVE)]);
    await Promise.all(found.map((directory) => directory?.readRole(SEVEN)));
    expect(vault.done).toEqual([`save ${DAVE} access-next`]);
    expect(vault.tokens.get(DAVE)).toMatchObject({ refreshToken: 'refresh-next' });
  });

  it('keeps the refresh token when the answer brings no new one', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    refreshes('dave', 'next', { refresh_token: undefined });
    await personal(vault);
    expect(vault.tokens.get(DAVE)).toMatchObject({ accessToken: 'access-next', refreshToken: 'refresh-dave' });
  });

  it('renews when the API refuses the token in the middle', async () => {
    const { directory } = await personal(memoryVault({ [DAVE]: storedToken('dave') }));
    refusesToken('dave');
    refreshes('dave', 'next');
    roleAnswers('next');
    await directory.readRole(SEVEN);
  });

  it('drops a token that is over, and has no directory then', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', { ...OVER, refreshToken: null }) });
    const { log, lines } = memoryLog();
    expect(await directories({ tokenVault: vault, log }).as(DAVE)).toBeNull();
    expect(vault.done).toEqual([`drop ${DAVE}`]);
    expect(lines.map((line) => line.message)).toContain('a person has to sign in again');
  });

  it('drops a token whose refresh token has run out, without asking', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', { ...OVER, refreshExpiresAt: Date.now() - 1 }) });
    expect(await directories({ tokenVault: vault }).as(DAVE)).toBeNull();
    expect(vault.done).toEqual([`drop ${DAVE}`]);
  });

  it('drops a token whose refresh token is refused', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    refusesRefresh('dave');
    expect(await directories({ tokenVault: vault }).as(DAVE)).toBeNull();
    expect(vault.done).toEqual([`drop ${DAVE}`]);
  });

  it('tells so in the middle of a call', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all, directory } = await personal(vault);
    refusesToken('dave');
    refusesRefresh('dave');
    expect((await faultOf(directory.readRole(SEVEN))).code).toBe('directory-sign-in');
    expect((await faultOf(directory.readRole(SEVEN))).code).toBe('directory-sign-in');
    expect(await all.as(DAVE)).toBeNull();
    expect(vault.done).toEqual([`drop ${DAVE}`]);
  });

  it('keeps a token that was refused for a reason of the app', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    refusesRefresh('dave', { error: 'invalid_client', errors: [{ errorCode: 'OAU-153' }] });
    expect((await faultOf(directories({ tokenVault: vault }).as(DAVE))).code).toBe('directory-sign-in');
    expect(vault.done).toEqual([]);
  });

  it('keeps a token while RingCentral does not answer', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    nock(SERVER).post('/restapi/oauth/token').reply(503, '');
    expect((await faultOf(directories({ tokenVault: vault }).as(DAVE))).code).toBe('directory-unavailable');
    expect(vault.done).toEqual([]);
  });

  it('keeps a token without refresh token when a gateway says 401 without naming the token', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', { refreshToken: null }) });
    const { directory } = await personal(vault);
    refusesToken('dave', { errors: [{ errorCode: 'AGW-401' }] });
    expect((await faultOf(directory.readRole(SEVEN))).code).toBe('directory-sign-in');
    expect(vault.done).toEqual([]);
  });

  it('uses the newer token that another process stored, instead of dropping it', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { directory } = await personal(vault);
    refusesToken('dave');
    vault.tokens.set(DAVE, storedToken('elsewhere'));
    roleAnswers('elsewhere');
    await directory.readRole(SEVEN);
    expect(vault.done).toEqual([]);
  });

  it('uses the newer token even when it was stored while the refresh was refused', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    nock(SERVER)
      .post('/restapi/oauth/token')
      .reply(400, () => {
        vault.tokens.set(DAVE, storedToken('elsewhere'));
        return { error: 'invalid_grant' };
      });
    roleAnswers('elsewhere');
    const { directory } = await personal(vault);
    await directory.readRole(SEVEN);
    expect(vault.done).toEqual([]);
  });

  it('works with the token of a new link at once', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all } = await personal(vault);
    vault.tokens.set(DAVE, storedToken('relinked'));
    roleAnswers('relinked');
    await (await all.as(DAVE))?.readRole(SEVEN);
  });

  it('has no directory once the link is dropped elsewhere', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all } = await personal(vault);
    vault.tokens.delete(DAVE);
    expect(await all.as(DAVE)).toBeNull();
  });

  it('goes on in memory when the next token cannot be stored', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { log, lines } = memoryLog();
    const { directory } = await personal(vault, log);
    refusesToken('dave');
    nock(SERVER)
      .post('/restapi/oauth/token')
      .reply(200, () => {
        vault.load = vault.save = async () => {
          throw new Error('disk full');
        };
        return tokenBody('next', { owner_id: DAVE });
      });
    roleAnswers('next', 2);
    await directory.readRole(SEVEN);
    await directory.readRole(SEVEN);
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(1);
  });

  it('refuses a stored token that turns out to be of somebody else', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    refreshes('dave', 'next', { owner_id: ALICE });
    expect(await directories({ tokenVault: vault }).as(DAVE)).toBeNull();
    expect(vault.done).toEqual([`drop ${DAVE}`]);
  });

  it("refuses rights that were answered for somebody else's profile", async () => {
    const { directory } = await personal(memoryVault({ [DAVE]: storedToken('dave') }));
    const uri = `https://x/restapi/v1.0/account/4001/extension/${ALICE}/authz-profile`;
    api('dave')
      .get(`${V1}/account/~/extension/~/authz-profile/check`)
      .query(true)
      .reply(200, { uri: `${uri}/check`, successful: true });
    api('dave').get(`${V1}/account/~/extension/~/authz-profile`).reply(200, { uri, permissions: [] });
    const checked = await faultOf(directory.checkOwnPermission(permissionId('Users'), null));
    expect(checked.code).toBe('directory-sign-in');
    expect((await faultOf(directory.readOwnProfile())).code).toBe('directory-sign-in');
  });

  it('ends the session at RingCentral when the link ends', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all, directory } = await personal(vault);
    nock(SERVER).post('/restapi/oauth/revoke', { token: 'access-dave' }).reply(200, '');
    await all.revoke(DAVE);
    expect(vault.done).toEqual([`drop ${DAVE}`]);
    expect(await all.as(DAVE)).toBeNull();
    expect((await faultOf(directory.readRole(SEVEN))).code).toBe('directory-sign-in');
  });

  it('does not bring a link back that ended while its token was renewed', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave', OVER) });
    nock(SERVER)
      .post('/restapi/oauth/token')
      .reply(200, () => {
        vault.tokens.delete(DAVE);
        return tokenBody('next', { owner_id: DAVE });
      });
    nock(SERVER).post('/restapi/oauth/revoke', { token: 'access-next' }).reply(200, '');
    expect(await directories({ tokenVault: vault }).as(DAVE)).toBeNull();
    expect(vault.tokens.size).toBe(0);
  });

  it('lets nobody speak for a person whose link was dropped elsewhere', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all, directory } = await personal(vault);
    vault.tokens.delete(DAVE);
    expect(await all.as(DAVE)).toBeNull();
    expect((await faultOf(directory.readRole(SEVEN))).code).toBe('directory-sign-in');
  });

  it('drops the token here even when RingCentral does not answer', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const { all } = await personal(vault);
    nock(SERVER).post('/restapi/oauth/revoke').reply(503, '');
    expect((await faultOf(all.revoke(DAVE))).code).toBe('directory-unavailable');
    expect(vault.done).toEqual([`drop ${DAVE}`]);
  });

  it('shares the call budget with the service account when it is the same person', async () => {
    const vault = memoryVault({ [DAVE]: storedToken('dave') });
    const retries = { delaysMs: [], withinMs: 0 };
    const all = directories({ tokenVault: vault, limits: { limits: { Light: 1 } }, retries });
    signsIn('service', 1, { owner_id: DAVE });
    roleAnswers('service');
    await all.service.readRole(SEVEN);
    const own = await all.as(DAVE);
    expect((await faultOf(own?.readRole(SEVEN) ?? Promise.resolve())).code).toBe('rate-limited');
  });
});
