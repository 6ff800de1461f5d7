import { describe, expect, it } from 'vitest';
import { ACCOUNT, type Answer, bench, type Json } from './support.ts';

const b = bench();
const ROLES = `${ACCOUNT}/user-role`;

function create(body: object, query = ''): Promise<Answer> {
  return b.call('104', 'POST', ROLES + query, body);
}

function change(switches: object): Promise<Json> {
  return b.control('PATCH', '/switches', switches);
}

function idsOf(role: Json): string[] {
  return role.permissions.map((permission: Json) => permission.id);
}

describe('making a role', () => {
  it.each([201, 200])('answers %i by switch', async (createRoleStatus) => {
    await change({ createRoleStatus });
    expect((await create({ displayName: 'A' })).status).toBe(createRoleStatus);
  });

  it('grants implied permissions by itself', async () => {
    const { json } = await create({
      displayName: 'A',
      permissions: [{ id: 'EditUserRoles' }, { id: 'MessagesAndNotifications' }],
    });
    expect(idsOf(json)).toEqual([
      'EditUserRoles',
      'MessagesAndNotifications',
      'ReadUserForwardingFlipNumbers',
      'ReadUserRoles',
    ]);
  });

  it.each([
    ['drop', 201, ['Glip']],
    ['accept', 201, ['CallFlip', 'Glip']],
    ['refuse', 400, null],
  ])('ids that are not assignable: %s answers %i', async (nonAssignablePermissions, status, ids) => {
    await change({ nonAssignablePermissions });
    const answer = await create({ displayName: 'A', permissions: [{ id: 'Glip' }, { id: 'CallFlip' }] });
    expect(answer.status).toBe(status);
    if (ids !== null) expect(idsOf(answer.json)).toEqual(ids);
  });

  it.each([
    ['refuse', 400],
    ['drop', 201],
  ])('unknown ids: %s answers %i', async (unknownPermissions, status) => {
    await change({ unknownPermissions });
    expect((await create({ displayName: 'A', permissions: [{ id: 'Nope' }] })).status).toBe(status);
  });

  it('with the advanced flag grants only what is enabled', async () => {
    const permissions = [
      { id: 'Glip', permissionsCapabilities: { enabled: true, manageEnabled: true } },
      { id: 'Meetings', permissionsCapabilities: { enabled: false } },
    ];
    const { json } = await create({ displayName: 'A', permissions }, '?advancedPermissions=true');
    const shown = json.permissions.map((one: Json) => [one.id, one.permissionsCapabilities.enabled]);
    expect(shown).toEqual([
      ['Glip', true],
      ['Meetings', false],
    ]);
    await b.control('POST', '/portal/assign', { ext: '101', roles: [json.id] });
    expect((await b.call('101', 'GET', `${ACCOUNT}/extension/~/meeting`)).json.errorCode).toBe('CMN-408');
  });

  it('may ignore the permissions with the advanced flag, and a PUT of the same body mends it', async () => {
    await change({ createIgnoresPermissions: true, omittedNonAssignable: 'lost' });
    const body = {
      displayName: 'A',
      permissions: [{ id: 'Glip', permissionsCapabilities: { enabled: true } }],
    };
    const made = (await create(body, '?advancedPermissions=true')).json;
    expect(idsOf(made).length).toBeGreaterThan(50);
    const mended = await b.call('104', 'PUT', `${ROLES}/${made.id}?advancedPermissions=true`, body);
    expect(idsOf(mended.json)).toEqual(['Glip']);
  });

  it.each([
    ['a slash', { displayName: 'HR/Payroll' }, 'displayName'],
    ['a line break', { displayName: 'a\nb' }, 'displayName'],
    ['129 letters', { displayName: 'a'.repeat(129) }, 'displayName'],
    ['no name', {}, 'displayName'],
    ['a strange scope', { displayName: 'a', scope: 'World' }, 'scope'],
    ['permissions that are no list', { displayName: 'a', permissions: 'all' }, 'permissions'],
  ])('refuses %s', async (_, body, parameterName) => {
    const { status, json } = await create(body);
    expect([status, json.errorCode, json.parameterName]).toEqual([400, 'InvalidParameter', parameterName]);
  });

  it('lets names repeat, unless switched', async () => {
    expect((await create({ displayName: 'Support' })).status).toBe(201);
    await change({ roleNames: 'unique' });
    expect((await create({ displayName: 'support' })).json.parameterName).toBe('displayName');
  });

  it('ignores server-owned fields sent back, unless switched', async () => {
    const body = { displayName: 'A', uri: 'http://x/', id: '1', custom: false };
    const { json } = await create(body);
    expect([json.custom, json.id === '1']).toEqual([true, false]);
    await change({ serverOwnedFields: 'refuse' });
    expect((await create(body)).json.parameterName).toBe('uri');
  });
});

