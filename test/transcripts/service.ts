import { createSlackApp, type SlackApp } from '#handlers/slack/app.ts';
import { startSandboxes } from '#sandbox/start.ts';
import { createLog } from '#src/log.ts';
import type { Clock } from '#src/usecases/ports.ts';
import { SANDBOX_ADMINISTRATORS } from '#src/wiring/carrierx.ts';
import { keepTime } from '#src/wiring/keep-time.ts';
import { lanesOf } from '#src/wiring/lanes.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { systemClock, systemIds } from '#src/wiring/system.ts';
import { freshKey, openWorld, type World } from '#src/wiring/world.ts';

type Sandboxes = Awaited<ReturnType<typeof startSandboxes>>;

/** The whole assistant in this process, over the real protocols of both stand-ins. */
export type RunningService = {
  readonly sandboxes: Sandboxes;
  readonly world: World;
  readonly app: SlackApp;
  /** Whether what is due is worked on: a story holds it back to see what was there before. */
  due(running: boolean): Promise<void>;
  stop(): Promise<void>;
};

const MANIFEST = new URL('../../manifest.yml', import.meta.url).pathname;

/**
 * Starts everything as `npm start` does, without the page. Rate limits are on, as they are there.
 *
 * @param clock - what takes the place of the machine's clock, for stories that last for days
 */
export async function startService(clock: Clock = systemClock): Promise<RunningService> {
  const sandboxes = await startSandboxes({ manifestPath: MANIFEST });
  const log = createLog('error', process.stderr);
  const { slack, ringcentral } = sandboxes;
  const encryptionKey = freshKey();
  const carrierx = { ...sandboxes.carrierx, administrators: SANDBOX_ADMINISTRATORS };
  const world = await openWorld({
    endpoint: ringcentral,
    carrierx,
    directory: null,
    encryptionKey,
    exclusive: true,
    log,
    clock,
  });
  await plantIdentities(sandboxes, (await world.directories.names.current()).account.id, world.store);
  const { conversation, store, zone } = world;
  const door = { mode: 'socket', appToken: slack.appToken, botToken: slack.botToken, apiUrl: slack.apiUrl } as const;
  const parts = { conversation, store, clock, ids: systemIds, log, zone };
  const app = await createSlackApp({ slack: door, approversChannel: 'C0GENERAL', ...parts });
  await app.start();
  const background = { ...world.deps, shelf: world.shelf, teller: app.teller };
  const work = () => keepTime(world.deps, lanesOf(background));
  let stopTime = work();
  return {
    sandboxes,
    world,
    app,
    async due(running) {
      await stopTime();
      stopTime = running ? work() : async () => undefined;
    },
    async stop() {
      await stopTime();
      await app.stop();
      await world.close();
      await sandboxes.close();
    },
  };
}
