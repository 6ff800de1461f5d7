import { describe, expect, it } from 'vitest';
import { readThread } from './world.ts';

const GOES_ON: readonly (readonly [thread: readonly string[], expected: object])[] = [
  [
    ['does alice have Meetings?', 'and carol?'],
    { intent: 'check-permission', people: ['103'], permissions: ['Meetings'] },
  ],
  [
    ['does alice have Meetings?', 'and ReadCallLog?'],
    { intent: 'check-permission', people: ['101'], permissions: ['ReadCallLog'] },
  ],
  [['does alice have Meetings?', 'what about frank and bob'], { people: ['106', '102'] }],
  [['does alice have Meetings?', 'why not?'], { intent: 'explain-access', people: ['101'], permissions: ['Meetings'] }],
  [
    ['does alice have Meetings?', 'give it to her'],
    { intent: 'give-permission', people: ['101'], permissions: ['Meetings'] },
  ],
  [['give bob Manager', 'give it to carol too'], { intent: 'assign-role', people: ['103'], roles: ['Manager'] }],
  [['is bob a Manager', 'take it from him'], { intent: 'remove-role', people: ['102'], roles: ['Manager'] }],
  [['give bob Manager', 'and carol?'], { intent: 'assign-role', people: ['103'], roles: ['Manager'] }],
  [
    ['give bob Manager', 'until friday'],
    { intent: 'assign-role', people: ['102'], time: { for: null, until: '2026-11-27T23:59:59-07:00', from: null } },
  ],
  [['give bob Manager', 'for 2 hours'], { time: { for: 'PT2H', until: null, from: null } }],
  [['give bob Manager', 'undo that'], { intent: 'undo' }],
  [['who has Manager', 'and Support?'], { intent: 'who-has-role', roles: ['Support'] }],
  [['who has Manager', 'in denver'], { intent: 'who-has-role', roles: ['Manager'], group: { site: 'Denver' } }],
  [['what can carol do', 'does she have Meetings'], { intent: 'check-permission', people: ['103'] }],
];

const ANSWERS: readonly (readonly [thread: readonly string[], expected: object])[] = [
  [['give chris Manager', 'the one in sales'], { people: ['109'], roles: ['Manager'] }],
  [['give chris Manager', '110'], { people: ['110'] }],
  [['give chris Manager', 'the second one'], { people: ['110'] }],
  [['is chris a manager', 'denver'], { intent: 'check-role', people: ['110'] }],
  [['give bob Manger', 'yes'], { people: ['102'], roles: ['Manager'] }],
  [['give bob', 'Manager'], { people: ['102'], roles: ['Manager'] }],
  [['give Manager', 'bob'], { people: ['102'], roles: ['Manager'] }],
  [['make paige admin', 'Billing Admin'], { people: ['121'], roles: ['Billing Admin'] }],
  [['give bob Manager for 30', '30 minutes'], { time: { for: 'PT30M', until: null, from: null } }],
  [['break glass: Super Admin for me', 'phones are down'], { intent: 'break-glass', reason: 'phones are down' }],
];

describe('a thread', () => {
  it.each(GOES_ON)('goes on: %j', (thread, expected) => {
    expect(readThread(...thread)).toMatchObject({ outcome: 'understood', ...expected });
  });

  it.each(ANSWERS)('takes an answer in words: %j', (thread, expected) => {
    expect(readThread(...thread)).toMatchObject({ outcome: 'understood', ...expected });
  });

  it.each([
    [
      ['does bob have Manager', 'do I have Meetings?'],
      { intent: 'check-permission', people: ['104'], permissions: ['Meetings'] },
    ],
    [['give bob Manager', 'who has Support'], { intent: 'who-has-role', roles: ['Support'] }],
    [['give bob Manager', 'my roles'], { intent: 'list-roles-of', people: ['104'] }],
    [['give bob Manager', 'give carol Support'], { intent: 'assign-role', people: ['103'], roles: ['Support'] }],
  ] as const)('starts anew with a whole sentence: %j', (thread, expected) => {
    expect(readThread(...thread)).toMatchObject({ outcome: 'understood', ...expected });
  });

  it('keeps asking about what an answer did not settle', () => {
    const reading = readThread('give chris Manager for 2m', '109');
    expect(reading).toMatchObject({ outcome: 'ask-back', people: ['109'], ask: { about: 'time', text: 'for 2m' } });
    expect(readThread('give chris Manager for 2m', '109', 'for 2 hours')).toMatchObject({
      outcome: 'understood',
      time: { for: 'PT2H', until: null, from: null },
    });
  });

  it.each([
    ['does alice have Meetings?', 'give it to her too'],
    ['is bob a Manager?', 'give it to her too'],
    ['give bob Manager', 'give him that as well'],
  ])('asks who else is meant: %s, %s', (...thread) => {
    expect(readThread(...thread)).toMatchObject({ outcome: 'ask-back', ask: { about: 'person' } });
  });

  it.each(['remove all of that', 'yes', 'do it', 'ok', 'go ahead', 'sure'])(
    'does not take "%s" for an order after a question',
    (words) => {
      const { outcome, effect } = readThread('is bob a Manager?', words);
      expect(outcome === 'understood' && effect !== 'read').toBe(false);
    },
  );

  it('does not take yes for a doubtful order as the order', () => {
    expect(readThread('should I give bob Manager?', 'yes').outcome).not.toBe('understood');
  });
});
