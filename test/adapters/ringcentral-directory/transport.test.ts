import http from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createTransport,
  type NoAnswer,
  type Send,
  type Transport,
} from '#src/adapters/ringcentral-directory/transport.ts';
import { SERVER, V1 } from './kit.ts';

const open: http.Server[] = [];

beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(async () => {
  nock.cleanAll();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(() => nock.enableNetConnect());

async function transport(serverUrl = SERVER, cachePrefix = 'test-'): Promise<Transport> {
  const made = createTransport({ serverUrl, clientId: 'the-app', clientSecret: 'app-secret-value', cachePrefix });
  await made.useToken('one');
  return made;
}

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function send(over: Partial<Send> = {}): Send {
  return { method: 'GET', path: `${V1}/account/~`, as: 'session', timeoutMs: 5_000, ...over };
}

async function silenceOf(work: Promise<unknown>): Promise<NoAnswer> {
  try {
    await work;
  } catch (error) {
    if ((error as Error).name === 'NoAnswer') return error as NoAnswer;
    throw error;
  }
  throw new Error('expected no answer');
}

describe('what goes out', () => {
  it('leaves absent query values out instead of sending them as text', async () => {
    let url: string | undefined;
    const server = await serve((request, response) => {
      url = request.url;
      response.end('{}');
    });
    const values = { a: undefined, b: null, c: 'x y', d: false, e: ['1', '2'] };
    await (await transport(server)).send(send({ query: values }));
    expect(url).toBe(`${V1}/account/~?c=x%20y&d=false&e=1&e=2`);
  });

  it('sends no question mark when every query value is absent', async () => {
    nock(SERVER).get(`${V1}/account/~`).reply(200, '{}');
    expect((await (await transport()).send(send({ query: { a: undefined } }))).status).toBe(200);
  });

  it('sends JSON with the token, and token requests as a form with the credentials of the app', async () => {
    nock(SERVER, { reqheaders: { authorization: 'Bearer one', 'content-type': 'application/json' } })
      .put(`${V1}/account/~`, { records: [{ id: '1' }] })
      .reply(200, '{}');
    await (await transport()).send(send({ method: 'PUT', body: { records: [{ id: '1' }] } }));
    const basic = `Basic ${Buffer.from('the-app:app-secret-value').toString('base64')}`;
    nock(SERVER, { reqheaders: { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' } })
      .post('/restapi/oauth/token', 'grant_type=refresh_token&refresh_token=a%2Bb')
      .reply(200, '{}');
    const body = { grant_type: 'refresh_token', refresh_token: 'a+b' };
    await (await transport()).send(send({ method: 'POST', path: '/restapi/oauth/token', body, as: 'app' }));
    expect(nock.pendingMocks()).toEqual([]);
  });

  it('asks for English names, which the grammar reads', async () => {
    nock(SERVER, { reqheaders: { 'accept-language': 'en-US' } })
      .get(/.*/)
      .reply(200, '{}');
    expect((await (await transport()).send(send())).status).toBe(200);
  });

  it.each([
    'https://evil.test/restapi/v1.0/account/~',
    '//evil.test/restapi',
    'restapi/v1.0',
    '/rcvideo/v1',
    '/restapi/../secret',
    '/restapifoo',
  ])('refuses to carry the token to %s', async (path) => {
    await expect((await transport()).send(send({ path }))).rejects.toThrow(TypeError);
  });

  it.each([[[1, 2]], [new Map()], [new Date()]])('refuses a body that would go out as text: %s', async (body) => {
    const request = send({ method: 'PUT', body: body as unknown as Record<string, unknown> });
    await expect((await transport()).send(request)).rejects.toThrow(TypeError);
  });

  it('keeps the tokens of two identities apart', async () => {
    const [one, two] = [await transport(SERVER, 'a-'), await transport(SERVER, 'b-')];
    await two.useToken('two');
    for (const token of ['one', 'two']) {
      nock(SERVER, { reqheaders: { authorization: `Bearer ${token}` } })
        .get(/.*/)
        .reply(200, '{}');
    }
    await one.send(send());
    await two.send(send());
    expect(nock.pendingMocks()).toEqual([]);
  });

  it('keeps identities apart even with the same prefix', async () => {
    const [one, two] = [await transport(), await transport()];
    await two.useToken('two');
    nock(SERVER, { reqheaders: { authorization: 'Bearer one' } })
      .get(/.*/)
      .reply(200, '{}');
    expect((await one.send(send())).status).toBe(200);
  });
});

describe('what comes back', () => {
  it('is given whole, whatever the status, and asked for once', async () => {
    for (const status of [200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503]) {
      nock(SERVER)
        .get(`${V1}/account/~`)
        .reply(status, status === 204 ? '' : `{"n":${status}}`, { 'Retry-After': '7' });
      const answer = await (await transport()).send(send());
      expect([answer.status, answer.text, answer.header('retry-after')]).toEqual([
        status,
        status === 204 ? '' : `{"n":${status}}`,
        '7',
      ]);
    }
  });

  it('sends a refused token request once, not twice', async () => {
    let calls = 0;
    const url = await serve((request, response) => {
      calls += 1;
      request.resume();
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
    });
    const request = send({ method: 'POST', path: '/restapi/oauth/token', body: { a: '1' }, as: 'app' });
    expect((await (await transport(url)).send(request)).status).toBe(401);
    expect(calls).toBe(1);
  });

  it('does not hang on a long error page', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end(`<html>${'x'.repeat(500_000)}</html>`);
    });
    expect((await (await transport(url)).send(send())).text).toHaveLength(500_013);
  });

  it('does not follow a redirect with the token', async () => {
    let followed = false;
    const url = await serve((request, response) => {
      if (request.url === '/elsewhere') followed = true;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await (await transport(url)).send(send())).status).toBe(302);
    expect(followed).toBe(false);
  });

  it('is refused when it would fill the memory', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': String(10 ** 10) });
      response.write('{');
    });
    expect((await silenceOf((await transport(url)).send(send()))).reason).toBe('network');
  });
});

