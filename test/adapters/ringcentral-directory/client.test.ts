import http from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '#src/adapters/ringcentral-directory/operations.ts';
import { pauseBeforeRetry } from '#src/adapters/ringcentral-directory/retries.ts';
import type { Authority } from '#src/domain/authority.ts';
import { Fault } from '#src/domain/faults.ts';
import { roleId } from '#src/domain/ids.ts';
import type { AnsweredCall } from '#src/usecases/ports.ts';
import { ALICE, api, directories, faultOf, memoryLog, memoryVault, SERVER, signsIn, storedToken, V1 } from './kit.ts';

const ROLE = { id: '7', displayName: 'Manager', permissions: [] };
const SEVEN = roleId('7');
const PATH = `${V1}/account/~/user-role/7`;
const ASSIGNED = `${V1}/account/~/extension/${ALICE}/assigned-role`;
const RIGHT = {} as Authority<'assign'>;
const MANAGER = [{ id: SEVEN, siteRestricted: false }];
const RATE = { 'X-Rate-Limit-Group': 'light', 'X-Rate-Limit-Limit': '50', 'X-Rate-Limit-Window': '60' };
const open: http.Server[] = [];

beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(() => nock.enableNetConnect());

/** A RingCentral on loopback where only the write is interesting. */
async function serveWrites(write: http.RequestListener): Promise<string> {
  const server = http.createServer((request, response) => {
    if (request.url !== '/restapi/oauth/token') return write(request, response);
    const token = { access_token: 'access-service', expires_in: 3600, scope: '', token_type: 'bearer' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('reads', () => {
  it.each([500, 502, 503, 504])('are tried again after %i', async (status) => {
    signsIn();
    api().get(PATH).times(2).reply(status, '');
    api().get(PATH).reply(200, ROLE);
    expect((await directories().service.readRole(SEVEN)).displayName).toBe('Manager');
  });

  it('are tried again after a cut connection', async () => {
    signsIn();
    api()
      .get(PATH)
      .replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    api().get(PATH).reply(200, ROLE);
    await directories().service.readRole(SEVEN);
  });

  it('are given up after a few tries, with what was wrong', async () => {
    signsIn();
    api()
      .get(PATH)
      .times(3)
      .reply(503, { errors: [{ errorCode: 'CMN-201' }] }, { RCRequestId: 'r-1' });
    expect(await faultOf(directories().service.readRole(SEVEN))).toMatchObject({
      code: 'directory-unavailable',
      data: { errorCode: 'CMN-201', status: 503, requestId: 'r-1' },
    });
  });

  it('name each answer to whoever asked, refused ones too', async () => {
    signsIn();
    api().get(PATH).reply(503, '', { RCRequestId: 'r-1' });
    api().get(PATH).reply(200, ROLE, { RCRequestId: 'r-2' });
    const seen: AnsweredCall[] = [];
    await directories().service.readRole(SEVEN, { onAnswer: (answered) => seen.push(answered) });
    expect(seen).toEqual([
      { operation: 'readUserRole', status: 503, requestId: 'r-1' },
      { operation: 'readUserRole', status: 200, requestId: 'r-2' },
    ]);
  });

  it('are tried again when a web page answers, and never believe it', async () => {
    signsIn();
    api().get(PATH).times(3).reply(200, '<html><body>Please log in</body></html>', { 'content-type': 'text/html' });
    expect(await faultOf(directories().service.readRole(SEVEN))).toMatchObject({
      code: 'directory-unavailable',
      data: { page: true },
    });
  });

  it.each([
    ['a document that is cut off', '{"id":"7","displ'],
    ['nothing', ''],
    ['blanks', '  \n'],
    ['a word', '"ok"'],
    ['null', 'null'],
  ])('do not take %s for an answer', async (_case, body) => {
    signsIn();
    api().get(PATH).reply(200, body, { 'content-type': 'application/json' });
    expect((await faultOf(directories().service.readRole(SEVEN))).code).toBe('directory-unreadable');
  });

  it.each([
    [403, 'directory-forbidden'],
    [404, 'directory-not-found'],
    [400, 'directory-rejected'],
  ])('are not tried again after %i', async (status, code) => {
    signsIn();
    api().get(PATH).reply(status, {});
    expect((await faultOf(directories().service.readRole(SEVEN))).code).toBe(code);
  });

  it('are not tried again in limited mode', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(503, { errors: [{ errorCode: 'CMN-211' }] });
    expect((await faultOf(directories().service.readRole(SEVEN))).code).toBe('limited-mode');
  });

  it('are called off between two tries', async () => {
    const stop = new AbortController();
    signsIn();
    api()
      .get(PATH)
      .reply(500, () => {
        stop.abort();
        return '';
      });
    expect((await faultOf(directories().service.readRole(SEVEN, { signal: stop.signal }))).code).toBe('aborted');
  });
});

describe('a spent budget', () => {
  it('stops every further call of the group, and says when it goes on', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(429, { errors: [{ errorCode: 'CMN-301' }] }, { ...RATE, 'Retry-After': '60' });
    const { service } = directories();
    const faults = await Promise.all([faultOf(service.readRole(SEVEN)), faultOf(service.readRole(SEVEN))].slice(0, 1));
    faults.push(await faultOf(service.readRole(SEVEN)), await faultOf(service.readAssignedRoles(ALICE)));
    for (const fault of faults) {
      expect(fault.code).toBe('rate-limited');
      expect(fault.data.retryAfterMs).toBeGreaterThan(50_000);
    }
  });

  it('leaves other groups alone', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(429, '', { ...RATE, 'Retry-After': '60' });
    api().get(`${V1}/account/~/user-role`).query(true).reply(200, { records: [] });
    const { service } = directories();
    await faultOf(service.readRole(SEVEN));
    expect(await service.listRoles(null)).toEqual([]);
  });

  it('stops everything when the answer names no group: the limit lies above them', async () => {
    signsIn();
    api().get(PATH).reply(429, '');
    const vault = memoryVault({ [ALICE]: storedToken('alice') });
    const all = directories({ tokenVault: vault });
    await faultOf(all.service.readRole(SEVEN));
    expect((await faultOf(all.service.listRoles(null))).code).toBe('rate-limited');
    const alice = await all.as(ALICE);
    expect((await faultOf(alice?.readRole(SEVEN) ?? Promise.resolve())).code).toBe('rate-limited');
  });

  it('is not believed to be full again by the header that comes with the penalty', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(429, '', { ...RATE, 'X-Rate-Limit-Remaining': '50', 'Retry-After': '60' });
    const { service } = directories();
    await faultOf(service.readRole(SEVEN));
    expect((await faultOf(service.readRole(SEVEN))).code).toBe('rate-limited');
  });

  it('is waited for when the time is short, and the call goes out again', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(429, '', { ...RATE, 'Retry-After': '1' });
    api().get(PATH).reply(200, ROLE);
    expect((await directories().service.readRole(SEVEN)).displayName).toBe('Manager');
  });

  it('follows the limit that the answers state', async () => {
    signsIn();
    api()
      .get(PATH)
      .reply(200, ROLE, { ...RATE, 'X-Rate-Limit-Limit': '1' });
    const { service } = directories();
    await service.readRole(SEVEN);
    expect((await faultOf(service.readRole(SEVEN))).code).toBe('rate-limited');
  });
});

