import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { permissionId } from '#src/domain/ids.ts';
import { House } from '#test/support/house.ts';
import { as, ask } from '#test/support/questions.ts';

describe('what a role is', () => {
  it.each<[asker: string, role: string, holders: { count: number; withinSites: boolean } | null]>([
    ['104', 'Super Admin', { count: 2, withinSites: false }],
    ['103', 'Support', { count: 4, withinSites: false }],
    ['125', 'Support', { count: 2, withinSites: true }],
    ['101', 'Manager', null],
  ])('%s is told how many hold %s: %j', async (asker, role, holders) => {
    const saying = as(await ask(new House(), asker, 'describe-role', { roles: [role] }), 'role-description');
    expect(saying.holders).toEqual(holders);
  });

  it('says which is the default role, and nothing where RingCentral does not show it', async () => {
    const house = new House();
    const isDefault = async (role: string) =>
      as(await ask(house, '104', 'describe-role', { roles: [role] }), 'role-description').isDefault;
    expect(await isDefault('Standard (International)')).toBe(true);
    expect(await isDefault('Manager')).toBe(false);
    house.account.trouble({ operation: 'readDefaultRole', fault: new Fault('directory-forbidden', 'no') });
    expect(await isDefault('Manager')).toBeNull();
  });

  it('is told without a count when the account cannot be listed now', async () => {
    const house = new House();
    house.account.trouble({ operation: 'listAssignedRoles', fault: new Fault('directory-unavailable', 'down') });
    const saying = as(await ask(house, '104', 'describe-role', { roles: ['Manager'] }), 'role-description');
    expect(saying.holders).toBeNull();
    expect(saying.permissions.length).toBeGreaterThan(0);
  });
});

describe('the default role', () => {
  it('is told to everybody while it is a predefined one', async () => {
    for (const asker of ['101', '104']) {
      const answer = await ask(new House(), asker, 'show-default-role');
      expect(as(answer, 'default-role').role.displayName).toBe('Standard (International)');
    }
  });

  it('is not named to people without the right to see custom roles when it is one', async () => {
    const house = new House();
    const at = house.account.roles.findIndex((role) => role.id === '3');
    house.account.roles[at] = { ...(house.account.roles[at] as (typeof house.account.roles)[number]), custom: true };
    expect(as(await ask(house, '101', 'show-default-role'), 'refused').reason.kind).toBe('no-right');
    expect((await ask(house, '103', 'show-default-role')).outcome).toBe('answered');
  });

  it('that RingCentral withholds is a failure that says so', async () => {
    const house = new House();
    house.account.trouble({ operation: 'readDefaultRole', fault: new Fault('directory-forbidden', 'no') });
    house.account.trouble({ operation: 'readDefaultRole', fault: new Fault('directory-forbidden', 'no') });
    await expect(ask(house, '107', 'show-default-role')).rejects.toMatchObject({ code: 'directory-forbidden' });
  });
});

describe('what a permission is', () => {
  async function factsOf(permission: string, house = new House(), asker = '101') {
    return as(await ask(house, asker, 'describe-permission', { permissions: [permission] }), 'permission-description');
  }

  it('is told to everybody, with predefined roles alone', async () => {
    const { facts, roles } = await factsOf('EditAssignedRoles');
    expect(facts).toMatchObject({
      known: 'dictionary',
      assignable: true,
      scopes: ['AllExtensions'],
      appPermissions: ['EditAccounts', 'RoleManagement'],
      includesInferred: false,
    });
    expect(facts.includes.map((each) => each.id)).toEqual(['ReadAssignedRoles']);
    expect(roles.map(({ role }) => role.displayName)).toEqual(['User Admin', 'Super Admin']);
    expect(JSON.stringify(roles)).not.toContain('Role Steward');
  });

  it('that cannot be ticked by itself leads to those that bring it, however far away', async () => {
    const house = new House();
    const edit = (id: string, change: object) => {
      const at = house.account.permissions.findIndex((each) => each.id === id);
      house.account.permissions[at] = { ...(house.account.permissions[at] as never as object), ...change } as never;
    };
    edit('BusinessSms', { includes: [permissionId('EditMessages')] });
    edit('EditMessages', { assignable: false });
    const { facts } = await factsOf('ReadMessages', house);
    expect(facts.includedIn.map((each) => each.id)).toEqual(['BusinessSms', 'EditMessages']);
    expect(facts.assignableParents.map((each) => each.id)).toEqual(['BusinessSms']);
  });

  it('knows one of the account that no public document names', async () => {
    const house = new House();
    house.account.permissions.push({
      id: permissionId('HologramCalls'),
      displayName: 'Hologram Calls',
      description: null,
      category: 'Features',
      assignable: true,
      includes: [permissionId('Meetings')],
    });
    const { facts } = await factsOf('HologramCalls', house);
    expect(facts).toMatchObject({ known: 'dictionary', scopes: [], appPermissions: [], portal: null, sources: [] });
    expect(facts.includes.map((each) => each.id)).toEqual(['Meetings']);
  });

  it('knows one of the public documents that the account does not have, and says which is a mere label', async () => {
    const { facts } = await factsOf('FullCompanyCallLog');
    expect(facts).toMatchObject({ known: 'file', assignable: null, runtimeId: 'ReadCompanyCallLog' });
    expect(facts.appPermissions).toEqual(['ReadCallLog']);
  });

  it('says when what comes with it is only a rule of thumb', async () => {
    const { facts } = await factsOf('EditUserTemplates');
    expect(facts).toMatchObject({ known: 'file', includesInferred: true });
    expect(facts.includes.map((each) => each.id)).toEqual(['ReadUserTemplates']);
  });

  it('does not know what nobody knows', async () => {
    expect((await factsOf('TeleportCalls')).facts).toMatchObject({ known: 'nowhere', sources: [], scopes: [] });
  });
});
