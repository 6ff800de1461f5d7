import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, eventually, type Rig, startHttpApp, startRig } from './harness.ts';

let rig: Rig;
let stop: () => Promise<void>;
let url: string;
const seen: Answer[] = [];

beforeEach(async () => {
  seen.length = 0;
  const port = await freePort();
  url = `http://127.0.0.1:${port}/slack/events`;
  rig = await startRig({ mode: 'http', requestUrl: url });
  ({ stop } = await startHttpApp(rig.slack.signingSecret, rig.slack.botToken, rig.slack.apiUrl, port, (app) => {
    app.event('app_mention', async ({ body, context }) => void seen.push({ ...body, retry: context.retryNum }));
    app.command('/fixture', async ({ ack, command }) => {
      seen.push(command);
      await ack(command.text === 'talk' ? 'words' : undefined);
    });
    app.action(/.*/, async ({ ack, body }) => {
      seen.push(body);
      await ack();
    });
  }));
});
afterEach(async () => {
  await stop();
  await rig.close();
});

/** Below the ports that systems hand out: what asks for any free port meanwhile cannot get this one. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

const mention = { user: 'U101', channel: 'C0GENERAL', text: '@fixture hi' };

describe('signed HTTP', () => {
  it('carries commands, events and clicks that a real Bolt receiver accepts', async () => {
    expect(await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'a & b' })).toMatchObject(
      { ok: true },
    );
    await rig.control('POST /act/message', mention);
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
    ];
    const { ts } = await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x', blocks });
    expect(
      await rig.control('POST /act/click', { user: 'U101', channel: 'C0GENERAL', ts, actionId: 'go' }),
    ).toMatchObject({ ok: true });
    await eventually(() => seen[2]);
    expect(seen).toMatchObject([
      { command: '/fixture', text: 'a &amp; b' },
      { event: { type: 'app_mention' } },
      { type: 'block_actions' },
    ]);
  });

  it('shows words in the answer to a command', async () => {
    await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'talk' });
    const { messages } = await rig.control('GET /messages?channel=C0GENERAL&user=U101');
    expect(messages.at(-1)).toMatchObject({ text: 'words', ephemeral: true });
  });

  it('with a wrong signature is refused by Bolt', async () => {
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'app_mention' } });
    expect(await rig.control('POST /forge', { url, body, secret: 'wrong' })).toMatchObject({ status: 401 });
    expect(await rig.control('POST /forge', { url, body })).toMatchObject({ status: 200 });
  });

  it('proves a new address by its challenge', async () => {
    expect(await rig.control('POST /forge', { url })).toMatchObject({ status: 200, verified: true });
    expect(await rig.control('POST /forge', { url, secret: 'wrong' })).toMatchObject({ status: 401, verified: false });
  });

  it('has no connections to open', async () => {
    expect(await rig.api('apps.connections.open', {}, rig.slack.appToken)).toMatchObject({ ok: false });
  });
});

describe('an app that fails', () => {
  let status = 500;
  let headers: Record<string, string> = {};
  let requests: { num: string | undefined; reason: string | undefined; type: string | undefined }[] = [];
  let broken: Rig;
  const server = createServer((request, response) => {
    requests.push({
      num: String(request.headers['x-slack-retry-num'] ?? ''),
      reason: String(request.headers['x-slack-retry-reason'] ?? ''),
      type: request.headers['content-type'],
    });
    if (status === 0) return;
    response.writeHead(status, headers);
    response.end();
  });

  beforeEach(async () => {
    requests = [];
    headers = {};
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    broken = await startRig({
      mode: 'http',
      requestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    });
  });
  afterEach(async () => {
    await broken.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('gets an event three more times, numbered and with the reason', async () => {
    status = 500;
    await broken.control('POST /act/message', mention);
    for (const [tries, waitMs] of [1, 60_000, 300_000, 3_600_000].entries()) {
      await eventually(async () => {
        const { deliveries } = await broken.control('GET /deliveries');
        return deliveries[0].attempts[tries]?.failure ?? undefined;
      });
      await broken.control('POST /clock', { advanceMs: waitMs });
    }
    expect(requests.map(({ num, reason }) => [num, reason])).toEqual([
      ['', ''],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(requests[0]?.type).toBe('application/json');
  });

  it('can forbid further tries', async () => {
    status = 500;
    headers = { 'x-slack-no-retry': '1' };
    await broken.control('POST /act/message', mention);
    await broken.control('POST /clock', { advanceMs: 60_000 });
    const { deliveries } = await broken.control('GET /deliveries');
    expect(deliveries[0].attempts).toHaveLength(1);
  });

  it('gets a command once only, in the exact content type, and the person is told', async () => {
    status = 500;
    const result = await broken.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'x' });
    await broken.control('POST /clock', { advanceMs: 600_000 });
    expect(result).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(requests).toMatchObject([{ type: 'application/x-www-form-urlencoded', num: '' }]);
  });

  it('has three seconds', async () => {
    status = 0;
    const pending = broken.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'x' });
    await eventually(() => requests[0]);
    await broken.control('POST /clock', { advanceMs: 3001 });
    expect(await pending).toMatchObject({ ok: false, error: 'dispatch_failed' });
    const { deliveries } = await broken.control('GET /deliveries');
    expect(deliveries[0].attempts[0].failure).toBe('http_timeout');
  });
});
