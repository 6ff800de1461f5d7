import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleOf } from '#src/adapters/store/handle.ts';
import { migrate } from '#src/adapters/store/migrate.ts';
import { migrationsOf } from '#src/adapters/store/migrations.ts';
import { databaseAt } from '#src/adapters/store/place.ts';
import { postgresEngine } from '#src/adapters/store/postgres-engine.ts';
import { poolOf } from '#src/adapters/store/postgres-pool.ts';
import { freshDatabase, handClock, opened } from './open.ts';
import { onServer, TEST_DATABASE_URL } from './postgres.ts';
import { ACCOUNT, BOB, entry, link } from './values.ts';

const server = TEST_DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:1/nothing';

function changed(url: string, parts: Partial<Pick<URL, 'username' | 'password' | 'pathname'>>): string {
  return Object.assign(new URL(url), parts).href;
}

async function fault(databaseUrl: string): Promise<{ code: string; message: string; data: object }> {
  return opened({ databaseUrl, patienceMs: 0 }).then(
    () => {
      throw new Error('it was opened');
    },
    ({ code, message, data }) => ({ code, message, data }),
  );
}

describe('an address', () => {
  it('at which nobody listens is told with what to look at', async () => {
    const told = await fault('postgresql://rolecall:hushhush@127.0.0.1:1/rolecall');
    expect(told).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(
        /^The PostgreSQL database rolecall at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Nothing was saved\./,
      ),
    });
    expect(JSON.stringify(told)).not.toContain('hushhush');
  });

  it('with a name that nobody knows is told at once', async () => {
    const told = await fault('postgresql://rolecall:hushhush@db.invalid/rolecall');
    expect(told).toMatchObject({ code: 'store-unavailable', message: expect.stringContaining('cannot be reached (E') });
  });
});

