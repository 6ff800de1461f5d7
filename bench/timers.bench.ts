import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { openBench } from './store/open.ts';
import { ms, percentile } from './support.ts';

const TIMERS = 100_000;
const POLLS = 3_000;
const CLAIMS = 200;
const AT_ONCE = 50;
/** Polls in a second while nothing is due. */
const POLLS_A_SECOND = 1;

/** Processor time of this process; milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function costOf(work: () => unknown): Promise<number> {
  const before = cpuMs();
  for (let n = 0; n < POLLS; n += 1) await work();
  return (cpuMs() - before) / POLLS;
}

/** What waiting timers cost while none is due, and what it costs to claim those that are. */
export async function run() {
  const { store, folder, close } = await openBench();
  const now = Date.now();
  for (let from = 0; from < TIMERS; from += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, n) => {
      const id = `revoke:${from + n}`;
      return { write: 'due.put', due: { id, kind: 'revoke', ref: id, dueAt: now + 3_600_000 + from + n } } as const;
    });
    await store.commit(rows, []);
  }
  const claim = (at: number) => store.due.claim({ now: at, limit: AT_ONCE, holder: 'bench', ttlMs: 60_000 });
  const pollMs = await costOf(() => claim(now));
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true });
  const probe = database.prepare(
    'select id from due where done_at is null and parked_at is null and next_at <= ? order by next_at limit 1',
  );
  const bareMs = await costOf(() => probe.get(now));
  database.close();
  const took: number[] = [];
  for (let n = 0; n < CLAIMS; n += 1) {
    const begun = performance.now();
    const rows = await claim(now + 7_200_000);
    took.push(performance.now() - begun);
    if (rows.length !== AT_ONCE) throw new Error(`${rows.length} were claimed`);
  }
  await close();
  const share = (each: number) => `${((each * POLLS_A_SECOND) / 10).toFixed(4)} % of a core`;
  return {
    name: `${TIMERS.toLocaleString('en')} waiting timers on SQLite`,
    rows: [
      { metric: 'idle polling, once a second', value: share(pollMs), target: '< 1 %', baseline: share(bareMs) },
      { metric: `claim of ${AT_ONCE} due, p50`, value: ms(percentile(took, 0.5)), target: '-' },
      { metric: `claim of ${AT_ONCE} due, p99`, value: ms(percentile(took, 0.99)), target: '-' },
    ],
  };
}
