import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { control, rolesOf, writesSeen } from '#test/process/outside.ts';
import { TerminalStory, terminal } from './terminal.ts';

// Many stories at the same time, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const S = 'Standard (International)';
const READ = { method: 'GET', path: 'extension/[0-9]+/assigned-role' };
const WRITE = { method: 'PUT', path: 'assigned-role' };
const ASK = ['ask', 'what roles does bob have', '--as', '104'];
const CHANGE = ['ask', 'give bob Manager', '--as', '104', '--yes'];
/** More than anybody would try. */
const ALWAYS = 20;

function refusal(status: number, errorCode: string, extra: object = {}) {
  const error = { errorCode, message: 'words that no client should rely on', ...extra };
  return { kind: 'status', status, body: { ...error, errors: [error] } };
}

const HTML = { kind: 'html', status: 200 };
const BROKEN = refusal(500, 'CMN-203');
const SILENT = { kind: 'timeout', ms: 50 };
const CUT = { kind: 'drop', when: 'before' };
const APP = refusal(403, 'CMN-401', { permissionName: 'ReadAccounts' });
const PERMISSION = refusal(403, 'CMN-408', { permissionName: 'ReadAssignedRoles' });
const TOO_NARROW = refusal(403, 'CMN-419', { permissionsName: ['EditAssignedRoles'] });
const OTHERS = refusal(403, 'CMN-404');
const BARE = { kind: 'status', status: 403, body: { message: 'Forbidden' } };
const TOKEN = refusal(401, 'OAU-213');
const SPENT = { ...refusal(429, 'CMN-301'), headers: { 'Retry-After': '1' } };

type Trouble = {
  readonly story: TerminalStory;
  readonly env: Record<string, string>;
  breaks(match: object, fault: object, times: number): Promise<unknown>;
  rolesOfBob(): Promise<readonly string[]>;
  writes(): Promise<number>;
};

/** A terminal before an account of its own, so that stories may be told at the same time. */
async function withTrouble(work: (trouble: Trouble) => Promise<void>): Promise<string> {
  const ringcentral = await startRingCentralSandbox({ rateLimits: false });
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-trouble-'));
  const { serverUrl, clientId, clientSecret, jwt, controlUrl } = ringcentral;
  const story = new TerminalStory();
  try {
    await work({
      story,
      env: {
        RC_SERVER_URL: serverUrl,
        RC_APP_CLIENT_ID: clientId,
        RC_APP_CLIENT_SECRET: clientSecret,
        RC_USER_JWT: jwt,
        ROLECALL_DATA_DIR: folder,
      },
      breaks: (match, fault, times) => control(`${controlUrl}/faults`, 'POST', { match, fault, times }),
      rolesOfBob: () => rolesOf(controlUrl, '102'),
      writes: () => writesSeen(controlUrl),
    });
    return story.text();
  } finally {
    await ringcentral.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What RingCentral answers with, how often, the exit code, and Bob's roles afterwards. */
type Case = readonly [what: string, fault: object, times: number, exit: number, roles: readonly string[]];

const ASKING: readonly Case[] = [
  ['a page instead of JSON', HTML, ALWAYS, 1, [S]],
  ['a page that says it is unavailable', { kind: 'html' }, ALWAYS, 1, [S]],
  ['an error of its own', BROKEN, ALWAYS, 1, [S]],
  ['an error of its own, once', BROKEN, 1, 0, [S]],
  ['no answer', SILENT, ALWAYS, 1, [S]],
  ['a cut connection', CUT, ALWAYS, 1, [S]],
  ['a cut connection, once', CUT, 1, 0, [S]],
  ['too many calls, once', SPENT, 1, 0, [S]],
  ['a token that ended, once', TOKEN, 1, 0, [S]],
  ['a token that it never takes', TOKEN, ALWAYS, 1, [S]],
  ['an app permission that is missing', APP, ALWAYS, 1, [S]],
  ['a permission that the service account lacks', PERMISSION, ALWAYS, 1, [S]],
  ['a right that is too narrow', TOO_NARROW, ALWAYS, 1, [S]],
  ['a profile that is not its own', OTHERS, ALWAYS, 1, [S]],
  ['a refusal without a code', BARE, ALWAYS, 1, [S]],
];

const CHANGING: readonly Case[] = [
  ['a page instead of JSON', HTML, 1, 1, [S]],
  ['an error of its own', BROKEN, 1, 1, [S]],
  ['no answer', SILENT, 1, 1, [S]],
  ['a connection cut before the effect', CUT, 1, 1, [S]],
  ['a connection cut after the effect', { kind: 'drop', when: 'after' }, 1, 0, ['Manager', S]],
  ['too many calls', SPENT, 1, 0, ['Manager', S]],
  ['a token that ended', TOKEN, 1, 0, ['Manager', S]],
  ['an app permission that is missing', refusal(403, 'CMN-401', { permissionName: 'RoleManagement' }), 1, 1, [S]],
  ['a right that is too narrow', TOO_NARROW, 1, 1, [S]],
  ['a refusal without a code', BARE, 1, 1, [S]],
];

/** Tells each case before an account of its own, all at the same time; gives the stories in order. */
async function told(cases: readonly Case[], tell: (trouble: Trouble, each: Case) => Promise<void>): Promise<string> {
  const stories = cases.map((each) => withTrouble((trouble) => tell(trouble, each)));
  // All of them come to an end before the first that failed is told: each has a folder to remove.
  await Promise.allSettled(stories);
  return (await Promise.all(stories)).join('\n');
}

describe('a RingCentral in trouble', () => {
  it('while something is asked: a clear sentence each time', async () => {
    const text = await told(ASKING, async ({ story, env, breaks, writes }, [what, fault, times, exit]) => {
      await breaks(READ, fault, times);
      story.note(`RingCentral answers with ${what}.`);
      const { code, out, err } = await story.run(ASK, env);
      expect({ code, err, writes: await writes() }, `${what}\n${out}`).toEqual({ code: exit, err: '', writes: 0 });
      expect(out, what).toContain(exit === 0 ? S : 'Nothing was changed.');
    });
    await expect(text).toMatchFileSnapshot('trouble-asking.golden.txt');
  });

  it('while something is changed: the truth, found out by reading again', async () => {
    const text = await told(CHANGING, async (trouble, [what, fault, times, exit, roles]) => {
      const { story, env, breaks, rolesOfBob, writes } = trouble;
      await breaks(WRITE, fault, times);
      story.note(`RingCentral answers the change with ${what}.`);
      const { code, out, err } = await story.run(CHANGE, env);
      expect({ code, err, roles: await rolesOfBob() }, `${what}\n${out}`).toEqual({ code: exit, err: '', roles });
      expect(out, what).toMatch(exit === 0 ? /^Done\./ : /Nothing was changed\./);
      const written = await writes();
      const again = await terminal(CHANGE, { env });
      expect([again.code, await rolesOfBob()], what).toEqual([0, ['Manager', S]]);
      expect(await writes(), what).toBe(exit === 0 ? written : written + 1);
    });
    await expect(text).toMatchFileSnapshot('trouble-changing.golden.txt');
  });
});
