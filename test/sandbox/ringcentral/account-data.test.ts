import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench, type Json } from './support.ts';

const b = bench();

async function permissionsOf(role: string): Promise<string[]> {
  const { json } = await b.call('104', 'GET', `${ACCOUNT}/user-role/${role}`);
  return json.permissions.map((permission: Json) => permission.id);
}

const EVERYBODY = ['ReadExtensions', 'ReadCompanyInfo', 'ReadAssignedRoles'];

describe('the roles of the account', () => {
  it.each([
    ['1', ['Meetings', 'EditUserRoles', 'Roles', 'ReadCompanyCallLog', 'BillingInfo'], []],
    ['2', ['Meetings', 'ReadCallLog', 'DomesticCalls'], ['InternationalCalls', 'ReadCompanyCallLog']],
    [
      '3',
      ['Meetings', 'ReadCallLog', 'ReadCallRecordings', 'InternationalCalls'],
      ['ReadUserRoles', 'ReadCompanyCallLog'],
    ],
    ['4', ['PhonesAndDevices', 'Meetings'], ['EditAssignedRoles', 'ReadUserRoles', 'Users']],
    ['5', ['BillingInfo', 'ReadCompanyCallLog', 'Meetings'], ['EditAssignedRoles', 'ReadUserRoles']],
    ['6', ['Users', 'EditAssignedRoles', 'ReadUserRoles'], ['EditUserRoles', 'Roles']],
    [
      '7',
      ['ReadCompanyCallLog', 'ReadCompanyCallRecordings', 'Reports'],
      ['EditAssignedRoles', 'EditUserRoles', 'Roles'],
    ],
    ['600001', ['InternalCalls', 'BusinessSms', 'ThirdPartyAppAccess'], ['Meetings', 'ReadCallLog']],
    ['600002', ['ReadCallLog', 'InternalCalls'], ['Meetings', 'ThirdPartyAppAccess']],
    ['600003', ['ReadCompanyCallLog', 'UsageReports'], ['Meetings', 'ReadCallLog']],
    ['600004', ['Meetings', 'InternalCalls'], ['ReadCallLog']],
    ['600005', ['Meetings', 'ReadCompanyCallRecordings'], ['ReadCompanyCallLog']],
    ['600006', ['ReadUserRoles', 'EditAssignedRoles', 'EditUserRoles', 'Roles', 'Users'], ['Meetings', 'ReadCallLog']],
  ])('%s holds %j and not %j', async (role, held, missing) => {
    const permissions = await permissionsOf(role);
    expect(permissions).toEqual(expect.arrayContaining([...EVERYBODY, ...held]));
    expect(permissions.filter((id) => missing.includes(id))).toEqual([]);
  });

  it('make Support the smallest step from Front Desk to Meetings', async () => {
    const front = new Set(await permissionsOf('600001'));
    expect((await permissionsOf('600004')).filter((id) => !front.has(id))).toEqual(['Meetings']);
  });

  it.each([
    ['102', 'Meetings', '3', ['Self']],
    ['102', 'ReadExtensions', '3', ['Account']],
    ['104', 'EditAssignedRoles', '1', ['AllExtensions']],
    ['104', 'BusinessSms', '1', ['Self']],
    ['104', 'Users', '1', ['UserExtensions']],
    ['103', 'ReadAssignedRoles', '6', ['AllExtensions']],
    ['101', 'ReadAssignedRoles', '600001', ['Self']],
  ])('%s holds %s through role %s with reach %j', async (who, permissionId, role, scopes) => {
    const { json } = await b.call(
      who,
      'GET',
      `${ACCOUNT}/extension/~/authz-profile/check?permissionId=${permissionId}`,
    );
    expect(json).toMatchObject({ successful: true, details: { effectiveRole: { id: role }, scopes } });
  });

  it('give every permission of the dictionary a name and a category that exists', async () => {
    const dictionary = '/restapi/v1.0/dictionary';
    const { records } = (await b.call('101', 'GET', `${dictionary}/permission?perPage=1000`)).json;
    const categories = (await b.call('101', 'GET', `${dictionary}/permission-category`)).json.records;
    const known = new Set(categories.map((one: Json) => one.id));
    expect(records.length).toBe(175);
    expect(records.filter((one: Json) => !one.displayName || !known.has(one.category.id))).toEqual([]);
    const names = records.map((one: Json) => one.displayName.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('features', () => {
  it('tell which permission the asker lacks', async () => {
    const path = `${ACCOUNT}/extension/~/features?featureId=EditRoles&featureId=ReadAssignedRoles`;
    const { json } = await b.call('101', 'GET', path);
    expect(json.records).toMatchObject([
      { id: 'EditRoles', available: false, reason: { code: 'InsufficientPermissions', permission: 'Roles' } },
      { id: 'ReadAssignedRoles', available: true },
    ]);
    const available = (await b.call('101', 'GET', `${path}&availableOnly=true`)).json.records;
    expect(available.map((one: Json) => one.id)).toEqual(['ReadAssignedRoles']);
  });
});

describe('the call log', () => {
  it('reaches back 24 hours by default and honours filters', async () => {
    const log = async (query: string) =>
      (await b.call('104', 'GET', `${ACCOUNT}/call-log?perPage=1000${query}`)).json.records;
    const all = await log('');
    expect(all.length).toBeGreaterThan(20);
    expect((await log('&extensionNumber=102')).every((one: Json) => one.extension.id === Number(b.id('102')))).toBe(
      true,
    );
    expect((await log('&direction=Outbound')).every((one: Json) => one.direction === 'Outbound')).toBe(true);
    expect((await log('&recordingType=All')).every((one: Json) => one.recording !== undefined)).toBe(true);
    expect(await log('&dateTo=2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('gives several records at once as multipart', async () => {
    const { records } = (await b.call('104', 'GET', `${ACCOUNT}/call-log?perPage=2`)).json;
    const ids = [...records.map((one: Json) => one.id), 'none'].join(',');
    const { status, headers, text } = await b.call('104', 'GET', `${ACCOUNT}/call-log/${ids}`);
    expect([status, headers.get('content-type')?.startsWith('multipart/mixed')]).toEqual([207, true]);
    expect(text.match(/Content-Type: application\/json/g)).toHaveLength(4);
  });
});
