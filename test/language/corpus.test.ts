import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from './world.ts';

type Line = { readonly text: string; readonly expect?: object; readonly accept?: readonly object[] };

const PATH = process.env.ROLECALL_CORPUS ?? '';
const IN_CI = process.env.CI === 'true';

describe('the labelled corpus', () => {
  if (PATH === '' || !existsSync(PATH)) {
    it('is given in CI', () => expect(IN_CI, 'set ROLECALL_CORPUS to a .jsonl file').toBe(false));
    it.skip('is read where ROLECALL_CORPUS names one', () => {});
    return;
  }
  const lines = readFileSync(PATH, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);

  it.each(lines)('reads "$text" as labelled', ({ text, expect: only, accept }) => {
    const reading = read(text);
    const allowed = accept ?? (only === undefined ? [] : [only]);
    const fits = allowed.some((one) => matches(reading, one));
    if (!fits) expect(reading).toMatchObject(allowed[0] ?? {});
  });
});

/** Whether every field of the label is there with that value; lists must be equal. */
function matches(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && found.length === wanted.length && wanted.every((one, at) => matches(found[at], one));
  }
  if (wanted === null || typeof wanted !== 'object') return found === wanted;
  if (found === null || typeof found !== 'object') return false;
  return Object.entries(wanted).every(([name, value]) => matches((found as Record<string, unknown>)[name], value));
}
