import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { TEST_DATABASE_URL } from '#test/adapters/store/postgres.ts';
import { type Engine, House } from '#test/soak/house.ts';
import { effects, latestCall, namesOf, type Person, readAccount, writesSince } from '#test/soak/outside.ts';
import { afterwards, freshFolder } from './child.ts';
import { Member } from './member.ts';
import { control, eventually } from './outside.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 90_000 });

const POSTGRESQL = fileURLToPath(new URL('../../.ci/postgresql', import.meta.url));
const S = 'Standard (International)';
const MANY = 20;
/** What is given for 61 seconds ends in about two from then on. */
const NEARLY_A_MINUTE_MS = 59_000;
const PATIENCE_MS = 40_000;

async function opened(engine: Engine, server = TEST_DATABASE_URL) {
  const house = await House.open(engine, server);
  afterwards(() => house.close());
  const { people } = await readAccount(house.ringcentral);
  const enabled = people.filter(
    ({ ext, type, status }) => Number(ext) > 1000 && type === 'User' && status === 'Enabled',
  );
  return {
    house,
    dave: new Member(house.slack, 'U104'),
    crowd: enabled.filter((each) => namesOf(each).join() === S).slice(0, MANY),
  };
}

async function rolesNow({ ringcentral }: House, { ext }: Person): Promise<readonly string[]> {
  const { people } = await readAccount(ringcentral);
  return people.filter((each) => each.ext === ext).flatMap(namesOf);
}

function fault(house: House, wish: object): Promise<unknown> {
  return control(`${house.ringcentral}/faults`, 'POST', wish);
}

function until(house: House, person: Person, roles: readonly string[]): Promise<unknown> {
  const look = async () => (await rolesNow(house, person)).join() === roles.join();
  return eventually(`${person.ext} with ${roles.join()}`, look, PATIENCE_MS);
}

/** Gives somebody Manager for a minute, and lets all but the last seconds of it pass. */
async function heldNearlyToItsEnd(house: House, dave: Member, person: Person): Promise<void> {
  const preview = await dave.ask(
    `give ${person.ext} Manager for 61 seconds`,
    new RegExp(`\\(${person.ext}\\)[^]*Confirm by`),
  );
  await dave.clickAndRead(preview, 'Confirm', /^Done\./);
  await house.bringEndsForward(NEARLY_A_MINUTE_MS);
}

async function confirmMany(house: House, dave: Member, crowd: readonly Person[]) {
  const preview = await dave.ask(
    `give ${crowd.map(({ ext }) => ext).join(', ')} Manager`,
    /^Give Manager to 20 people/,
  );
  const since = await latestCall(house.ringcentral);
  return { preview, since };
}

async function statusesSince({ ringcentral }: House, since: number): Promise<readonly (number | null)[]> {
  const url = `${ringcentral}/calls?since=${since}`;
  return (await control<{ calls: readonly { status: number | null }[] }>(url)).calls.map(({ status }) => status);
}

/** How often each list of the crowd moved. */
async function movesOf(house: House, crowd: readonly Person[], since: number): Promise<readonly number[]> {
  const writes = await writesSince(house.ringcentral, since, new Set());
  return crowd.map(({ extensionId }) => effects(writes, extensionId).length);
}

describe('a change of many people', () => {
  it('goes on by itself after RingCentral asked for a pause in the middle, and changes nobody twice', async () => {
    const { house, dave, crowd } = await opened('SQLite');
    await house.start();
    const { preview, since } = await confirmMany(house, dave, crowd);
    const tooMany = { kind: 'status', status: 429, headers: { 'Retry-After': '1' } };
    await fault(house, { match: { method: 'POST', path: 'bulk-assign' }, after: 1, fault: tooMany });
    await dave.click(preview, 'Confirm');
    for (const each of crowd) await until(house, each, ['Manager', S]);
    expect(await movesOf(house, crowd, since)).toEqual(crowd.map(() => 1));
  });

  it('is shown anew when somebody was changed in the portal between preview and click', async () => {
    const { house, dave, crowd } = await opened('SQLite');
    await house.start();
    const { preview, since } = await confirmMany(house, dave, crowd);
    const [edited] = crowd;
    await control(`${house.ringcentral}/portal/assign`, 'POST', { ext: edited?.ext, roles: ['Reports'] });
    expect(await dave.clickAndRead(preview, 'Confirm', /Nothing has changed yet/)).toContain('Reports');
    expect(await movesOf(house, crowd, since)).toEqual(crowd.map(() => 0));
  });
});

