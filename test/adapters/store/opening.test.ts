import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { connect } from '#src/adapters/store/connect.ts';
import { prepareFolder } from '#src/adapters/store/folder.ts';
import { handleOf } from '#src/adapters/store/handle.ts';
import { migrate } from '#src/adapters/store/migrate.ts';
import { migrationsOf } from '#src/adapters/store/migrations.ts';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { fileAt } from '#src/adapters/store/place.ts';
import { sqliteEngine } from '#src/adapters/store/sqlite-engine.ts';
import { faultWithoutPrivilege, freshFolder, handClock, opened } from './open.ts';
import { entry, link } from './values.ts';

function raw(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, DATABASE_FILE));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

describe('the folder', () => {
  it('is made when missing, and nobody else may read what is in it', async () => {
    const directory = join(freshFolder(), 'deep', 'data');
    const before = process.umask(0);
    try {
      const store = await opened({ directory, exclusive: true });
      await store.audit.append(entry('a'));
      expect(statSync(directory).mode & 0o777).toBe(0o700);
      const files = readdirSync(directory);
      expect(files).toContain(`${DATABASE_FILE}-wal`);
      expect(files.map((file) => statSync(join(directory, file)).mode & 0o077)).toEqual(files.map(() => 0));
      expect(process.umask(0)).toBe(0);
    } finally {
      process.umask(before);
    }
  });

  it.each([
    ['is a file', (at: string) => at],
    ['lies below a file', (at: string) => join(at, 'data')],
  ])('that %s is refused', async (_what, path) => {
    const file = join(freshFolder(), 'file');
    writeFileSync(file, 'mine');
    await expect(opened({ directory: path(file) })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(
        /cannot be used: a file is in its place .* Nothing was changed\. .*ROLECALL_DATA_DIR/,
      ),
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.runIf(existsSync('/proc'))('that cannot be made where it should lie is refused, not tried for ever', () => {
    expect(() => prepareFolder('/proc/nowhere/data')).toThrow(
      /\/proc\/nowhere\/data cannot be used: .*ROLECALL_DATA_DIR/,
    );
  });

  it('that may not be written to is refused', async () => {
    const directory = freshFolder();
    chmodSync(directory, 0o500);
    expect(faultWithoutPrivilege([directory], directory)).toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('it may not be written to (EACCES). Nothing was changed.'),
    });
  });

  it('that holds a database which may only be read is refused', async () => {
    const directory = freshFolder();
    await (await opened({ directory })).close();
    chmodSync(join(directory, DATABASE_FILE), 0o400);
    const all = [directory, ...readdirSync(directory).map((file) => join(directory, file))];
    expect(faultWithoutPrivilege(all, directory)).toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/The database .* it may not be written to \(EACCES\)\. Nothing was changed\./),
    });
  });

  it('that has a folder in the place of the database is refused, and the lock is given back', async () => {
    const directory = freshFolder();
    mkdirSync(join(directory, DATABASE_FILE));
    for (let n = 0; n < 2; n += 1) {
      await expect(opened({ directory, exclusive: true })).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('cannot be opened. Nothing was changed.'),
      });
    }
  });
});

