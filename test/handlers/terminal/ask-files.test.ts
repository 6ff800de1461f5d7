import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '#handlers/terminal/cli.ts';
import type { Composition } from '#handlers/terminal/composition.ts';
import type { Conversation } from '#src/conversation/index.ts';
import { ATTACHMENT_LIMIT_BYTES } from '#src/domain/attachment.ts';
import type { Reply, ReplyFile, Turn } from '#src/domain/reply.ts';

type Said = Parameters<Conversation['say']>[0];

const report: ReplyFile = { name: 'report.csv', mediaType: 'text/csv', content: 'name,outcome\r\nJosé,changed\r\n' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolecall-ask-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Asks from the terminal, with a conversation that answers "cancelled" and this file. */
async function ask(args: readonly string[], file?: ReplyFile, input: readonly (string | Uint8Array)[] = []) {
  const said: Said[] = [];
  const answer: Turn = {
    reply: {
      saying: { kind: 'cancelled' },
      outcome: 'answered',
      verdict: null,
      readings: [],
      asOf: null,
      proof: null,
      reference: 'ABCD',
      ...(file === undefined ? {} : { file }),
    } satisfies Reply,
    understanding: null,
    facts: { people: [], roles: [], permissions: [], changes: [] },
  };
  const conversation = {
    say: async (utterance: Said) => {
      said.push(utterance);
      return answer;
    },
  } as unknown as Conversation;
  const compose = {
    openAssistant: async () => ({
      conversation,
      zone: 'UTC',
      loopback: true,
      finished: async (turn: Turn) => turn,
      close: async () => undefined,
    }),
  } as unknown as Composition;
  const printed = { out: '', err: '' };
  async function* stdin() {
    yield* input;
  }
  const code = await runCommand(
    ['ask', ...args],
    {
      env: {},
      stdin: stdin(),
      out: (text) => {
        printed.out += `${text}\n`;
      },
      pour: async () => undefined,
      err: (text) => {
        printed.err += `${text}\n`;
      },
    },
    compose,
  );
  return { code, said, ...printed };
}

describe('the file of an answer', () => {
  const path = () => join(folder, 'out.csv');

  it('is printed after the words when nothing else is asked for', async () => {
    const { out, code } = await ask(['export'], report);
    expect(code).toBe(0);
    expect(out).toContain('Cancelled.');
    expect(out.endsWith('\n--- report.csv\nname,outcome\r\nJosé,changed\n')).toBe(true);
  });

  it('is written where --out says, for its owner alone', async () => {
    const { out, code } = await ask(['export', '--out', path()], report);
    expect(code).toBe(0);
    expect(out).toContain(`The file is written: ${path()}`);
    expect(out).not.toContain('José');
    expect(readFileSync(path(), 'utf8')).toBe(report.content);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('alone goes to standard output with --out -, the words beside it', async () => {
    const { out, err, code } = await ask(['export', '--out', '-'], report);
    expect({ out, code }).toEqual({ out: 'name,outcome\r\nJosé,changed\n', code: 0 });
    expect(err).toContain('Cancelled.');
  });

  it('never takes the place of another file: nothing is even asked then', async () => {
    writeFileSync(path(), 'mine');
    const { err, code, said } = await ask(['export', '--out', path()], report);
    expect(code).toBe(1);
    expect(err).toContain('--out takes the name of a new file');
    expect(err).toContain('Nothing was asked or changed.');
    expect(said).toEqual([]);
    expect(readFileSync(path(), 'utf8')).toBe('mine');
  });

  it.each<[string, () => string]>([
    ['there is no such folder', () => join(folder, 'none', 'out.csv')],
    [
      'there is no such folder',
      () => {
        writeFileSync(join(folder, 'plain'), '');
        return join(folder, 'plain', 'out.csv');
      },
    ],
  ])('is printed instead of lost when %s', async (why, where) => {
    const { out, code } = await ask(['export', '--out', where()], report);
    expect(code).toBe(1);
    expect(out).toContain(`could not be written: ${why}. Nothing was overwritten.`);
    expect(out).toContain('José,changed');
  });

  it('is printed instead of lost when writing is not allowed', async () => {
    chmodSync(folder, 0o500);
    // Root may write in any folder of a disk, but not among the files of the kernel.
    const target = process.getuid?.() === 0 ? '/sys/report.csv' : path();
    const { out, code } = await ask(['export', '--out', target], report);
    chmodSync(folder, 0o700);
    expect(code).toBe(1);
    expect(out).toContain('writing there is not allowed');
    expect(out).toContain('José,changed');
  });

  it('leaves no file behind when the answer has none', async () => {
    expect((await ask(['who am I', '--out', path()])).code).toBe(0);
    expect(existsSync(path())).toBe(false);
  });

  it('is part of the JSON, with its content or where it was written', async () => {
    expect(JSON.parse((await ask(['export', '--json'], report)).out).file).toEqual(report);
    const written = JSON.parse((await ask(['export', '--json', '--out', path()], report)).out);
    expect(written.file).toEqual({ name: 'report.csv', mediaType: 'text/csv', path: path() });
    expect(readFileSync(path(), 'utf8')).toBe(report.content);
    expect(JSON.parse((await ask(['export', '--json'])).out)).not.toHaveProperty('file');
  });
});

describe('a file that is handed over with the words', () => {
  it('is read from a path', async () => {
    writeFileSync(join(folder, 'people.csv'), 'name\nBob Brown\n');
    const { said } = await ask(['give them Manager', '--file', join(folder, 'people.csv')]);
    expect(said).toMatchObject([
      { text: 'give them Manager', attachment: { name: 'people.csv', text: 'name\nBob Brown\n' } },
    ]);
  });

  it('is read from standard input', async () => {
    const { said } = await ask(['give them Manager', '--file', '-'], undefined, ['name\n', Buffer.from('Bob\n')]);
    expect(said[0]?.attachment).toEqual({ name: 'standard input', text: 'name\nBob\n' });
  });

  it('reaches the conversation with its trouble when it cannot be used', async () => {
    writeFileSync(join(folder, 'big.csv'), 'x'.repeat(ATTACHMENT_LIMIT_BYTES + 1));
    const { said } = await ask(['give them Manager', '--file', join(folder, 'big.csv')]);
    expect(said[0]?.attachment).toMatchObject({ name: 'big.csv', trouble: { kind: 'too-big' } });
  });

  it.each(['none.csv', '.'])('that cannot be opened stops the command before anything is asked (%s)', async (name) => {
    const { said, err, code } = await ask(['give them Manager', '--file', join(folder, name)]);
    expect(code).toBe(1);
    expect(err).toMatch(/^--file: .* cannot be read \(\w+\)\. Nothing was asked or changed\.$/m);
    expect(said).toEqual([]);
  });

  it('is not there without the option', async () => {
    expect((await ask(['who am I'])).said[0]).not.toHaveProperty('attachment');
  });
});
