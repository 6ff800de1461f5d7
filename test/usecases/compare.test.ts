import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { House } from '#test/support/house.ts';
import { as, ask } from '#test/support/questions.ts';

describe('the difference between two roles', () => {
  it.each<[asker: string, roles: readonly string[], outcome: string]>([
    ['104', ['Manager', 'Support'], 'answered'],
    ['103', ['Front Desk', 'Support'], 'answered'],
    ['101', ['Manager', 'User Admin'], 'answered'],
    ['101', ['Manager', 'Support'], 'refused'],
    ['101', ['Front Desk', 'Manager'], 'refused'],
    ['107', ['Support', 'Reports'], 'refused'],
    ['107', ['Standard', 'Billing Admin'], 'answered'],
  ])('%s asks about %j: %s', async (asker, roles, outcome) => {
    const house = new House();
    const answer = await ask(house, asker, 'compare-roles', { roles });
    expect(answer.outcome).toBe(outcome);
    if (outcome === 'refused') {
      expect(answer.about).toEqual({ people: [], roles: [], permissions: [], changes: [] });
      expect(house.store.entries.map((entry) => entry.action)).toEqual(['refused.compare-roles']);
    }
  });

  it('is told in the order of the question, and what was named besides', async () => {
    const answer = await ask(new House(), '104', 'compare-roles', { roles: ['Support', 'Manager', 'Reports'] });
    const { roles, leftOut } = as(answer, 'role-comparison');
    expect(roles.map((role) => role.displayName)).toEqual(['Support', 'Manager']);
    expect(leftOut).toEqual(['Reports']);
  });

  it('asks for the second role when one is named twice', async () => {
    const answer = await ask(new House(), '104', 'compare-roles', { roles: ['Support', 'Support'] });
    expect(as(answer, 'ask-back').about).toBe('role');
  });
});

describe('the difference between two people', () => {
  const frankAndBob = { people: ['106', '102'] };

  it('tells permissions with the roles that bring them and how far they reach', async () => {
    const answer = await ask(new House(), '104', 'compare-people', frankAndBob);
    const { people, compared } = as(answer, 'people-comparison');
    expect(people.map(({ person, roles }) => [person.number, roles.map((role) => role.displayName)])).toEqual([
      ['106', ['Manager']],
      ['102', ['Standard (International)']],
    ]);
    expect(compared.differing.map(({ permission, one, other }) => [permission.id, one?.roles, other])).toEqual([
      ['QoSReports', ['Manager'], null],
      ['ReadCompanyCallLog', ['Manager'], null],
      ['ReadCompanyCallRecordings', ['Manager'], null],
    ]);
    expect(answer.about).toMatchObject({ people: ['106', '102'], roles: ['Manager', 'Standard (International)'] });
  });

  it.each<[asker: string, people: readonly string[], outcome: string]>([
    ['104', ['101', '104'], 'answered'],
    ['103', ['106', '102'], 'answered'],
    ['125', ['106', '110'], 'answered'],
    ['125', ['106', '102'], 'refused'],
    ['101', ['106', '102'], 'refused'],
    ['101', ['101', '102'], 'refused'],
    ['107', ['107', '106'], 'refused'],
  ])('%s asks about %j: %s', async (asker, people, outcome) => {
    const house = new House();
    const answer = await ask(house, asker, 'compare-people', { people });
    expect(answer.outcome).toBe(outcome);
    const [trail, action] =
      outcome === 'refused'
        ? [house.store.entries, 'refused.compare-people']
        : [house.store.looks, 'read.compare-people'];
    expect(trail.map((entry) => entry.action)).toEqual([action]);
  });

  it('reads nothing about either when one of them may not be seen', async () => {
    const house = new House();
    await ask(house, '125', 'compare-people', { people: ['106', '102'] });
    const looked = house.account.calls
      .filter((call) => call.operation === 'readAssignedRoles')
      .map((call) => call.about);
    expect(looked).not.toContain(house.account.person('106').id);
    expect(looked).not.toContain(house.account.person('102').id);
  });

  it('marks what is held to sites only', async () => {
    const answer = await ask(new House(), '104', 'compare-people', { people: ['125', '100'] });
    const { compared } = as(answer, 'people-comparison');
    expect(compared.differing.every(({ one, other }) => one?.siteRestricted && !other?.siteRestricted)).toBe(true);
    expect(compared.differing.map(({ permission }) => permission.id)).toContain('EditAssignedRoles');
  });

  it('compares the asker with others by roles alone, though RingCentral would tell more about the asker', async () => {
    const house = new House();
    house.account.assign('102', ['Manager']);
    house.account.tokens.add('106');
    house.account.assign('106', ['Manager', 'User Admin']);
    house.account.assign('102', ['Manager', 'User Admin']);
    const answer = await ask(house, '106', 'compare-people', { people: ['106', '102'] });
    expect(as(answer, 'people-comparison').compared.differing).toEqual([]);
  });

  it('says when a role could not be looked into', async () => {
    const house = new House();
    house.account.trouble({ operation: 'readRole', fault: new Fault('directory-forbidden', 'no') });
    const answer = await ask(house, '104', 'compare-people', frankAndBob);
    expect(as(answer, 'people-comparison').unseen[0]).toContain("some roles of Frank O'Neil");
  });

  it('takes two people, asks for the second, and tells whom it left out', async () => {
    const one = await ask(new House(), '104', 'compare-people', { people: ['106'] });
    expect(as(one, 'ask-back').about).toBe('person');
    const three = await ask(new House(), '104', 'compare-people', { people: ['106', '102', '101'] });
    expect(as(three, 'people-comparison').leftOut).toEqual(['101']);
  });
});
