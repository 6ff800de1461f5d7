import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createSlackApp, type SlackApp } from '#handlers/slack/app.ts';
import { type SlackSandbox, startSlackSandbox } from '#sandbox/slack/server.ts';
import type { Conversation } from '#src/conversation/index.ts';
import type { Actor } from '#src/domain/actor.ts';
import type { Button, Reply, Saying, Turn } from '#src/domain/reply.ts';
import { FakeStore } from '#test/support/fake-store.ts';

export const manifestPath = fileURLToPath(new URL('../../../manifest.yml', import.meta.url));

type Said = Parameters<Conversation['say']>[0];
type Pressed = { readonly actor: Actor; readonly button: Button; readonly thread: string };

/** A conversation that remembers what it was told and answers as the test says. */
type FakeConversation = Conversation & {
  readonly said: Said[];
  readonly pressed: Pressed[];
  readonly homes: Actor[];
  onSay: (said: Said) => Promise<Turn> | Turn;
  onPress: (pressed: Pressed) => Promise<Turn> | Turn;
};

/** A turn that says something. */
export function turn(saying: Saying, more: Partial<Reply> = {}): Turn {
  return {
    reply: {
      saying,
      outcome: 'answered',
      verdict: null,
      readings: [],
      asOf: null,
      proof: null,
      reference: 'ABCD',
      ...more,
    },
    understanding: null,
    facts: { people: [], roles: [], permissions: [], changes: [] },
  };
}

/** An answer recognisable by its text. */
export function suggestion(text: string): Turn {
  return turn({ kind: 'not-understood', suggestions: [text], otherLanguage: false });
}

/** A question with a Confirm and a Cancel button. */
export function preview(id = 'question-1', version = 1): Turn {
  return turn({
    kind: 'change-preview',
    plan: { intent: 'assign-role', people: [], fingerprint: 'f', readAt: 0 },
    confirm: { action: 'confirm', id, version, index: null },
    cancel: { action: 'cancel', id, version, index: null },
    expiresAt: 0,
    moved: false,
  });
}

function fakeConversation(): FakeConversation {
  const fake: FakeConversation = {
    said: [],
    pressed: [],
    homes: [],
    onSay: ({ text }) => suggestion(`heard ${text}`),
    onPress: () => turn({ kind: 'cancelled' }),
    async say(said) {
      fake.said.push(said);
      return fake.onSay(said);
    },
    async press(pressed) {
      fake.pressed.push(pressed);
      return fake.onPress(pressed);
    },
    async home(actor) {
      fake.homes.push(actor);
      return { whoami: suggestion('your roles').reply, grants: null, help: suggestion('say this').reply };
    },
  };
  return fake;
}

type LogLine = { readonly level: string; readonly message: string; readonly data: Record<string, unknown> | undefined };

/** A message as one member sees it. */
export type Seen = {
  readonly ts: string;
  readonly text: string;
  readonly user?: string;
  readonly ephemeral: boolean;
  readonly thread_ts: string | null;
  readonly files: readonly { id: string; name: string; download: string; ims: readonly string[] }[];
  readonly blocks: readonly { type: string; elements?: readonly { action_id?: string; value?: string }[] }[];
};

type Act = { readonly ok: boolean; readonly error?: string; readonly ts?: string; readonly [more: string]: unknown };

export type Harness = {
  readonly sandbox: SlackSandbox;
  readonly app: SlackApp;
  readonly store: FakeStore;
  readonly conversation: FakeConversation;
  readonly log: LogLine[];
  act(path: string, body: object): Promise<Act>;
  get(path: string): Promise<Record<string, unknown>>;
  patch(path: string, body: object): Promise<Act>;
  /** Posts a file as a member. */
  upload(body: { user: string; channel?: string; text?: string; [more: string]: unknown }): Promise<Act>;
  /** Messages of the app that a member sees in a place, oldest first. */
  answers(member: string, channel?: string): Promise<Seen[]>;
  /** Waits until the app has nothing in hand and the condition holds. */
  until(condition: () => Promise<boolean> | boolean, what: string): Promise<void>;
  /** Waits for that many messages of the app. */
  answered(member: string, channel: string, count: number): Promise<Seen[]>;
  close(): Promise<void>;
};

/** The real Bolt app before the Slack sandbox, with a conversation in the hands of the test. */
export async function openHarness(mode: 'socket' | 'http' = 'socket', patienceMs?: number): Promise<Harness> {
  const port = mode === 'http' ? await freePort() : 0;
  const sandbox = await startSlackSandbox({
    manifestPath,
    mode,
    rateLimits: false,
    ...(mode === 'http' ? { requestUrl: `http://127.0.0.1:${port}/slack/events` } : {}),
  });
  const log: LogLine[] = [];
  const write = (level: string) => (message: string, data?: Record<string, unknown>) => {
    log.push({ level, message, data });
  };
  const conversation = fakeConversation();
  const { botToken, appToken, signingSecret, apiUrl, controlUrl } = sandbox;
  let references = 0;
  const store = new FakeStore({ now: () => Date.now() });
  const app = await createSlackApp({
    slack: mode === 'socket' ? { mode, botToken, appToken, apiUrl } : { mode, botToken, signingSecret, apiUrl, port },
    conversation,
    store,
    approversChannel: 'C0APPROVALS',
    clock: { now: () => Date.now() },
    ids: {
      reference: () => {
        references += 1;
        return `R${references}`;
      },
    },
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    zone: 'America/Denver',
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  await app.start();
  const send = async (method: string, path: string, body: object): Promise<Act> => {
    const answer = await fetch(`${controlUrl}${path}`, { method, body: JSON.stringify(body) });
    return (await answer.json()) as Act;
  };
  const harness: Harness = {
    sandbox,
    app,
    store,
    conversation,
    log,
    act: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
    upload: (body) => send('POST', '/act/upload', { name: 'people.csv', content: 'name\nBob Brown\n', ...body }),
    get: async (path) => (await (await fetch(`${controlUrl}${path}`)).json()) as Record<string, unknown>,
    async answers(member, channel = `D${member}`) {
      const { messages } = await harness.get(`/messages?channel=${channel}&user=${member}`);
      return (messages as Seen[]).filter((message) => message.user === sandbox.botUserId);
    },
    async until(condition, what) {
      const deadline = Date.now() + 8000;
      while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}\n${JSON.stringify(log, null, 1)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async answered(member, channel, count) {
      await harness.until(async () => (await harness.answers(member, channel)).length >= count, `answer ${count}`);
      return harness.answers(member, channel);
    },
    async close() {
      await app.stop();
      await sandbox.close();
    },
  };
  return harness;
}

/**
 * A port that was free a moment ago, below those that systems hand out: what asks for any free port meanwhile cannot
 * get this one.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
