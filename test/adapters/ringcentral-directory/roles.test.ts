import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '#src/domain/authority.ts';
import { roleId } from '#src/domain/ids.ts';
import { ALICE, api, DAVE, directories, faultOf, signsIn, V1 } from './kit.ts';

// The right is established elsewhere; here only the shape of the call matters.
const RIGHT = {} as Authority<'assign'> & Authority<'reset'>;

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => {
  nock.enableNetConnect();
});

describe('roles of one person', () => {
  it('reads assigned roles, hidden ones included, and reads absent flags as false', async () => {
    signsIn();
    api()
      .get(`${V1}/account/~/extension/${ALICE}/assigned-role`)
      .query({ showHidden: 'true' })
      .reply(200, {
        uri: 'x',
        records: [
          { id: '600001', displayName: 'Front Desk', siteRestricted: true, autoAssigned: false, future: 1 },
          { id: 3, displayName: 'Standard (International)', autoAssigned: true },
        ],
      });
    expect(await directories().service.readAssignedRoles(ALICE)).toEqual([
      { id: '600001', displayName: 'Front Desk', autoAssigned: false, siteRestricted: true },
      { id: '3', displayName: 'Standard (International)', autoAssigned: true, siteRestricted: false },
    ]);
  });

  it('sends a full replacement with the site restriction of every role', async () => {
    signsIn();
    api()
      .put(`${V1}/account/~/extension/${ALICE}/assigned-role`, {
        records: [
          { id: '7', siteRestricted: false },
          { id: '600001', siteRestricted: true },
        ],
      })
      .reply(200, { records: [{ id: '7', displayName: 'Manager' }] });
    const roles = [
      { id: roleId('7'), siteRestricted: false },
      { id: roleId('600001'), siteRestricted: true },
    ];
    const given = await directories().service.replaceAssignedRoles(RIGHT, ALICE, roles);
    expect(given.map((role) => role.displayName)).toEqual(['Manager']);
  });

  it('never sends an empty list of roles', async () => {
    const fault = await faultOf(directories().service.replaceAssignedRoles(RIGHT, ALICE, []));
    expect(fault.code).toBe('directory-rejected');
    expect(fault.data.effectUnknown).toBeUndefined();
  });

  it('resets to the default role without a body', async () => {
    signsIn();
    api()
      .put(`${V1}/account/~/extension/${ALICE}/assigned-role/default`, '')
      .reply(200, { records: [{ id: '3', displayName: 'Standard (International)' }] });
    expect(await directories().service.assignDefaultRole(RIGHT, ALICE)).toHaveLength(1);
  });
});

describe('the whole account', () => {
  it('follows pages of the assignment listing although it declares none, and never the link itself', async () => {
    signsIn();
    const row = (extension: string, role: string) => ({
      extensionId: extension,
      roles: [{ id: role, displayName: role }],
    });
    api()
      .get(`${V1}/account/~/assigned-role`)
      .query({ showHidden: 'true' })
      .reply(200, {
        records: [row('62101', '1')],
        paging: { page: 1, perPage: 1 },
        navigation: { nextPage: { uri: 'https://evil.test/restapi/v1.0/account/1/assigned-role?perPage=1&page=2' } },
      });
    api()
      .get(`${V1}/account/~/assigned-role`)
      .query({ showHidden: 'true', page: '2', perPage: '1' })
      .reply(200, { records: [row('62104', '2')], paging: { page: 2, perPage: 1 }, navigation: {} });
    const rows = await directories().service.listAssignedRoles();
    expect(rows.map((each) => [each.extension, each.roles[0]?.id])).toEqual([
      ['62101', '1'],
      ['62104', '2'],
    ]);
  });

  it('refuses a next page that leads back instead of passing a part off as the whole', async () => {
    signsIn();
    api()
      .get(`${V1}/account/~/user-role`)
      .query({ page: '1', perPage: '1000' })
      .reply(200, { records: [], paging: { perPage: 1 }, navigation: { nextPage: { uri: 'https://x/?page=1' } } });
    const fault = await faultOf(directories().service.listRoles(null));
    expect(fault).toMatchObject({ code: 'directory-unreadable', data: { where: 'navigation.nextPage' } });
  });

  it('asks for custom roles only when told to', async () => {
    signsIn();
    api()
      .get(`${V1}/account/~/user-role`)
      .query({ custom: 'true', page: '1', perPage: '1000' })
      .reply(200, { records: [{ id: '600001', displayName: 'Front Desk', custom: true }] });
    expect(await directories().service.listRoles(true)).toEqual([
      { id: '600001', displayName: 'Front Desk', description: null, custom: true, hidden: false },
    ]);
  });

  it('reads the default role with the summary that only the role itself tells', async () => {
    signsIn();
    api().get(`${V1}/account/~/user-role/default`).reply(200, { id: '600001', displayName: 'Front Desk' });
    api()
      .get(`${V1}/account/~/user-role/600001`)
      .reply(200, { id: '600001', displayName: 'Front Desk', custom: true, permissions: [] });
    expect(await directories().service.readDefaultRole()).toMatchObject({ id: '600001', custom: true });
  });
});

describe('what cannot be read', () => {
  const unreadable: [string, unknown, string][] = [
    ['a role without contents', { id: '7', displayName: 'Manager' }, 'permissions'],
    ['a role that is empty', {}, 'id'],
    [
      'a role whose permission has no id',
      { id: '7', displayName: 'M', permissions: [{ uri: 'x' }] },
      'permissions.0.id',
    ],
    ['a role with an id no path can carry', { id: '../x', displayName: 'M', permissions: [] }, 'id'],
    ['no role at all', [], 'answer'],
  ];
  it.each(unreadable)('is a fault, not a guess: %s', async (_case, body, where) => {
    signsIn();
    api().get(`${V1}/account/~/user-role/7`).reply(200, JSON.stringify(body), { 'content-type': 'application/json' });
    const fault = await faultOf(directories().service.readRole(roleId('7')));
    expect(fault).toMatchObject({ code: 'directory-unreadable', data: { where, operation: 'readUserRole' } });
  });

  it('is a fault for the whole listing when one person of it is unreadable', async () => {
    signsIn();
    api()
      .get(`${V1}/account/~/assigned-role`)
      .query(true)
      .reply(200, { records: [{ extensionId: DAVE, roles: [] }, { extensionId: ALICE }] });
    const fault = await faultOf(directories().service.listAssignedRoles());
    expect(fault).toMatchObject({ code: 'directory-unreadable', data: { where: 'records.1.roles' } });
  });

  it('does not take a listed but disabled permission for a grant', async () => {
    signsIn();
    api()
      .get(`${V1}/account/~/user-role/7`)
      .reply(200, {
        id: '7',
        displayName: 'Manager',
        permissions: [
          { id: 'Meetings', permissionsCapabilities: { enabled: true } },
          { id: 'Roles', permissionsCapabilities: { enabled: false } },
          { id: 'HUD' },
        ],
      });
    expect((await directories().service.readRole(roleId('7'))).permissions).toEqual(['Meetings', 'HUD']);
  });
});
