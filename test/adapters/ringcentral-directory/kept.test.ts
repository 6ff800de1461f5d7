import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openKept, type RingCentralDirectories } from '#src/adapters/ringcentral-directory/index.ts';
import { permissionId, roleId } from '#src/domain/ids.ts';
import { api, directories, faultOf, memoryKeepsakes, memoryLog, SERVER, signsIn, tokenBody, V1 } from './kit.ts';

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});
afterAll(() => nock.enableNetConnect());

const CREDENTIALS = {
  serverUrl: SERVER,
  clientId: 'the-app',
  clientSecret: 'app-secret-value',
  jwt: 'jwt-secret-value',
};
const ACCOUNT = { id: 4001, mainNumber: '+13035550100' };
const OWNER = { id: 62100, extensionNumber: '100', name: 'Rolecall', type: 'User', status: 'Enabled' };

type Shelf = ReturnType<typeof memoryKeepsakes>['keepsakes'];

/** One process after another on the same shelf; `now` is what its clock shows. */
async function process(keepsakes: Shelf, now = Date.now()): Promise<RingCentralDirectories> {
  const kept = await openKept(CREDENTIALS, keepsakes, memoryLog().log);
  return directories({ kept, clock: { now: () => now } });
}

function accountAnswers(name: string, times = 1) {
  api(name).get(`${V1}/account/~`).times(times).reply(200, ACCOUNT);
}

function namesAnswer(people: readonly object[] = [OWNER]) {
  accountAnswers('service');
  api().get(`${V1}/account/~/extension`).query(true).reply(200, { records: people });
  api().get(`${V1}/account/~/sites`).reply(200, { records: [] });
  api()
    .get(`${V1}/account/~/user-role`)
    .query(true)
    .reply(200, { records: [{ id: '1', displayName: 'Super Admin' }] });
  api()
    .get(`${V1}/dictionary/permission`)
    .query(true)
    .reply(200, { records: [{ id: 'Meetings' }] });
  api().get(`${V1}/dictionary/permission-category`).query(true).reply(200, { records: [] });
}

describe('the session of the service account', () => {
  it('is used by the next process, with what the token may do and whose it is', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    accountAnswers('service', 2);
    await (await process(keepsakes)).service.readAccount();
    const next = await process(keepsakes);
    await next.service.readAccount();
    expect(await next.service.owner()).toBe('62100');
    expect(await next.service.appPermissions()).toContain('RoleManagement');
  });

  it('is not used shortly before its end', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    await (await process(keepsakes)).service.owner();
    signsIn('next', 1);
    accountAnswers('next');
    await (await process(keepsakes, Date.now() + 3_550_000)).service.readAccount();
  });

  it('is replaced, for all, when RingCentral has ended it', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    await (await process(keepsakes)).service.owner();
    const ended = { errors: [{ errorCode: 'OAU-213' }] };
    api('service').get(`${V1}/account/~`).reply(401, ended);
    signsIn('next', 1);
    accountAnswers('next', 2);
    await (await process(keepsakes)).service.readAccount();
    await (await process(keepsakes)).service.readAccount();
  });

  it('is taken from the process that renewed it first', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    const [first, second] = [await process(keepsakes), await process(keepsakes)];
    await first.service.owner();
    await second.service.owner();
  });

  it('leaves no refresh token, which works once, to two processes', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1, { refresh_token: 'refresh-service', refresh_token_expires_in: 7200 });
    await (await process(keepsakes)).service.owner();
    expect(await openKept(CREDENTIALS, keepsakes, memoryLog().log)).toMatchObject({
      grant: { accessToken: 'access-service', refreshToken: null },
    });
  });

  it('is not left to others when the app lacked a permission that it may be given meanwhile', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    api('service')
      .get(`${V1}/account/~`)
      .reply(403, { errors: [{ errorCode: 'CMN-401', permissionName: 'ReadAccounts' }] });
    expect(await faultOf((await process(keepsakes)).service.readAccount())).toMatchObject({
      data: { missing: 'ReadAccounts' },
    });
    signsIn('next', 1);
    accountAnswers('next');
    await (await process(keepsakes)).service.readAccount();
  });

  it('signs in where what is kept cannot be read', async () => {
    const { keepsakes, bodies } = memoryKeepsakes();
    signsIn('service', 2);
    await (await process(keepsakes)).service.owner();
    for (const name of bodies.keys()) bodies.set(name, Buffer.from('something else, long enough to look sealed'));
    await (await process(keepsakes)).service.owner();
  });
});

