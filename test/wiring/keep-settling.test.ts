import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSettling } from '#src/wiring/keep-settling.ts';
import { understood } from '#test/support/house.ts';
import { RealHouse } from '#test/support/real-house.ts';

const WRITE = { method: 'PUT', path: 'assigned-role' };
const READ = { method: 'GET', path: 'extension/[0-9]+/assigned-role' };

let house: RealHouse;
let stop: () => Promise<void>;
beforeEach(async () => {
  house = await RealHouse.open();
  stop = await keepSettling(house.deps, 20);
});
afterEach(async () => {
  await stop();
  await house.close();
});

async function until(look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await sleep(20);
  }
}

describe('settling while the service runs', () => {
  it('finds out what became of a change that could not be read back, without a new start', async () => {
    const shown = await house.say('104', understood('assign-role', { people: ['102'], roles: ['Manager'] }));
    await house.control('POST', '/faults', { match: WRITE, fault: { kind: 'drop', when: 'after' } });
    await house.control('POST', '/faults', {
      match: READ,
      after: 2,
      times: 1000,
      fault: { kind: 'drop', when: 'before' },
    });
    const told = await house.confirm('104', shown);
    expect(told.reply.saying).toMatchObject({ results: [{ outcome: { kind: 'unsettled' } }] });
    expect(await house.store.intents.unsettled()).toHaveLength(1);

    await house.control('DELETE', '/faults');
    await until(async () => (await house.store.intents.unsettled()).length === 0);
    const [entry] = (await house.store.audit.list({ limit: 50 })).filter(({ action }) => action === 'change.settled');
    expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({ outcome: { kind: 'changed' } });
  });

  it('survives a store that does not answer, and looks again', async () => {
    await stop();
    let looks = 0;
    const warned: string[] = [];
    const store = { ...house.store, intents: { ...house.store.intents, unsettled } };
    async function unsettled(): Promise<never> {
      looks++;
      throw new Error('the disk is gone');
    }
    const log = { ...house.deps.log, warn: (message: string) => warned.push(message) };
    stop = await keepSettling({ ...house.deps, store, log }, 5);
    await until(async () => looks >= 3);
    await stop();
    const before = looks;
    await sleep(30);
    expect(looks).toBe(before);
    expect(warned).toHaveLength(before);
  });
});
