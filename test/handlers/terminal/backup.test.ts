import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { freshFolder, opened } from '#test/adapters/store/open.ts';
import { ALICE, entry, intent, link, token } from '#test/adapters/store/values.ts';
import { terminal } from '#test/transcripts/terminal.ts';

const run = (directory: string, ...args: string[]) => terminal(args, { env: { ROLECALL_DATA_DIR: directory } });

it('a copy made beside a running service holds everything, and can be started from', async () => {
  const directory = freshFolder();
  const running = await opened({ directory, exclusive: true });
  await running.links.save(link('U1'), entry('link'));
  await running.tokens.save(ALICE, token());
  await running.intents.record(intent('i1'), entry('intent'));
  const head = await running.audit.head();
  const copy = join(freshFolder(), 'copy.sqlite');
  expect(await run(directory, 'backup', copy)).toMatchObject({ code: 0, out: expect.stringContaining(copy) });
  await running.audit.append(entry('after the copy'));
  expect(statSync(copy).mode & 0o077).toBe(0);

  const restored = join(freshFolder(), 'data');
  mkdirSync(restored);
  renameSync(copy, join(restored, DATABASE_FILE));
  expect(await run(restored, 'audit', 'verify', '--anchor', `${head?.seq}:${head?.hash}`)).toMatchObject({ code: 0 });
  const store = await opened({ directory: restored, exclusive: true });
  expect(await store.links.find('T1', 'U1')).toEqual(link('U1'));
  expect(await store.tokens.load(ALICE)).toEqual(token());
  expect(await store.intents.unsettled()).toHaveLength(1);
  expect(await store.audit.head()).toEqual(head);
  await store.audit.append(entry('goes on'));
});

it('a file that is there is never written over', async () => {
  const directory = freshFolder();
  await opened({ directory });
  const there = join(directory, 'notes');
  writeFileSync(there, 'mine');
  const refused = await run(directory, 'backup', there);
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('something is there already. Nothing was over'),
  });
  expect(readFileSync(there, 'utf8')).toBe('mine');
  expect((await run(directory, 'backup', join(directory, 'nowhere', 'copy'))).err).toContain('cannot be written there');
});

it('a folder without a store is told, and none is made', async () => {
  const directory = join(freshFolder(), 'nothing');
  expect((await run(directory, 'backup', '/tmp/never')).err).toMatch(/^There is no database at /);
  expect(existsSync(directory)).toBe(false);
  expect((await run(directory, 'backup')).err).toContain('Usage: rolecall backup FILE');
});

it('a damaged store gives no copy, and is left as it is', async () => {
  const directory = freshFolder();
  const store = await opened({ directory });
  for (let n = 0; n < 200; n += 1) await store.audit.append(entry('a', { body: `{"n":"${'x'.repeat(500)}"}` }));
  await store.close();
  const file = join(directory, DATABASE_FILE);
  writeSync(openSync(file, 'r+'), Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, 4096 * 60);
  const before = readFileSync(file);
  const folder = freshFolder();
  const refused = await run(directory, 'backup', join(folder, 'copy'));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`The database ${file} is damaged or is not a database. Nothing was overwritten.`);
  expect(readdirSync(folder)).toEqual([]);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('a server is copied with its own means', async () => {
  const env = { DATABASE_URL: 'postgresql://u:hushhush@127.0.0.1:1/d' };
  const refused = await terminal(['backup', '/tmp/never'], { env });
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('such as pg_dump. Nothing was written.') });
});
