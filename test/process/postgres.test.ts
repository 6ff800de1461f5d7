import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#src/adapters/store/open-store.ts';
import { accountId } from '#src/domain/ids.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { freshSchema, TEST_DATABASE_URL } from '#test/adapters/store/postgres.ts';
import { afterwards, freshFolder, Rolecall, run } from './child.ts';
import { sandboxesBeside } from './live.ts';
import { liveEnvironment } from './live-environment.ts';
import { Member } from './member.ts';
import { control, rolesOf, writesSeen } from './outside.ts';

const READY = 'Rolecall is ready for Cobalt Lane Clinics.';

/** RingCentral, Slack and a database that several processes share; members are linked. */
async function shared() {
  const sandboxes = await sandboxesBeside();
  const { url, drop } = await freshSchema();
  afterwards(drop);
  const dataDir = join(freshFolder(), 'data');
  const env = { ...liveEnvironment(sandboxes, dataDir), DATABASE_URL: url };
  const encryptionKey = Buffer.from(env.ROLECALL_ENCRYPTION_KEY, 'base64');
  const clock = { now: () => Date.now() };
  const store = await openStore({ databaseUrl: url, directory: null, encryptionKey, exclusive: false, clock });
  const state = await control<{ accountId: unknown }>(`${sandboxes.ringcentral.controlUrl}/state`);
  await plantIdentities(sandboxes, accountId(String(state.accountId)), store);
  await store.close();
  return { sandboxes, env, dataDir };
}

describe.skipIf(TEST_DATABASE_URL === null)('two services on one PostgreSQL database', () => {
  it('make each change once, on one trail, and touch no data folder', async () => {
    const { sandboxes, env, dataDir } = await shared();
    const { ringcentral, slack } = sandboxes;
    const services = [new Rolecall(['start'], { env }), new Rolecall(['start'], { env })];
    expect(await Promise.all(services.map((each) => each.firstLine()))).toEqual([READY, READY]);
    const dave = new Member(slack.controlUrl, 'U104');
    const preview = await dave.ask('give bob Manager', /^Give Manager to Bob Brown/);
    await Promise.all([dave.click(preview, 'Confirm'), dave.click(preview, 'Confirm')]);
    await dave.read(/^Done\. Bob Brown/);
    expect(await rolesOf(ringcentral.controlUrl, '102')).toContain('Manager');
    expect(await writesSeen(ringcentral.controlUrl)).toBe(1);
    for (const each of services) expect((await each.stop()).code).toBe(0);

    const whole = await run(['audit', 'verify'], { env });
    expect(whole).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The PostgreSQL database rolecall at .* whole\./),
    });
    const { out } = await run(['audit', 'export'], { env });
    expect(out.split('"change.outcome"')).toHaveLength(2);
    expect(whole.out + out).not.toContain(new URL(env.DATABASE_URL).password);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('are told in one line that the database is away, without its password', async () => {
    const { env } = await shared();
    const away = new URL(env.DATABASE_URL);
    away.password = 'hushhushhush';
    const { code, out, err } = await run(['start'], { env: { ...env, DATABASE_URL: away.href } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^[^\n]+refused the user or the password\. Nothing was changed\.[^\n]+\n$/);
    expect(err).not.toContain('hushhushhush');
  });
});
