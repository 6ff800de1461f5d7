import { describe, expect, it } from 'vitest';
import { ACCOUNT, type Answer, bench, type Json } from './support.ts';

const b = bench();

function put(who: string, of: string, records: Json): Promise<Answer> {
  return b.call(who, 'PUT', `${ACCOUNT}/extension/${b.id(of)}/assigned-role`, { records });
}

function bulk(who: string, role: string, added: string[], removed: string[], more = {}): Promise<Answer> {
  return b.call(who, 'POST', `${ACCOUNT}/user-role/${role}/bulk-assign`, {
    addedExtensionIds: added.map(b.id),
    removedExtensionIds: removed.map(b.id),
    ...more,
  });
}

function change(switches: object): Promise<Json> {
  return b.control('PATCH', '/switches', switches);
}

async function held(of: string, showHidden = true): Promise<Json[]> {
  const path = `${ACCOUNT}/extension/${b.id(of)}/assigned-role?showHidden=${showHidden}`;
  return (await b.call('104', 'GET', path)).json.records;
}

describe('replacing the roles of a person', () => {
  it('leaves nothing of the old list', async () => {
    await put('104', '111', [{ id: '7' }]);
    expect(await b.rolesOf('111')).toEqual(['Manager']);
  });

  it('loses the update of the first of two writers who read the same list', async () => {
    const before = (await held('102')).map((role) => ({ id: role.id }));
    await put('104', '102', [...before, { id: '600003' }]);
    await put('105', '102', [...before, { id: '600004' }]);
    expect(await b.rolesOf('102')).toEqual(['Standard (International)', 'Support']);
  });

  it('keeps siteRestricted when it is sent and drops it when it is left out, unless switched', async () => {
    await put('104', '106', [{ id: '7', siteRestricted: true }]);
    expect((await held('106'))[0].siteRestricted).toBe(true);
    await put('104', '106', [{ id: '7' }]);
    expect((await held('106'))[0].siteRestricted).toBe(false);
    await change({ omittedSiteRestriction: 'kept' });
    await put('104', '106', [{ id: '7', siteRestricted: true }]);
    await put('104', '106', [{ id: '7' }]);
    expect((await held('106'))[0].siteRestricted).toBe(true);
  });

  it.each([
    ['no list', 'all', 400, 'CMN-101'],
    ['an empty list', [], 400, 'CMN-101'],
    ['an unknown role', [{ id: '987' }], 400, 'CMN-101'],
    ['a number for an id', [{ id: 3 }], 400, 'CMN-101'],
    ['the same role twice', [{ id: '3' }, { id: '3' }], 400, 'CMN-406'],
  ])('refuses %s and changes nothing', async (_, records, status, code) => {
    const answer = await put('104', '102', records);
    expect([answer.status, answer.json.errors[0].errorCode]).toEqual([status, code]);
    expect(await b.rolesOf('102')).toEqual(['Standard (International)']);
  });

  it('refuses what is not a user', async () => {
    for (const number of ['126', '127', '128']) {
      const { status, json } = await put('104', number, [{ id: '3' }]);
      expect([status, json.errors[0].errorCode]).toEqual([403, 'CMN-403']);
    }
    await change({ limitedExtensionsHoldRoles: true });
    expect((await put('104', '127', [{ id: '3' }])).status).toBe(200);
  });

  it.each([
    ['default-role', ['Standard (International)']],
    ['accept', ['Standard (International)']],
  ])('an empty list with the switch at %s leaves %j', async (emptyRoleList, roles) => {
    await change({ emptyRoleList });
    expect((await put('104', '101', [])).status).toBe(200);
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it('answers refusals with the code the switches give', async () => {
    await change({ refusals: { emptyRoleList: { status: 403, errorCode: 'CMN-111' } } });
    const { status, json } = await put('104', '102', []);
    expect([status, json.errorCode]).toEqual([403, 'CMN-111']);
  });
});

describe('hidden and automatic roles', () => {
  it('shows hidden roles only when asked', async () => {
    await b.control('PATCH', '/portal/role/600003', { hidden: true });
    expect((await held('111', false)).map((role) => role.id)).toEqual(['600004']);
    expect((await held('111')).map((role) => role.id)).toEqual(['600004', '600003']);
    const all = await b.call('104', 'GET', `${ACCOUNT}/assigned-role?showHidden=true`);
    const row = all.json.records.find((one: Json) => one.extensionId === b.id('111'));
    expect(row.roles).toHaveLength(2);
  });

  it.each([
    ['lost', ['Support', 'Manager']],
    ['kept', ['Support', 'Manager', 'Reports']],
  ])('a hidden role left out of a replacement is %s', async (omittedHiddenRoles, roles) => {
    await change({ omittedHiddenRoles });
    await b.control('PATCH', '/portal/role/600003', { hidden: true });
    await put('104', '111', [{ id: '600004' }, { id: '7' }]);
    expect(await b.rolesOf('111')).toEqual(roles);
  });

  it('marks the role that the system gave', async () => {
    const path = `${ACCOUNT}/extension/${b.id('106')}/assigned-role/default`;
    const { json } = await b.call('104', 'PUT', path);
    expect(json.records).toMatchObject([{ id: '3', autoAssigned: true, siteRestricted: false }]);
  });
});

describe('falling back to the default role', () => {
  it.each([
    [false, ['Standard']],
    [true, ['Support', 'Reports', 'Standard']],
  ])('keeping others: %s leaves %j', async (defaultRoleKeepsOthers, roles) => {
    await change({ defaultRoleKeepsOthers });
    await b.call('104', 'PUT', `${ACCOUNT}/user-role/default`, { id: '2' });
    await b.call('104', 'PUT', `${ACCOUNT}/extension/${b.id('111')}/assigned-role/default`);
    expect(await b.rolesOf('111')).toEqual(roles);
  });
});

describe('one role for many people', () => {
  it.each([
    ['add', ['Front Desk', 'Manager']],
    ['replace', ['Manager']],
  ])('bulkAdd %s leaves %j', async (bulkAdd, roles) => {
    await change({ bulkAdd });
    const { status, text } = await bulk('104', '7', ['101'], []);
    expect([status, text]).toEqual([204, '']);
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it('rejects everything for one wrong id, or skips it when switched', async () => {
    const body = { addedExtensionIds: [b.id('101'), '1', b.id('126')] };
    expect((await bulk('104', '7', [], [], body)).json.errors[0].errorCode).toBe('CMN-101');
    expect(await b.rolesOf('101')).toEqual(['Front Desk']);
    await change({ bulkInvalidExtension: 'skip' });
    expect((await bulk('104', '7', [], [], body)).status).toBe(204);
    expect(await b.rolesOf('101')).toEqual(['Front Desk', 'Manager']);
  });

  it.each([
    ['default-role', 204, ['Standard (International)']],
    ['refuse', 400, ['Front Desk']],
  ])('taking the last role with %s answers %i and leaves %j', async (bulkRemoveLast, status, roles) => {
    await change({ bulkRemoveLast });
    expect((await bulk('104', '600001', [], ['101'])).status).toBe(status);
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it.each([
    ['apply', ['Front Desk', 'Manager']],
    ['ignore', ['Front Desk']],
  ])('one list only: %s leaves %j', async (bulkOneList, roles) => {
    await change({ bulkOneList });
    const path = `${ACCOUNT}/user-role/7/bulk-assign`;
    expect((await b.call('104', 'POST', path, { addedExtensionIds: [b.id('101')] })).status).toBe(204);
    expect(await b.rolesOf('101')).toEqual(roles);
  });

  it('may be limited in size', async () => {
    await change({ bulkLimit: 1 });
    expect((await bulk('104', '7', ['101', '102'], [])).json.errors[0].errorCode).toBe('CMN-106');
    expect((await bulk('104', '7', ['101'], [])).status).toBe(204);
  });

  it('is gated by EditUserRoles, or by EditAssignedRoles when switched', async () => {
    expect((await bulk('103', '7', ['101'], [])).status).toBe(403);
    await change({ bulkAssignPermission: 'EditAssignedRoles' });
    expect((await bulk('103', '7', ['101'], [])).status).toBe(204);
  });

  it('carries siteRestricted onto each assignment', async () => {
    await bulk('104', '7', ['101'], [], { siteRestricted: true });
    expect((await held('101')).find((role) => role.id === '7').siteRestricted).toBe(true);
  });
});

describe('super admins', () => {
  it('are not protected, unless switched', async () => {
    await put('104', '105', [{ id: '3' }]);
    await change({ lastSuperAdmin: 'refuse' });
    const { status, json } = await put('100', '104', [{ id: '3' }]);
    expect([status, json.errors[0].errorCode]).toEqual([400, 'CMN-111']);
    await change({ lastSuperAdmin: 'unprotected' });
    expect((await put('100', '104', [{ id: '3' }])).status).toBe(200);
  });

  it('may be made by anybody who assigns roles, unless switched', async () => {
    expect((await put('103', '102', [{ id: '1' }])).status).toBe(200);
    await change({ superAdminByOthers: 'refuse' });
    expect((await put('103', '101', [{ id: '1' }])).json.errors[0].errorCode).toBe('CMN-402');
    expect((await put('104', '101', [{ id: '1' }])).status).toBe(200);
  });
});

describe('the account-wide listing', () => {
  it('comes whole, or in pages when switched', async () => {
    const whole = (await b.call('104', 'GET', `${ACCOUNT}/assigned-role`)).json;
    expect([whole.records.length, 'paging' in whole]).toEqual([26, false]);
    await change({ accountListing: 'paged' });
    const paged = (await b.call('104', 'GET', `${ACCOUNT}/assigned-role?perPage=10&page=3`)).json;
    expect([paged.records.length, paged.paging.totalElements, paged.navigation.nextPage]).toEqual([6, 26, undefined]);
  });

  it('is refused to who reaches only themselves, or shows their row when switched', async () => {
    expect((await b.call('101', 'GET', `${ACCOUNT}/assigned-role`)).json.errorCode).toBe('CMN-419');
    await change({ accountListingOwnReach: 'own-row' });
    const { json } = await b.call('101', 'GET', `${ACCOUNT}/assigned-role`);
    expect(json.records.map((row: Json) => row.extensionId)).toEqual([b.id('101')]);
  });
});
