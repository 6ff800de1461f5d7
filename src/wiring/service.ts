import { createSlackApp, type SlackApp, type SlackAppOptions } from '#handlers/slack/app.ts';
import type { Io, Service } from '#handlers/terminal/composition.ts';
import { type Config, readConfig } from '../config.ts';
import { createLog, type ProtectingLog } from '../log.ts';
import type { ClaimedDue, Teller } from '../usecases/ports.ts';
import { ANCHOR, anchorLater, postAnchor } from '../usecases/post-anchor.ts';
import { sweepLater } from '../usecases/sweep-drift.ts';
import { liveCarrierx, SANDBOX_ADMINISTRATORS } from './carrierx.ts';
import type { Endpoint } from './directory.ts';
import { keepForgetting } from './keep-forgetting.ts';
import { keepSettling } from './keep-settling.ts';
import { keepShelf } from './keep-shelf.ts';
import { keepTime } from './keep-time.ts';
import { lanesOf } from './lanes.ts';
import { createLogTeller } from './log-teller.ts';
import { plantIdentities, startSandboxes } from './sandbox.ts';
import { systemClock, systemIds } from './system.ts';
import { freshKey, openWorld, type World, type WorldOptions } from './world.ts';

type ServiceOptions = { readonly people?: number; readonly rateLimits?: boolean };
type Closing = () => Promise<void>;

/**
 * Starts the assistant: against what the environment names, or, with nothing named, against the sandbox with a page in
 * the browser. What was started is closed again when the rest cannot be.
 *
 * @throws {Fault} with one sentence for the person who starts it
 */
export async function startService(env: Io['env'], options: ServiceOptions): Promise<Service> {
  const config = readConfig(env, 'start');
  const log = createLog(levelFor(config, env), process.stderr);
  const closing: Closing[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const greeting =
      config.mode === 'sandbox'
        ? await startOnSandbox(config, options, log, closing)
        : await startLive(config, log, closing);
    return { greeting, ended: unhandled(log), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** In the sandbox the address of the page, or why there is none, must not drown in what an operator would want to know. */
function levelFor({ mode, logLevel }: Config, env: Io['env']): Config['logLevel'] {
  return mode === 'sandbox' && !env.LOG_LEVEL?.trim() ? 'warn' : logLevel;
}

async function startOnSandbox(
  config: Config,
  options: ServiceOptions,
  log: ProtectingLog,
  closing: Closing[],
): Promise<readonly string[]> {
  const sandboxes = await startSandboxes(options);
  closing.push(() => sandboxes.close());
  const { ringcentral, slack } = sandboxes;
  const carrierx = { ...sandboxes.carrierx, administrators: SANDBOX_ADMINISTRATORS };
  const where = { directory: null, encryptionKey: freshKey(), carrierx };
  const world = await openService(ringcentral, where, log, closing);
  const { account } = world;
  await plantIdentities(sandboxes, account.id, world.store);
  await openSlack(
    { mode: 'socket', appToken: slack.appToken, botToken: slack.botToken, apiUrl: slack.apiUrl },
    world,
    { approversChannel: config.approversChannel, log },
    closing,
  );
  const { startPlayground } = await import('#sandbox/playground/server.ts');
  const page = await startPlayground({
    port: config.port,
    slackControlUrl: slack.controlUrl,
    ringcentralControlUrl: ringcentral.controlUrl,
    company: account.name,
  });
  closing.push(() => page.close());
  return [
    `Rolecall is ready: ${page.url}`,
    'No credentials are set, so this is the built-in sandbox: nothing here is Slack or RingCentral. Stop with Ctrl+C.',
  ];
}

async function startLive(
  config: Extract<Config, { mode: 'live' }>,
  log: ProtectingLog,
  closing: Closing[],
): Promise<readonly string[]> {
  const { ringcentral, slack, databaseUrl, dataDir, encryptionKey } = config;
  const where = { databaseUrl, directory: dataDir, encryptionKey, carrierx: liveCarrierx(config) };
  const world = await openService(ringcentral, where, log, closing);
  closing.push(keepForgetting(world.deps, config.looksKeptDays));
  if (slack) {
    const door = slack.mode === 'http' ? { ...slack, port: config.port } : slack;
    const app = await openSlack(door, world, { approversChannel: config.approversChannel, log }, closing);
    log.info('listening to Slack', { mode: slack.mode, port: app.port() });
  } else await keepWhatIsDue(world, createLogTeller(log), false, closing);
  return [`Rolecall is ready for ${world.account.name}.`];
}

async function openService(
  endpoint: Endpoint,
  where: Pick<WorldOptions, 'databaseUrl' | 'directory' | 'encryptionKey' | 'carrierx'>,
  log: ProtectingLog,
  closing: Closing[],
): Promise<World> {
  const world = await openWorld({ endpoint, ...where, exclusive: true, log });
  closing.push(() => world.close());
  closing.push(await keepSettling(world.deps));
  closing.push(keepShelf(world.shelf, world.deps.names, log));
  return world;
}

async function openSlack(
  slack: SlackAppOptions['slack'],
  world: World,
  { approversChannel, log }: { readonly approversChannel: string | null; readonly log: ProtectingLog },
  closing: Closing[],
): Promise<SlackApp> {
  log.protect(slack.botToken);
  log.protect(slack.mode === 'socket' ? slack.appToken : slack.signingSecret);
  const { conversation, store, zone } = world;
  const parts = { conversation, store, clock: systemClock, ids: systemIds, log, zone };
  const app = await createSlackApp({ slack, approversChannel, ...parts });
  closing.push(() => app.stop());
  await app.start();
  await keepWhatIsDue(world, app.teller, approversChannel !== null, closing);
  return app;
}

/** From now until the service stops, what is due is done: ends first of all, changes of many people beside them. */
async function keepWhatIsDue(
  { deps, shelf }: World,
  teller: Teller,
  hasChannel: boolean,
  closing: Closing[],
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.commit([sweepLater(now), ...(hasChannel ? [anchorLater(now)] : [])], []);
  const anchor = { handlers: { [ANCHOR]: (due: ClaimedDue) => postAnchor(deps, teller, due) }, atOnce: 1 };
  closing.push(keepTime(deps, [...lanesOf({ ...deps, shelf, teller }), ...(hasChannel ? [anchor] : [])]));
}

/** Resolves when something broke that nobody handled: a supervisor should start the process anew. */
function unhandled(log: ProtectingLog): Promise<unknown> {
  return new Promise((resolve) => {
    process.once('unhandledRejection', (reason) => {
      log.error('stopping: an error that nobody handled', {
        why: reason instanceof Error ? reason.message : 'unknown',
      });
      resolve(reason);
    });
  });
}
