import { describe, expect, it } from 'vitest';
import { ACCOUNT, type Answer, bench, type Json } from './support.ts';

const b = bench();

/** What an operation needs and counts as: the official document. */
type Operation = {
  readonly method: string;
  readonly path: () => string;
  readonly body?: () => unknown;
  readonly status: number;
  readonly group: 'light' | 'medium' | 'heavy';
  /** App permission; null for any token. */
  readonly app: 'ReadAccounts' | 'RoleManagement' | null;
  /** User permission that a person without any admin role lacks; null for none. */
  readonly user: string | null;
  /** Whether a User Admin passes, who holds Users, EditAssignedRoles, ReadAssignedRoles and ReadUserRoles. */
  readonly userAdmin: boolean;
};

const ofBob = () => `${ACCOUNT}/extension/${b.id('102')}`;
const ROLES = `${ACCOUNT}/user-role`;
const rename = () => ({ displayName: 'Weekend Desk', permissions: [{ id: 'BusinessSms' }] });
const read = { method: 'GET', status: 200, app: 'ReadAccounts', userAdmin: true } as const;
const write = { status: 200, group: 'medium', app: 'RoleManagement', userAdmin: false } as const;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  listAssignedRoles: { ...read, path: () => `${ACCOUNT}/assigned-role`, group: 'medium', user: 'ReadAssignedRoles' },
  listUserAssignedRoles: {
    ...read,
    path: () => `${ofBob()}/assigned-role`,
    group: 'light',
    user: 'ReadAssignedRoles',
  },
  updateUserAssignedRoles: {
    ...write,
    method: 'PUT',
    path: () => `${ofBob()}/assigned-role`,
    body: () => ({ records: [{ id: '3' }] }),
    user: 'EditAssignedRoles',
    userAdmin: true,
  },
  assignDefaultRole: {
    ...write,
    method: 'PUT',
    path: () => `${ofBob()}/assigned-role/default`,
    user: 'Users',
    userAdmin: true,
  },
  assignMultipleUserRoles: {
    ...write,
    method: 'POST',
    path: () => `${ROLES}/7/bulk-assign`,
    body: () => ({ addedExtensionIds: [b.id('101')], removedExtensionIds: [] }),
    status: 204,
    group: 'heavy',
    user: 'EditUserRoles',
  },
  readDefaultRole: {
    ...read,
    path: () => `${ROLES}/default`,
    group: 'light',
    app: 'RoleManagement',
    user: 'Roles',
    userAdmin: false,
  },
  updateDefaultUserRole: {
    ...write,
    method: 'PUT',
    path: () => `${ROLES}/default`,
    body: () => ({ id: '600004' }),
    user: 'Roles',
  },
  listStandardUserRole: {
    ...read,
    path: () => '/restapi/v1.0/dictionary/user-role',
    group: 'light',
    app: null,
    user: null,
  },
  readStandardUserRole: {
    ...read,
    path: () => '/restapi/v1.0/dictionary/user-role/3',
    group: 'light',
    app: null,
    user: null,
  },
  listUserRoles: { ...read, path: () => ROLES, group: 'medium', user: 'ReadUserRoles' },
  createCustomRole: { ...write, method: 'POST', path: () => ROLES, body: rename, status: 201, user: 'EditUserRoles' },
  readUserRole: { ...read, path: () => `${ROLES}/600004`, group: 'light', user: 'ReadUserRoles' },
  updateUserRole: { ...write, method: 'PUT', path: () => `${ROLES}/600004`, body: rename, user: 'EditUserRoles' },
  deleteCustomRole: {
    ...write,
    method: 'DELETE',
    path: () => `${ROLES}/600004`,
    status: 204,
    user: 'EditUserRoles',
  },
  listOfAvailableForAssigningRoles: {
    ...read,
    path: () => `${ofBob()}/assignable-roles`,
    group: 'medium',
    app: 'RoleManagement',
    user: 'Users',
  },
};

const call = (who: string, { method, path, body }: Operation): Promise<Answer> => b.call(who, method, path(), body?.());
const each = Object.entries(OPERATIONS);

