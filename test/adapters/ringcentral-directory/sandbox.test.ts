import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RingCentralSandbox, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import {
  createDirectories,
  type FullDirectory,
  type RingCentralDirectories,
} from '#src/adapters/ringcentral-directory/index.ts';
import type { Authority } from '#src/domain/authority.ts';
import { type ExtensionId, extensionId, permissionId, roleId } from '#src/domain/ids.ts';
import type { StoredToken } from '#src/usecases/ports.ts';
import { faultOf, memoryLog, memoryVault } from './kit.ts';

// The right is established elsewhere; here the directory itself says yes or no.
const RIGHT = {} as Authority<'assign'> & Authority<'reset'> & Authority<'edit-role'> & Authority<'assign-bulk'>;
const MANAGER = { id: roleId('7'), siteRestricted: false };

let sandbox: RingCentralSandbox;
let all: RingCentralDirectories;
let vault: ReturnType<typeof memoryVault>;

beforeAll(async () => {
  sandbox = await startRingCentralSandbox();
  vault = memoryVault(storedGrants());
  all = connect();
});
afterAll(async () => {
  await all.close();
  await sandbox.close();
});

function connect(timeoutMs = 10_000): RingCentralDirectories {
  const { serverUrl, clientId, clientSecret, jwt } = sandbox;
  const retries = { delaysMs: [1, 1], withinMs: 60_000 };
  const clock = { now: () => Date.now() };
  const { log } = memoryLog();
  const patience = { timeoutMs };
  return createDirectories({
    serverUrl,
    clientId,
    clientSecret,
    jwt,
    tokenVault: vault,
    log,
    clock,
    retries,
    patience,
  });
}

function storedGrants(): Record<string, StoredToken> {
  const now = Date.now();
  return Object.fromEntries(
    Object.entries(sandbox.grants).map(([ext, grant]) => [
      idOf(ext),
      {
        accessToken: grant.accessToken,
        refreshToken: grant.refreshToken,
        expiresAt: now + grant.expiresInSeconds * 1000,
        refreshExpiresAt: now + grant.refreshExpiresInSeconds * 1000,
        scope: grant.scope,
      },
    ]),
  );
}

function idOf(ext: string): ExtensionId {
  const person = sandbox.people.find((each) => each.ext === ext);
  if (!person) throw new Error(`nobody has ${ext}`);
  return extensionId(person.extensionId);
}

async function as(ext: string): Promise<FullDirectory> {
  const directory: FullDirectory | null = await all.as(idOf(ext));
  if (!directory) throw new Error(`${ext} has no token`);
  return directory;
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const init = body
    ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    : { method };
  const response = await fetch(`${sandbox.controlUrl}${path}`, init);
  return response.status === 204 ? null : response.json();
}

async function callsOf(operationId: string): Promise<number> {
  const { calls } = (await control('GET', '/calls')) as { calls: { operationId: string }[] };
  return calls.filter((call) => call.operationId === operationId).length;
}