describe.skipIf(TEST_DATABASE_URL === null)('a server', () => {
  it.each([
    ['a wrong password', { password: 'hushhush' }],
    ['an unknown user', { username: 'hushhush' }],
  ])('that refuses %s is told without naming it', async (_what, parts) => {
    const told = await fault(changed(server, parts));
    expect(told).toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/refused the user or the password\. Nothing was changed\. .*DATABASE_URL/),
    });
    expect(JSON.stringify(told)).not.toContain('hushhush');
  });

  it('without the database says so', async () => {
    expect(await fault(changed(server, { pathname: '/elsewhere' }))).toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/database elsewhere at .* does not exist\. Nothing was changed\./),
    });
  });

  it('with a schema of another program is left as it is', async () => {
    const databaseUrl = await freshDatabase();
    await onServer(databaseUrl, 'create table recipes (name text)');
    expect(await fault(databaseUrl)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/belongs to another program\. Nothing was changed\. .*DATABASE_URL/),
    });
    const tables = await onServer(databaseUrl, 'select tablename from pg_tables where schemaname = current_schema()');
    expect(tables).toEqual([{ tablename: 'recipes' }]);
  });

  it('with a newer schema is refused by name', async () => {
    const databaseUrl = await freshDatabase();
    await (await opened({ databaseUrl })).close();
    await onServer(databaseUrl, "insert into kysely_migration values ('0999-from-the-future', '2030-01-01')");
    expect(await fault(databaseUrl)).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/written by a newer Rolecall \(0999-from-the-future\)\. Nothing was changed\./),
    });
  });

  it('where the user may not make tables says so', async () => {
    const databaseUrl = await freshDatabase();
    const name = `poor_${Date.now().toString(36)}`;
    await onServer(server, `create role ${name} login password 'poor'`);
    try {
      const poor = changed(databaseUrl, { username: name, password: 'poor' });
      await onServer(
        server,
        `grant usage on schema ${/search_path=(\w+)/.exec(decodeURIComponent(poor))?.[1]} to ${name}`,
      );
      expect(await fault(poor)).toMatchObject({
        code: 'config-invalid',
        message: expect.stringContaining('does not let'),
      });
    } finally {
      await onServer(server, `drop owned by ${name}; drop role ${name}`);
    }
  });

  it('on which there is nothing is left so by commands that only look', async () => {
    const databaseUrl = await freshDatabase();
    await expect(opened({ databaseUrl, mustExist: true })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('holds nothing of Rolecall. Nothing was made'),
    });
    expect(await onServer(databaseUrl, 'select 1 from pg_tables where schemaname = current_schema()')).toEqual([]);
  });

  it('gets its schema once from several that open at the same time', async () => {
    const databaseUrl = await freshDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => opened({ databaseUrl, exclusive: true })));
    await Promise.all(stores.map((store, n) => store.links.save(link(`U${n}`), entry('link'))));
    expect(await stores[0]?.links.findMany('T1', ['U0', 'U1', 'U2'])).toHaveLength(3);
  });

  it.each([
    ['changed', "update audit set actor = 'nobody'"],
    ['deleted', 'delete from audit'],
    ['truncated', 'truncate audit'],
    ['replaced', "insert into audit select * from audit on conflict (seq) do update set actor = 'nobody'"],
  ])('does not let the audit trail be %s', async (_how, sql) => {
    const databaseUrl = await freshDatabase();
    const store = await opened({ databaseUrl });
    await store.audit.append(entry('true'));
    await expect(onServer(databaseUrl, sql)).rejects.toThrow('audit is append-only');
    expect(await store.audit.list({ limit: 10 })).toMatchObject([entry('true')]);
  });

  it('keeps its schema when a step fails half way', async () => {
    const databaseUrl = await freshDatabase();
    await (await opened({ databaseUrl })).close();
    const place = databaseAt(databaseUrl);
    const engine = postgresEngine(await poolOf(databaseUrl, 2), { place, serverTime: false });
    const add = (db: typeof engine.db) => db.schema.alterTable('pending').addColumn('note', 'text').execute();
    const steps = { ...migrationsOf('postgres'), '9998-good': { up: add }, '9999-bad': { up: add } };
    await expect(migrate(engine, steps, place)).rejects.toThrow('already exists');
    await engine.close();
    await (await opened({ databaseUrl })).close();
  });

  it('judges leases by its own clock, whatever the clocks of the instances say', async () => {
    const databaseUrl = await freshDatabase();
    const [early, late] = [handClock(Date.now()), handClock(Date.now() + 3_600_000)];
    const one = await opened({ databaseUrl, clock: early, serverTime: true });
    const other = await opened({ databaseUrl, clock: late, serverTime: true });
    expect(await one.lease(ACCOUNT, BOB, 'a', early.now(), 60_000)).toMatchObject({ until: early.now() + 60_000 });
    expect(await other.lease(ACCOUNT, BOB, 'b', late.now(), 60_000)).toBeNull();
    await one.commit([{ write: 'due.put', due: { id: 'd', kind: 'k', ref: '', dueAt: 1 } }], []);
    const claim = { limit: 1, ttlMs: 60_000 };
    expect(await one.due.claim({ ...claim, holder: 'a', now: early.now() })).toHaveLength(1);
    expect(await other.due.claim({ ...claim, holder: 'b', now: late.now() })).toEqual([]);
  });

  describe('with two transactions that wait for each other', () => {
    let url: string;
    beforeAll(async () => {
      url = server;
      await onServer(url, 'create table if not exists crossing (id int primary key, n int); delete from crossing');
      await onServer(url, 'insert into crossing values (1, 0), (2, 0)');
    });
    afterAll(() => onServer(url, 'drop table crossing').then(() => undefined));

    it('runs the one that was sacrificed again', async () => {
      const engine = postgresEngine(await poolOf(url, 4), { place: databaseAt(url), serverTime: false });
      const handle = handleOf(engine, handClock());
      let waiting = 2;
      let release = () => {};
      const both = new Promise<void>((resolve) => {
        release = resolve;
      });
      const runs: number[] = [];
      const cross = (first: number, second: number) =>
        handle.write(async (trx) => {
          runs.push(first);
          const rows = trx.withTables<{ crossing: { id: number; n: number } }>();
          const add = (id: number) =>
            rows
              .updateTable('crossing')
              .set((eb) => ({ n: eb('n', '+', 1) }))
              .where('id', '=', id)
              .execute();
          await add(first);
          waiting -= 1;
          if (waiting <= 0) release();
          await both;
          await add(second);
        });
      await Promise.all([cross(1, 2), cross(2, 1)]);
      await handle.close();
      expect(await onServer(url, 'select n from crossing')).toEqual([{ n: 2 }, { n: 2 }]);
      expect(runs.length).toBe(3);
    });
  });
});