describe('the fifteen role operations', () => {
  it('are all here', () => {
    expect(each).toHaveLength(15);
  });

  it.each(each)('%s answers a Super Admin, and counts in its group', async (_name, operation) => {
    const { status, headers } = await call('104', operation);
    expect([status, headers.get('x-rate-limit-group')]).toEqual([operation.status, operation.group]);
  });

  it.each(each)('%s is refused to a token without its app permission', async (_name, operation) => {
    const { token } = await b.control('POST', '/tokens', { ext: '104', scopes: ['SMS'] });
    const { status, json } = await b.callWith(token, operation.method, operation.path(), operation.body?.());
    if (operation.app === null) expect(status).toBe(200);
    else expect(json.errors[0]).toMatchObject({ errorCode: 'CMN-401', permissionName: operation.app });
  });

  it.each(each.filter(([, { user }]) => user !== null))(
    '%s is refused to somebody without an admin role, by the permission',
    async (_name, operation) => {
      const { status, json } = await call('101', operation);
      expect([status, json.errors[0].errorCode]).toEqual([403, expect.stringMatching(/^CMN-4(08|19)$/)]);
      const [{ permissionName, permissionsName }] = json.errors;
      expect(permissionName ?? permissionsName).toBe(operation.user);
    },
  );

  it.each(each)('%s lets a User Admin through as far as their permissions go', async (_name, operation) => {
    const { status } = await call('103', operation);
    expect(status).toBe(operation.userAdmin ? operation.status : 403);
  });
});

describe('bulk-assign does not always do what it says', () => {
  const bulk = (added: string[], removed: string[] = [], more = {}) =>
    b.call('104', 'POST', `${ROLES}/7/bulk-assign`, {
      addedExtensionIds: added.map(b.id),
      removedExtensionIds: removed.map(b.id),
      ...more,
    });
  const holders = async (numbers: string[]) => {
    const held = await Promise.all(numbers.map(async (number) => (await b.rolesOf(number)).includes('Manager')));
    return numbers.filter((_, index) => held[index]);
  };

  it.each([
    ['all', ['101', '102', '109']],
    ['nothing', []],
    ['half', ['101', '102']],
  ])('with bulkEffect %s it is accepted and %j hold the role', async (bulkEffect, expected) => {
    await b.control('PATCH', '/switches', { bulkEffect });
    const { status, text } = await bulk(['101', '102', '109']);
    expect([status, text]).toEqual([204, '']);
    expect(await holders(['101', '102', '109'])).toEqual(expected);
  });

  it('is refused where the account has not got the feature', async () => {
    await b.control('PATCH', '/switches', { bulkAssignFeature: false });
    const { status, json } = await bulk(['101']);
    expect([status, json.errors[0].errorCode]).toEqual([403, 'CMN-109']);
    expect(await holders(['101'])).toEqual([]);
  });

  it('gives and takes in one call, and says nothing of who held it already', async () => {
    expect((await bulk(['101', '106'], ['102'])).status).toBe(204);
    expect(await holders(['101', '102', '106'])).toEqual(['101', '106']);
    expect(await b.rolesOf('102')).toEqual(['Standard (International)']);
  });

  it('takes nobody in both lists', async () => {
    expect((await bulk(['101'], ['101'])).json.parameterName).toBe('removedExtensionIds');
  });

  it('counts as one Heavy call, however many people', async () => {
    const { headers } = await bulk(['101', '102', '109', '110', '111']);
    expect(headers.get('x-rate-limit-remaining')).toBe('9');
  });
});

describe('a restriction to sites for a role that is not site compatible', () => {
  const assign = () =>
    b.call('104', 'PUT', `${ACCOUNT}/extension/${b.id('101')}/assigned-role`, {
      records: [{ id: '2', siteRestricted: true }],
    });
  const restrictionIn = (answer: Answer) => answer.json.records.find((role: Json) => role.id === '2')?.siteRestricted;

  it.each([
    ['accept', true],
    ['drop', false],
  ])('%s: the answer shows %s', async (restrictIncompatibleRole, shown) => {
    await b.control('PATCH', '/switches', { restrictIncompatibleRole });
    expect(restrictionIn(await assign())).toBe(shown);
  });

  it('refuse: nothing changes', async () => {
    await b.control('PATCH', '/switches', { restrictIncompatibleRole: 'refuse' });
    const { status, json } = await assign();
    expect([status, json.parameterName]).toEqual([400, 'siteRestricted']);
    expect(await b.rolesOf('101')).toEqual(['Front Desk']);
  });

  it('of a compatible role is kept with every switch', async () => {
    await b.control('PATCH', '/switches', { restrictIncompatibleRole: 'drop' });
    const answer = await b.call('104', 'PUT', `${ACCOUNT}/extension/${b.id('101')}/assigned-role`, {
      records: [{ id: '7', siteRestricted: true }],
    });
    expect(answer.json.records[0].siteRestricted).toBe(true);
  });
});

describe('names of roles', () => {
  it('count in signs, not in halves of them', async () => {
    const name = '🙂'.repeat(128);
    expect((await b.call('104', 'POST', ROLES, { displayName: name })).json.displayName).toBe(name);
    expect((await b.call('104', 'POST', ROLES, { displayName: `${name}a` })).status).toBe(400);
  });
});
