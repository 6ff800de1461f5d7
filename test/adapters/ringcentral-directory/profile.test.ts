import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expandScope } from '#src/adapters/ringcentral-directory/profile.ts';
import { permissionId } from '#src/domain/ids.ts';
import { ALICE, api, directories, faultOf, memoryVault, signsIn, storedToken, V1 } from './kit.ts';

const CHECK = `${V1}/account/~/extension/~/authz-profile/check`;
const MEETINGS = permissionId('Meetings');

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

async function own() {
  const directory = await directories({ tokenVault: memoryVault({ [ALICE]: storedToken('alice') }) }).as(ALICE);
  if (!directory) throw new Error('expected a directory');
  return directory;
}

describe('the check of a permission', () => {
  it('asks for the own extension, and names the target only when there is one', async () => {
    api('alice').get(CHECK).query({ permissionId: 'Meetings' }).reply(200, { successful: true });
    api('alice')
      .get(CHECK)
      .query({ permissionId: 'Meetings', targetExtensionId: '5' })
      .reply(200, { successful: false });
    const directory = await own();
    expect(await directory.checkOwnPermission(MEETINGS, null)).toEqual({ successful: true, details: null });
    expect(await directory.checkOwnPermission(MEETINGS, '5' as typeof ALICE)).toEqual({
      successful: false,
      details: null,
    });
  });

  it('reads the role and the reach that RingCentral credits, unknown reaches included', async () => {
    const details = {
      permission: { id: 'Meetings' },
      effectiveRole: { id: '3', domain: 'x' },
      scopes: ['Self', 'New'],
    };
    api('alice')
      .get(CHECK)
      .query(true)
      .reply(200, { uri: `https://x/account/1/extension/${ALICE}/authz-profile/check`, successful: true, details });
    expect(await (await own()).checkOwnPermission(MEETINGS, null)).toEqual({
      successful: true,
      details: { permission: 'Meetings', effectiveRole: '3', scopes: ['Self', 'New'] },
    });
  });

  it('is a no when the answer does not say yes', async () => {
    api('alice').get(CHECK).query(true).reply(200, {});
    expect((await (await own()).checkOwnPermission(MEETINGS, null)).successful).toBe(false);
  });

  it.each([
    ['a yes that is a word', { successful: 'true' }],
    ['a yes whose details cannot be read', { successful: true, details: { scopes: 'all' } }],
    ['a list', []],
  ])('is no answer at all: %s', async (_case, body) => {
    api('alice').get(CHECK).query(true).reply(200, JSON.stringify(body), { 'content-type': 'application/json' });
    expect((await faultOf((await own()).checkOwnPermission(MEETINGS, null))).code).toBe('directory-unreadable');
  });

  it('does not care what the details of a no are', async () => {
    api('alice').get(CHECK).query(true).reply(200, { successful: false, details: 'whatever' });
    expect(await (await own()).checkOwnPermission(MEETINGS, null)).toEqual({ successful: false, details: null });
  });
});

describe('the own profile', () => {
  it('lists what is held, and one unreadable line makes it unreadable', async () => {
    const line = { permission: { id: 'Meetings' }, scopes: ['Self'] };
    api('alice')
      .get(`${V1}/account/~/extension/~/authz-profile`)
      .reply(200, { permissions: [line] });
    api('alice')
      .get(`${V1}/account/~/extension/~/authz-profile`)
      .reply(200, { permissions: [line, {}] });
    const directory = await own();
    expect(await directory.readOwnProfile()).toEqual([
      { permission: 'Meetings', effectiveRole: null, scopes: ['Self'] },
    ]);
    expect(await faultOf(directory.readOwnProfile())).toMatchObject({ data: { where: 'permissions.1.permission' } });
  });
});

describe('the app permissions of a token', () => {
  it.each([
    ['', []],
    ['ReadAccounts', ['ReadAccounts']],
    [' ReadAccounts  ReadAccounts ', ['ReadAccounts']],
    ['Accounts', ['Accounts', 'EditAccounts', 'EditExtensions', 'ReadAccounts']],
    ['RoleManagement', ['RoleManagement']],
    ['SomethingNew', ['SomethingNew']],
  ])('of %j are written out with what they include', (scope, expected) => {
    expect([...expandScope(scope)].sort()).toEqual(expected);
  });

  it('come from the token in use', async () => {
    signsIn('service', 1, { scope: 'EditCallLog' });
    expect([...(await directories().service.appPermissions())].sort()).toEqual(['EditCallLog', 'ReadCallLog']);
  });
});
