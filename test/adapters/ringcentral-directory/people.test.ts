import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { permissionId, roleId, siteId } from '#src/domain/ids.ts';
import { ALICE, api, directories, faultOf, signsIn, V1 } from './kit.ts';

const ACCOUNT = `${V1}/account/~`;

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

function answers(path: string, body: object, query: Record<string, string> | boolean = true) {
  signsIn();
  api().get(path).query(query).reply(200, body);
}

describe('one extension', () => {
  const rows: [string, object, object][] = [
    ['with ids of any size and kind', { id: 3100400339 }, { id: '3100400339' }],
    [
      'whose name is only in the contact',
      { name: null, contact: { firstName: 'José', lastName: 'García' } },
      { name: 'José García' },
    ],
    ['without any name', { name: '' }, { name: '101' }],
    ['without department, site or e-mail', {}, { department: null, site: null, email: null }],
    ['of a type nobody knows yet', { type: 'Hologram', status: 'Floating' }, { type: 'Hologram', status: 'Floating' }],
    ['of a site without a name', { site: { id: 4002 } }, { site: { id: '4002', name: '4002' } }],
    ['whose call queues are not its department', { departments: [{ id: 1, name: 'Queue' }] }, { department: null }],
  ];
  it.each(rows)('is read %s', async (_case, over, expected) => {
    answers(`${ACCOUNT}/extension/${ALICE}`, {
      id: 62101,
      extensionNumber: '101',
      name: 'Alice',
      type: 'User',
      status: 'Enabled',
      ...over,
    });
    expect(await directories().service.readExtension(ALICE)).toMatchObject(expected);
  });

  it.each([
    ['no type', { type: undefined }],
    ['no status', { status: undefined }],
    ['no number', { extensionNumber: undefined }],
    ['an id that is not exact', { id: 2 ** 60 }],
  ])('cannot be read with %s: what may be done to it depends on that', async (_case, over) => {
    const body = { id: 62101, extensionNumber: '101', name: 'A', type: 'User', status: 'Enabled', ...over };
    answers(`${ACCOUNT}/extension/${ALICE}`, body);
    expect((await faultOf(directories().service.readExtension(ALICE))).code).toBe('directory-unreadable');
  });
});

describe('sites', () => {
  it('are listed, read and walked through', async () => {
    answers(`${ACCOUNT}/sites`, {
      records: [
        { id: 'main-site', name: 'Main Site' },
        { id: 4002, name: 'Denver' },
      ],
    });
    api().get(`${ACCOUNT}/sites/4002`).reply(200, { id: '4002', name: 'Denver' });
    api()
      .get(`${ACCOUNT}/sites/4002/members`)
      .reply(200, { records: [{ id: 62101, extensionNumber: '101', name: 'Alice', type: 'User' }] });
    const { service } = directories();
    expect((await service.listSites()).map((site) => site.id)).toEqual(['main-site', '4002']);
    expect(await service.readSite(siteId('4002'))).toEqual({ id: '4002', name: 'Denver' });
    expect(await service.listSiteMembers(siteId('4002'))).toEqual([
      { id: '62101', number: '101', name: 'Alice', type: 'User' },
    ]);
  });

  it('that somebody administers are read for that person', async () => {
    answers(`${ACCOUNT}/extension/${ALICE}/administered-sites`, { records: [{ id: '4002', name: 'Denver' }] });
    expect(await directories().service.listAdministeredSites(ALICE)).toEqual([{ id: '4002', name: 'Denver' }]);
  });

  it('that cannot be read are no empty list', async () => {
    answers(`${ACCOUNT}/extension/${ALICE}/administered-sites`, {});
    expect((await faultOf(directories().service.listAdministeredSites(ALICE))).code).toBe('directory-unreadable');
  });
});

describe('features', () => {
  it('are asked for by name and told with their reason', async () => {
    const reason = { code: 'InsufficientPermissions', message: 'x', permission: 'Roles' };
    const records = [{ id: 'EditRoles', available: false, reason }];
    signsIn();
    api().get(`${ACCOUNT}/extension/${ALICE}/features?featureId=EditRoles&featureId=ReadRoles`).reply(200, { records });
    expect(await directories().service.readFeatures(ALICE, ['EditRoles', 'ReadRoles'])).toEqual([
      { id: 'EditRoles', available: false, reason: { code: 'InsufficientPermissions', permission: 'Roles' } },
    ]);
  });
});