describe('when nothing comes back', () => {
  it('knows that a refused connection sent nothing', async () => {
    const url = await serve(() => {});
    const [server] = open.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const silence = await silenceOf((await transport(url)).send(send()));
    expect(silence).toMatchObject({ reason: 'network', sent: false, networkCode: 'ECONNREFUSED' });
  });

  it('cannot tell what a cut connection did', async () => {
    const url = await serve((request) => request.socket.destroy());
    const silence = await silenceOf((await transport(url)).send(send({ method: 'PUT', body: {} })));
    expect(silence).toMatchObject({ reason: 'network', sent: true });
  });

  it('takes an answer that is cut off for none', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"records":[', () => response.destroy());
    });
    expect((await silenceOf((await transport(url)).send(send()))).reason).toBe('network');
  });

  it.each(['headers', 'body'])('gives up on an answer whose %s never come, and closes the connection', async (part) => {
    let closed: Promise<unknown> = Promise.resolve();
    const url = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      if (part === 'body') response.writeHead(200).write('{');
    });
    const silence = await silenceOf((await transport(url)).send(send({ timeoutMs: 60 })));
    expect(silence.reason).toBe('timeout');
    await closed;
  });

  it('is called off while waiting, and the connection is closed', async () => {
    const stop = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const url = await serve((request) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      stop.abort();
    });
    const silence = await silenceOf((await transport(url)).send(send({ signal: stop.signal })));
    expect(silence).toMatchObject({ reason: 'aborted', sent: true });
    await closed;
  });

  it('sends nothing for an asker who has left', async () => {
    const silence = await silenceOf((await transport()).send(send({ signal: AbortSignal.abort() })));
    expect(silence).toMatchObject({ reason: 'aborted', sent: false });
  });

  it('keeps nothing of the request that carried the token', async () => {
    nock(SERVER).get(/.*/).replyWithError('boom');
    const silence = await silenceOf((await transport()).send(send()));
    expect(Object.keys(silence).sort()).toEqual(['name', 'networkCode', 'reason', 'sent']);
    expect(silence.cause).toBeUndefined();
  });
});
