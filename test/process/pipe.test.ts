import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freshFolder } from './child.ts';

const ENTRY = fileURLToPath(new URL('../../bin/rolecall.mjs', import.meta.url));

/** Runs a command whose output goes to a reader that left before the first word. */
async function intoClosedPipe(args: readonly string[]): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd: freshFolder(), stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

describe('a command whose reader has seen enough', () => {
  it('ends as it would have', async () => {
    expect(await intoClosedPipe(['ask', 'help', '--as', '104'])).toEqual({ code: 0, err: '' });
  });
});