describe('writes', () => {
  function write(serverUrl: string = SERVER, over: Parameters<typeof directories>[0] = {}) {
    return directories({ serverUrl, ...over }).service.replaceAssignedRoles(RIGHT, ALICE, MANAGER);
  }

  it.each([500, 502, 504])('are never repeated after %i, and say that the effect is unknown', async (status) => {
    signsIn();
    api().put(ASSIGNED).reply(status, '');
    expect(await faultOf(write())).toMatchObject({ code: 'directory-unavailable', data: { effectUnknown: true } });
  });

  it('are never repeated after a connection that was cut in the middle', async () => {
    let calls = 0;
    const url = await serveWrites((request) => {
      calls += 1;
      request.on('data', () => request.socket.destroy());
    });
    const fault = await faultOf(write(url));
    expect(fault).toMatchObject({ code: 'directory-unavailable', data: { effectUnknown: true } });
    expect(calls).toBe(1);
  });

  it('say that the effect is unknown when the answer does not come', async () => {
    const url = await serveWrites(() => {});
    const fault = await faultOf(write(url, { patience: { timeoutMs: 80 } }));
    expect(fault).toMatchObject({ code: 'directory-unavailable', data: { effectUnknown: true, timedOut: true } });
  });

  it('say that the effect is unknown when they are called off on the way', async () => {
    const stop = new AbortController();
    const url = await serveWrites(() => stop.abort());
    const work = directories({ serverUrl: url }).service.replaceAssignedRoles(RIGHT, ALICE, MANAGER, {
      signal: stop.signal,
    });
    expect(await faultOf(work)).toMatchObject({ code: 'aborted', data: { effectUnknown: true } });
  });

  it('say that nothing happened when they never left', async () => {
    signsIn();
    api()
      .put(ASSIGNED)
      .replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    const fault = await faultOf(write());
    expect(fault.code).toBe('directory-unavailable');
    expect(fault.data.effectUnknown).toBeUndefined();
  });

  it.each([
    ['a web page', '<html></html>', 'text/html', 'directory-unavailable'],
    ['half a document', '{"records":[', 'application/json', 'directory-unreadable'],
    ['nothing', '', 'application/json', 'directory-unreadable'],
    ['a list without roles', '{}', 'application/json', 'directory-unreadable'],
  ])('are not done because %s says 200', async (_case, body, type, code) => {
    signsIn();
    api().put(ASSIGNED).reply(200, body, { 'content-type': type });
    expect(await faultOf(write())).toMatchObject({ code, data: { effectUnknown: true } });
  });

  it('are sent again with a new token after a 401, because nothing was done', async () => {
    signsIn('one');
    api('one')
      .put(ASSIGNED)
      .reply(401, { errors: [{ errorCode: 'OAU-213' }] });
    signsIn('two');
    api('two')
      .put(ASSIGNED)
      .reply(200, { records: [{ id: '7', displayName: 'Manager' }] });
    expect(await write()).toHaveLength(1);
  });

  it('are refused in limited mode with the effect known', async () => {
    signsIn();
    api()
      .put(ASSIGNED)
      .reply(503, { errorCode: 'MaintenanceMode', errors: [{ errorCode: 'CMN-211' }] });
    const fault = await faultOf(write());
    expect(fault.code).toBe('limited-mode');
    expect(fault.data.effectUnknown).toBeUndefined();
  });
});

