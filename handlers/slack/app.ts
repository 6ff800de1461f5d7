import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import {
  clientOptions,
  createSlackChat,
  createStandings,
  readInstallation,
  sdkLogger,
  slackClient,
  slackFault,
} from '#src/adapters/slack-chat/index.ts';
import type { Conversation } from '#src/conversation/index.ts';
import { Fault } from '#src/domain/faults.ts';
import type { Clock, Ids, Log, Store, Teller } from '#src/usecases/ports.ts';
import { onButtons } from './buttons.ts';
import { onCommand } from './command.ts';
import { type Door, describe } from './door.ts';
import { onHome } from './home.ts';
import { watchInFlight } from './in-flight.ts';
import { httpIntake, type Intake, type SlackDoor, socketIntake } from './receiver.ts';
import { createSlackTeller } from './teller.ts';
import { tellUnmatched } from './unmatched.ts';
import { onDirectMessage, onMention } from './words.ts';

export type SlackAppOptions = {
  readonly slack: SlackDoor & {
    readonly botToken: string;
    /** Null for Slack itself. */
    readonly apiUrl: string | null;
  };
  readonly conversation: Conversation;
  readonly store: Pick<Store, 'claimOnce' | 'links' | 'records' | 'commit'>;
  /** Channel for what those who watch over roles have to know; null where none is set. */
  readonly approversChannel?: string | null;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'reference'>;
  readonly log: Log;
  /** IANA zone of the times in answers. */
  readonly zone: string;
  /** After this long somebody who waits is told that it goes on; four seconds unless given. */
  readonly patienceMs?: number;
};

/** The Slack door of the assistant. */
export type SlackApp = {
  readonly app: App;
  /** Tells people what they did not just ask for. */
  readonly teller: Teller;
  /** @throws {Fault} when Slack refuses the credentials or the port is taken */
  start(): Promise<void>;
  /** Takes nothing new, finishes what runs, and closes; at most about ten seconds. */
  stop(): Promise<void>;
  ready(): boolean;
  /** Resolves when nothing is being worked on, or with false after about ten seconds. */
  idle(): Promise<boolean>;
  /** Port of the HTTP door once started; null over Socket Mode. */
  port(): number | null;
};

const PATIENCE_MS = 4000;
const DRAIN_MS = 10_000;

/**
 * Builds the Slack door and signs in; nothing is received before `start`.
 *
 * @throws {Fault} `config-invalid` when Slack refuses the token, `chat-undeliverable` when Slack does not answer
 */
export async function createSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const { slack, log } = options;
  const client = slackClient(slack.botToken, slack.apiUrl, log);
  const installation = await readInstallation(client);
  let stopping = false;
  const ready = (): boolean => !stopping && intake.connected();
  const intake = openIntake(slack, log, ready);
  const app = await buildApp(options, intake, installation);
  const door: Door = {
    ...options,
    chat: createSlackChat({ client, botToken: slack.botToken, apiUrl: slack.apiUrl, log }),
    standings: createStandings(client, installation, options.clock, log),
    installation,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  };
  const inFlight = watchInFlight(app, log, (args) => tellUnmatched(door, args));
  for (const listen of [onCommand, onMention, onDirectMessage, onButtons, onHome]) listen(app, door);
  let port: number | null = null;
  return {
    app,
    teller: createSlackTeller(door, options.store, options.approversChannel ?? null),
    ready,
    idle: () => inFlight.drained(DRAIN_MS),
    port: () => port,
    async start() {
      port = await startReceiving(app, slack);
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      await intake.close();
      if (!(await inFlight.drained(DRAIN_MS))) log.warn('stopped with work unfinished', { running: inFlight.count() });
      intake.release();
    },
  };
}

function openIntake(slack: SlackAppOptions['slack'], log: Log, ready: () => boolean): Intake {
  const logger = sdkLogger(log);
  return slack.mode === 'socket'
    ? socketIntake(slack.appToken, slack.apiUrl, logger, log)
    : httpIntake(slack.signingSecret, logger, ready);
}

async function buildApp(
  { slack, log }: SlackAppOptions,
  intake: Intake,
  { botId, botUserId }: { readonly botId: string; readonly botUserId: string },
): Promise<App> {
  const app = new App({
    token: slack.botToken,
    botId,
    botUserId,
    // Both ids are known, so that Bolt does not ask Slack for them at every event.
    tokenVerificationEnabled: false,
    receiver: intake.receiver,
    clientOptions: clientOptions(slack.apiUrl, log),
    convoStore: false,
    extendedErrorHandler: true,
    deferInitialization: true,
    logger: sdkLogger(log),
  });
  await app.init();
  app.error(async ({ error }: { readonly error: Error }) => {
    log.error('an error reached the Slack door', { why: describe(error) });
  });
  return app;
}

async function startReceiving(app: App, slack: SlackAppOptions['slack']): Promise<number | null> {
  if (slack.mode === 'socket') {
    await app.start().catch((error: unknown) => {
      throw slackFault(error, 'open a socket with SLACK_APP_TOKEN');
    });
    return null;
  }
  const { port, host = '127.0.0.1' } = slack;
  const server = await app.start({ port, host } as never).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Fault('config-invalid', `Port ${port} on ${host} cannot be opened: ${portTrouble(code)}.`, {
      errorCode: code,
    });
  });
  return (server.address() as AddressInfo).port;
}

function portTrouble(code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return 'it is taken by another program; PORT names another';
    case 'EACCES':
      return 'this user may not open it; PORT names another, above 1023';
    default:
      return code;
  }
}
