import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '#src/domain/authority.ts';
import { permissionId, roleId } from '#src/domain/ids.ts';
import type { RoleDraft } from '#src/domain/roles.ts';
import { ALICE, api, DAVE, directories, faultOf, signsIn, V1 } from './kit.ts';

// The right is established elsewhere; here only the shape of the call matters.
const RIGHT = {} as Authority<'edit-role'> & Authority<'default-role'> & Authority<'assign-bulk'>;
const ROLES = `${V1}/account/~/user-role`;
const DRAFT: RoleDraft = {
  displayName: 'Night Desk',
  description: null,
  scope: null,
  siteCompatible: null,
  hidden: false,
  entries: [{ id: permissionId('Meetings'), capabilities: null }],
};
const MADE = { id: '600007', displayName: 'Night Desk', custom: true, permissions: [{ id: 'Meetings' }] };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

describe('roles themselves', () => {
  it.each([200, 201])('are created with plain permission ids, and %i is a success', async (status) => {
    signsIn();
    api()
      .post(ROLES, { displayName: 'Night Desk', permissions: [{ id: 'Meetings' }] })
      .reply(status, MADE);
    expect(await directories().service.createRole(RIGHT, DRAFT)).toBe('600007');
  });

  it('are replaced as a whole, without the fields that the server owns', async () => {
    signsIn();
    const body = { displayName: 'Night Desk', description: 'x', scope: 'Self', siteCompatible: true, permissions: [] };
    api()
      .put(`${ROLES}/600007`, body)
      .reply(200, { ...MADE, permissions: [] });
    const draft = { ...DRAFT, description: 'x', scope: 'Self', siteCompatible: true, entries: [] };
    await directories().service.updateRole(RIGHT, roleId('600007'), draft);
  });

  it('keep what may be passed on, said for every line because in that view nothing else grants', async () => {
    signsIn();
    const may = { enabled: false, manageEnabled: true, grantEnabled: false };
    const permissions = [
      { id: 'Meetings', permissionsCapabilities: { enabled: true, manageEnabled: false, grantEnabled: false } },
      { id: 'Glip', permissionsCapabilities: may },
    ];
    api()
      .put(`${ROLES}/600007`, { displayName: 'Night Desk', permissions, hidden: true })
      .query({ advancedPermissions: 'true' })
      .reply(200, MADE);
    const entries = [...DRAFT.entries, { id: permissionId('Glip'), capabilities: may }];
    await directories().service.updateRole(RIGHT, roleId('600007'), { ...DRAFT, hidden: true, entries });
  });

  it.each([
    [400, 'CMN-101'],
    [403, 'CMN-109'],
  ])('are read plainly where the advanced view is refused with %i %s', async (status, errorCode) => {
    signsIn();
    api()
      .get(`${ROLES}/600007`)
      .query({ advancedPermissions: 'true' })
      .reply(status, { errorCode, errors: [{ errorCode }] });
    api().get(`${ROLES}/600007`).reply(200, MADE);
    expect((await directories().service.readRoleInFull(roleId('600007'))).entries).toEqual(DRAFT.entries);
  });

  it('are not read in another way where the reader lacks the right', async () => {
    signsIn();
    const body = { errorCode: 'CMN-408', errors: [{ errorCode: 'CMN-408', permissionName: 'ReadUserRoles' }] };
    api().get(`${ROLES}/600007`).query({ advancedPermissions: 'true' }).reply(403, body);
    expect((await faultOf(directories().service.readRoleInFull(roleId('600007')))).code).toBe('directory-forbidden');
  });

  it('list what is there without being granted', async () => {
    signsIn();
    const permissions = [
      { id: 'Glip', permissionsCapabilities: { enabled: false } },
      { id: 'Meetings', permissionsCapabilities: { enabled: true } },
    ];
    api()
      .get(`${ROLES}/600007`)
      .query({ advancedPermissions: 'true' })
      .reply(200, { ...MADE, permissions });
    const role = await directories().service.readRoleInFull(roleId('600007'));
    expect(role.permissions).toEqual(['Meetings']);
    expect(role.entries.map(({ id }) => id)).toEqual(['Glip', 'Meetings']);
  });

  it.each([
    ['a slash', { displayName: 'HR/Payroll' }],
    ['an angle bracket', { displayName: 'a<b' }],
    ['a quote', { displayName: 'the "desk"' }],
    ['a line break', { displayName: 'a\nb' }],
    ['nothing', { displayName: ' ' }],
    ['129 signs', { displayName: 'x'.repeat(129) }],
    ['a described line break', { description: 'a\r\nb' }],
    ['2001 described signs', { description: 'x'.repeat(2001) }],
  ])('are not sent with a name of %s', async (_case, over) => {
    const fault = await faultOf(directories().service.createRole(RIGHT, { ...DRAFT, ...over }));
    expect(fault.code).toBe('directory-rejected');
    expect(fault.data.effectUnknown).toBeUndefined();
  });

  it('are deleted, and 204 without a body is a success', async () => {
    signsIn();
    api().delete(`${ROLES}/600007`).reply(204);
    await directories().service.deleteRole(RIGHT, roleId('600007'));
  });

  it('are asked for deletion without being deleted', async () => {
    signsIn();
    api().delete(`${ROLES}/600007`).query({ validateOnly: 'true' }).reply(204);
    await directories().service.checkRoleDeletion(RIGHT, roleId('600007'));
  });

  it.each(['default', '.', '..'])('never become another operation through an id such as %s', async (id) => {
    signsIn();
    const { service } = directories();
    await expect(service.updateRole(RIGHT, roleId(id), DRAFT)).rejects.toThrow(TypeError);
    await expect(service.deleteRole(RIGHT, roleId(id))).rejects.toThrow(TypeError);
  });
});

describe('the default role', () => {
  it('is set by id alone', async () => {
    signsIn();
    api().put(`${ROLES}/default`, { id: '600007' }).reply(200, { id: '600007' });
    await directories().service.changeDefaultRole(RIGHT, roleId('600007'));
  });
});

describe('one role for many', () => {
  it('always sends both lists', async () => {
    signsIn();
    const body = { siteRestricted: true, addedExtensionIds: [ALICE, DAVE], removedExtensionIds: [] };
    api().post(`${ROLES}/7/bulk-assign`, body).reply(204);
    const people = { added: [ALICE, DAVE], removed: [] };
    await directories().service.assignToMany(RIGHT, { id: roleId('7'), siteRestricted: true }, people);
  });
});
