import RingCentral from '@rc-ex/core';
import { describe, expect, it } from 'vitest';
import { bench } from './support.ts';

const b = bench();

/** A client that others wrote, signed in as a person. */
function clientOf(number: string): RingCentral {
  const { serverUrl: server, clientId, clientSecret, tokens } = b.sandbox;
  return new RingCentral({ server, clientId, clientSecret, token: { access_token: tokens[number] ?? '' } });
}

async function refusalOf(promise: Promise<unknown>): Promise<{ status: number; code: string }> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown as { response: { status: number; data: { errors: { errorCode: string }[] } } },
  );
  return { status: error?.response.status ?? 0, code: error?.response.data.errors[0]?.errorCode ?? '' };
}

describe('a client that knows nothing of the sandbox', () => {
  it('signs in with a JWT credential, reads, and signs out', async () => {
    const { serverUrl: server, clientId, clientSecret, jwt } = b.sandbox;
    const client = new RingCentral({ server, clientId, clientSecret });
    const token = await client.authorize({ jwt });
    expect(token.owner_id).toBe(b.id('100'));
    expect(token.scope).toContain('RoleManagement');
    const account = await client.restapi().account().get();
    expect(account.id).toBe(400100200);
    const spent = token.access_token ?? '';
    await client.revoke();
    expect((await b.callWith(spent, 'GET', '/restapi/v1.0/account/~')).json.errorCode).toBe('TokenInvalid');
  });

  it('lists people, sites and roles', async () => {
    const account = clientOf('104').restapi().account();
    const people = await account.extension().list({ perPage: 1000 });
    expect(people.records?.find((one) => one.extensionNumber === '102')?.name).toBe('Bob Brown');
    const sites = await account.sites().list();
    expect(sites.records?.map((site) => site.name)).toEqual(['Main Site', 'Denver', 'Berlin']);
    const roles = await account.userRole().list({ custom: true });
    expect(roles.records?.map((role) => role.displayName)).toContain('Role Steward');
    const everybody = await account.assignedRole().get();
    expect(everybody.records).toHaveLength(26);
  });

  it('changes the roles of one person', async () => {
    const bob = clientOf('104').restapi().account().extension(b.id('102'));
    const before = await bob.assignedRole().get();
    const kept = before.records?.map((role) => ({ id: role.id ?? '' })) ?? [];
    const after = await bob.assignedRole().put({ records: [...kept, { id: '7' }] });
    expect(after.records?.map((role) => role.displayName)).toEqual(['Standard (International)', 'Manager']);
    expect(await b.rolesOf('102')).toEqual(['Standard (International)', 'Manager']);
    const reset = await bob.assignedRole().default().put();
    expect(reset.records?.map((role) => [role.id, role.autoAssigned])).toEqual([['3', true]]);
  });

  it('gives and takes one role for many people', async () => {
    const account = clientOf('104').restapi().account();
    await account
      .userRole('600003')
      .bulkAssign()
      .post({ addedExtensionIds: [b.id('101'), b.id('102')], removedExtensionIds: [b.id('111')] });
    expect(await b.rolesOf('101')).toEqual(['Front Desk', 'Reports']);
    expect(await b.rolesOf('111')).toEqual(['Support']);
  });

  it('makes, changes and deletes a custom role', async () => {
    const roles = clientOf('104').restapi().account();
    const made = await roles.userRole().post({ displayName: 'Weekend', permissions: [{ id: 'BusinessSms' }] });
    const id = made.id ?? '';
    expect(made.custom).toBe(true);
    await roles.userRole(id).put({ displayName: 'Weekends', permissions: [{ id: 'Glip' }] });
    const read = await roles.userRole(id).get();
    expect([read.displayName, read.permissions?.map((one) => one.id)]).toEqual(['Weekends', ['Glip']]);
    await roles.userRole(id).delete();
    expect(await refusalOf(roles.userRole(id).get())).toEqual({ status: 404, code: 'CMN-102' });
  });

  it('asks for its own permissions, never for those of another', async () => {
    const account = clientOf('102').restapi().account();
    const check = await account.extension().authzProfile().check().get({ permissionId: 'Meetings' });
    expect(check.successful).toBe(true);
    expect(check.details?.effectiveRole?.id).toBe('3');
    const another = clientOf('104').restapi().account().extension(b.id('102')).authzProfile();
    expect(await refusalOf(another.get())).toEqual({ status: 403, code: 'CMN-404' });
  });

  it('searches the directory', async () => {
    const found = await clientOf('104')
      .restapi()
      .account()
      .directory()
      .entries()
      .search()
      .post({ searchString: 'chris', orderBy: [{ fieldName: 'extensionNumber', direction: 'Desc' }] });
    expect(found.records?.map((one) => one.extensionNumber)).toEqual(['111', '110', '109']);
  });

  it('reads the permission dictionary', async () => {
    const dictionary = clientOf('101').restapi().dictionary();
    const meetings = await dictionary.permission('Meetings').get();
    expect(meetings.displayName).toBe('Meetings App Access');
    const categories = await dictionary.permissionCategory().list();
    expect(categories.records?.map((one) => one.id)).toContain('Meetings');
    const predefined = await dictionary.userRole().list();
    expect(predefined.records?.map((role) => role.id)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });
});
