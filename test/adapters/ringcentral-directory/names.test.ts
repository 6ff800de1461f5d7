import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { indexNames, type NameFacts } from '#src/adapters/ringcentral-directory/names.ts';
import { accountId, extensionId, extensionNumber, permissionId, roleId } from '#src/domain/ids.ts';
import { api, directories, faultOf, signsIn, V1 } from './kit.ts';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

const PERSON = {
  id: 62101,
  extensionNumber: '101',
  name: 'Alice Anderson',
  contact: { email: 'alice@x.example', department: 'Support', company: 'Cobalt Lane Clinics' },
  type: 'User',
  status: 'Enabled',
  site: { id: 'main-site', name: 'Main Site' },
};

/** An account that answers everything, except what a test replaces. */
function account(
  over: Partial<
    Record<'account' | 'extension' | 'sites' | 'user-role' | 'permission' | 'permission-category', [number, object]>
  > = {},
) {
  const answers = {
    account: [
      200,
      { id: 4001, mainNumber: '+13035550100', regionalSettings: { timezone: { name: 'America/Denver' } } },
    ],
    extension: [200, { records: [PERSON] }],
    sites: [200, { records: [{ id: 'main-site', name: 'Main Site' }] }],
    'user-role': [200, { records: [{ id: '1', displayName: 'Super Admin' }] }],
    permission: [200, { records: [{ id: 'Meetings', displayName: 'Meetings', category: { id: 'Video' } }] }],
    'permission-category': [200, { records: [{ id: 'Video', displayName: 'Video Meetings' }] }],
    ...over,
  } as Record<string, [number, object]>;
  signsIn();
  for (const [name, [status, body]] of Object.entries(answers)) {
    const path = name === 'account' ? '' : `/${name}`;
    const base = name.startsWith('permission') ? `${V1}/dictionary/${name}` : `${V1}/account/~${path}`;
    api().get(base).query(true).reply(status, body);
  }
}

describe('reading the names of an account', () => {
  it('gathers people, sites, departments, roles and permissions', async () => {
    account();
    const names = await directories().names.current();
    expect(names.account).toEqual({ id: '4001', name: 'Cobalt Lane Clinics', zone: 'America/Denver' });
    expect(names.byNumber('101')).toEqual({
      id: '62101',
      number: '101',
      name: 'Alice Anderson',
      email: 'alice@x.example',
      type: 'User',
      status: 'Enabled',
      department: 'Support',
      site: { id: 'main-site', name: 'Main Site' },
    });
    expect(names.departments).toEqual(['Support']);
    expect(names.sites).toEqual([{ id: 'main-site', name: 'Main Site' }]);
    expect(names.permissionById('meetings')?.category).toBe('Video Meetings');
  });

  it.each<[number, object]>([
    [403, { errors: [{ errorCode: 'CMN-408' }] }],
    [404, { errors: [{ errorCode: 'CMN-102' }] }],
    [200, { records: [] }],
  ])('calls a category by its id where no name is to be had: %i %j', async (...answered) => {
    account({ 'permission-category': answered });
    expect((await directories().names.current()).permissionById('Meetings')?.category).toBe('Video');
  });

  it('reads all pages, and a person who moved between them once', async () => {
    const second = { ...PERSON, id: 62102, extensionNumber: '102' };
    account({
      extension: [200, { records: [PERSON, second], navigation: { nextPage: { uri: 'https://x/?page=2' } } }],
    });
    api()
      .get(`${V1}/account/~/extension`)
      .query({ page: '2', perPage: '1000' })
      .reply(200, { records: [second, { ...PERSON, id: 62103, extensionNumber: '103' }], navigation: {} });
    const names = await directories().names.current();
    expect(names.people.map((person) => person.number)).toEqual(['101', '102', '103']);
  });

  it('leaves out what nobody can name, and keeps everybody else', async () => {
    const records = [
      PERSON,
      { id: 62102, name: 'No Number', type: 'User', status: 'Unassigned' },
      { id: 62103, extensionNumber: '10*3', name: 'Odd', type: 'User', status: 'Enabled' },
    ];
    account({ extension: [200, { records }] });
    expect((await directories().names.current()).people.map((person) => person.id)).toEqual(['62101']);
  });

  it('knows a site that people name and the listing does not', async () => {
    account({ sites: [403, { errors: [{ errorCode: 'CMN-109' }] }] });
    expect((await directories().names.current()).sites).toEqual([{ id: 'main-site', name: 'Main Site' }]);
  });

  it('calls the account by its main number when no contact names the company', async () => {
    account({ extension: [200, { records: [{ ...PERSON, contact: null }] }] });
    expect((await directories().names.current()).account.name).toBe('+13035550100');
  });

  it.each([[{}], [{ timezone: null }], [{ timezone: { name: 'Mars/Olympus' } }]])(
    'tells no zone where the account states none that is known: %j',
    async (regionalSettings) => {
      account({ account: [200, { id: 4001, regionalSettings }] });
      expect((await directories().names.current()).account).toMatchObject({ zone: null });
    },
  );

  it.each(['account', 'extension', 'sites', 'user-role', 'permission'] as const)(
    'fails clearly when the service account may not read %s',
    async (part) => {
      account({ [part]: [403, { errors: [{ errorCode: 'CMN-408', permissionName: 'ReadUserRoles' }] }] });
      expect(await faultOf(directories().names.current())).toMatchObject({
        code: 'directory-forbidden',
        data: { missing: 'ReadUserRoles', errorCode: 'CMN-408' },
      });
    },
  );
});

describe('looking names up', () => {
  const role = (id: string, displayName: string) => ({
    id: roleId(id),
    displayName,
    description: null,
    custom: true,
    hidden: false,
  });
  function facts(over: Partial<NameFacts> = {}): NameFacts {
    const account = { id: accountId('1'), name: 'A', zone: null };
    return { account, people: [], sites: [], roles: [], permissions: [], readAt: 0, ...over };
  }

  it('finds a role in any case and spacing, the exact name first', () => {
    const names = indexNames(facts({ roles: [role('1', 'Support Lead'), role('2', 'support lead')] }));
    expect(names.roleByName('support lead')?.id).toBe('2');
    expect(names.roleByName('Support Lead')?.id).toBe('1');
    expect(names.roleByName('SUPPORT  LEAD')).toBeUndefined();
    expect(indexNames(facts({ roles: [role('1', 'Support Lead')] })).roleByName(' support  LEAD ')?.id).toBe('1');
  });

  it('gives none of two roles with the same name', () => {
    const names = indexNames(facts({ roles: [role('1', 'Reports'), role('2', 'Reports')] }));
    expect(names.roleByName('Reports')).toBeUndefined();
  });

  it('looks up among 100,000 people without walking through them', () => {
    const people = Array.from({ length: 100_000 }, (_, index) => ({
      id: extensionId(10_000_000 + index),
      number: extensionNumber(100_000 + index),
      name: `Person ${index}`,
      email: null,
      type: 'User',
      status: 'Enabled',
      department: index % 2 ? 'Sales' : 'Support',
      site: null,
    }));
    const names = indexNames(facts({ people, permissions: [] }));
    expect(names.byId(extensionId(10_099_999))?.number).toBe('199999');
    expect(names.byNumber('150000')?.id).toBe('10050000');
    expect(names.departments).toEqual(['Sales', 'Support']);
    expect(names.permissionById(permissionId('X'))).toBeUndefined();
  });
});
