import { request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '#sandbox/playground/read-body.ts';
import { type Playground, startPlayground } from '#sandbox/playground/server.ts';
import { SmallWorld } from './small-world.ts';

let world: SmallWorld;
let playground: Playground;

beforeAll(async () => {
  world = new SmallWorld();
  await world.start();
  playground = await startPlayground({
    slackControlUrl: world.slack.url,
    ringcentralControlUrl: `${world.ringcentral.url}/`,
    company: 'Cobalt Lane Clinics',
  });
});

afterAll(async () => {
  await playground.close();
  await world.close();
});

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** fetch hides the Host header and tidies paths, so requests are made by hand. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(playground.url);
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest({ hostname, port, path, method, headers: { ...length, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('the page', () => {
  it('comes from loopback with a policy that lets nothing in from elsewhere', async () => {
    expect(new URL(playground.url).hostname).toBe('127.0.0.1');
    const { status, headers, body } = await ask('GET', '/');
    const policy = String(headers['content-security-policy']);
    expect(status).toBe(200);
    expect(policy.startsWith("default-src 'self';")).toBe(true);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body).toContain('nothing here is Slack or RingCentral');
  });

  it('names no other host in any of its files', async () => {
    const page = await ask('GET', '/');
    const paths = [...page.body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths) {
      const file = await ask('GET', path);
      expect([path, file.status]).toEqual([path, 200]);
      const hosts = file.body.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z]{2,}/gi) ?? [];
      expect(hosts.filter((host) => !host.includes('www.w3.org'))).toEqual([]);
    }
  });

  it.each([
    ['scripts', '/app.js', 'text/javascript; charset=utf-8'],
    ['styles', '/css/tokens.css', 'text/css; charset=utf-8'],
    ['the icon', '/icon.svg', 'image/svg+xml'],
  ])('serves %s with their type', async (_what, path, type) => {
    const { status, headers } = await ask('GET', path);
    expect([status, headers['content-type']]).toEqual([200, type]);
  });

  it.each([
    '/../server.ts',
    '/%2e%2e/server.ts',
    '/..%2fserver.ts',
    '/css/../../server.ts',
    '/css/%2e%2e/%2e%2e/server.ts',
    '//etc/passwd',
    '/etc/passwd',
    '/css',
    '/css/tokens.css/',
    '/.env',
    '/\\..\\server.ts',
    '/app.js%00.css',
  ])('does not have %s', async (path) => {
    const { status, body } = await ask('GET', path);
    expect(status).toBe(404);
    expect(body).not.toContain('startPlayground');
  });

  it('is for reading only', async () => {
    expect((await ask('POST', '/', JSON_TYPE, '{}')).status).toBe(405);
    const head = await ask('HEAD', '/app.js');
    expect([head.status, head.body]).toEqual([200, '']);
  });

  it('tells the company', async () => {
    expect(JSON.parse((await ask('GET', '/api/config')).body)).toEqual({ ok: true, company: 'Cobalt Lane Clinics' });
  });
});

describe('who may ask', () => {
  const port = () => new URL(playground.url).port;

  it.each([
    ['another name that resolves to loopback', () => ({ host: `evil.example:${port()}` })],
    ['a name without the port', () => ({ host: '127.0.0.1' })],
    ['another port', () => ({ host: '127.0.0.1:1' })],
    ['another origin', () => ({ origin: 'http://evil.example' })],
    ['another port as origin', () => ({ origin: 'http://127.0.0.1:1' })],
    ['an opaque origin', () => ({ origin: 'null' })],
    ['a page of another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a page on another port of this host', () => ({ 'sec-fetch-site': 'same-site' })],
  ])('refuses %s', async (_who, headers) => {
    world.slack.received.length = 0;
    const { status, body } = await ask('POST', '/api/slack/reset', { ...JSON_TYPE, ...headers() }, '{}');
    expect([status, JSON.parse(body).error]).toEqual([403, 'foreign_request']);
    expect(world.slack.received).toEqual([]);
  });

  it('refuses a foreign Host for the page itself', async () => {
    expect((await ask('GET', '/', { host: `evil.example:${port()}` })).status).toBe(403);
  });

  it('lets its own page ask, by either name of loopback', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const host = `${name}:${port()}`;
      const headers = { ...JSON_TYPE, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      expect((await ask('POST', '/api/slack/reset', headers, '{}')).status).toBe(200);
    }
  });

  it('lets a link on another page lead to the page, not to the calls', async () => {
    const fromElsewhere = { 'sec-fetch-site': 'cross-site' };
    expect((await ask('GET', '/', fromElsewhere)).status).toBe(200);
    expect((await ask('GET', '/api/slack/workspace', fromElsewhere)).status).toBe(403);
  });
});

