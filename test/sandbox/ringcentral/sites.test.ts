import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench, type Json } from './support.ts';

const b = bench();
const OMAR = '125';
const [FRANK_IN_DENVER, BOB_AT_MAIN] = ['106', '102'];

function put(of: string): Promise<{ status: number; json: Json }> {
  return b.call(OMAR, 'PUT', `${ACCOUNT}/extension/${b.id(of)}/assigned-role`, { records: [{ id: '3' }] });
}

async function check(permissionId: string, of: string): Promise<boolean> {
  const query = new URLSearchParams({ permissionId, targetExtensionId: b.id(of) });
  return (await b.call(OMAR, 'GET', `${ACCOUNT}/extension/~/authz-profile/check?${query}`)).json.successful;
}

describe('a site-restricted role', () => {
  it('is what Omar holds, with Denver as the site he administers', async () => {
    const roles = await b.call(OMAR, 'GET', `${ACCOUNT}/extension/~/assigned-role`);
    expect(roles.json.records).toMatchObject([{ displayName: 'Role Steward', siteRestricted: true }]);
    const sites = await b.call(OMAR, 'GET', `${ACCOUNT}/extension/~/administered-sites`);
    expect(sites.json.records.map((site: Json) => site.name)).toEqual(['Denver']);
  });

  it('reaches the people of that site only', async () => {
    expect((await put(FRANK_IN_DENVER)).status).toBe(200);
    const { status, json } = await put(BOB_AT_MAIN);
    expect([status, json.errorCode, json.permissionsName]).toEqual([403, 'CMN-419', 'EditAssignedRoles']);
    expect(await b.rolesOf(BOB_AT_MAIN)).toEqual(['Standard (International)']);
  });

  it('answers permission checks the same way', async () => {
    expect(await check('EditAssignedRoles', FRANK_IN_DENVER)).toBe(true);
    expect(await check('EditAssignedRoles', BOB_AT_MAIN)).toBe(false);
    expect(await check('ReadAssignedRoles', BOB_AT_MAIN)).toBe(false);
    expect(await check('ReadExtensions', BOB_AT_MAIN)).toBe(true);
  });

  it('follows the person who moves to another site', async () => {
    await b.control('PATCH', '/portal/person/102', { site: 'Denver' });
    expect((await put(BOB_AT_MAIN)).status).toBe(200);
  });

  it('rejects a bulk change that names people elsewhere', async () => {
    const path = `${ACCOUNT}/user-role/600003/bulk-assign`;
    const body = { addedExtensionIds: [b.id(FRANK_IN_DENVER), b.id(BOB_AT_MAIN)], removedExtensionIds: [] };
    expect((await b.call(OMAR, 'POST', path, body)).status).toBe(400);
    expect(await b.rolesOf(FRANK_IN_DENVER)).toEqual(['Manager']);
    const inDenver = { ...body, addedExtensionIds: [b.id(FRANK_IN_DENVER)] };
    expect((await b.call(OMAR, 'POST', path, inDenver)).status).toBe(204);
  });

  it('sees the people of the site in the account-wide listing, or all when switched', async () => {
    const listed = async () => (await b.call(OMAR, 'GET', `${ACCOUNT}/assigned-role`)).json.records.length;
    expect(await listed()).toBe(8);
    await b.control('PATCH', '/switches', { siteRestrictedListing: 'whole' });
    expect(await listed()).toBe(26);
  });

  it('may read roles but not change what belongs to the whole account, unless switched', async () => {
    const role = { displayName: 'Denver Desk', permissions: [] };
    expect((await b.call(OMAR, 'GET', `${ACCOUNT}/user-role`)).status).toBe(200);
    expect((await b.call(OMAR, 'POST', `${ACCOUNT}/user-role`, role)).json.errorCode).toBe('CMN-419');
    await b.control('PATCH', '/switches', { siteRestrictedAccountWrites: 'allow' });
    expect((await b.call(OMAR, 'POST', `${ACCOUNT}/user-role`, role)).status).toBe(201);
  });

  it('cannot widen itself by administering more sites', async () => {
    const path = `${ACCOUNT}/extension/~/administered-sites`;
    const { status } = await b.call(OMAR, 'PUT', path, { records: [{ id: 'main-site' }] });
    expect(status).toBe(403);
  });

  it('refuses with the code the switches give', async () => {
    await b.control('PATCH', '/switches', { refusals: { siteReach: { status: 404, errorCode: 'CMN-102' } } });
    const { status, json } = await put(BOB_AT_MAIN);
    expect([status, json.errorCode]).toEqual([404, 'CMN-102']);
  });
});

describe('sites', () => {
  it('have members, who can be moved many at a time', async () => {
    const denver = (await b.call('104', 'GET', `${ACCOUNT}/sites`)).json.records[1].id;
    const members = async () => (await b.call('104', 'GET', `${ACCOUNT}/sites/${denver}/members`)).json.records;
    expect((await members()).map((one: Json) => one.extensionNumber)).toContain('106');
    const body = { addedExtensionIds: [b.id('102')], removedExtensionIds: [b.id('106')] };
    expect((await b.call('104', 'POST', `${ACCOUNT}/sites/${denver}/bulk-assign`, body)).status).toBe(204);
    const after = (await members()).map((one: Json) => one.extensionNumber);
    expect([after.includes('102'), after.includes('106')]).toEqual([true, false]);
  });

  it('are given to an administrator by id only, replacing the earlier ones', async () => {
    const path = `${ACCOUNT}/extension/${b.id('103')}/administered-sites`;
    const { json } = await b.call('104', 'PUT', path, { records: [{ id: 'main-site', name: 'Nonsense' }] });
    expect(json.records.map((site: Json) => site.name)).toEqual(['Main Site']);
    expect((await b.call('104', 'PUT', path, { records: [] })).json.records).toEqual([]);
  });
});
