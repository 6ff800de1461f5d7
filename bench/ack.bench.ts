import { createHmac, randomUUID } from 'node:crypto';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { createSlackApp } from '#handlers/slack/app.ts';
import { startSandboxes } from '#sandbox/start.ts';
import { createLog } from '#src/log.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { systemClock, systemIds } from '#src/wiring/system.ts';
import { freshKey, openWorld } from '#src/wiring/world.ts';
import { ms, percentile } from './support.ts';

const RATE = 200;
const SECONDS = 5;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

type Target = { port: number; secret: string; teamId: string };

/** Sends one signed slash command and gives the milliseconds until the acknowledgement. */
function command(target: Target, responseUrl: string): Promise<number> {
  const body = new URLSearchParams({
    command: '/rolecall',
    text: 'help',
    user_id: 'U104',
    user_name: 'dave',
    team_id: target.teamId,
    channel_id: 'C0GENERAL',
    api_app_id: 'A0BENCH',
    trigger_id: randomUUID(),
    response_url: responseUrl,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', target.secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: target.port,
        path: '/slack/events',
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(performance.now() - begun)
            : reject(new Error(`HTTP ${response.statusCode}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Commands at an even rate, not waiting for each other, as people send them. */
async function load(target: Target, responseUrl: string): Promise<number[]> {
  const sent: Promise<number>[] = [];
  const begun = performance.now();
  for (let n = 0; n < RATE * SECONDS; n += 1) {
    const due = begun + (n * 1000) / RATE;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(command(target, responseUrl));
  }
  return Promise.all(sent);
}

/** Counts what is posted to a response_url. */
async function answers(): Promise<{ url: string; count(): number; server: Server }> {
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => {
      count += 1;
      outgoing.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`, count: () => count, server };
}

/** A Bolt app that acknowledges and does nothing else. */
async function bareApp(
  secret: string,
  apiUrl: string,
  token: string,
): Promise<{ port: number; stop(): Promise<unknown> }> {
  const receiver = new HTTPReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const app = new App({
    token,
    receiver,
    botId: 'B0',
    botUserId: 'U0',
    tokenVerificationEnabled: false,
    convoStore: false,
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  });
  app.command('/rolecall', async ({ ack }) => ack());
  const server = await app.start({ port: 0, host: '127.0.0.1' } as never);
  return { port: (server.address() as AddressInfo).port, stop: () => app.stop() };
}

/** Acknowledgement of a signed slash command by the whole app, beside a Bolt app that only acknowledges. */
export async function run() {
  const sandboxes = await startSandboxes({
    manifestPath: new URL('../manifest.yml', import.meta.url).pathname,
    rateLimits: false,
  });
  const log = createLog('error', process.stderr);
  const { slack, ringcentral } = sandboxes;
  const world = await openWorld({
    endpoint: ringcentral,
    directory: null,
    encryptionKey: freshKey(),
    exclusive: false,
    log,
  });
  await plantIdentities(sandboxes, (await world.directories.names.current()).account.id, world.store);
  const door = {
    mode: 'http',
    signingSecret: slack.signingSecret,
    port: 0,
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
  } as const;
  const app = await createSlackApp({
    slack: door,
    conversation: world.conversation,
    store: world.store,
    clock: systemClock,
    ids: systemIds,
    log,
    zone: world.zone,
  });
  await app.start();
  const bare = await bareApp(slack.signingSecret, slack.apiUrl, slack.botToken);
  const sink = await answers();
  try {
    const target = { secret: slack.signingSecret, teamId: slack.teamId };
    await load({ ...target, port: bare.port }, sink.url);
    const base = await load({ ...target, port: bare.port }, sink.url);
    await load({ ...target, port: app.port() ?? 0 }, sink.url);
    for (let waited = 0; sink.count() < RATE * SECONDS && waited < 30_000; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const warmedUp = sink.count();
    const full = await load({ ...target, port: app.port() ?? 0 }, sink.url);
    for (let waited = 0; sink.count() - warmedUp < full.length && waited < 30_000; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      name: `signed slash command, ${RATE} a second for ${SECONDS} s`,
      rows: [
        {
          metric: 'ack p50',
          value: ms(percentile(full, 0.5)),
          target: 'baseline + 0.5 ms',
          baseline: ms(percentile(base, 0.5)),
        },
        {
          metric: 'ack p99',
          value: ms(percentile(full, 0.99)),
          target: '< 20 ms',
          baseline: ms(percentile(base, 0.99)),
        },
        { metric: 'answered', value: `${sink.count() - warmedUp} of ${full.length}`, target: 'all', baseline: '' },
      ],
    };
  } finally {
    agent.destroy();
    sink.server.close();
    await bare.stop();
    await app.stop();
    await world.close();
    await sandboxes.close();
  }
}
