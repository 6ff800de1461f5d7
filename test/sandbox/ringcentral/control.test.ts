import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench, type Json } from './support.ts';

const b = bench();
const ME = `${ACCOUNT}/extension/~`;

function fault(body: object): Promise<Json> {
  return b.control('POST', '/faults', body);
}

async function fetched(who: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${b.sandbox.tokens[who]}`, 'Content-Type': 'application/json' };
  return fetch(b.sandbox.serverUrl + path, { ...init, headers });
}

describe('faults', () => {
  it.each([
    [401, 'OAU-213'],
    [403, 'CMN-408'],
    [429, 'CMN-301'],
    [500, 'CMN-203'],
    [503, 'CMN-201'],
  ])('answer %i once, in the usual body, then all is well', async (status, code) => {
    await fault({ fault: { kind: 'status', status } });
    const answer = await b.call('104', 'GET', ME);
    expect([answer.status, answer.json.errors[0].errorCode]).toEqual([status, code]);
    expect((await b.call('104', 'GET', ME)).status).toBe(200);
  });

  it('carry their own body and headers', async () => {
    await fault({ fault: { kind: 'status', status: 429, body: { odd: true }, headers: { 'Retry-After': '3' } } });
    const { json, headers } = await b.call('104', 'GET', ME);
    expect([json, headers.get('retry-after')]).toEqual([{ odd: true }, '3']);
  });

  it('meet only calls that match, after letting some pass, as often as asked', async () => {
    const match = { method: 'GET', path: '/extension/~$', extension: '104' };
    await fault({ match, after: 1, times: 2, fault: { kind: 'status', status: 500 } });
    expect((await b.call('102', 'GET', ME)).status).toBe(200);
    expect((await b.call('104', 'GET', ACCOUNT)).status).toBe(200);
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await b.call('104', 'GET', ME)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('answer HTML instead of JSON', async () => {
    await fault({ fault: { kind: 'html' } });
    const response = await fetched('104', ME);
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  it.each([
    ['before', ['Front Desk']],
    ['after', ['Manager']],
  ])('cut the connection %s the effect', async (when, roles) => {
    await fault({ match: { method: 'PUT' }, fault: { kind: 'drop', when } });
    const path = `${ACCOUNT}/extension/${b.id('101')}/assigned-role`;
    const body = JSON.stringify({ records: [{ id: '7' }] });
    await expect(fetched('104', path, { method: 'PUT', body })).rejects.toThrow();
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it('never answer, and cut the connection in the end', async () => {
    await fault({ fault: { kind: 'timeout', ms: 30 } });
    await expect(fetched('104', ME)).rejects.toThrow();
  });

  it('answer late but right', async () => {
    await fault({ fault: { kind: 'slow', ms: 20 } });
    expect((await b.call('104', 'GET', ME)).status).toBe(200);
  });

  it('can be listed and taken back', async () => {
    await fault({ times: 5, fault: { kind: 'html' } });
    expect((await b.control('GET', '/faults')).faults).toHaveLength(1);
    await b.control('DELETE', '/faults');
    expect((await b.call('104', 'GET', ME)).status).toBe(200);
  });

  it('spoil sign-in too', async () => {
    await fault({ match: { path: '/oauth/token' }, fault: { kind: 'status', status: 500 } });
    expect((await b.form('/restapi/oauth/token', { grant_type: 'x' })).status).toBe(500);
  });

  it('of no known kind are refused', async () => {
    expect((await fault({ fault: { kind: 'magic' } })).error).toContain('fault.kind');
  });
});

describe('limited mode', () => {
  it('serves reads and refuses writes with CMN-211', async () => {
    await b.control('PUT', '/limited-mode', { on: true });
    const path = `${ACCOUNT}/extension/${b.id('101')}/assigned-role`;
    expect((await b.call('104', 'GET', path)).status).toBe(200);
    const { status, json } = await b.call('104', 'PUT', path, { records: [{ id: '7' }] });
    expect([status, json.errors[0].errorCode, json.errorCode]).toEqual([503, 'CMN-211', 'CMN-211']);
    expect(await b.rolesOf('101')).toEqual(['Front Desk']);
    await b.control('PATCH', '/switches', { limitedModeWord: 'MaintenanceMode' });
    expect((await b.call('104', 'PUT', path, { records: [] })).json.errorCode).toBe('MaintenanceMode');
  });

  it.each([
    ['GET', `${ACCOUNT}/active-calls`],
    ['GET', `${ME}/assignable-roles`],
    ['PUT', `${ME}/assigned-role/default`],
    ['POST', `${ACCOUNT}/user-role`],
    ['DELETE', `${ACCOUNT}/user-role/600001`],
  ])('refuses %s %s', async (method, path) => {
    await b.control('PUT', '/limited-mode', { on: true });
    const body = method === 'POST' ? { displayName: 'A' } : undefined;
    expect((await b.call('104', method, path, body)).status).toBe(503);
  });
});

describe('the list of calls', () => {
  it('tells operation, person, group and outcome', async () => {
    await b.control('DELETE', '/calls');
    await b.call('101', 'GET', `${ME}/meeting`);
    const { calls } = await b.control('GET', '/calls');
    expect(calls).toMatchObject([
      {
        method: 'GET',
        status: 403,
        group: 'Light',
        extension: '101',
        operationId: 'listMeetings',
        errorCode: 'CMN-408',
      },
    ]);
  });

  it('goes on counting from where a reader left off', async () => {
    await b.call('101', 'GET', ME);
    const first = (await b.control('GET', '/calls')).calls.at(-1).seq;
    await b.call('102', 'GET', ME);
    const later = (await b.control('GET', `/calls?since=${first}`)).calls;
    expect(later.map((call: Json) => call.extension)).toEqual(['102']);
  });

  it('never holds a token, a secret or a credential', async () => {
    const { jwt, clientSecret, tokens, grants } = b.sandbox;
    await b.form('/restapi/oauth/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: jwt,
    });
    await b.form('/restapi/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: grants['102']?.refreshToken ?? '',
    });
    await b.call(null, 'GET', `${ACCOUNT}?access_token=${tokens['104']}`);
    await b.form(`/restapi/oauth/revoke?token=${tokens['105']}`, {});
    const text = JSON.stringify(await b.control('GET', '/calls'));
    for (const secret of [jwt, clientSecret, tokens['104'], tokens['105'], grants['102']?.refreshToken]) {
      expect(text).not.toContain(secret);
    }
  });

  it('keeps the body of a write', async () => {
    await b.call('104', 'PUT', `${ACCOUNT}/extension/${b.id('101')}/assigned-role`, { records: [{ id: '7' }] });
    const { calls } = await b.control('GET', '/calls');
    expect(calls.at(-1).requestBody).toEqual({ records: [{ id: '7' }] });
  });
});

describe('state, portal and reset', () => {
  it('tells people, roles and the default role, filtered and limited', async () => {
    const state = await b.control('GET', '/state?limit=2&q=chris');
    expect([state.total, state.found, state.people.length, state.defaultRoleId]).toEqual([29, 3, 2, '3']);
    expect(state.roles.find((role: Json) => role.id === '600006').displayName).toBe('Role Steward');
  });

  it('lets another administrator edit past the API', async () => {
    const before = (await b.control('GET', '/state')).version;
    await b.control('POST', '/portal/assign', { ext: '101', roles: ['Support', '7'] });
    expect(await b.rolesOf('101')).toEqual(['Support', 'Manager']);
    expect((await b.control('GET', '/state')).version).toBe(before + 1);
  });

  it('refuses what does not exist', async () => {
    expect((await b.control('POST', '/portal/assign', { ext: '999', roles: [] })).error).toContain('999');
    expect((await b.control('POST', '/portal/assign', { ext: '101', roles: ['Nope'] })).error).toContain('Nope');
    expect((await b.control('PATCH', '/switches', { nope: 1 })).error).toContain('nope');
  });

  it('goes back to the start and keeps ids and planted tokens', async () => {
    await b.control('POST', '/portal/assign', { ext: '101', roles: ['Manager'] });
    await b.control('PATCH', '/switches', { createRoleStatus: 200 });
    await b.control('PATCH', '/portal/person/104', { status: 'Disabled' });
    await b.control('POST', '/reset');
    expect(await b.rolesOf('101')).toEqual(['Front Desk']);
    expect((await b.control('GET', '/switches')).createRoleStatus).toBe(201);
    expect((await b.call('104', 'GET', `${ACCOUNT}/extension/${b.id('101')}`)).status).toBe(200);
  });

  it('streams what happens', async () => {
    const controller = new AbortController();
    const response = await fetch(`${b.sandbox.controlUrl}/events`, { signal: controller.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await b.control('POST', '/portal/assign', { ext: '101', roles: ['Manager'] });
    await b.call('101', 'GET', ME);
    let text = '';
    while (!text.includes('"type":"call"')) text += (await reader?.read())?.value ?? '';
    controller.abort();
    expect(text).toContain('"type":"state"');
    expect(text).toContain('"operationId":"readExtension"');
  });

  it('never answers on the port of the imitation', async () => {
    expect((await b.call('104', 'GET', '/state')).status).toBe(404);
    expect((await b.call('104', 'POST', '/reset', {})).status).toBe(404);
  });

  it.each([
    ['http://127.0.0.1:9', 200],
    ['http://localhost:9', 200],
    ['https://evil.example', 403],
    ['null', 403],
  ])('a page of %s gets %i', async (origin, status) => {
    const response = await fetch(`${b.sandbox.controlUrl}/state`, { headers: { Origin: origin } });
    expect(response.status).toBe(status);
  });
});
