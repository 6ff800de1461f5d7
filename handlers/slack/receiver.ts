import type { Server, ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '#src/usecases/ports.ts';
import { describe } from './door.ts';
import { refuseBodiesWithoutObject } from './object-bodies.ts';

/** How Slack's traffic comes in. */
export type SlackDoor =
  | { readonly mode: 'socket'; readonly appToken: string }
  | {
      readonly mode: 'http';
      readonly signingSecret: string;
      readonly port: number;
      /** Address to bind; loopback unless a proxy on another machine stands before it. */
      readonly host?: string;
    };

/** A receiver with what `start`, `stop` and readiness need of it. */
export type Intake = {
  readonly receiver: HTTPReceiver | SocketModeReceiver;
  connected(): boolean;
  /** Takes nothing new from now on. */
  close(): Promise<void>;
  /** Lets go of connections that are still open, once the work is done. */
  release(): void;
};

/** Longest wait for a socket to say goodbye. */
const CLOSE_MS = 2000;

/**
 * Pause before the socket is opened again, and time without a pong after which it is given up. Slack renews sockets
 * every few hours; the SDK's five seconds would lose the clicks of as long.
 */
const PING_MS = 2500;

/**
 * Receives over Socket Mode.
 *
 * The client's options are this receiver's own: shared ones would carry its retry policy into every other call, and a
 * small number of retries there would end reconnecting for good.
 */
export function socketIntake(appToken: string, apiUrl: string | null, logger: Logger, log: Log): Intake {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: PING_MS,
    installerOptions: {
      clientOptions: {
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
        timeout: 10_000,
        retryConfig: { forever: true, minTimeout: 500, maxTimeout: 10_000, factor: 1.5, randomize: true },
      },
    },
  });
  const { client } = receiver;
  let connected = false;
  let closing = false;
  client.on('connected', () => {
    // The SDK finishes a reconnection that was under way at the close: that socket would take what nobody answers any
    // more, and keep the process alive.
    if (closing) {
      void client.disconnect().catch(() => undefined);
      return;
    }
    connected = true;
    log.info('connected to Slack');
  });
  for (const state of ['connecting', 'reconnecting', 'disconnecting', 'disconnected', 'close']) {
    client.on(state, () => {
      if (connected) log.info('the connection to Slack is closed');
      connected = false;
    });
  }
  surviveBadFrames(client, log);
  return {
    receiver,
    connected: () => connected,
    close() {
      closing = true;
      return within(CLOSE_MS, client.disconnect());
    },
    release: () => undefined,
  };
}

type FrameClient = Pick<SocketModeReceiver['client'], 'listeners' | 'off' | 'on'>;

/** The SDK's reader of frames rejects on ones without an inner event, and nobody awaits it: that would end the process. */
function surviveBadFrames(client: FrameClient, log: Log): void {
  for (const read of client.listeners('ws_message')) {
    client.off('ws_message', read);
    client.on('ws_message', (...frame: unknown[]) => {
      Promise.resolve((read as (...args: unknown[]) => unknown)(...frame)).catch((error: unknown) => {
        log.warn('a frame from Slack could not be read', { why: describe(error) });
      });
    });
  }
}

/** Receives signed HTTP requests, and says on the same port whether it is alive and ready. */
export function httpIntake(signingSecret: string, logger: Logger, ready: () => boolean): Intake {
  let server: Server | null = null;
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    customRoutes: [
      { path: '/healthz', method: ['GET'], handler: (_, response) => plainAnswer(response, true) },
      { path: '/readyz', method: ['GET'], handler: (_, response) => plainAnswer(response, ready()) },
    ],
  });
  refuseBodiesWithoutObject(receiver);
  const start = receiver.start.bind(receiver) as (...args: unknown[]) => Promise<Server>;
  receiver.start = (async (...args: unknown[]) => {
    server = await start(...args);
    return server;
  }) as typeof receiver.start;
  return {
    receiver,
    connected: () => server?.listening === true,
    async close() {
      // Not awaited: it ends with the last kept-alive connection, which clients hold for seconds after their answer.
      if (server?.listening) receiver.stop().catch(() => undefined);
    },
    release: () => server?.closeAllConnections(),
  };
}

function plainAnswer(response: ServerResponse, good: boolean): void {
  response.writeHead(good ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(good ? 'ok\n' : 'not ready\n');
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const cap = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), cap]);
  clearTimeout(timer);
}
