import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { child } from './children.ts';
import { opened } from './open.ts';
import { onServer, TEST_DATABASE_URL } from './postgres.ts';
import { entry } from './values.ts';

const SCRIPT = fileURLToPath(new URL('../../../.ci/postgresql', import.meta.url));

function control(...args: string[]): string {
  return execFileSync(SCRIPT, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

// A server of its own: the one that all tests share must not go away.
describe.skipIf(TEST_DATABASE_URL === null)('a server that goes away', () => {
  let folder = '';
  let url = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-pg-'));
    url = control('start', folder);
  });
  afterAll(() => {
    control('stop', folder, 'immediate');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is waited for, then told of, and used again when it is back', async () => {
    const logged: string[] = [];
    const note = (message: string) => void logged.push(message);
    const log = { debug() {}, info: note, warn: note, error: note };
    const store = await opened({ databaseUrl: url, patienceMs: 100, log });
    await store.audit.append(entry('before'));
    control('stop', folder, 'immediate');
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(store.audit.append(entry('never'))).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringMatching(/cannot be reached .*Nothing was saved\. .*goes on by itself when it is back\./),
      });
    }
    await expect(store.audit.list({ limit: 1 })).rejects.toMatchObject({ code: 'store-unavailable' });
    control('start', folder);
    await store.audit.append(entry('after'));
    expect((await store.audit.list({ limit: 9 })).map(({ action }) => action)).toEqual(['after', 'before']);
    expect(logged).toEqual(['the database cannot be reached; trying again', 'the database can be reached again']);
  });

  it('and comes back within the patience of those who write is only felt as a pause', async () => {
    const store = await opened({ databaseUrl: url, patienceMs: 60_000 });
    control('stop', folder, 'fast');
    const waiting = store.audit.append(entry('patient'));
    control('start', folder);
    await waiting;
    expect(await store.audit.list({ limit: 1 })).toMatchObject([{ action: 'patient' }]);
  });

  it('by a crash while others write has lost nothing that was acknowledged', async () => {
    const writers = ['a', 'b'].map((name) => child('write', url, name));
    await Promise.all(writers.map((each) => each.first));
    await sleep(100);
    control('stop', folder, 'immediate');
    const before = writers.map((each) => each.lines.length);
    control('start', folder);
    const grown = () => writers.every((each, n) => each.lines.length > (before[n] ?? 0) + 5);
    for (let tries = 0; tries < 400 && !grown(); tries += 1) await sleep(50);
    expect(grown()).toBe(true);
    for (const each of writers) each.process.kill('SIGKILL');
    await Promise.all(writers.map((each) => each.ended));
    const kept = new Set((await onServer<{ id: string }>(url, 'select id from intent')).map(({ id }) => id));
    const acknowledged = writers.flatMap((each) => each.lines);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const gaps = 'select seq, reference from audit where seq > (select count(*) from audit)';
    expect(await onServer(url, gaps)).toEqual([]);
  });
});