describe('the file', () => {
  it('that is no database is refused and left as it is', async () => {
    const directory = freshFolder();
    const file = join(directory, DATABASE_FILE);
    writeFileSync(file, 'this was never a database, just some notes of mine');
    await expect(opened({ directory })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/is damaged or is not a database\. Nothing was overwritten\. Put a backup/),
    });
    expect(readFileSync(file, 'utf8')).toBe('this was never a database, just some notes of mine');
  });

  it('that is damaged inside is refused at the start of the service and left as it is', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    for (let n = 0; n < 200; n += 1) await store.audit.append(entry('a', { body: `{"n":"${'x'.repeat(500)}"}` }));
    await store.close();
    const file = join(directory, DATABASE_FILE);
    // Beyond the pages of the schema, so that the file still opens.
    writeSync(openSync(file, 'r+'), Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, 4096 * 60);
    const before = readFileSync(file);
    await expect(opened({ directory, exclusive: true })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('is damaged or is not a database. Nothing was overwritten.'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    const reading = await opened({ directory, exclusive: false });
    const listing = reading.audit.list({ limit: 1000 }).then((rows) => rows.length);
    await expect(listing).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('of another program is refused and left as it is', async () => {
    const directory = freshFolder();
    raw(directory, 'create table recipes (name text)');
    await expect(opened({ directory })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/belongs to another program\. Nothing was changed\./),
    });
    const names = new DatabaseSync(join(directory, DATABASE_FILE)).prepare('select name from sqlite_master').all();
    expect(names).toEqual([{ name: 'recipes' }]);
  });

  it('of a newer version is refused by name', async () => {
    const directory = freshFolder();
    await (await opened({ directory })).close();
    raw(directory, "insert into kysely_migration values ('0999-from-the-future', '2030-01-01T00:00:00.000Z')");
    await expect(opened({ directory })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/written by a newer Rolecall \(0999-from-the-future\)\. Nothing was changed\./),
    });
  });

  it('that is read-only is told at the first write', async () => {
    const directory = freshFolder();
    const file = join(directory, DATABASE_FILE);
    const database = await connect(file);
    const engine = sqliteEngine(database, file);
    const handle = handleOf(engine, handClock());
    await migrate(engine, migrationsOf('sqlite'), fileAt(file));
    database.exec('pragma query_only = on');
    await expect(handle.write((trx) => trx.deleteFrom('dedupe').execute())).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('is read-only. Nothing was saved.'),
    });
    await handle.close();
  });

  it('is written so that a power cut takes nothing that was acknowledged', async () => {
    const database = await connect(join(freshFolder(), DATABASE_FILE));
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('pragma foreign_keys').get()).toEqual({ foreign_keys: 1 });
    expect(database.prepare('pragma busy_timeout').get()).toEqual({ timeout: 5000 });
    database.close();
  });
});

describe('the schema', () => {
  it('is made once by several that open at the same time', async () => {
    const directory = freshFolder();
    const stores = await Promise.all([1, 2, 3].map(() => opened({ directory })));
    await Promise.all(stores.map((store, n) => store.links.save(link(`U${n}`), entry('link'))));
    expect(await stores[0]?.links.findMany('T1', ['U0', 'U1', 'U2'])).toHaveLength(3);
    expect(await stores[2]?.audit.list({ limit: 10 })).toHaveLength(3);
  });

  it('stays as it was when a step fails half way', async () => {
    const directory = freshFolder();
    await (await opened({ directory })).close();
    const file = join(directory, DATABASE_FILE);
    const engine = sqliteEngine(await connect(file), file);
    const steps = {
      ...migrationsOf('sqlite'),
      '9998-good': {
        up: (db: typeof engine.db) => db.schema.alterTable('pending').addColumn('note', 'text').execute(),
      },
      '9999-bad': { up: (db: typeof engine.db) => db.schema.alterTable('pending').addColumn('note', 'text').execute() },
    };
    await expect(migrate(engine, steps, fileAt(file))).rejects.toThrow('duplicate column name');
    await engine.close();
    const again = await opened({ directory });
    expect(await again.audit.list({ limit: 1 })).toEqual([]);
  });

  it.each([
    ['changed', "update audit set actor = 'nobody'"],
    ['deleted', 'delete from audit'],
    [
      'replaced',
      "insert or replace into audit (seq, at, actor, action, reference, body, prev, hash) values (1, 1, 'x', 'x', 'x', 'x', 'x', 'x')",
    ],
  ])('does not let an audit entry be %s', async (_how, sql) => {
    const directory = freshFolder();
    const store = await opened({ directory });
    await store.audit.append(entry('true'));
    expect(() => raw(directory, sql)).toThrow('audit is append-only');
    expect(await store.audit.list({ limit: 10 })).toMatchObject([entry('true')]);
  });

  it('refuses values of another type', async () => {
    const directory = freshFolder();
    await opened({ directory });
    expect(() => raw(directory, "insert into dedupe values ('a', 'b', 'soon', 2)")).toThrow(/cannot store TEXT/);
  });
});

