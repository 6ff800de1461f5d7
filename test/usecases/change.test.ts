import { expect, it } from 'vitest';
import type { Button, Saying } from '#src/domain/reply.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import { House, understood } from '#test/support/house.ts';

function confirmOf(saying: Saying): Button {
  if (saying.kind !== 'change-preview') throw new Error(`no preview but ${JSON.stringify(saying)}`);
  return saying.confirm;
}

it('gives a role after it was confirmed, keeps the ones held, and reads it back', async () => {
  const house = new House();
  const shown = await planChange(
    await house.session('104'),
    understood('assign-role', { people: ['102'], roles: ['Manager'] }),
  );
  expect(house.account.writes).toEqual([]);
  const done = await confirmChange(await house.session('104'), confirmOf(shown.saying));
  expect(done.outcome).toBe('changed');
  expect(house.account.rolesOf('102')).toEqual(['Standard (International)', 'Manager']);
  expect(done.about.changes).toEqual([
    { extension: '102', before: ['Standard (International)'], after: ['Standard (International)', 'Manager'] },
  ]);
});