describe('against an account that keeps RingCentral rules', () => {
  it('calls the account by the name that its people carry', async () => {
    expect((await all.names.current()).account).toMatchObject({ name: 'Cobalt Lane Clinics', zone: 'America/Denver' });
  });

  it('reads names, roles and assignments as the service account', async () => {
    const names = await all.names.current();
    expect(names.byNumber('102')).toMatchObject({ name: 'Bob Brown', department: 'Support', type: 'User' });
    expect(names.roleByName('Front Desk')).toMatchObject({ custom: true });
    expect(names.permissionById('Meetings')).toBeDefined();
    expect(await all.service.owner()).toBe(idOf('100'));
    const rows = await all.service.listAssignedRoles();
    expect(rows.find((row) => row.extension === idOf('104'))?.roles.map((role) => role.id)).toEqual(['1']);
  });

  it('tells what each person may do by their own token', async () => {
    const verdicts: Record<string, boolean> = {};
    for (const ext of ['101', '103', '104', '105']) {
      const check = await (await as(ext)).checkOwnPermission(permissionId('EditAssignedRoles'), idOf('102'));
      verdicts[ext] = check.successful;
    }
    expect(verdicts).toEqual({ '101': false, '103': true, '104': true, '105': true });
  });

  it('changes roles as one who may, and is refused as one who may not', async () => {
    const before = await all.service.readAssignedRoles(idOf('112'));
    const alice = await as('101');
    expect(await faultOf(alice.replaceAssignedRoles(RIGHT, idOf('112'), [MANAGER]))).toMatchObject({
      code: 'directory-forbidden',
      data: { errorCode: 'CMN-408', missing: 'EditAssignedRoles' },
    });
    expect(await all.service.readAssignedRoles(idOf('112'))).toEqual(before);
    await (await as('104')).replaceAssignedRoles(RIGHT, idOf('112'), [MANAGER]);
    expect((await all.service.readAssignedRoles(idOf('112'))).map((role) => role.displayName)).toEqual(['Manager']);
    await (await as('104')).assignDefaultRole(RIGHT, idOf('112'));
    expect((await all.service.readAssignedRoles(idOf('112'))).map((role) => role.id)).toEqual(['3']);
  });

  it('creates, changes, assigns and deletes a role of its own', async () => {
    const dave = await as('104');
    const entries = [{ id: permissionId('Meetings'), capabilities: null }];
    const draft = { description: null, scope: 'Self', siteCompatible: null, hidden: false, entries };
    const made = await dave.createRole(RIGHT, { ...draft, displayName: 'Trial' });
    expect(await dave.readRole(made)).toMatchObject({ custom: true, permissions: ['Meetings'] });
    await dave.updateRole(RIGHT, made, { ...draft, displayName: 'Trial Two', entries: [] });
    expect(await dave.readRoleInFull(made)).toMatchObject({ id: made, displayName: 'Trial Two', permissions: [] });
    const many = { added: [idOf('113'), idOf('116')], removed: [] };
    await dave.assignToMany(RIGHT, { id: made, siteRestricted: false }, many);
    const given = await Promise.all(many.added.map((each) => dave.readAssignedRoles(each)));
    expect(given.every((roles) => roles.some((role) => role.id === made))).toBe(true);
    await dave.deleteRole(RIGHT, made);
    expect((await faultOf(dave.readRole(made))).code).toBe('directory-not-found');
  });

  it('renews a stored token once and goes on with the next', async () => {
    const extension = idOf('105');
    const stored = vault.tokens.get(extension);
    if (!stored) throw new Error('expected a token');
    vault.tokens.set(extension, { ...stored, expiresAt: Date.now() - 1 });
    const fresh = connect();
    await Promise.all([fresh.as(extension), fresh.as(extension), fresh.as(extension)]);
    const next = vault.tokens.get(extension);
    expect(next?.accessToken).not.toBe(stored.accessToken);
    expect(await (await fresh.as(extension))?.readAssignedRoles(extension)).toHaveLength(1);
    expect(vault.done.filter((line) => line.startsWith(`save ${extension}`))).toHaveLength(1);
  });

  it('drops the stored token of a revoked session', async () => {
    await all.revoke(idOf('109'));
    expect(await all.as(idOf('109'))).toBeNull();
    expect(vault.tokens.has(idOf('109'))).toBe(false);
  });

  it('finds out by re-reading what a write did whose connection was cut', async () => {
    const dave = await as('104');
    const match = { method: 'PUT', path: 'assigned-role' };
    for (const [when, expected] of [
      ['before', '3'],
      ['after', '7'],
    ] as const) {
      await dave.assignDefaultRole(RIGHT, idOf('120'));
      await control('POST', '/faults', { match, fault: { kind: 'drop', when } });
      const fault = await faultOf(dave.replaceAssignedRoles(RIGHT, idOf('120'), [MANAGER]));
      expect(fault).toMatchObject({ code: 'directory-unavailable', data: { effectUnknown: true } });
      expect((await dave.readAssignedRoles(idOf('120'))).map((role) => role.id)).toEqual([expected]);
    }
  });

  it('sends a write that gets a web page once, and reads once more when a read gets one', async () => {
    const dave = await as('104');
    await control('DELETE', '/calls');
    await control('POST', '/faults', { match: { method: 'PUT' }, fault: { kind: 'html', status: 502 } });
    const fault = await faultOf(dave.replaceAssignedRoles(RIGHT, idOf('120'), [MANAGER]));
    expect(fault).toMatchObject({ code: 'directory-unavailable', data: { page: true, effectUnknown: true } });
    expect(await callsOf('updateUserAssignedRoles')).toBe(1);
    await control('POST', '/faults', { match: { method: 'GET' }, fault: { kind: 'html' } });
    expect(await dave.readAssignedRoles(idOf('120'))).toHaveLength(1);
    expect(await callsOf('listUserAssignedRoles')).toBe(2);
  });

  it('is refused in limited mode, and reads on', async () => {
    await control('PUT', '/limited-mode', { on: true });
    const dave = await as('104');
    expect((await faultOf(dave.replaceAssignedRoles(RIGHT, idOf('120'), [MANAGER]))).code).toBe('limited-mode');
    expect(await dave.readAssignedRoles(idOf('120'))).toHaveLength(1);
    await control('PUT', '/limited-mode', { on: false });
  });

  it('never meets the penalty, however eagerly it is used, even beside another client of the same account', async () => {
    await all.service.readRole(roleId('7'));
    const eager = connect();
    await control('DELETE', '/calls');
    const asks = Array.from({ length: 80 }, () =>
      eager.service.readRole(roleId('7')).then(String, (error) => error.code),
    );
    const outcomes = await Promise.all(asks);
    expect(outcomes.filter((outcome) => outcome === 'rate-limited').length).toBeGreaterThan(0);
    const { calls } = (await control('GET', '/calls')) as { calls: { status: number }[] };
    expect(calls.filter((call) => call.status === 429)).toEqual([]);
    expect(calls.filter((call) => call.status === 200).length).toBeGreaterThan(0);
  });
});