describe('the one way to write', () => {
  async function handled(patienceMs?: number) {
    const file = join(freshFolder(), DATABASE_FILE);
    const database = await connect(file);
    const engine = sqliteEngine(database, file, patienceMs);
    const handle = handleOf(engine, handClock());
    await migrate(engine, migrationsOf('sqlite'), fileAt(file));
    const insert = (key: string) =>
      handle.write((trx) => trx.insertInto('dedupe').values({ source: 's', key, seen_at: 1, expires_at: 1 }).execute());
    const keys = async () =>
      (await handle.read((db) => db.selectFrom('dedupe').select('key').execute())).map((r) => r.key);
    return { database, handle, insert, keys };
  }

  it('says that the disk is full, keeps what was there, and works again when there is room', async () => {
    const { database, handle, insert, keys } = await handled();
    await insert('before');
    const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
    database.exec(`pragma max_page_count = ${page_count}`);
    await expect(insert('x'.repeat(100_000))).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/The disk that holds .* is full\. Nothing was saved\. Free some space/),
    });
    expect(await keys()).toEqual(['before']);
    database.exec('pragma max_page_count = 1000000');
    await insert('after');
    expect(await keys()).toEqual(['after', 'before']);
    await handle.close();
  });

  it('keeps or takes back each of several that go to the disk together', async () => {
    const { handle, insert, keys } = await handled();
    const failing = handle.write(async (trx) => {
      await trx.insertInto('dedupe').values({ source: 's', key: 'half', seen_at: 1, expires_at: 1 }).execute();
      throw new Error('no');
    });
    const all = await Promise.allSettled([insert('a'), insert('b'), failing, insert('a'), insert('c')]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await keys()).toEqual(['a', 'b', 'c']);
    await handle.close();
  });

  it('lets one that does not fit on the disk fail nobody else', async () => {
    const { database, handle, insert, keys } = await handled();
    await insert('before');
    const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
    database.exec(`pragma max_page_count = ${page_count}`);
    const first = insert('first');
    const all = await Promise.allSettled([first, insert('small'), insert('x'.repeat(100_000)), insert('tiny')]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(all[2]).toMatchObject({ reason: { message: expect.stringContaining('is full. Nothing was saved.') } });
    expect(await keys()).toEqual(['before', 'first', 'small', 'tiny']);
    await handle.close();
  });

  it('is refused inside itself instead of waiting for ever', async () => {
    const { handle, insert, keys } = await handled();
    await expect(handle.write(() => insert('inner'))).rejects.toThrow('inside its own transaction');
    await expect(handle.write(() => keys())).rejects.toThrow('inside its own transaction');
    await insert('later');
    expect(await keys()).toEqual(['later']);
    await handle.close();
  });

  it('lets what is under way finish before it closes, and refuses what comes after', async () => {
    const { handle, insert } = await handled();
    const under = [insert('a'), insert('b')];
    await Promise.all([handle.close(), ...under]);
    await expect(insert('c')).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('shutting down'),
    });
    await handle.close();
  });

  it('waits for another program that holds the database, without stopping everything else', async () => {
    const { database, handle, insert, keys } = await handled();
    const other = new DatabaseSync(database.location() ?? '');
    other.exec('begin immediate');
    const waiting = insert('waits');
    await new Promise(setImmediate);
    other.exec('commit');
    other.close();
    await waiting;
    expect(await keys()).toEqual(['waits']);
    await handle.close();
  });

  it('tells when another program holds the database for too long', async () => {
    const { database, handle, insert, keys } = await handled(20);
    const other = new DatabaseSync(database.location() ?? '');
    other.exec('begin immediate');
    await expect(insert('never')).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/is held by another program\. Nothing was saved\. Try again/),
    });
    other.close();
    expect(await keys()).toEqual([]);
    await handle.close();
  });
});