describe('what may be asked', () => {
  it.each([
    ['GET', '/api/slack/workspace'],
    ['GET', '/api/slack/messages?channel=C0GENERAL&user=U104'],
    ['GET', '/api/slack/home?user=U104'],
    ['GET', '/api/slack/views?user=U104'],
    ['GET', '/api/ringcentral/state?limit=2&q=bob'],
    ['GET', '/api/ringcentral/calls?since=0'],
    ['POST', '/api/slack/act/command'],
    ['POST', '/api/slack/act/click'],
    ['POST', '/api/ringcentral/reset'],
  ])('passes on %s %s', async (method, path) => {
    const answer = await ask(method, path, JSON_TYPE, method === 'POST' ? '{}' : '');
    expect(answer.status).toBe(200);
    expect(answer.headers['x-inner']).toBeUndefined();
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it.each([
    ['POST', '/api/ringcentral/tokens'],
    ['POST', '/api/ringcentral/faults'],
    ['POST', '/api/ringcentral/portal/assign'],
    ['PATCH', '/api/ringcentral/switches'],
    ['DELETE', '/api/ringcentral/calls'],
    ['POST', '/api/slack/clock'],
    ['POST', '/api/slack/deliver'],
    ['POST', '/api/slack/forge'],
    ['PATCH', '/api/slack/members/U104'],
    ['GET', '/api/slack/reset'],
    ['GET', '/api/slack/events'],
    ['POST', '/api/events'],
    ['GET', '/api/slack/../ringcentral/state'],
    ['GET', '/api/slack//workspace'],
    ['GET', '/api/slack/workspace/'],
    ['GET', '/api/slack/%77orkspace'],
    ['GET', '/api/constructor/workspace'],
    ['GET', '/api/slack'],
    ['GET', '/api/'],
  ])('does not pass on %s %s', async (method, path) => {
    world.slack.received.length = 0;
    world.ringcentral.received.length = 0;
    const { status, body } = await ask(method, path, JSON_TYPE, method === 'GET' ? '' : '{}');
    expect([status, JSON.parse(body).error]).toEqual([404, 'no_such_call']);
    expect([...world.slack.received, ...world.ringcentral.received]).toEqual([]);
  });

  it('hands the body and the query over as they are', async () => {
    world.slack.received.length = 0;
    const body = { user: 'U104', channel: 'C0GENERAL', text: 'does älice have "Meetings"?' };
    await ask('POST', '/api/slack/act/command', JSON_TYPE, JSON.stringify(body));
    expect(world.slack.received).toEqual([{ method: 'POST', path: '/act/command', body }]);
    const found = JSON.parse((await ask('GET', '/api/ringcentral/state?limit=1&q=bob')).body);
    expect(found.people.map((person: { name: string }) => person.name)).toEqual(['Bob Brown']);
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'user=U104', 415, 'json_only'],
    ['plain text', { 'content-type': 'text/plain' }, '{}', 415, 'json_only'],
    ['no type at all', {}, '{}', 415, 'json_only'],
    ['broken JSON', JSON_TYPE, '{"user":', 400, 'not_json'],
    ['too long a body', JSON_TYPE, JSON.stringify({ text: 'x'.repeat(MAX_BODY_BYTES) }), 413, 'body_too_large'],
  ])('refuses %s', async (_what, headers, body, status, error) => {
    world.slack.received.length = 0;
    const answer = await ask('POST', '/api/slack/act/message', headers, body);
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([status, error]);
    expect(world.slack.received).toEqual([]);
  });

  it('takes the longest message that Slack takes', async () => {
    const body = JSON.stringify({ user: 'U104', channel: 'C0GENERAL', text: 'x'.repeat(40_000) });
    expect((await ask('POST', '/api/slack/act/message', JSON_TYPE, body)).status).toBe(200);
  });
});

describe('events', () => {
  const listen = () => {
    const { hostname, port } = new URL(playground.url);
    const socket = createConnection(Number(port), hostname);
    const heard = { text: '', hasEnded: false };
    socket.setEncoding('utf8').on('data', (part) => {
      heard.text += part;
    });
    socket.on('close', () => {
      heard.hasEnded = true;
    });
    socket.write(`GET /api/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
    return { socket, heard };
  };
  const listeners = () => [world.slack.listeners, world.ringcentral.listeners];

  it('of both sandboxes come through on one stream and end when the page goes', async () => {
    const { socket, heard } = listen();
    await expect.poll(listeners).toEqual([1, 1]);
    world.ringcentral.tell({ type: 'state' });
    world.slack.tell({ type: 'message', channel: 'C0GENERAL' });
    await expect.poll(() => heard.text).toContain('event: ringcentral\ndata: {"type":"state"}\n\n');
    await expect.poll(() => heard.text).toContain('event: slack\ndata: {"type":"message","channel":"C0GENERAL"}\n\n');
    expect(heard.text.toLowerCase()).toContain('content-type: text/event-stream');
    socket.destroy();
    await expect.poll(listeners).toEqual([0, 0]);
  });

  it('end for the page when one sandbox ends them, and let go of the other', async () => {
    const { heard } = listen();
    await expect.poll(listeners).toEqual([1, 1]);
    world.slack.hangUp();
    await expect.poll(() => heard.hasEnded).toBe(true);
    await expect.poll(listeners).toEqual([0, 0]);
    expect((await ask('GET', '/api/events')).status).toBe(502);
  });
});

describe('when a sandbox is gone', () => {
  it('says so and stays up', async () => {
    const gone = await startPlayground({
      slackControlUrl: 'http://127.0.0.1:1',
      ringcentralControlUrl: world.ringcentral.url,
      company: 'x',
    });
    try {
      const answer = await fetch(`${gone.url}api/slack/workspace`);
      expect([answer.status, await answer.json()]).toEqual([502, { ok: false, error: 'sandbox_unreachable' }]);
      expect((await fetch(`${gone.url}api/ringcentral/state`)).status).toBe(200);
    } finally {
      await gone.close();
    }
  });

  it('refuses to start where the port is taken', async () => {
    const port = Number(new URL(playground.url).port);
    const options = {
      port,
      slackControlUrl: 'http://127.0.0.1:1',
      ringcentralControlUrl: 'http://127.0.0.1:1',
      company: 'x',
    };
    await expect(startPlayground(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('files', () => {
  const PAGE = Buffer.from('<script>alert(1)</script>');

  it('are handed out as downloads, whatever they hold', async () => {
    world.slack.answers.set('GET /files/F0ONE', (_body: unknown, query: URLSearchParams) =>
      query.get('user') === 'U104' ? PAGE : undefined,
    );
    const { status, headers, body } = await ask('GET', '/api/slack/files/F0ONE?user=U104', {
      'sec-fetch-site': 'same-origin',
    });
    expect([status, body]).toEqual([200, PAGE.toString()]);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['x-inner']).toBeUndefined();
    expect((await ask('GET', '/api/slack/files/F0ONE?user=U101')).status).toBe(404);
  });

  it.each([
    ['GET', '/api/slack/files/F0ONE/../../calls'],
    ['GET', '/api/slack/files/'],
    ['GET', '/api/slack/files/U104'],
    ['GET', '/api/slack/files/f0one'],
    ['GET', '/api/slack/files/F0ONE%2f'],
    ['GET', '/api/ringcentral/files/F0ONE'],
    ['DELETE', '/api/slack/files/F0ONE'],
  ])('%s %s is no call', async (method, path) => {
    expect((await ask(method, path, JSON_TYPE)).status).toBe(404);
  });

  it('are not handed to another site', async () => {
    world.slack.answers.set('GET /files/F0ONE', PAGE);
    expect((await ask('GET', '/api/slack/files/F0ONE', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('may be sent up to five million bytes; no other call may be so large', async () => {
    const body = JSON.stringify({ name: 'a.csv', content: 'x'.repeat(6_700_000) });
    expect((await ask('POST', '/api/slack/act/upload', JSON_TYPE, body)).status).toBe(200);
    expect((await ask('POST', '/api/slack/act/message', JSON_TYPE, body.slice(0, 70_000))).status).toBe(413);
    const more = JSON.stringify({ content: 'x'.repeat(7 * 1024 * 1024) });
    expect((await ask('POST', '/api/slack/act/upload', JSON_TYPE, more)).status).toBe(413);
  });
});
