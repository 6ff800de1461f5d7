import { describe, expect, it } from 'vitest';
import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { ACCOUNT, type Json } from './support.ts';

async function peopleOf(options: { people: number; seed?: number }): Promise<Json[]> {
  const sandbox = await startRingCentralSandbox({ ...options, rateLimits: false });
  const rows: Json[] = [];
  for (let page = 1; page <= Math.ceil(options.people / 1000); page += 1) {
    const response = await fetch(`${sandbox.serverUrl}${ACCOUNT}/extension?perPage=1000&page=${page}`, {
      headers: { Authorization: `Bearer ${sandbox.tokens['104']}` },
    });
    rows.push(...((await response.json()) as Json).records);
  }
  await sandbox.close();
  return rows;
}

function shown(rows: Json[]): unknown[] {
  return rows.map(({ id, name, extensionNumber, type, status, contact }) => ({
    id,
    name,
    extensionNumber,
    type,
    status,
    contact,
  }));
}

describe('an account of any size', () => {
  it('is the same for the same seed and another for another', async () => {
    const [one, again, other] = await Promise.all([
      peopleOf({ people: 300, seed: 7 }),
      peopleOf({ people: 300, seed: 7 }),
      peopleOf({ people: 300, seed: 8 }),
    ]);
    expect(shown(again)).toEqual(shown(one));
    expect(shown(other)).not.toEqual(shown(one));
  });

  it('begins with the people of a smaller one', async () => {
    const [small, large] = await Promise.all([peopleOf({ people: 100 }), peopleOf({ people: 400 })]);
    expect(shown(large).slice(0, 100)).toEqual(shown(small));
  });

  it('never gives an invented person the name of a person of the account file', async () => {
    const rows = await peopleOf({ people: 3000 });
    const named = rows.slice(0, 29);
    const taken = new Set(named.flatMap((row) => row.name.toLowerCase().split(' ')));
    const clash = rows
      .slice(29)
      .filter((row) => row.type === 'User')
      .find((row) =>
        row.name
          .toLowerCase()
          .split(' ')
          .some((word: string) => taken.has(word)),
      );
    expect(clash).toBeUndefined();
  });

  it('holds 100,000 people with ids and numbers of their own', async () => {
    const rows = await peopleOf({ people: 100_000 });
    expect(rows).toHaveLength(100_000);
    expect(new Set(rows.map((row) => row.id)).size).toBe(100_000);
    expect(new Set(rows.map((row) => row.extensionNumber)).size).toBe(100_000);
    expect(rows.every((row) => row.extensionNumber.length <= 8)).toBe(true);
  });

  it('lists the roles of 10,000 people in one call', async () => {
    const sandbox = await startRingCentralSandbox({ people: 10_000 });
    const response = await fetch(`${sandbox.serverUrl}${ACCOUNT}/assigned-role`, {
      headers: { Authorization: `Bearer ${sandbox.tokens['100']}` },
    });
    const { records } = (await response.json()) as Json;
    await sandbox.close();
    expect(records.length).toBeGreaterThan(9000);
    const admins = records.filter((row: Json) => row.roles.some((role: Json) => role.id === '1'));
    expect(admins).toHaveLength(2);
  });

  it('refuses to start on a port that is taken', async () => {
    const sandbox = await startRingCentralSandbox();
    const port = Number(new URL(sandbox.serverUrl).port);
    await expect(startRingCentralSandbox({ port })).rejects.toThrow(/EADDRINUSE/);
    const controlPort = Number(new URL(sandbox.controlUrl).port);
    await expect(startRingCentralSandbox({ controlPort })).rejects.toThrow(/EADDRINUSE/);
    await sandbox.close();
  });
});
