import { createServer } from 'node:http';
import { type AccountFile, readAccountFile } from './account/account-file.ts';
import { answerRequest, type Route } from './answer.ts';
import { startControl } from './control/server.ts';
import { createWorld, resetWorld, type WorldOptions } from './create-world.ts';
import { createRouter } from './http/router.ts';
import { listen, stop } from './listen.ts';
import { AUTHORIZE_ROUTES } from './oauth/authorize.ts';
import { JWKS_ROUTE } from './oauth/keys.ts';
import { REVOKE_ROUTE } from './oauth/revoke.ts';
import { TOKEN_ROUTE } from './oauth/token.ts';
import { USER_INFO_OPERATION } from './oauth/user-info.ts';
import { OPERATIONS } from './operations/index.ts';
import { VERSION_ROUTES } from './operations/versions.ts';
import { createPlanter, type Planted } from './plant.ts';
import { changeSwitches, defaultSwitches, type SwitchChange } from './switches.ts';

/** How a sandbox is started; everything may be left out. */
export type SandboxOptions = {
  /** 0 or absent: a free port. */
  port?: number;
  controlPort?: number;
  /** Extensions in all; fewer than the account file names means the account file's. */
  people?: number;
  seed?: number;
  /** False: calls are counted for nobody. Only for measurements. */
  rateLimits?: boolean;
  switches?: SwitchChange;
  /** Another account file. */
  accountFile?: string;
};

/** A running sandbox, with what a client needs to use it. */
export type RingCentralSandbox = Planted & {
  serverUrl: string;
  controlUrl: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
};

const ROUTES: readonly Route[] = [
  ...OPERATIONS,
  USER_INFO_OPERATION,
  ...AUTHORIZE_ROUTES,
  TOKEN_ROUTE,
  REVOKE_ROUTE,
  JWKS_ROUTE,
  ...VERSION_ROUTES,
];

/**
 * Starts an imitation of RingCentral's API on loopback, and beside it, on a port of its own, the control API.
 *
 * @throws {Error} when a port is taken or the account file is unreadable
 */
export async function startRingCentralSandbox(options: SandboxOptions = {}): Promise<RingCentralSandbox> {
  const file: AccountFile = readAccountFile(options.accountFile);
  const settings: WorldOptions = {
    file,
    people: options.people ?? file.people.length,
    seed: options.seed ?? 1,
    rateLimits: options.rateLimits ?? true,
    switches: changeSwitches(defaultSwitches(), options.switches ?? {}),
  };
  const world = createWorld(settings);
  const planter = createPlanter(world);
  const router = createRouter(ROUTES);
  const server = createServer((request, response) => void answerRequest(world, router, request, response));
  world.origin = await listen(server, options.port ?? 0);
  const planted = planter.plant();
  const control = await startControl(world, {
    port: options.controlPort ?? 0,
    reset() {
      resetWorld(world, settings);
      planter.plant();
    },
  }).catch(async (error: unknown) => {
    await stop(server);
    throw error;
  });
  return {
    ...planted,
    serverUrl: world.origin,
    controlUrl: control.url,
    clientId: world.app.clientId,
    clientSecret: world.app.clientSecret,
    async close() {
      await Promise.all([stop(server), control.close()]);
    },
  };
}
