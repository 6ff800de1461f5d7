import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changeSwitches, defaultSwitches } from '#sandbox/ringcentral/switches.ts';

const guide = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');

describe('switches', () => {
  const { refusals, ...switches } = defaultSwitches();

  it.each(Object.entries(switches))('%s is described with its default, %s', (name, value) => {
    const row = guide.split('\n').find((line) => line.split('|')[1]?.trim() === `\`${name}\``) ?? '';
    const shown = value === null ? 'none' : String(value);
    expect(row.split('|')[2]?.replaceAll('`', '').trim().split(/[ ,]/)[0]).toBe(shown);
  });

  it.each(Object.keys(refusals))('the refusal %s is named', (name) => {
    expect(guide).toContain(`\`${name}\``);
  });

  it('change one by one, refusals too', () => {
    const refusal = { status: 409, errorCode: 'CMN-111' };
    const changed = changeSwitches(defaultSwitches(), { bulkAdd: 'replace', refusals: { deleteRole: refusal } });
    expect(changed).toEqual({
      ...defaultSwitches(),
      bulkAdd: 'replace',
      refusals: { ...refusals, deleteRole: refusal },
    });
  });

  it('refuse a name that does not exist', () => {
    expect(() => changeSwitches(defaultSwitches(), { bulkAd: 'x' } as never)).toThrow(/bulkAd/);
  });
});