describe('the names of the account', () => {
  it('are read once for the processes of five minutes', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    namesAnswer();
    const read = await (await process(keepsakes)).names.current();
    const kept = await (await process(keepsakes, Date.now() + 200_000)).names.current();
    expect(kept.readAt).toBe(read.readAt);
    expect(kept.byNumber('100')).toEqual(read.byNumber('100'));
    expect(kept.roleByName('super admin')?.id).toBe('1');
    expect(kept.permissionById('Meetings')).toEqual(read.permissionById('Meetings'));
  });

  it('are read again later', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    namesAnswer();
    await (await process(keepsakes)).names.current();
    namesAnswer([OWNER, { ...OWNER, id: 62101, extensionNumber: '101' }]);
    const later = await (await process(keepsakes, Date.now() + 400_000)).names.current();
    expect(later.people).toHaveLength(2);
  });

  it('are read again when they are another account’s', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    namesAnswer([{ ...OWNER, id: 99_999 }]);
    await (await process(keepsakes)).names.current();
    namesAnswer();
    expect((await (await process(keepsakes)).names.current()).byNumber('100')?.id).toBe('62100');
  });

  it('are read again when they lie in the future', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    namesAnswer();
    await (await process(keepsakes)).names.current();
    namesAnswer();
    await (await process(keepsakes, Date.now() - 60_000)).names.current();
  });

  it('are read again on demand', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    namesAnswer();
    await (await process(keepsakes)).names.current();
    namesAnswer([OWNER, { ...OWNER, id: 62101, extensionNumber: '101' }]);
    const next = await process(keepsakes, Date.now() + 100_000);
    await next.names.current();
    expect((await next.names.refresh()).byNumber('101')?.id).toBe('62101');
  });
});

describe('what was spent', () => {
  const spent = { 'X-Rate-Limit-Limit': '5', 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Window': '60' };

  it('counts in the next process', async () => {
    const { keepsakes } = memoryKeepsakes();
    nock(SERVER).post('/restapi/oauth/token').reply(200, tokenBody('service'));
    api().get(`${V1}/account/~`).reply(200, ACCOUNT, spent);
    const first = await process(keepsakes);
    await first.service.readAccount();
    await first.close();
    const next = await process(keepsakes);
    expect(await faultOf(next.service.readAccount({ maxWaitMs: 1 }))).toMatchObject({ code: 'rate-limited' });
  });

  it('is over a minute later', async () => {
    const { keepsakes } = memoryKeepsakes();
    signsIn('service', 1);
    api().get(`${V1}/account/~`).reply(200, ACCOUNT, spent);
    const first = await process(keepsakes);
    await first.service.readAccount();
    await first.close();
    accountAnswers('service');
    await (await process(keepsakes, Date.now() + 61_000)).service.readAccount({ maxWaitMs: 1 });
  });
});

describe('what roles hold', () => {
  const READ = {
    value: {
      id: roleId('7'),
      displayName: 'Manager',
      description: null,
      custom: false,
      hidden: false,
      scope: 'AllExtensions',
      permissions: [permissionId('Meetings')],
      siteCompatible: true,
    },
    readAt: 1,
  } as const;

  it('is there for the next process with the same credentials, and for no other', async () => {
    const { keepsakes } = memoryKeepsakes();
    await (await openKept(CREDENTIALS, keepsakes, memoryLog().log)).saveRoles([READ]);
    expect(await (await openKept(CREDENTIALS, keepsakes, memoryLog().log)).loadRoles()).toEqual([READ]);
    const other = await openKept({ ...CREDENTIALS, jwt: 'of-another-account' }, keepsakes, memoryLog().log);
    expect(await other.loadRoles()).toEqual([]);
  });
});
