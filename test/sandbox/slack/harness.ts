import { fileURLToPath } from 'node:url';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type SlackSandbox, type SlackSandboxOptions, startSlackSandbox } from '#sandbox/slack/server.ts';

/** The manifest that these tests install. */
const MANIFEST = fileURLToPath(new URL('./manifest.fixture.yml', import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of many shapes
export type Answer = any;

/** A sandbox with a control client, and what runs against it. */
export type Rig = {
  readonly slack: SlackSandbox;
  /** Calls the control API: `'POST /act/message', {...}`. */
  control(route: string, body?: object): Promise<Answer>;
  /** Calls a Web API method as a bare HTTP client. */
  api(method: string, args?: Record<string, unknown>, token?: string): Promise<Answer>;
  close(): Promise<void>;
};

/** Starts a sandbox without an app. */
export async function startRig(options: Partial<SlackSandboxOptions> = {}): Promise<Rig> {
  const slack = await startSlackSandbox({ manifestPath: MANIFEST, rateLimits: false, ...options });
  return {
    slack,
    async control(route, body) {
      const [method = 'GET', path = '/'] = route.split(' ');
      const response = await fetch(`${slack.controlUrl}${path}`, {
        method,
        ...(method === 'GET'
          ? {}
          : { body: JSON.stringify(body ?? {}), headers: { 'content-type': 'application/json' } }),
      });
      return response.json();
    },
    async api(method, args = {}, token = slack.botToken) {
      const response = await fetch(`${slack.apiUrl}${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        ...((await response.json()) as object),
      };
    },
    close: () => slack.close(),
  };
}

/**
 * A real Bolt app on Socket Mode, quiet, that gives up early instead of retrying.
 *
 * @param reconnectAfterMs - Bolt 5.1 waits this long before it connects again, and takes a line without a pong for dead after as long
 */
export async function startApp(
  rig: Rig,
  listen: (app: App) => void,
  reconnectAfterMs = 5000,
): Promise<{ app: App; stop(): Promise<void> }> {
  const receiver = new SocketModeReceiver({
    appToken: rig.slack.appToken,
    logLevel: LogLevel.ERROR,
    clientPingTimeout: reconnectAfterMs,
    installerOptions: {
      clientOptions: {
        slackApiUrl: rig.slack.apiUrl,
        retryConfig: { forever: true, minTimeout: 50, maxTimeout: 500 },
      },
    },
  });
  const app = new App({
    token: rig.slack.botToken,
    receiver,
    deferInitialization: true,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: rig.slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  listen(app);
  await app.init();
  await app.start();
  return {
    app,
    async stop() {
      await receiver.client.disconnect();
    },
  };
}

/** A real Bolt app behind signed HTTP, on a port of its own. */
export async function startHttpApp(
  signingSecret: string,
  token: string,
  apiUrl: string,
  port: number,
  listen: (app: App) => void,
): Promise<{ stop(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token,
    receiver,
    deferInitialization: true,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
  });
  listen(app);
  await app.init();
  await app.start({ port, host: '127.0.0.1' });
  return {
    async stop() {
      await app.stop();
    },
  };
}

/** Waits until `look` finds something; for effects that come after an acknowledgement. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