describe('changing and deleting roles', () => {
  it('replaces the whole role: what is left out falls back to its default', async () => {
    await change({ omittedNonAssignable: 'lost' });
    const { json } = await b.call('104', 'PUT', `${ROLES}/600004`, { displayName: 'Support' });
    expect([json.permissions, json.description, json.scope]).toEqual([[], '', 'Self']);
  });

  it('keeps what nobody can put on a role and nothing on it brings, and takes what a removed one brought', async () => {
    const before = idsOf((await b.call('104', 'GET', `${ROLES}/600006`)).json);
    expect(before).toEqual(expect.arrayContaining(['ReadExtensions', 'EditAssignedRoles', 'ReadAssignedRoles']));
    const { json } = await b.call('104', 'PUT', `${ROLES}/600006`, { displayName: 'S', permissions: [{ id: 'Glip' }] });
    expect(idsOf(json)).toEqual(['Glip', 'ReadCompanyInfo', 'ReadExtensions']);
  });

  it.each(['PUT', 'DELETE'])('%s never touches a predefined role', async (method) => {
    const { status } = await b.call('104', method, `${ROLES}/3`, method === 'PUT' ? { displayName: 'X' } : undefined);
    expect(status).toBe(400);
  });

  it.each([
    ['default-role', 204, ['Standard (International)']],
    ['refuse', 400, ['Front Desk']],
  ])('a role in use: %s answers %i and leaves %j', async (deleteRoleInUse, status, roles) => {
    await change({ deleteRoleInUse });
    expect((await b.call('104', 'DELETE', `${ROLES}/600001?validateOnly=true`)).status).toBe(status);
    expect(await b.rolesOf('101')).toEqual(['Front Desk']);
    expect((await b.call('104', 'DELETE', `${ROLES}/600001`)).status).toBe(status);
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it('refuses to delete the default role', async () => {
    await b.call('104', 'PUT', `${ROLES}/default`, { id: '600003' });
    expect((await b.call('104', 'DELETE', `${ROLES}/600003`)).status).toBe(400);
  });

  it('routes /default before any role id', async () => {
    const { json } = await b.call('104', 'GET', `${ROLES}/default`);
    expect(json).toMatchObject({ id: '3', displayName: 'Standard (International)' });
    expect(json.uri).toContain('/dictionary/user-role/3');
  });

  it.each([
    ['EditUserRoles', 201],
    ['Roles', 403],
  ])('is gated by %s: a role with EditUserRoles alone gets %i', async (roleEditPermission, status) => {
    await change({ roleEditPermission });
    await b.control('PATCH', '/portal/role/600001', { permissions: ['EditUserRoles'], reach: 'Account' });
    expect((await b.call('101', 'POST', ROLES, { displayName: 'A' })).status).toBe(status);
  });
});

describe('assignable roles', () => {
  it('need the account feature', async () => {
    const path = `${ACCOUNT}/extension/${b.id('102')}/assignable-roles`;
    expect((await b.call('104', 'GET', path)).json.records).toHaveLength(13);
    await change({ advancedPermissionsCapabilities: false });
    expect((await b.call('104', 'GET', path)).json.errors[0].errorCode).toBe('CMN-109');
  });
});

describe('permission checks', () => {
  const check = (query: string) => b.call('101', 'GET', `${ACCOUNT}/extension/~/authz-profile/check?${query}`);

  it.each([
    ['CMN-102', 404],
    ['CMN-101', 400],
    ['false', 200],
  ])('an unknown permission: %s answers %i', async (checkUnknownPermission, status) => {
    await change({ checkUnknownPermission });
    expect((await check('permissionId=Nope')).status).toBe(status);
  });

  it.each([
    ['omit', false],
    ['permission', true],
  ])('details of a no: %s', async (checkDetailsWhenFalse, present) => {
    await change({ checkDetailsWhenFalse });
    const { json } = await check('permissionId=Meetings');
    expect([json.successful, 'details' in json]).toEqual([false, present]);
  });

  it('fills in the own extension as the target', async () => {
    const { json } = await check('permissionId=Meetings');
    expect(json.uri).toContain(`targetExtensionId=${b.id('101')}`);
  });

  it('names one role for a permission that several give', async () => {
    await b.control('POST', '/portal/assign', { ext: '101', roles: ['Standard (International)', 'Manager'] });
    const { json } = await check('permissionId=ReadCompanyCallLog');
    expect(json.details).toMatchObject({ effectiveRole: { id: '7' }, scopes: ['AllExtensions'] });
  });

  it('lets wide reach see the profile of others when switched', async () => {
    const path = `${ACCOUNT}/extension/${b.id('101')}/authz-profile`;
    expect((await b.call('104', 'GET', path)).json.errorCode).toBe('CMN-404');
    await change({ othersProfile: 'allow-wide-reach' });
    const { json } = await b.call('104', 'GET', path);
    const ids = json.permissions.map((one: Json) => one.permission.id);
    expect([ids.includes('BusinessSms'), ids.includes('Meetings')]).toEqual([true, false]);
    expect((await b.call('102', 'GET', path)).json.errorCode).toBe('CMN-404');
  });
});
