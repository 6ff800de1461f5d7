import { expect, it } from 'vitest';
import { keepForgetting } from '#src/wiring/keep-forgetting.ts';
import { House } from '#test/support/house.ts';

const DAY_MS = 86_400_000;

function look(at: number) {
  return { at, actor: '104', action: 'read.who-has', subject: '101', reference: 'R1', body: '{}' };
}

it('forgets looks that are older than they are kept, and keeps the trail of changes', async () => {
  const house = new House();
  const now = house.clock.now();
  await house.store.seen.append(look(now - 30 * DAY_MS - 1));
  await house.store.seen.append(look(now - 30 * DAY_MS));
  await house.store.audit.append({ ...look(0), action: 'change.outcome' });
  await keepForgetting(house.deps, 30)();
  expect(house.store.looks.map(({ at }) => at)).toEqual([now - 30 * DAY_MS]);
  expect(house.store.entries).toHaveLength(1);
  expect(house.logged).toMatchObject([{ level: 'info', data: { count: 1 } }]);
});

it('goes on after trouble, day after day', async () => {
  const house = new House();
  let tries = 0;
  const second = new Promise<void>((resolve) => {
    house.store.seen.purge = async () => {
      tries += 1;
      if (tries === 1) throw new Error('disk full');
      resolve();
      return 0;
    };
  });
  const stop = keepForgetting(house.deps, 30, 1);
  // What waits for the next day keeps no process alive by itself.
  const awake = setInterval(() => {}, 1_000);
  await second;
  clearInterval(awake);
  await stop();
  expect(house.logged).toMatchObject([{ level: 'warn', message: 'old looks could not be forgotten' }]);
});
