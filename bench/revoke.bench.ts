import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Grant } from '#src/domain/grant.ts';
import { extensionId, roleId } from '#src/domain/ids.ts';
import { type Extension, isUser } from '#src/domain/people.ts';
import { createLog } from '#src/log.ts';
import { grantLanes } from '#src/usecases/keep-grants.ts';
import { LEDGER, ledgerChanges, readLedger } from '#src/usecases/ledgers.ts';
import type { StoreChange } from '#src/usecases/ports.ts';
import { keepTime } from '#src/wiring/keep-time.ts';
import { freshKey, openWorld, type World } from '#src/wiring/world.ts';
import { ms, percentile } from './support.ts';

/** REVOKE_COUNT and REVOKE_WINDOW_MS make a shorter run of the same rate. */
const REVOCATIONS = Number(process.env.REVOKE_COUNT ?? 10_000);
const WINDOW_MS = Number(process.env.REVOKE_WINDOW_MS ?? 60_000);
const PENDING = 100_000;
const IDLE_MS = 10_000;
const AT_ONCE = 500;
/** Measured against a stand-in that does not count calls. */
const UNLIMITED = 10_000_000;
const MANAGER = { id: roleId('7'), displayName: 'Manager' };

type Sandbox = {
  readonly serverUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly jwt: string;
  readonly controlUrl: string;
};

/** How late revocations are that are due all over a minute, and what 100,000 that are not due yet cost. */
export async function run() {
  const rows = [...(await lateness()), ...(await idle())];
  return { name: `Ends of grants, ${REVOCATIONS.toLocaleString('en')} due within ${WINDOW_MS / 1000} s`, rows };
}

async function withWorld<T>(people: number, work: (world: World, sandbox: Sandbox) => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./revoke/sandbox.ts', import.meta.url)), String(people)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  try {
    const sandbox = JSON.parse(await firstLine(child)) as Sandbox;
    const world = await openWorld({
      endpoint: sandbox,
      directory: null,
      encryptionKey: freshKey(),
      exclusive: false,
      log: createLog('error', process.stderr),
      callsPerMinute: UNLIMITED,
    });
    try {
      return await work(world, sandbox);
    } finally {
      await world.close();
    }
  } finally {
    child.stdin?.end();
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output of the stand-in');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the stand-in ended without a line');
}

async function lateness() {
  return withWorld(REVOCATIONS + 50, async (world, sandbox) => {
    const { people } = await world.directories.names.refresh();
    const holders = people.filter((each) => isUser(each) && each.status === 'Enabled').slice(30, 30 + REVOCATIONS);
    for (let from = 0; from < holders.length; from += 50) {
      await Promise.all(holders.slice(from, from + 50).map(({ number }) => assign(sandbox, number)));
    }
    const begins = Date.now() + 3_000;
    const gap = WINDOW_MS / holders.length;
    await grant(world, holders, (index) => begins + index * gap);
    const stop = keepTime(world.deps, lanesOf(world));
    await sleep(begins - Date.now() + WINDOW_MS);
    const late = await untilAllEnded(world, holders.length);
    await stop();
    return [
      { metric: 'lateness p50', value: ms(percentile(late, 0.5)), target: '' },
      { metric: 'lateness p99', value: ms(percentile(late, 0.99)), target: '< 2000 ms' },
      { metric: 'latest', value: ms(Math.max(...late)), target: '' },
    ];
  });
}

async function assign({ controlUrl }: Sandbox, ext: string): Promise<void> {
  await fetch(`${controlUrl}/portal/assign`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ext, roles: ['Standard (International)', 'Manager'] }),
  });
}

async function grant(world: World, holders: readonly Extension[], endOf: (index: number) => number): Promise<void> {
  const account = world.account.id;
  for (let from = 0; from < holders.length; from += AT_ONCE) {
    const changes = holders.slice(from, from + AT_ONCE).flatMap((person, index): readonly StoreChange[] => {
      const kept = { ledger: { person, account, grants: [] }, version: 0, createdAt: Date.now() };
      return ledgerChanges(kept, [grantOf(person, Math.round(endOf(from + index)))], Date.now());
    });
    await world.store.commit(changes, []);
  }
}

function grantOf(person: Extension, endsAt: number): Grant {
  const startsAt = endsAt - 600_000;
  return {
    id: `${person.id}-bench`,
    kind: 'give',
    role: MANAGER.id,
    roleName: MANAGER.displayName,
    siteRestricted: false,
    state: 'active',
    asker: person.id,
    reason: null,
    reference: 'BENCH',
    askedAt: startsAt,
    startsAt,
    endsAt,
    revision: 1,
    intent: 'bench',
    proposed: null,
    warnedOf: null,
    trouble: null,
    endedBy: null,
    endedAt: null,
    how: null,
    closedBy: null,
    standing: false,
    substitute: null,
    drift: null,
  };
}

/** Chats are not measured here: whatever is told is taken at once. */
function lanesOf({ deps, shelf }: World) {
  const teller = { tell: async () => true, announce: async () => true };
  return grantLanes({ ...deps, shelf, teller });
}

async function untilAllEnded(world: World, count: number): Promise<readonly number[]> {
  for (;;) {
    const ended = (await world.store.records.find({ kind: LEDGER, states: ['closed'], limit: count })).map(readLedger);
    if (ended.length === count) {
      return ended.flatMap(({ ledger }) => ledger.grants.map(({ endsAt, endedAt }) => (endedAt ?? 0) - (endsAt ?? 0)));
    }
    await sleep(500);
  }
}

async function idle() {
  return withWorld(30, async (world) => {
    const [person] = (await world.directories.names.current()).people;
    if (person === undefined) throw new Error('nobody is there');
    const far = Date.now() + 30 * 86_400_000;
    for (let from = 0; from < PENDING; from += AT_ONCE) {
      const people = Array.from({ length: AT_ONCE }, (_, index) => ({
        ...person,
        id: extensionId(9_000_000_000 + from + index),
      }));
      await grant(world, people, (index) => far + from + index);
    }
    await sleep(2_000);
    const without = await shareOfACore();
    const stop = keepTime(world.deps, lanesOf(world));
    const looking = await shareOfACore();
    await stop();
    const metric = `idle with ${PENDING.toLocaleString('en')} pending`;
    return [
      { metric, value: percent(looking), target: '< 1 % of a core more than the baseline', baseline: percent(without) },
    ];
  });
}

function percent(share: number): string {
  return `${share.toFixed(2)} %`;
}

async function shareOfACore(): Promise<number> {
  const before = process.cpuUsage();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / IDLE_MS) * 100;
}
