import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { House } from '#test/support/house.ts';
import { as, ask } from '#test/support/questions.ts';

async function rolesFor(house: House, asker: string, person: string, roles: readonly string[] = []) {
  const answer = await ask(house, asker, 'assignable-roles', { people: [person], roles });
  return as(answer, 'assignable-roles');
}

type Told = Awaited<ReturnType<typeof rolesFor>>;
const guards = ({ roles }: Told) => Object.fromEntries(roles.map(({ role, guard }) => [role.displayName, guard]));

describe('which roles can be given', () => {
  it.each<[asker: string, person: string, role: string, guard: string | null]>([
    ['103', '102', 'Manager', null],
    ['103', '102', 'User Admin', null],
    ['103', '102', 'Role Steward', 'escalation'],
    ['103', '102', 'Super Admin', 'protected-role'],
    ['104', '102', 'Role Steward', null],
    ['104', '104', 'Manager', null],
    ['103', '103', 'Role Steward', 'gains-role-rights-oneself'],
    ['104', '123', 'Manager', 'disabled'],
    ['104', '122', 'Manager', 'not-activated'],
    ['104', '127', 'Manager', 'not-a-user'],
    ['104', '100', 'Manager', 'service-account'],
  ])('%s to %s: %s %s', async (asker, person, role, guard) => {
    expect(guards(await rolesFor(new House(), asker, person))[role]).toBe(guard);
  });

  it("is RingCentral's own list for the asker, where their token gets one", async () => {
    const house = new House();
    house.account.notAssignable.add('Billing Admin');
    const told = await rolesFor(house, '104', '102');
    expect(told.source).toBe('ringcentral');
    expect(guards(told)).toMatchObject({ 'Billing Admin': 'not-assignable', Manager: null });
    expect(house.account.calls.filter((call) => call.operation === 'listAssignableRoles')).toMatchObject([
      { as: '104' },
    ]);
  });

  it.each<[source: string, prepare: (house: House) => void]>([
    ['no-token', (house) => void house.account.tokens.delete('103')],
    [
      'no-feature',
      ({ account }) =>
        account.trouble({
          operation: 'listAssignableRoles',
          fault: new Fault('directory-forbidden', 'no', { errorCode: 'CMN-109' }),
        }),
    ],
    [
      'no-permission',
      ({ account }) =>
        account.trouble({
          operation: 'listAssignableRoles',
          fault: new Fault('directory-forbidden', 'no', { errorCode: 'CMN-408', missing: 'Users' }),
        }),
    ],
  ])('is computed by the guards otherwise, saying why: %s', async (source, prepare) => {
    const house = new House();
    prepare(house);
    const told = await rolesFor(house, '103', '102');
    expect(told.source).toBe(source);
    expect(guards(told)).toMatchObject({ Manager: null, 'Role Steward': 'escalation' });
    expect(house.account.calls.some((call) => call.operation === 'listAssignableRoles' && call.as === 'service')).toBe(
      false,
    );
  });

  it('tells of a few roles that were asked about', async () => {
    const told = await rolesFor(new House(), '103', '102', ['Manager', 'Role Steward']);
    expect(told.asked).toBe(true);
    expect(guards(told)).toEqual({ Manager: null, 'Role Steward': 'escalation' });
  });

  it('marks what the person has already', async () => {
    const told = await rolesFor(new House(), '104', '102');
    expect(told.roles.filter(({ held }) => held).map(({ role }) => role.displayName)).toEqual([
      'Standard (International)',
    ]);
  });

  it.each([
    ['101', '102'],
    ['101', '101'],
    ['125', '102'],
  ])('is not told to %s about %s, who may not give roles to them', async (asker, person) => {
    const house = new House();
    const answer = await ask(house, asker, 'assignable-roles', { people: [person] });
    expect(answer.outcome).toBe('refused');
    expect(house.store.entries.map((entry) => entry.action)).toEqual(['refused.assignable-roles']);
  });

  it('names no custom role to somebody who may give roles and not see custom ones', async () => {
    const house = new House();
    const at = house.account.roles.findIndex((role) => role.displayName === 'User Admin');
    const role = house.account.roles[at] as (typeof house.account.roles)[number];
    const without = new Map([...role.reach].filter(([id]) => id !== 'ReadUserRoles'));
    house.account.roles[at] = {
      ...role,
      reach: without,
      permissions: role.permissions.filter((id) => id !== 'ReadUserRoles'),
    };
    const told = await rolesFor(house, '103', '102');
    expect(told.roles.some((each) => each.role.custom)).toBe(false);
    expect(told.hiddenFromAsker).toBe(true);
  });

  it('promises nothing that the change itself would refuse', async () => {
    const house = new House();
    const told = await rolesFor(house, '103', '102');
    for (const { role, held, guard } of told.roles.filter((row) => !row.held)) {
      const answer = await ask(house, '103', 'assign-role', { people: ['102'], roles: [role.displayName] });
      expect([role.displayName, held, answer.outcome]).toEqual([
        role.displayName,
        false,
        guard === null ? 'confirm-needed' : 'refused',
      ]);
    }
  });
});
