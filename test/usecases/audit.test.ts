import { describe, expect, it } from 'vitest';
import { dispatch } from '#src/conversation/dispatch.ts';
import { Fault } from '#src/domain/faults.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { idOf } from '#test/support/account.ts';
import { House, understood } from '#test/support/house.ts';

async function ask(house: House, asker: string, words: Understanding): Promise<Answer> {
  return dispatch(await house.session(asker), words);
}

async function confirm(house: House, asker: string, { saying }: Answer): Promise<Answer> {
  if (saying.kind !== 'change-preview') throw new Error(`no preview but ${JSON.stringify(saying)}`);
  return confirmChange(await house.session(asker), saying.confirm);
}

const giveBob = understood('assign-role', { people: ['102'], roles: ['Manager'] });

describe('the audit trail', () => {
  it.each<[what: string, asker: string, words: Understanding, action: string, subject: string | null]>([
    ['a look that is refused', '101', understood('list-roles-of', { people: ['102'] }), 'refused.list-roles-of', '102'],
    ['everybody, refused', '101', understood('who-has-role', { roles: ['Manager'] }), 'refused.who-has-role', null],
    [
      'a custom role, refused',
      '101',
      understood('describe-role', { roles: ['Reports'] }),
      'refused.describe-role',
      null,
    ],
    [
      'a look outside the sites',
      '125',
      understood('list-roles-of', { people: ['102'] }),
      'refused.list-roles-of',
      '102',
    ],
    ['a change that is refused', '101', giveBob, 'change.refused', '102'],
    ['a dry run, which shows a list', '104', { ...giveBob, dryRun: true }, 'change.shown', '102'],
    ['a dry run that is refused', '101', { ...giveBob, dryRun: true }, 'change.refused', '102'],
    [
      'a change that would change nothing, which shows a list',
      '104',
      understood('assign-role', { people: ['106'], roles: ['Manager'] }),
      'change.shown',
      '106',
    ],
    [
      'the question about an only role, which shows it',
      '104',
      understood('remove-role', { people: ['106'], roles: ['Manager'] }),
      'change.asked',
      '106',
    ],
    [
      'a change of a group that may not be read',
      '101',
      understood('assign-role', { group: { role: 'Manager' }, roles: ['Reports'] }),
      'refused.assign-role',
      null,
    ],
  ])('holds %s, once', async (_what, asker, words, action, subject) => {
    const house = new House();
    const answer = await ask(house, asker, words);
    expect(house.store.entries.map((entry) => [entry.actor, entry.action, entry.subject])).toEqual([
      [asker, action, subject],
    ]);
    expect(answer.saying.kind).not.toBe('change-preview');
  });

  it('holds nothing about a look at oneself', async () => {
    const house = new House();
    await ask(house, '101', understood('list-roles-of'));
    expect(house.store.entries).toEqual([]);
  });

  it('tells why somebody was left out of a change', async () => {
    const house = new House();
    await ask(house, '104', understood('assign-role', { people: ['102', '123'], roles: ['Manager'] }));
    const people = JSON.parse(house.store.entries[0]?.body ?? '{}').people;
    expect(people).toMatchObject([{ extension: idOf('102') }, { extension: idOf('123'), guard: 'disabled' }]);
    expect(people[0]).not.toHaveProperty('guard');
  });

  it('holds a confirmed change that failed before its call', async () => {
    const house = new House();
    const shown = await ask(house, '104', giveBob);
    await house.store.lease('400100200', idOf('102'), 'another', house.time.at, 600_000);
    await confirm(house, '104', shown);
    expect(house.store.entries.map((entry) => entry.action)).toEqual([
      'change.previewed',
      'change.confirmed',
      'change.failed',
    ]);
  });

  it('holds a confirmed change that the app itself may no longer make', async () => {
    const house = new House();
    const shown = await ask(house, '104', giveBob);
    house.account.scopes = ['ReadAccounts'];
    expect((await confirm(house, '104', shown)).saying).toMatchObject({ kind: 'refused' });
    expect(house.store.entries.at(-1)).toMatchObject({ action: 'change.refused', subject: '102' });
  });
});

describe('a call that is not waited for to its end', () => {
  const silence = new Fault('directory-unavailable', 'no answer', { effectUnknown: true, timedOut: true });

  it('is not called failed on the sight of the old list, because it may still take effect', async () => {
    const house = new House();
    const shown = await ask(house, '104', giveBob);
    house.account.trouble({ operation: 'replaceAssignedRoles', fault: silence });
    const done = await confirm(house, '104', shown);
    expect(done.saying).toMatchObject({ results: [{ outcome: { kind: 'unsettled' } }] });
    expect(await house.store.intents.unsettled()).toHaveLength(1);
  });

  it('is not made when reading has used up the time that the list is held', async () => {
    const house = new House();
    const shown = await ask(house, '104', giveBob);
    const { lease } = house.store;
    house.store.lease = async (...args) => {
      const held = await lease.apply(house.store, args);
      house.time.at += 150_000;
      return held;
    };
    const done = await confirm(house, '104', shown);
    expect(done.saying).toMatchObject({ results: [{ outcome: { kind: 'failed', code: 'busy' } }] });
    expect(house.account.writes).toEqual([]);
  });
});
