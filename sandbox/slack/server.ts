import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { makeBus } from './bus.ts';
import { makeClock } from './clock.ts';
import { serveControl } from './control/serve.ts';
import { openHttpDoor } from './delivery/http.ts';
import { openSocketDoor } from './delivery/socket.ts';
import { serveFile, serveSignIn, serveUpload } from './files/serve.ts';
import { listen, sendJson, shut } from './http.ts';
import { type Ids, makeIds } from './ids.ts';
import { readManifest } from './manifest.ts';
import { serveResponseUrl } from './response-url.ts';
import { serveWebApi } from './web-api/serve.ts';
import { type AccountFile, plantWorkspace, readAccountFile } from './workspace/plant.ts';
import type { MemberKind } from './workspace/types.ts';
import type { Identity, World } from './world.ts';

/** How a Slack sandbox is started; only the manifest is needed. */
export type SlackSandboxOptions = {
  /** The app's manifest: commands, scopes and events are taken from it. */
  readonly manifestPath: string;
  /** Port of the imitation; any free one by default. */
  readonly port?: number;
  /** Port of the control API; any free one by default. */
  readonly controlPort?: number;
  /** Decides all ids and secrets; 1 by default. */
  readonly seed?: number;
  /** Company and people; the sandbox's own account file by default. */
  readonly accountFile?: string;
  /** How payloads reach the app: over Socket Mode (default), or signed to `requestUrl`. */
  readonly mode?: 'socket' | 'http';
  readonly requestUrl?: string;
  /** Rate tiers with 429; on by default. */
  readonly rateLimits?: boolean;
  /** How many members the workspace has at least; those beyond the named ones are strangers to the RingCentral account. */
  readonly people?: number;
};

/** A running Slack sandbox. */
export type SlackSandbox = {
  /** What to give an app as the Web API's address; ends in `/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** The control API, not part of the imitation; no slash at its end. */
  readonly controlUrl: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly members: readonly { id: string; name: string; kind: MemberKind; ext: string | null }[];
  readonly channels: readonly { id: string; name: string; kind: 'channel' | 'private' | 'im' }[];
  close(): Promise<void>;
};

/**
 * Starts a stand-in for Slack on loopback that an unmodified Bolt app talks to.
 *
 * @throws when the manifest or account file is unreadable, a port is taken, or http mode has no request URL
 */
export async function startSlackSandbox(options: SlackSandboxOptions): Promise<SlackSandbox> {
  const mode = options.mode ?? 'socket';
  if (mode === 'http' && options.requestUrl === undefined)
    throw new Error('The Slack sandbox in http mode needs a requestUrl.');
  const manifest = await readManifest(options.manifestPath);
  const file = await readAccountFile(options.accountFile ?? new URL('../account.json', import.meta.url));
  const ids = makeIds(options.seed ?? 1);
  const world = emptyWorld(identityOf(file, ids), manifest, ids);
  world.switches.rateLimits = options.rateLimits ?? true;
  plantWorkspace(world, file, options.people ?? 0);

  const server = createServer((request, response) => guard(response, () => serveImitation(world, request, response)));
  world.door = mode === 'http' ? openHttpDoor(world, options.requestUrl ?? '') : openSocketDoor(world, server);
  const reset = () => {
    clearWorld(world);
    world.switches.rateLimits = options.rateLimits ?? true;
    plantWorkspace(world, file, options.people ?? 0);
    world.bus.tell({ type: 'reset' });
  };
  const control = createServer((request, response) =>
    guard(response, () => serveControl({ world, reset }, request, response)),
  );
  const port = await listen(server, options.port ?? 0);
  world.origin = `http://127.0.0.1:${port}`;
  const controlPort = await listen(control, options.controlPort ?? 0).catch(async (error: unknown) => {
    await shut(server);
    throw error;
  });
  return handle(world, `http://127.0.0.1:${controlPort}`, [server, control]);
}

function handle(world: World, controlUrl: string, servers: readonly Server[]): SlackSandbox {
  const { identity } = world;
  return {
    apiUrl: `${world.origin}/api/`,
    botToken: identity.botToken,
    appToken: identity.appToken,
    signingSecret: identity.signingSecret,
    controlUrl,
    teamId: identity.teamId,
    appId: identity.appId,
    botUserId: identity.botUserId,
    members: [...world.members.values()].map(({ id, realName, kind, ext }) => ({ id, name: realName, kind, ext })),
    channels: [...world.channels.values()].map(({ id, name, kind }) => ({ id, name, kind })),
    async close() {
      world.clock.stop();
      world.door.close();
      await Promise.all(servers.map(shut));
    },
  };
}

async function serveImitation(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path.startsWith('/api/')) return serveWebApi(world, path.slice('/api/'.length), request, response);
  if (path.startsWith('/files-pri/')) return serveFile(world, path, request, response);
  if (path.startsWith('/upload/')) return serveUpload(world, path, request, response);
  if (path === '/') return serveSignIn(response);
  if (/^\/(commands|actions)\//.test(path)) return serveResponseUrl(world, path.slice(1), request, response);
  sendJson(response, 404, { ok: false, error: 'not_found' });
}

function guard(response: ServerResponse, serve: () => Promise<void>): void {
  serve().catch((error: unknown) =>
    sendJson(response, 500, { ok: false, error: 'sandbox_fault', detail: String(error) }),
  );
}

function identityOf(file: AccountFile, ids: Ids): Identity {
  const domain = file.company.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    teamId: 'T0SANDBOX',
    teamName: file.company,
    teamDomain: domain,
    emailDomain: file.emailDomain,
    partnerTeamId: 'T0PARTNER',
    appId: 'A0ROLECALL',
    botId: 'B0ROLECALL',
    botUserId: 'U0ROLECALL',
    botToken: `xoxb-sandbox-${ids.fixed('bot-token', 24)}`,
    appToken: `xapp-sandbox-${ids.fixed('app-token', 24)}`,
    signingSecret: ids.fixed('signing-secret', 32),
    verificationToken: ids.fixed('verification-token', 24),
  };
}

function emptyWorld(identity: Identity, manifest: World['manifest'], ids: Ids): World {
  return {
    identity,
    manifest,
    clock: makeClock(),
    ids,
    bus: makeBus(),
    origin: '',
    members: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    uploads: new Map(),
    homes: new Map(),
    stacks: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    assistantThreads: new Map(),
    calls: [],
    deliveries: [],
    faults: [],
    budgets: new Map(),
    switches: { rateLimits: true },
    duplicates: { left: 0, kinds: ['events_api'] },
    scopes: manifest.botScopes,
    installed: true,
    lastTsMicros: 0,
    door: {
      attempt: () => Promise.reject(new Error('not listening')),
      open: () => 0,
      disconnect: () => 0,
      close: () => undefined,
    },
  };
}

/** Forgets everything that happened; connections stay. */
function clearWorld(world: World): void {
  for (const map of [
    world.members,
    world.channels,
    world.messages,
    world.files,
    world.uploads,
    world.homes,
    world.stacks,
    world.triggers,
    world.responseUrls,
  ])
    map.clear();
  world.assistantThreads.clear();
  world.budgets.clear();
  for (const entries of [world.calls, world.deliveries, world.faults]) entries.length = 0;
  world.duplicates.left = 0;
  world.scopes = world.manifest.botScopes;
  world.installed = true;
}
