import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { extensionId } from '#src/domain/ids.ts';
import { createLog } from '#src/log.ts';
import { finishBulk } from '#src/usecases/bulk/finish.ts';
import { plantTokens } from '#src/wiring/sandbox.ts';
import { systemClock } from '#src/wiring/system.ts';
import { freshKey, openWorld, type World } from '#src/wiring/world.ts';
import { ms } from './support.ts';

const PEOPLE = 1_000;
/** Some of the account have the role already, or may not be given it. */
const SPARE = 200;
const ROLE = 'Billing Admin';

type Seen = { readonly operationId: string | null; readonly status: number; readonly path: string };

/** Calls to RingCentral for one role to a thousand people, where its call for many serves and where it does not. */
export async function run() {
  const served = await change({});
  const alone = await change({ bulkEffect: 'nothing' });
  return {
    name: `one role to ${PEOPLE.toLocaleString('en')} people, rate limits off`,
    rows: [
      {
        metric: 'API calls, preview to report',
        value: String(served.calls.length),
        target: '< 30',
        baseline: `${2 * PEOPLE} (read + PUT a person)`,
      },
      { metric: 'of them bulk-assign', value: String(count(served.calls, 'assignMultipleUserRoles')), target: '' },
      {
        metric: 'calls answered 429',
        value: String(served.calls.filter(({ status }) => status === 429).length),
        target: '0',
      },
      { metric: 'preview after', value: ms(served.previewMs), target: '' },
      { metric: 'everybody changed after', value: ms(served.changeMs), target: '' },
      {
        metric: 'API calls where bulk-assign has no effect',
        value: String(alone.calls.length),
        target: '',
        baseline: `${2 * PEOPLE} (read + PUT a person)`,
      },
      { metric: 'everybody changed after, then', value: ms(alone.changeMs), target: '' },
    ],
  };
}

function count(calls: readonly Seen[], operation: string): number {
  return calls.filter(({ operationId }) => operationId === operation).length;
}

async function change(switches: { readonly bulkEffect?: 'nothing' }) {
  const sandbox = await startRingCentralSandbox({ people: PEOPLE + SPARE, rateLimits: false, switches });
  const log = createLog('error', process.stderr);
  const world = await openWorld({
    endpoint: sandbox,
    directory: null,
    encryptionKey: freshKey(),
    exclusive: false,
    log,
    callsPerMinute: 1_000_000,
  });
  try {
    const ids = new Map(sandbox.people.map((person) => [person.ext, extensionId(person.extensionId)]));
    await plantTokens(sandbox.grants, ids, world.store, systemClock.now());
    await world.directories.names.current();
    const timed = await giveToAll(world, sandbox.controlUrl);
    const { calls } = (await (await fetch(`${sandbox.controlUrl}/calls`)).json()) as { calls: Seen[] };
    return { calls, ...timed };
  } finally {
    await world.close();
    await sandbox.close();
  }
}

type Assigned = Awaited<ReturnType<World['deps']['directories']['service']['listAssignedRoles']>>[number];

function holdersOfRole({ extension, roles }: Assigned) {
  return roles.some(({ displayName }) => displayName === ROLE) ? [extension] : [];
}

async function giveToAll(
  world: World,
  controlUrl: string,
): Promise<{ readonly previewMs: number; readonly changeMs: number }> {
  const names = await world.directories.names.current();
  const holders = new Set((await world.deps.directories.service.listAssignedRoles()).flatMap(holdersOfRole));
  const free = names.people.filter(
    ({ id, status, type }) => status === 'Enabled' && type === 'User' && !holders.has(id),
  );
  const numbers = free.slice(-PEOPLE);
  const actor = { platform: 'terminal', extensionNumber: '104' } as const;
  const list = ['extension', ...numbers.map(({ number }) => number)].join('\n');
  await fetch(`${controlUrl}/calls`, { method: 'DELETE' });
  const begun = performance.now();
  const said = {
    actor,
    text: `give them ${ROLE}`,
    thread: 'bench',
    attachment: { name: 'people.csv', text: list },
  };
  const { reply } = await world.conversation.say(said);
  if (reply.saying.kind !== 'change-preview') throw new Error(`no preview but ${reply.saying.kind}`);
  const previewed = performance.now();
  const started = await world.conversation.press({ actor, button: reply.saying.confirm, thread: 'bench' });
  const { saying } = started.reply;
  const [button] = saying.kind === 'bulk' ? saying.buttons : [];
  if (button === undefined) throw new Error(`not started but ${saying.kind}`);
  const teller = { tell: async () => true, announce: async () => false };
  const report = await finishBulk({ ...world.deps, shelf: world.shelf, teller }, button.id);
  if (report?.saying.kind !== 'bulk' || report.saying.counts.changed !== PEOPLE) {
    throw new Error(`not everybody was changed: ${JSON.stringify(report?.saying).slice(0, 300)}`);
  }
  return { previewMs: previewed - begun, changeMs: performance.now() - previewed };
}
