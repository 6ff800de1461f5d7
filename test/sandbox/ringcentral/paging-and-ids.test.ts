import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench, type Json } from './support.ts';

const b = bench({ people: 2500 });

async function pages(path: string): Promise<Json[]> {
  const found: Json[] = [];
  let next: string | undefined = b.sandbox.serverUrl + path;
  while (next !== undefined) {
    const { json } = await b.call('104', 'GET', next.slice(b.sandbox.serverUrl.length));
    found.push(json);
    next = json.navigation.nextPage?.uri;
  }
  return found;
}

describe('paging', () => {
  it('lowers perPage to the maximum without a word', async () => {
    const { json } = await b.call('104', 'GET', `${ACCOUNT}/extension?perPage=5000`);
    expect([json.records.length, json.paging.perPage, json.paging.totalPages]).toEqual([1000, 1000, 3]);
  });

  it('is walked by nextPage, which the last page lacks; filters stay in the links', async () => {
    const found = await pages(`${ACCOUNT}/extension?perPage=1000&status=Enabled`);
    expect(found).toHaveLength(3);
    const ids = found.flatMap((page) => page.records.map((one: Json) => one.id));
    expect(new Set(ids).size).toBe(found[0].paging.totalElements);
    expect(found[1].navigation.nextPage.uri).toContain('status=Enabled');
    expect(found[1].navigation.previousPage.uri).toContain('page=1');
  });

  it('prints real ids in links, never ~', async () => {
    const { json } = await b.call('104', 'GET', `${ACCOUNT}/extension?perPage=2`);
    expect(json.uri).toContain('/account/400100200/extension');
    expect(JSON.stringify(json.navigation)).not.toContain('~');
  });

  it('leaves out page, pageStart and pageEnd when nothing is found', async () => {
    const { json } = await b.call('104', 'GET', `${ACCOUNT}/extension?email=nobody@example.com`);
    expect(json.paging).toEqual({ perPage: 100, totalPages: 0, totalElements: 0 });
  });

  it.each(['page=0', 'perPage=0', 'page=1001', 'perPage=many'])('refuses %s', async (query) => {
    expect((await b.call('104', 'GET', `${ACCOUNT}/extension?${query}`)).json.errorCode).toBe('InvalidParameter');
  });

  it.each([
    ['', 1000],
    ['?perPage=max', 2000],
    ['?perPage=9999', 2000],
    ['?perPage=all', null],
  ])('lists the directory %s with %s rows', async (query, rows) => {
    const { json } = await b.call('104', 'GET', `${ACCOUNT}/directory/entries${query}`);
    expect(json.records.length).toBe(rows ?? json.paging.totalElements);
    expect('navigation' in json).toBe(false);
  });
});

describe('ids', () => {
  it('are numbers for accounts and extensions, text for roles, sites and directory entries', async () => {
    const [extension] = (await b.call('104', 'GET', `${ACCOUNT}/extension?perPage=1`)).json.records;
    expect([typeof extension.id, typeof extension.extensionNumber, typeof extension.site.id]).toEqual([
      'number',
      'string',
      'string',
    ]);
    const row = (await b.call('104', 'GET', `${ACCOUNT}/assigned-role`)).json.records[0];
    expect([typeof row.extensionId, typeof row.roles[0].id]).toEqual(['string', 'string']);
    const entry = (await b.call('104', 'GET', `${ACCOUNT}/directory/entries?perPage=1`)).json.records[0];
    expect([typeof entry.id, typeof entry.account.id]).toEqual(['string', 'string']);
    const single = (await b.call('104', 'GET', `${ACCOUNT}/extension/~`)).json;
    expect([typeof single.id, typeof single.account.id]).toEqual(['number', 'string']);
  });

  it('are never the short number, and some are larger than 2^31', async () => {
    expect(b.sandbox.people.every((person) => person.extensionId !== person.ext)).toBe(true);
    expect(b.sandbox.people.some((person) => Number(person.extensionId) > 2 ** 31)).toBe(true);
  });

  it('link predefined roles to the dictionary and custom ones to the account', async () => {
    const { json } = await b.call('104', 'GET', `${ACCOUNT}/user-role`);
    const uriOf = (id: string) => json.records.find((role: Json) => role.id === id).uri;
    expect(uriOf('3')).toBe(`${b.sandbox.serverUrl}/restapi/v1.0/dictionary/user-role/3`);
    expect(uriOf('600001')).toBe(`${b.sandbox.serverUrl}/restapi/v1.0/account/400100200/user-role/600001`);
  });
});

describe('odd requests', () => {
  it.each([
    ['GET', '/restapi/v1.0/nothing', 404, 'CMN-120'],
    ['GET', '/somewhere', 404, 'CMN-120'],
    ['DELETE', ACCOUNT, 405, 'CMN-202'],
    ['GET', '/restapi/v1.0/account/1', 404, 'CMN-102'],
    ['GET', `${ACCOUNT}/extension/1`, 404, 'CMN-102'],
  ])('%s %s answers %i %s', async (method, path, status, code) => {
    const answer = await b.call('104', method, path);
    expect([answer.status, answer.json.errors[0].errorCode]).toEqual([status, code]);
  });

  it.each([
    ['application/json', '{"records":', 'CMN-103'],
    ['application/json', '[]', 'CMN-103'],
    ['text/plain', '{"records":[]}', 'CMN-104'],
  ])('a body of %s %s is refused with %s', async (type, body, code) => {
    const response = await fetch(`${b.sandbox.serverUrl}${ACCOUNT}/extension/~/assigned-role`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${b.sandbox.tokens['104']}`, 'Content-Type': type },
      body,
    });
    const json = (await response.json()) as Json;
    expect([response.status, json.errors[0].errorCode]).toEqual([400, code]);
  });

  it('lets POST stand for another method, unless header and query disagree', async () => {
    const send = (query: string, header: string) =>
      fetch(`${b.sandbox.serverUrl}${ACCOUNT}/extension/~${query}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${b.sandbox.tokens['104']}`, 'X-HTTP-Method-Override': header },
      });
    expect((await send('', 'GET')).status).toBe(200);
    expect((await send('?_method=GET', 'GET')).status).toBe(200);
    expect((await send('?_method=PUT', 'GET')).status).toBe(400);
  });

  it.each(['GET // HTTP/1.1\r\nHost: x\r\n\r\n', 'PUT /restapi HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'])(
    'survives %j and a caller who hangs up',
    async (bytes) => {
      const socket = connect(Number(new URL(b.sandbox.serverUrl).port), '127.0.0.1');
      await new Promise((resolve) => socket.write(bytes, resolve));
      socket.destroy();
      expect((await b.call('104', 'GET', ACCOUNT)).status).toBe(200);
    },
  );
});
