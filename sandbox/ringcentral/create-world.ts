import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { AccountFile } from './account/account-file.ts';
import { buildAccount } from './account/build-account.ts';
import { makeUpCalls } from './account/calls.ts';
import { APP_PERMISSIONS } from './account/dictionary.ts';
import { createCallLog } from './call-records.ts';
import { createFaultPlan } from './faults.ts';
import { createLimiter } from './limiter.ts';
import { createCodeBook } from './oauth/codes.ts';
import { createSessions } from './oauth/sessions.ts';
import type { Switches } from './switches.ts';
import { type Clock, createClock, touch, type World } from './world.ts';

/** What a world is made from, at the start and at every reset. */
export type WorldOptions = {
  readonly file: AccountFile;
  readonly people: number;
  readonly seed: number;
  readonly rateLimits: boolean;
  readonly switches: Switches;
};

const REDIRECT_URIS = ['http://127.0.0.1:3000/oauth/callback', 'http://localhost:3000/oauth/callback'];

/** Every app permission there is: what an app may hold is narrowed through the control API. */
const ALL_SCOPES: readonly string[] = APP_PERMISSIONS.map((row) => row.id);

function build(options: WorldOptions, clock: Clock): Pick<World, 'account' | 'phoneCalls'> {
  const now = clock.now();
  const account = buildAccount(options.file, { people: options.people, seed: options.seed, now });
  return { account, phoneCalls: makeUpCalls(account, now) };
}

/** Makes the state of a new sandbox. Secrets are random; the account depends on the file and the seed alone. */
export function createWorld(options: WorldOptions): World {
  const clock = createClock();
  const now = () => clock.now();
  return {
    ...build(options, clock),
    switches: options.switches,
    limitedMode: false,
    version: 1,
    origin: '',
    app: {
      clientId: `sandbox${randomBytes(8).toString('hex')}`,
      clientSecret: randomBytes(24).toString('base64url'),
      name: 'Rolecall',
      redirectUris: REDIRECT_URIS,
      scopes: ALL_SCOPES,
    },
    clock,
    sessions: createSessions(now),
    codes: createCodeBook(now),
    credentials: new Map(),
    limiter: createLimiter(now, options.rateLimits),
    faults: createFaultPlan(),
    calls: createCallLog(),
    events: new EventEmitter({}),
  };
}

/** Puts the world back to its start. The clock goes on; ids and planted tokens stay the same. */
export function resetWorld(world: World, options: WorldOptions): void {
  Object.assign(world, build(options, world.clock));
  world.switches = options.switches;
  world.limitedMode = false;
  world.app.redirectUris = REDIRECT_URIS;
  world.app.scopes = ALL_SCOPES;
  world.sessions.clear();
  world.codes.clear();
  world.limiter.reset();
  world.faults.clear();
  world.calls.clear();
  touch(world);
}