describe('the company directory', () => {
  const entry = { id: '62101', type: 'User', firstName: 'Alice', lastName: 'Anderson', extensionNumber: '101' };

  it('is listed without other companies of a federation', async () => {
    const query = { showFederated: 'false', page: '1', perPage: '2000' };
    answers(`${ACCOUNT}/directory/entries`, { records: [entry], paging: { page: 1, totalPages: 1 } }, query);
    expect((await directories().service.listEntries(null))[0]).toMatchObject({ name: 'Alice Anderson', number: '101' });
  });

  it('is searched with the filter in the body, without other companies', async () => {
    signsIn();
    api()
      .post(`${ACCOUNT}/directory/entries/search`, { searchString: 'ali', showFederated: false, page: 1, perPage: 100 })
      .reply(200, { records: [entry], paging: {} });
    expect(await directories().service.searchEntries('ali')).toHaveLength(1);
  });
});

describe('dictionaries', () => {
  const dictionary = `${V1}/dictionary`;

  it('tell predefined roles with their contents', async () => {
    const role = { id: '3', displayName: 'Standard', permissions: [{ id: 'Meetings' }] };
    answers(`${dictionary}/user-role`, { records: [role] }, { page: '1', perPage: '1000' });
    api().get(`${dictionary}/user-role/3`).reply(200, role);
    const { service } = directories();
    expect((await service.listStandardRoles()).map((each) => each.id)).toEqual(['3']);
    expect((await service.readStandardRole(roleId('3'))).permissions).toEqual(['Meetings']);
  });

  it('tell permissions with what they include, and only assignable ones when asked', async () => {
    const row = { id: 'EditMessages', assignable: true, includedPermissions: [{ id: 'ReadMessages' }] };
    answers(`${dictionary}/permission`, { records: [row] }, { assignable: 'true', page: '1', perPage: '1000' });
    api().get(`${dictionary}/permission/EditMessages`).reply(200, row);
    const expected = {
      id: 'EditMessages',
      displayName: null,
      description: null,
      category: null,
      assignable: true,
      includes: ['ReadMessages'],
    };
    const { service } = directories();
    expect(await service.listPermissions(true)).toEqual([expected]);
    expect(await service.readPermission(permissionId('EditMessages'))).toEqual(expected);
  });

  it('tell categories', async () => {
    const row = { id: 'Meetings', displayName: 'Meetings' };
    answers(`${dictionary}/permission-category`, { records: [row] });
    api().get(`${dictionary}/permission-category/Meetings`).reply(200, row);
    const { service } = directories();
    const expected = { ...row, description: null };
    expect(await service.listPermissionCategories()).toEqual([expected]);
    expect(await service.readPermissionCategory('Meetings')).toEqual(expected);
  });
});

describe('probes of calls', () => {
  const record = { id: 'a1', startTime: '2026-01-01T00:00:00.000Z', from: { name: 'private' }, recording: { id: 77 } };
  const frame = { records: [record], paging: {}, navigation: {} };
  const seen = { id: 'a1', startTime: '2026-01-01T00:00:00.000Z', recording: '77' };

  it('read a few calls of a person or the company, and keep nothing of who spoke', async () => {
    signsIn();
    const few = { perPage: '10', view: 'Simple' };
    for (const path of [
      `/extension/${ALICE}/call-log`,
      '/call-log',
      `/extension/${ALICE}/active-calls`,
      '/active-calls',
    ]) {
      api().get(`${ACCOUNT}${path}`).query(few).reply(200, frame);
    }
    const { service } = directories();
    expect(await service.readCallLog(ALICE)).toEqual([seen]);
    expect(await service.readCallLog('account')).toEqual([seen]);
    expect(await service.listActiveCalls(ALICE)).toEqual([seen]);
    expect(await service.listActiveCalls('account')).toEqual([seen]);
  });

  it('read about a recording without its content', async () => {
    answers(`${ACCOUNT}/recording/77`, {
      id: '77',
      contentUri: 'https://media.x/77',
      contentType: 'audio/mpeg',
      duration: 9,
    });
    expect(await directories().service.readRecording('77')).toEqual({
      id: '77',
      contentType: 'audio/mpeg',
      durationSeconds: 9,
    });
  });
});