describe('the pause before another try', () => {
  const unavailable = new Fault('directory-unavailable', 'x', { retryAfterMs: 3_000 });
  const options = { delaysMs: [500, 2_000], withinMs: 12_000 };
  it.each([
    ['grows', OPERATIONS.readUserRole, new Fault('directory-unavailable', 'x'), 2, 0, 2_000],
    ['honours the time asked for', OPERATIONS.readUserRole, unavailable, 1, 0, 3_000],
    ['ends when nobody would wait so long', OPERATIONS.readUserRole, unavailable, 1, 10_000, null],
    ['ends after the last try', OPERATIONS.readUserRole, unavailable, 3, 0, null],
    ['is none for writes', OPERATIONS.updateUserAssignedRoles, unavailable, 1, 0, null],
    [
      'is some for a search, which posts but changes nothing',
      OPERATIONS.searchDirectoryEntries,
      unavailable,
      1,
      0,
      3_000,
    ],
  ])('%s', (_case, operation, fault, tries, elapsed, pause) => {
    expect(pauseBeforeRetry(operation, fault, tries, elapsed, options)).toBe(pause);
  });
});

describe('the log', () => {
  it('names operation, group, identity and status of each call, and no body', async () => {
    const { log, lines } = memoryLog();
    signsIn();
    api()
      .get(PATH)
      .reply(200, { ...ROLE, description: 'private words' });
    await directories({ log }).service.readRole(SEVEN);
    expect(lines.map((line) => line.data)).toContainEqual(
      expect.objectContaining({ operation: 'readUserRole', group: 'Light', identity: 'service', status: 200 }),
    );
    expect(JSON.stringify(lines)).not.toMatch(/private words|access-service/);
  });
});
