import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import type { OpenStore } from '#src/adapters/store/open-store.ts';
import { freshFolder, opened } from '#test/adapters/store/open.ts';
import { entry } from '#test/adapters/store/values.ts';
import { terminal } from '#test/transcripts/terminal.ts';

/** A data folder with a trail of so many entries, and the store still open on it as a service has it. */
async function trailOf(length: number): Promise<{ directory: string; store: OpenStore }> {
  const directory = freshFolder();
  const store = await opened({ directory, exclusive: true });
  for (let n = 1; n <= length; n += 1) {
    const body = JSON.stringify({ n, said: 'Köhler 🎺' });
    await store.audit.append(entry('change.outcome', { at: Date.UTC(2026, 10, n), subject: `10${n}`, body }));
  }
  return { directory, store };
}

const run = (directory: string, ...args: string[]) =>
  terminal(['audit', ...args], { env: { ROLECALL_DATA_DIR: directory } });

/** What somebody does who may write the file: the guards of the table are no obstacle then. */
function tamper(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, DATABASE_FILE));
  for (const trigger of ['audit_no_update', 'audit_no_delete', 'audit_no_replace']) {
    database.exec(`drop trigger ${trigger}`);
  }
  database.exec(sql);
  database.close();
}

describe('audit verify', () => {
  it('finds the trail of a running service whole, with its end, and ends with 0', async () => {
    const { directory } = await trailOf(3);
    const head = await run(directory, 'head');
    expect(head.out.trim()).toMatch(/^3:[0-9a-f]{64}$/);
    const verdict = await run(directory, 'verify', '--anchor', head.out.trim());
    expect(verdict).toMatchObject({ code: 0, err: '' });
    expect(verdict.out).toBe(
      `The database ${join(directory, DATABASE_FILE)}: the audit trail is whole. Entries: 3. Its end: ${head.out}`,
    );
  });

  it.each([
    ['a changed body', "update audit set body = '{}' where seq = 4", 4, 'was altered'],
    ['a changed actor', "update audit set actor = 'slack:T1:U2' where seq = 1", 1, 'was altered'],
    ['one byte of a hash', "update audit set hash = 'f' || substr(hash, 2) where seq = 3", 3, 'was altered'],
    ['a deleted entry', 'delete from audit where seq = 2', 2, 'is missing'],
    ['a deleted first entry', 'delete from audit where seq = 1', 1, 'is missing'],
    ['a cut-off end', 'delete from audit where seq > 3', 4, 'is missing'],
    ['everything deleted', 'delete from audit', 1, 'is missing'],
    [
      'two that changed places',
      'update audit set seq = 99 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 99',
      2,
      'was altered',
    ],
    [
      'an end that was set back',
      'update audit_head set seq = 3, hash = (select hash from audit where seq = 3)',
      3,
      'the trail ends otherwise',
    ],
  ])('names the first bad entry after %s, and ends with 1', async (_what, sql, seq, why) => {
    const { directory } = await trailOf(5);
    tamper(directory, sql);
    const verdict = await run(directory, 'verify');
    expect(verdict.code).toBe(1);
    expect(verdict.out).toContain(`the audit trail is broken. Entry ${seq} `);
    expect(verdict.out).toContain(why);
  });

  it('needs an anchor to notice that the end was cut off together with what names it, and notices', async () => {
    const { directory } = await trailOf(5);
    const anchor = (await run(directory, 'head')).out.trim();
    tamper(
      directory,
      'delete from audit where seq > 3; update audit_head set seq = 3, hash = (select hash from audit where seq = 3)',
    );
    expect((await run(directory, 'verify')).code).toBe(0);
    const verdict = await run(directory, 'verify', '--anchor', anchor);
    expect(verdict).toMatchObject({ code: 1, out: expect.stringContaining('Entry 4 is missing') });
  });

  it('walks trails that are longer than what is read at once', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    await store.commit(
      [],
      Array.from({ length: 2_345 }, (_, n) => entry(`e${n}`)),
    );
    expect((await run(directory, 'verify')).out).toContain('Entries: 2345.');
    tamper(directory, "update audit set body = 'x' where seq = 2001");
    expect((await run(directory, 'verify')).out).toContain('Entry 2001 was altered');
  });

  it('says where there is no store, and makes none', async () => {
    const directory = join(freshFolder(), 'nothing');
    const verdict = await run(directory, 'verify');
    expect(verdict).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^There is no database at .*made/) });
    expect(existsSync(directory)).toBe(false);
  });

  it.each([
    [['verify', '--anchor', '12']],
    [['export', '--format', 'pdf']],
    [['export', '--since', 'lately']],
    [['burn']],
    [[]],
    [['head', 'tail']],
    [['verify', '--file', '/nowhere/at-all.jsonl']],
  ])('refuses %j with a sentence', async (args) => {
    const { code, out, err } = await run('/nowhere', ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).not.toContain('defect');
    expect(err).not.toBe('');
  });
});

