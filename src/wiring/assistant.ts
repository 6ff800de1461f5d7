import type { Assistant, Io, Notes, Parser } from '#handlers/terminal/composition.ts';
import { serviceRunsOn } from '../adapters/store/open-file.ts';
import { render } from '../cards/index.ts';
import { type Config, readConfig } from '../config.ts';
import { createReader } from '../conversation/reader.ts';
import { turnOf } from '../conversation/turns.ts';
import { extensionId } from '../domain/ids.ts';
import type { Turn } from '../domain/reply.ts';
import { createLog } from '../log.ts';
import { finishBulk } from '../usecases/bulk/finish.ts';
import type { Teller } from '../usecases/ports.ts';
import { liveCarrierx, SANDBOX_ADMINISTRATORS } from './carrierx.ts';
import type { Endpoint } from './directory.ts';
import { plantTokens } from './sandbox.ts';
import { systemClock } from './system.ts';
import { freshKey, openWorld, type World } from './world.ts';

const WAITING = 'RingCentral asks for a pause. Waiting for it to pass; nothing has to be done.';

type Opened = {
  readonly world: World;
  readonly loopback: boolean;
  /** Extension number by the id of a chat member, where the sandbox tells. */
  readonly members: ReadonlyMap<string, string>;
  close(): Promise<void>;
};

/** The assistant for one question: against what the environment names, or a sandbox of its own. */
export async function openAssistant(env: Io['env'], { note }: Notes = {}): Promise<Assistant> {
  const config = readConfig(env, 'ask');
  const { world, loopback, close } = await openFor(config, note);
  const finished = (turn: Turn) => finishTurn(world, turn, note);
  const timeKeeper = () => timeKeeperOf(config);
  return { conversation: world.conversation, zone: world.zone, loopback, finished, timeKeeper, close };
}

/** A command has nobody to be told later: it waits for what it started. */
async function finishTurn(world: World, turn: Turn, note: Notes['note']): Promise<Turn> {
  const { saying, reference } = turn.reply;
  const [button] = saying.kind === 'bulk' && saying.state !== 'done' ? saying.buttons : [];
  if (button === undefined) return turn;
  const background = { ...world.deps, shelf: world.shelf, teller: noteTeller(world.zone, note) };
  const report = await finishBulk(background, button.id);
  return report === null ? turn : turnOf(report, reference, turn.understanding, null);
}

/** Who waits at a terminal reads how far it is. */
function noteTeller(zone: string, note: Notes['note']): Teller {
  return {
    tell: async (_to, reply) => {
      if (reply.saying.kind === 'bulk' && reply.saying.state !== 'done') note?.(render(reply, { zone }).headline);
      return true;
    },
    announce: async () => false,
  };
}

function timeKeeperOf(config: Config): ReturnType<Assistant['timeKeeper']> {
  if (config.mode === 'sandbox') return 'ends-with-command';
  if (config.databaseUrl !== null) return 'some-service';
  return serviceRunsOn(config.dataDir) ? 'service' : 'no-service';
}

/** The language with the names of the account, for `parse`. */
export async function openParser(env: Io['env'], { note }: Notes = {}): Promise<Parser> {
  const config = readConfig(env, 'ask');
  const { world, members, close } = await openFor(config, note);
  const names = await world.directories.names.current();
  const owner = names.byId(await world.directories.service.owner());
  return {
    reader: createReader(names, { zone: world.zone, clock: systemClock, partners: world.partners, members }),
    owner: owner?.number ?? '',
    close,
  };
}

function openFor(config: Config, note: Notes['note']): Promise<Opened> {
  return config.mode === 'live' ? openLive(config, note) : openOwnSandbox(config);
}

/** Says it once, however many calls wait. */
function onceTold(note: (text: string) => void): () => void {
  let told = false;
  return () => {
    if (!told) note(WAITING);
    told = true;
  };
}

async function openLive(config: Extract<Config, { mode: 'live' }>, note: Notes['note']): Promise<Opened> {
  const world = await openWorld({
    endpoint: config.ringcentral,
    carrierx: liveCarrierx(config),
    databaseUrl: config.databaseUrl,
    directory: config.dataDir,
    encryptionKey: config.encryptionKey,
    exclusive: false,
    log: createLog(quietest(config), process.stderr),
    ...(note ? { onLongWait: onceTold(note) } : {}),
  });
  return { world, loopback: config.ringcentral.loopback, members: new Map(), close: () => world.close() };
}

async function openOwnSandbox(config: Config): Promise<Opened> {
  const { startDirectories } = await import('#sandbox/start.ts');
  const sandbox = await startDirectories({});
  const endpoint: Endpoint = sandbox.ringcentral;
  const carrierx = { ...sandbox.carrierx, administrators: SANDBOX_ADMINISTRATORS };
  const log = createLog(quietest(config), process.stderr);
  try {
    const world = await openWorld({
      endpoint,
      carrierx,
      directory: null,
      encryptionKey: freshKey(),
      exclusive: false,
      log,
    });
    const ids = new Map(sandbox.ringcentral.people.map((person) => [person.ext, extensionId(person.extensionId)]));
    await plantTokens(sandbox.ringcentral.grants, ids, world.store, systemClock.now());
    const close = async () => {
      await world.close();
      await sandbox.close();
    };
    const members = new Map(sandbox.identities.map(({ member, ext }) => [member, ext]));
    return { world, loopback: true, members, close };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** A command prints its answer; what the log would add is for those who ask for it. */
function quietest(config: Config): Config['logLevel'] {
  return config.logLevel === 'info' ? 'error' : config.logLevel;
}
