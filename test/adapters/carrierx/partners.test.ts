import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CarrierxSandbox, startCarrierxSandbox } from '#sandbox/carrierx/server.ts';
import { createPartnerDirectory } from '#src/adapters/carrierx/partners.ts';
import { isFault } from '#src/domain/faults.ts';
import type { Partner } from '#src/domain/partners.ts';
import type { PartnerDirectory } from '#src/usecases/ports.ts';

describe('partners of the CarrierX stand-in', () => {
  let sandbox: CarrierxSandbox;
  let directory: PartnerDirectory;

  beforeEach(async () => {
    sandbox = await startCarrierxSandbox();
    directory = createPartnerDirectory(sandbox);
  });
  afterEach(() => sandbox.close());

  async function turn(switches: object): Promise<void> {
    const body = JSON.stringify(switches);
    expect((await fetch(`${sandbox.controlUrl}/switches`, { method: 'PATCH', body })).ok).toBe(true);
  }

  async function named(name: string): Promise<Partner> {
    const found = (await directory.listPartners()).find((partner) => partner.name === name);
    if (found === undefined) throw new Error(`no partner ${name}`);
    return found;
  }

  it('are listed and read with status, parent and scopes as granted', async () => {
    const acme = await named('Acme Voice');
    const messaging = await directory.readPartner((await named('Acme Messaging')).sid);
    expect(messaging).toEqual({
      sid: messaging.sid,
      name: 'Acme Messaging',
      parent: acme.sid,
      status: 'active',
      scopes: ['sms.create', 'sms.read', 'shortener.manage'],
    });
    expect((await named('Cedar Networks')).scopes).toEqual([]);
  });

  it.each<[switches: object, listed: readonly string[] | null, read: readonly string[]]>([
    [{ scopesShown: 'list-only' }, ['calls.manage'], []],
    [{ scopesShown: 'nowhere' }, [], []],
    [{ scopesForm: 'text' }, ['calls.manage'], ['calls.manage']],
    [{ total: 'null' }, ['calls.manage'], ['calls.manage']],
  ])('are understood with %j', async (switches, listed, read) => {
    await turn(switches);
    const dunes = await named('Dunes Mobile');
    expect(dunes.scopes).toEqual(listed);
    expect((await directory.readPartner(dunes.sid)).scopes).toEqual(read);
  });

  it('that are not verified may be hidden, also by their id', async () => {
    const { sid } = await named('Dunes Mobile');
    await turn({ unverified: 'hidden' });
    await expect(named('Dunes Mobile')).rejects.toThrow('no partner');
    await expect(directory.readPartner(sid)).rejects.toMatchObject({ code: 'partners-not-found' });
  });

  it('of partners may be left out', async () => {
    await turn({ levels: 'children' });
    expect((await directory.listPartners()).map((partner) => partner.name)).not.toContain('Acme Messaging');
  });

  it.each([
    [401, 'partners-forbidden'],
    [403, 'partners-forbidden'],
    [404, 'partners-not-found'],
    [429, 'partners-unavailable'],
    [500, 'partners-unavailable'],
  ])('refused with %i are a %s', async (refuse, code) => {
    await turn({ refuse });
    await expect(directory.listPartners()).rejects.toMatchObject({ code, data: { status: refuse } });
  });

  it('with a wrong token are forbidden, and the token is in no message', async () => {
    const wrong = createPartnerDirectory({ ...sandbox, token: 'secret-token' });
    const fault = await wrong.listPartners().catch((error: unknown) => error);
    expect(isFault(fault, 'partners-forbidden')).toBe(true);
    expect(JSON.stringify([String(fault), fault])).not.toContain('secret-token');
  });

  it('cannot be changed through the API', async () => {
    const { sid } = await named('Acme Voice');
    const response = await fetch(`${sandbox.baseUrl}/partners/${sid}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${sandbox.token}` },
      body: JSON.stringify({ available_scopes: ['partners.manage'] }),
    });
    expect(response.status).toBe(403);
    expect((await named('Acme Voice')).scopes).not.toContain('partners.manage');
  });
});

describe('a CarrierX that answers something else', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Answers each page with the next of these bodies, the last one again and again. */
  async function answering(...bodies: readonly string[]): Promise<PartnerDirectory> {
    let page = 0;
    const server = createServer((_request, response) => response.end(bodies[Math.min(page++, bodies.length - 1)]));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return createPartnerDirectory({ baseUrl, token: 't' });
  }

  const row = (name: string, more: object = {}) => ({ partner_sid: `s-${name}`, company_name: name, ...more });
  const page = (items: readonly object[], hasMore = false) => JSON.stringify({ items, has_more: hasMore });

  it('is read to the last page', async () => {
    const directory = await answering(page([row('a')], true), page([row('b')], true), page([row('c')]));
    expect((await directory.listPartners()).map((partner) => partner.name)).toEqual(['a', 'b', 'c']);
  });

  it('ends where a page that promises more is empty', async () => {
    const directory = await answering(page([row('a')], true), page([], true));
    expect(await directory.listPartners()).toHaveLength(1);
  });

  it.each<[shown: object, scopes: readonly string[] | null]>([
    [{}, null],
    [{ available_scopes: null }, null],
    [{ available_scopes: 'sms.read' }, ['sms.read']],
    [{ available_scopes: 74 }, ['74']],
    [{ available_scopes: ['sms.read', 61] }, ['sms.read', '61']],
  ])('may write scopes as %j', async (shown, scopes) => {
    const directory = await answering(page([row('a', shown)]));
    expect((await directory.listPartners())[0]?.scopes).toEqual(scopes);
  });

  it.each(['<html>busy</html>', '{}', '{"items":[{"company_name":"a"}],"has_more":false}', '[]'])(
    'is unreadable with %s',
    async (body) => {
      await expect((await answering(body)).listPartners()).rejects.toMatchObject({ code: 'partners-unreadable' });
    },
  );

  it('that is not there is unavailable', async () => {
    const gone = createPartnerDirectory({ baseUrl: 'http://127.0.0.1:1', token: 't' });
    await expect(gone.listPartners()).rejects.toMatchObject({ code: 'partners-unavailable' });
  });
});
