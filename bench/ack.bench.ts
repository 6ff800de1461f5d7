import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ms, percentile } from './support.ts';

const RATE = 200;
const SECONDS = 5;
const ANSWERED_WITHIN_MS = 60_000;

type Target = { readonly port: number; readonly secret: string; readonly teamId: string };
type Described = { readonly slack: { readonly signingSecret: string; readonly teamId: string } };

/** Starts a program of this folder and gives what its first line describes. */
async function launch<T>(file: string, described: unknown): Promise<{ child: ChildProcess; value: T }> {
  const path = new URL(`./ack/${file}.ts`, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, JSON.stringify(described)], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, value: JSON.parse(line) as T };
  }
  throw new Error(`${file} ended before it was ready`);
}

/** Sends one signed slash command and gives the milliseconds until the acknowledgement. */
function command(target: Target, responseUrl: string, agent: Agent): Promise<number> {
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
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
  };
  const to = { host: '127.0.0.1', port: target.port, path: '/slack/events', method: 'POST', agent, headers };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(to, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`HTTP ${response.statusCode}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Commands at an even rate, not waiting for each other, as people send them. */
async function load(target: Target, responseUrl: string): Promise<number[]> {
  // Of its own: a connection kept from an earlier round may be closing when it is used again.
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const sent: Promise<number>[] = [];
  const begun = performance.now();
  for (let n = 0; n < RATE * SECONDS; n += 1) {
    const wait = begun + (n * 1000) / RATE - performance.now();
    if (wait > 1) await sleep(wait);
    sent.push(command(target, responseUrl, agent));
  }
  return Promise.all(sent).finally(() => agent.destroy());
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
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/answer`, count: () => count, server };
}

/** One round of load, and how many of its commands were answered. */
async function round(target: Target, sink: { url: string; count(): number }, answering: boolean) {
  const before = sink.count();
  const acks = await load(target, sink.url);
  const deadline = performance.now() + (answering ? ANSWERED_WITHIN_MS : 0);
  while (sink.count() - before < acks.length && performance.now() < deadline) await sleep(50);
  return { acks, answered: sink.count() - before };
}

/** Acknowledgement of a signed slash command by the whole app, beside a Bolt app that only acknowledges. */
export async function run() {
  const sandbox = await launch<Described>('sandbox', {});
  const bare = await launch<{ port: number }>('bare', sandbox.value);
  const app = await launch<{ port: number }>('app', sandbox.value);
  const sink = await answers();
  try {
    const { signingSecret: secret, teamId } = sandbox.value.slack;
    const toBare = { port: bare.value.port, secret, teamId };
    const toApp = { port: app.value.port, secret, teamId };
    await round(toBare, sink, false);
    await round(toApp, sink, true);
    const base = await round(toBare, sink, false);
    const full = await round(toApp, sink, true);
    const at = (of: typeof full, share: number) => ms(percentile(of.acks, share));
    return {
      name: `signed slash command, ${RATE} a second for ${SECONDS} s`,
      rows: [
        { metric: 'ack p50', value: at(full, 0.5), target: 'baseline + 0.5 ms', baseline: at(base, 0.5) },
        { metric: 'ack p99', value: at(full, 0.99), target: '< 20 ms', baseline: at(base, 0.99) },
        { metric: 'answered', value: `${full.answered} of ${full.acks.length}`, target: 'all' },
      ],
    };
  } finally {
    sink.server.close();
    for (const { child } of [app, bare, sandbox]) child.stdin?.end();
  }
}