describe('audit export', () => {
  it('gives JSON Lines that are checked without the store', async () => {
    const { directory, store } = await trailOf(4);
    const exported = await run(directory, 'export');
    expect(exported.out.split('\n')).toHaveLength(4 + 1 + 1);
    expect((await run(directory, 'export')).out).toBe(exported.out);
    const file = join(directory, 'export.jsonl');
    writeFileSync(file, exported.out);
    await store.close();
    const offline = () => terminal(['audit', 'verify', '--file', file]);
    expect(await offline()).toMatchObject({ code: 0, out: expect.stringContaining('whole. Entries: 4.') });
    writeFileSync(file, exported.out.replace('"n\\":3', '"n\\":8'));
    expect(await offline()).toMatchObject({ code: 1, out: expect.stringMatching(/line 3: .* Entry 3 was altered/) });
    writeFileSync(file, exported.out.split('\n').slice(0, 4).join('\n'));
    expect(await offline()).toMatchObject({ code: 1, out: expect.stringContaining('it ends after entry 4, without') });
    writeFileSync(file, `${exported.out}more\n`);
    expect(await offline()).toMatchObject({ code: 1, out: expect.stringContaining('line 6') });
    writeFileSync(file, '');
    expect(await offline()).toMatchObject({ code: 1, out: expect.stringContaining('it is empty') });
  });

  it('starts where it is told to, and is still one chain', async () => {
    const { directory } = await trailOf(4);
    const { out } = await run(directory, 'export', '--since', '2026-11-03');
    const file = join(directory, 'part.jsonl');
    writeFileSync(file, out);
    const verdict = await terminal(['audit', 'verify', '--file', file, '--anchor', `1:${'a'.repeat(64)}`]);
    expect(verdict).toMatchObject({
      code: 0,
      out: expect.stringMatching(/whole from entry 3 on; .*Entries: 2\.[\s\S]*Not compared, .*1:aaa/),
    });
    expect((await run(directory, 'export', '--since', '2027-01-01')).out).toBe('');
  });

  it('gives CSV in which nothing is a formula', async () => {
    const { directory, store } = await trailOf(1);
    await store.audit.append(entry('x', { actor: '=cmd|calc', body: 'a,"b"\r\nc', subject: null }));
    const { out } = await run(directory, 'export', '--format', 'csv');
    const rows: string[][] = parse(out);
    expect(rows.map((row) => row.slice(0, 7))).toEqual([
      ['seq', 'at', 'actor', 'action', 'subject', 'reference', 'body'],
      ['1', '2026-11-01T00:00:00.000Z', 'slack:T1:U1', 'change.outcome', '101', 'R1', '{"n":1,"said":"Köhler 🎺"}'],
      ['2', '1970-01-01T00:00:00.001Z', "'=cmd|calc", 'x', '', 'R1', 'a,"b"\r\nc'],
    ]);
    expect(rows[2]?.[7]).toBe(rows[1]?.[8]);
  });

  it('gives who saw what, which lies outside the chain', async () => {
    const { directory, store } = await trailOf(1);
    for (let n = 0; n < 1_100; n += 1) await store.seen.append(entry('read.who-has', { subject: `${n}` }));
    const lines = (await run(directory, 'export', '--seen')).out.trim().split('\n');
    expect(lines).toHaveLength(1_100);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ action: 'read.who-has', subject: '1099' });
    expect((await run(directory, 'export', '--seen', '--format', 'csv')).out.trim().split('\n')).toHaveLength(1_101);
  });
});
