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
  [['does alice have Meetings?', 'who else?'], { intent: 'who-has-permission', permissions: ['Meetings'], people: [] }],
  [['who has Manager', 'who does not?'], { intent: 'who-has-role', roles: ['Manager'], negated: true }],
  [['who has Manager', 'as csv'], { intent: 'export', roles: ['Manager'] }],
  [['what is in Manager', 'who has it'], { intent: 'who-has-role', roles: ['Manager'] }],
  [['is bob a Manager', 'since when?'], { intent: 'history', people: ['102'], roles: ['Manager'] }],
  [['is bob a Manager', 'until when?'], { intent: 'list-grants', people: ['102'], roles: ['Manager'] }],
  [['do I have Meetings', 'ask for it'], { intent: 'give-permission', people: ['104'], permissions: ['Meetings'] }],
  [['give bob Manager', 'as a dry run'], { intent: 'assign-role', people: ['102'], roles: ['Manager'], dryRun: true }],
  [['give bob Manager', 'because audit'], { intent: 'assign-role', people: ['102'], reason: 'audit' }],
  [['give bob Manager', 'ticket OPS-1'], { intent: 'assign-role', people: ['102'], ticket: 'OPS-1' }],
  [['give bob Manager', 'Support instead'], { intent: 'assign-role', people: ['102'], roles: ['Support'] }],
  [
    ['give bob Manager', 'make it 4 hours'],
    { intent: 'assign-role', roles: ['Manager'], time: { for: 'PT4H', until: null, from: null } },
  ],
  [
    ['give bob Manager', 'extend it by an hour'],
    { intent: 'extend-grant', people: ['102'], roles: ['Manager'], time: { for: 'PT1H', until: null, from: null } },
  ],
  [['give bob Manager', 'end it now'], { intent: 'end-grant', people: ['102'], roles: ['Manager'] }],
  [['what changed yesterday', 'only bob'], { intent: 'history', people: ['102'] }],
  [['status A7K2', 'and H6RT?'], { intent: 'show-request', request: 'H6RT' }],
  [['status A7K2', 'approve it'], { intent: 'approve', request: 'A7K2' }],
  [['status A7K2', 'remind them'], { intent: 'remind', request: 'A7K2' }],
  [
    ['does partner bluebird have sms.read', 'give it to them'],
    { intent: 'assign-scope', partners: ['Bluebird Telecom'], scopes: ['sms.read'] },
  ],
  [['compare bob and carol', 'and dave'], { intent: 'compare-people', people: ['102', '104'] }],
  [['is chris in sales a Manager', 'no, the other chris'], { intent: 'check-role', people: ['110'] }],
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
  [['give chris Manager', '2'], { people: ['110'] }],
  [['give chris Manager', 'support'], { people: ['110'] }],
  [['give chris Manager', 'both'], { people: ['109', '110'] }],
  [['give chris Manager', 'i mean christine'], { people: ['111'] }],
  [['give bob', 'Manager until friday'], { roles: ['Manager'], time: { until: '2026-11-27T23:59:59-07:00' } }],
  [['let bob see call recordings', 'the company ones'], { permissions: ['ReadCompanyCallRecordings'] }],
  [['let bob see call recordings', 'own'], { permissions: ['ReadCallRecordings'] }],
  [['give acme calls.read', 'voice'], { partners: ['Acme Voice'] }],
  [['create a new role', 'call it Night Audit'], { newRole: 'Night Audit' }],
  [['approve', 'A7K2'], { intent: 'approve', request: 'A7K2' }],
  [['give me support', 'yes'], { intent: 'assign-role', people: ['104'], roles: ['Support'] }],
  // A day or a clock time alone is the end, never a start without one.
  [['give bob Manager for 30', 'minutes'], { time: { for: 'PT30M', until: null, from: null } }],
  [['give bob Manager until 5', '5pm'], { time: { for: null, until: '2026-11-23T17:00:00-07:00', from: null } }],
  [['give bob Manager until 5', 'pm'], { time: { for: null, until: '2026-11-23T17:00:00-07:00', from: null } }],
  [
    ['give bob Manager until next tuesday', 'tomorrow'],
    { time: { for: null, until: '2026-11-24T23:59:59-07:00', from: null } },
  ],
  [
    ['give bob Manager until carol returns', 'friday 6pm'],
    { time: { for: null, until: '2026-11-27T18:00:00-07:00', from: null } },
  ],
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
    ['give chris Manager', 'chris y', ['109', '110']],
    ['give chris Manager', 'no, the other one', ['109', '110']],
    ['give chris Manager', 'neither', []],
  ] as const)('keeps asking who is meant: %s, %s', (order, answer, candidates) => {
    const reading = readThread(order, answer);
    expect(reading).toMatchObject({ outcome: 'ask-back', roles: ['Manager'], ask: { about: 'person', candidates } });
  });

  it.each([
    ['delete the reports', 'no'],
    ['give bbo Manager', 'nope'],
    ['give bob Manager', 'no'],
  ])('takes a no for one: %s, %s', (order, answer) => {
    expect(readThread(order, answer).outcome).toBe('declined');
  });

  it.each([
    ['give bob admin', 'who has Super Admin'],
    ['give chris Manager', 'who is in the support team?'],
  ])('takes no question for an answer: %s, %s', (order, question) => {
    const { outcome, effect } = readThread(order, question);
    expect(outcome === 'understood' && effect !== 'read').toBe(false);
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
