import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { benchEntry, openBench } from './store/open.ts';

const COMMITS = 6_000;
const CALLERS = 50;

/** Runs `work` so often, by so many callers that each wait for their own; gives how many a second. */
async function perSecond(count: number, callers: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < count) {
        const n = next;
        next += 1;
        await work(n);
      }
    }),
  );
  return (count * 1000) / (performance.now() - begun);
}

/** The same rows without us: prepared statements in a loop, each transaction waiting for the disk. */
function bare(folder: string): number {
  const database = new DatabaseSync(join(folder, 'bare.sqlite'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  database.exec(
    'create table r (id text primary key, body text) strict; create table d (id text primary key, at integer) strict',
  );
  database.exec('create table a (seq integer primary key, body text) strict');
  const [record, due, entry] = [
    database.prepare('insert into r values (?, ?)'),
    database.prepare('insert into d values (?, ?)'),
    database.prepare('insert into a values (?, ?)'),
  ];
  const begun = performance.now();
  for (let n = 0; n < COMMITS; n += 1) {
    database.exec('begin immediate');
    record.run(`g${n}`, '{}');
    due.run(`revoke:g${n}`, n);
    entry.run(n, JSON.stringify(benchEntry(n)));
    database.exec('commit');
  }
  const rate = (COMMITS * 1000) / (performance.now() - begun);
  database.close();
  return rate;
}

/** Durable change commits: a grant, its timer and its audit entry in one transaction, on the disk when acknowledged. */
export async function run() {
  const { store, folder, close } = await openBench();
  const facts = { kind: 'grant', state: 'active', owner: '104', subject: '102', ref: null, endsAt: 1 };
  const grant = (id: string, n: number) =>
    store.commit(
      [
        { write: 'record.insert', record: { ...facts, id, createdAt: n, body: '{}' } },
        { write: 'due.put', due: { id: `revoke:${id}`, kind: 'revoke', ref: id, dueAt: n } },
      ],
      [benchEntry(n)],
    );
  // A service that has just started is slower for its first thousands; it is not asked for that many then.
  await perSecond(COMMITS / 2, 1, (n) => grant(`w${n}`, n));
  const many = await perSecond(COMMITS, CALLERS, (n) => grant(`m${n}`, n));
  const one = await perSecond(COMMITS / 3, 1, (n) => grant(`o${n}`, n));
  const floor = bare(folder);
  await close();
  const rate = (value: number) => `${Math.round(value)} a second`;
  return {
    name: 'durable change commits on SQLite: a grant, its timer, its chained audit entry',
    rows: [
      { metric: `${CALLERS} callers at once`, value: rate(many), target: '>= 2000 a second', baseline: rate(floor) },
      { metric: 'one caller', value: rate(one), target: '-', baseline: rate(floor) },
    ],
  };
}