describe('what ends while RingCentral is away', () => {
  it('ends when it is back', async () => {
    const { house, dave, crowd } = await opened('SQLite');
    const person = crowd[0] as Person;
    await house.start();
    const since = await latestCall(house.ringcentral);
    await heldNearlyToItsEnd(house, dave, person);
    await fault(house, { match: { path: 'assigned-role' }, times: 1_000, fault: { kind: 'status', status: 503 } });
    const tried = async () => (await statusesSince(house, since)).includes(503);
    await eventually('a try', tried, PATIENCE_MS);
    expect(await rolesNow(house, person)).toEqual(['Manager', S]);
    await control(`${house.ringcentral}/faults`, 'DELETE');
    await until(house, person, [S]);
  });
});

describe.skipIf(TEST_DATABASE_URL === null)('two services on one PostgreSQL database', () => {
  it('end what both see due once', async () => {
    const { house, dave, crowd } = await opened('PostgreSQL');
    const person = crowd[0] as Person;
    await Promise.all([house.start(), house.start()]);
    await heldNearlyToItsEnd(house, dave, person);
    const since = await latestCall(house.ringcentral);
    await until(house, person, [S]);
    expect(await movesOf(house, [person], since)).toEqual([1]);
    expect(await house.chainProblem()).toBe(null);
  });

  it('go on with what the other had begun when it was killed', async () => {
    const { house, dave, crowd } = await opened('PostgreSQL');
    const first = await house.start();
    const { preview, since } = await confirmMany(house, dave, crowd);
    await fault(house, {
      match: { method: 'POST', path: 'bulk-assign' },
      after: 1,
      fault: { kind: 'timeout', ms: 60_000 },
    });
    await dave.click(preview, 'Confirm');
    const met = async () => (await control<{ faults: unknown[] }>(`${house.ringcentral}/faults`)).faults.length === 0;
    await eventually('the call under way', met);
    await house.start();
    await first.kill();
    await house.letTimePass();
    for (const each of crowd) await until(house, each, ['Manager', S]);
    expect(await movesOf(house, crowd, since)).toEqual(crowd.map(() => 1));
  });

  it('survive that the database goes away, and lose nothing that was told as done', async () => {
    const folder = freshFolder();
    const server = execFileSync(POSTGRESQL, ['start', folder], { encoding: 'utf8' }).trim();
    afterwards(() => void execFileSync(POSTGRESQL, ['stop', folder, 'immediate']));
    const { house, dave, crowd } = await opened('PostgreSQL', server);
    const [one, other] = crowd as [Person, Person];
    const since = await latestCall(house.ringcentral);
    await Promise.all([house.start(), house.start()]);
    const asked = async ({ ext }: Person) => dave.ask(`give ${ext} Manager`, new RegExp(`\\(${ext}\\)[^]*Confirm by`));
    await dave.clickAndRead(await asked(one), 'Confirm', /^Done\./);
    const preview = await asked(other);
    execFileSync(POSTGRESQL, ['stop', folder, 'immediate']);
    await dave.click(preview, 'Confirm').catch(() => null);
    execFileSync(POSTGRESQL, ['start', folder]);
    await eventually('the database', async () => (await house.open().catch(() => null)) === '', PATIENCE_MS);
    if ((await rolesNow(house, other)).length === 1) await dave.click(preview, 'Confirm');
    await until(house, other, ['Manager', S]);
    expect(await rolesNow(house, one)).toEqual(['Manager', S]);
    expect(await movesOf(house, [one, other], since)).toEqual([1, 1]);
    expect(await house.chainProblem()).toBe(null);
  });
});
