import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { afterwards, freshFolder, Rolecall, run } from './child.ts';
import { sandboxesBeside } from './live.ts';
import { liveEnvironment } from './live-environment.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const ONE_LINE = /^[^\n]+\n$/;

/** The last port that another program holds while the test runs. */
async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  afterwards(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

describe('start with nothing set', () => {
  it('prints a page that opens, and stops without leaving anything behind', async () => {
    const service = new Rolecall(['start'], { env: { PORT: '0' } });
    const line = await service.firstLine();
    expect(line).toMatch(/^Rolecall is ready: http:\/\/127\.0\.0\.1:\d+\/?$/);
    const page = line.slice(line.indexOf('http'));
    const response = await fetch(page);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<!doctype html>');
    expect(service.leftovers()).toHaveLength(1);
    const { code, err } = await service.stop();
    expect({ code, err, leftovers: service.leftovers() }).toEqual({ code: 0, err: '', leftovers: [] });
    await expect(fetch(page)).rejects.toThrow();
  });

  it('names the port that is taken, and starts nothing', async () => {
    const port = await takenPort();
    const service = new Rolecall(['start'], { env: { PORT: port } });
    const { code, out, err } = await service.outcome();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(ONE_LINE);
    expect(err).toContain(`Port ${port} is taken`);
    expect(service.leftovers()).toEqual([]);
  });

  it('leaves nothing behind when it is asked to stop before it is ready', async () => {
    const service = new Rolecall(['start'], { env: { PORT: '0' } });
    await service.untilItUsesTemporaryFiles();
    const { code } = await service.stop();
    expect({ code, leftovers: service.leftovers() }).toEqual({ code: 0, leftovers: [] });
  });
});

describe('start with a configuration', () => {
  it('names every variable that is missing, and exits 1', async () => {
    const { code, out, err } = await run(['start'], { env: { SLACK_BOT_TOKEN: 'xoxb-1' } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const missing = [...err.matchAll(/^ {2}([A-Z_]+)(?: \(Socket Mode\) or ([A-Z_]+).*)? is missing/gm)].flatMap(
      ([, one, other]) => [one, ...(other ? [other] : [])],
    );
    expect(missing.sort()).toEqual([
      'RC_APP_CLIENT_ID',
      'RC_APP_CLIENT_SECRET',
      'RC_SERVER_URL',
      'RC_USER_JWT',
      'ROLECALL_ENCRYPTION_KEY',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
    expect(err).not.toContain('xoxb-1');
  });

  it('says in one sentence that the data folder cannot be written to', async () => {
    const sandboxes = await sandboxesBeside();
    const folder = freshFolder();
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o500 });
    if (process.getuid?.() === 0) for (const each of [folder, data]) chownSync(each, 65_534, 65_534);
    const env = liveEnvironment(sandboxes, data);
    const { code, out, err } = await run(['start'], { env, unprivileged: true });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(ONE_LINE);
    expect(err).toContain(data);
    expect(err).toContain('ROLECALL_DATA_DIR');
  });

  it('refuses a second service on the same data folder, and lets the first go on', async () => {
    const env = liveEnvironment(await sandboxesBeside(), freshFolder());
    const first = new Rolecall(['start'], { env });
    expect(await first.firstLine()).toBe('Rolecall is ready for Cobalt Lane Clinics.');
    const second = await run(['start'], { env });
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toMatch(ONE_LINE);
    expect(second.err).toContain(`already running on the data folder ${env.ROLECALL_DATA_DIR}`);
    const beside = await run(['ask', 'who am I', '--as', '104'], { env });
    expect(beside).toMatchObject({ code: 0, out: expect.stringContaining('You are Dave Diaz (104).') });
    const { code } = await first.stop('SIGINT');
    expect(code).toBe(0);
    const third = new Rolecall(['start'], { env });
    expect(await third.firstLine()).toBe('Rolecall is ready for Cobalt Lane Clinics.');
    expect((await third.stop()).code).toBe(0);
  });

  it('says what is wrong with credentials that are refused, without printing them', async () => {
    const sandboxes = await sandboxesBeside();
    const secret = randomBytes(12).toString('hex');
    const right = liveEnvironment(sandboxes, freshFolder());
    const wrong = [{ RC_USER_JWT: `eyJ0.${secret}.x` }, { SLACK_BOT_TOKEN: `xoxb-${secret}` }];
    for (const each of wrong) {
      const { code, out, err } = await run(['start'], { env: { ...right, ...each } });
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toHaveLength(1);
      expect(err).not.toContain(secret);
    }
  });

  it('reads .env of its folder, and what the process was started with wins', async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, '.env'), 'RC_SERVER_URL=https://platform.ringcentral.com\nLOG_LEVEL=loud\n');
    const { code, err } = await run(['ask', 'who am I'], { cwd, env: { LOG_LEVEL: 'error' } });
    expect(code).toBe(1);
    expect(err).toContain('RC_USER_JWT is missing');
    expect(err).not.toContain('LOG_LEVEL');
  });
});

describe('an older Node', () => {
  it('gets a sentence, not a stack trace', async () => {
    const older = "Object.defineProperty(process.versions, 'node', { value: '20.18.1' })";
    const { code, out, err } = await run(['start'], { node: ['--import', `data:text/javascript,${older}`] });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(ONE_LINE);
    expect(err).toContain('needs Node 24 or newer');
  });
});
