import { expect, it } from 'vitest';
import { createRoleShelf } from '#src/usecases/role-shelf.ts';
import { keepShelf } from '#src/wiring/keep-shelf.ts';
import { House } from '#test/support/house.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('begins to read roles ahead at once, one at a time, and stops when it is told to', async () => {
  const house = new House();
  const shelf = createRoleShelf(house.deps.directories.service, house.clock);
  const stop = keepShelf(shelf, house.deps.names, house.deps.log);
  for (let turns = 0; turns < 20; turns++) await soon();
  await stop();
  for (let turns = 0; turns < 20; turns++) await soon();
  expect(house.account.calls.map(({ as, operation }) => `${as} ${operation}`)).toEqual(['service readRole']);
});

it('ends no service when names cannot be had', async () => {
  const house = new House();
  const shelf = createRoleShelf(house.deps.directories.service, house.clock);
  const names = { ...house.deps.names, current: () => Promise.reject(new Error('not yet')) };
  const stop = keepShelf(shelf, names, house.deps.log);
  for (let turns = 0; turns < 20; turns++) await soon();
  await stop();
  expect(house.logged).toMatchObject([{ level: 'debug', message: 'roles could not be read ahead' }]);
});
