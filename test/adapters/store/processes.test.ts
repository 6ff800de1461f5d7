import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { child } from './children.ts';
import { freshFolder, opened } from './open.ts';
import { entry, pending } from './values.ts';

function select<T>(directory: string, sql: string): T[] {
  const database = new DatabaseSync(join(directory, DATABASE_FILE));
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

describe('a process that is killed while it writes', () => {
  it('has lost nothing that it acknowledged, and left nothing half done', async () => {
    const directory = freshFolder();
    const acknowledged: string[] = [];
    for (let trial = 0; trial < 4; trial += 1) {
      const writer = child('write', directory, `t${trial}`);
      await writer.first;
      await sleep(20 + Math.random() * 120);
      writer.process.kill('SIGKILL');
      await writer.ended;
      acknowledged.push(...writer.lines);
      const store = await opened({ directory, exclusive: true });
      const kept = new Set((await store.intents.unsettled()).map((found) => found.id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(4);
    const audit = select<{ seq: number; reference: string }>(
      directory,
      'select seq, reference from audit order by seq',
    );
    const intents = select<{ id: string }>(directory, 'select id from intent');
    expect(audit.map((row) => row.seq)).toEqual(audit.map((_row, n) => n + 1));
    expect(audit.map((row) => row.reference).sort()).toEqual(intents.map((row) => row.id).sort());
    expect(select(directory, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('in the middle of a step of the schema leaves the step undone, and the next start succeeds', async () => {
    const directory = freshFolder();
    const dying = child('die-migrating', directory);
    await dying.ended;
    expect(dying.process.signalCode).toBe('SIGKILL');
    const store = await opened({ directory, exclusive: true });
    await store.audit.append(entry('after'));
    await store.close();
    expect(select(directory, "select name from sqlite_master where name = 'half'")).toEqual([]);
  });
});

describe('a second service on the same folder', () => {
  it('is refused with a sentence, while short commands may read and write', async () => {
    const directory = freshFolder();
    const service = child('hold', directory);
    await service.first;
    expect(service.lines).toEqual(['open']);
    await expect(opened({ directory, exclusive: true })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(
        /already running on the data folder .* Nothing was changed\. Stop the other one first/,
      ),
    });
    const short = await opened({ directory, exclusive: false });
    await short.audit.append(entry('short'));
    expect(await short.audit.list({ limit: 1 })).toMatchObject([{ action: 'short' }]);
  });

  it('may start once the first has ended, however it ended', async () => {
    const directory = freshFolder();
    const killed = child('hold', directory);
    await killed.first;
    killed.process.kill('SIGKILL');
    await killed.ended;
    const second = child('hold', directory);
    await second.first;
    expect(second.lines).toEqual(['open']);
    second.process.stdin?.end();
    await second.ended;
    const third = await opened({ directory, exclusive: true });
    await third.close();
    await opened({ directory, exclusive: true });
  });

  it('is refused inside the same process too', async () => {
    const directory = freshFolder();
    const first = await opened({ directory, exclusive: true });
    await expect(opened({ directory, exclusive: true })).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(opened({ directory, exclusive: true })).rejects.toMatchObject({ code: 'store-unavailable' });
    await first.audit.append(entry('still works'));
  });
});

describe('several processes at once', () => {
  it('all open a folder that none has opened before', async () => {
    const directory = freshFolder();
    const three = ['a', 'b', 'c'].map((name) => child('once', directory, name));
    await Promise.all(three.map((each) => each.ended));
    expect(three.map((each) => each.lines)).toEqual([['done'], ['done'], ['done']]);
    const store = await opened({ directory });
    expect((await store.audit.list({ limit: 10 })).map((row) => row.action).sort()).toEqual(['a', 'b', 'c']);
  });

  it('take each question exactly once between them', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    for (let n = 0; n < 50; n += 1) await store.pending.save(pending(`q${n}`), null);
    const racers = ['a', 'b'].map((name) => child('race', directory, name));
    await Promise.all(racers.map((each) => each.first));
    for (const each of racers) each.process.stdin?.end('go\n');
    await Promise.all(racers.map((each) => each.ended));
    const won = racers.flatMap((each) => each.lines.filter((line) => line !== 'ready'));
    expect(won.sort()).toEqual(Array.from({ length: 50 }, (_, n) => `q${n}`).sort());
    expect(await store.audit.list({ limit: 100 })).toHaveLength(50);
  });
});

describe('a temporary store', () => {
  it('is gone when its process ends without closing it', async () => {
    const temporary = freshFolder();
    const leaving = child('leave', '', '', { ...process.env, TMPDIR: temporary });
    await leaving.ended;
    expect(leaving.process.exitCode).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
