import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '#handlers/terminal/cli.ts';
import { composition } from '#src/main.ts';
import { freshFolder } from '#test/process/child.ts';
import { type Sandboxes, sandboxesBeside } from '#test/process/live.ts';
import { liveEnvironment } from '#test/process/live-environment.ts';
import { terminal } from './terminal.ts';

// The machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

/** No program listens here: the port is reserved and never given out. */
const NOBODY = 'http://127.0.0.1:9';

let sandboxes: Sandboxes;
let env: Record<string, string>;
let page: Server;
let pageUrl: string;

beforeEach(async () => {
  sandboxes = await sandboxesBeside();
  env = liveEnvironment(sandboxes, freshFolder());
  page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the guest network</html>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => page.once('listening', resolve));
  pageUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
});
afterEach(() => void page.close());

describe('a set-up that does not work', () => {
  it.each<[string, () => Record<string, string>, RegExp]>([
    ['RingCentral is not there', () => ({ RC_SERVER_URL: NOBODY }), /Check RC_SERVER_URL and the network/],
    ['a page answers for RingCentral', () => ({ RC_SERVER_URL: pageUrl }), /Check .*RC_SERVER_URL/],
    ['the secret of the app is wrong', () => ({ RC_APP_CLIENT_SECRET: 'not-the-secret' }), /Check RC_APP_CLIENT_ID/],
    ['the credential is wrong', () => ({ RC_USER_JWT: 'eyJ0.not-the-secret.x' }), /Check RC_APP.*RC_USER_JWT/],
    ['Slack is not there', () => ({ SLACK_API_URL: `${NOBODY}/api/` }), /^Slack could not be reached/],
    ['a page answers for Slack', () => ({ SLACK_API_URL: `${pageUrl}/api/` }), /^Slack could not be reached/],
    ['the bot token is wrong', () => ({ SLACK_BOT_TOKEN: 'xoxb-not-the-secret' }), /SLACK_BOT_TOKEN: invalid_auth/],
    ['the app token is wrong', () => ({ SLACK_APP_TOKEN: 'xapp-not-the-secret' }), /SLACK_APP_TOKEN: invalid_auth/],
    [
      'the port is taken',
      () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: sandboxes.slack.signingSecret, PORT: new URL(pageUrl).port }),
      /^Port \d+ on 127\.0\.0\.1 cannot be opened: it is taken by another program; PORT names another\./,
    ],
  ])('%s: one line that says what to look at', async (_, wrong, words) => {
    const { code, out, err } = await terminal(['start'], { env: { ...env, ...wrong() } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^[^\n]+\. Nothing was started or changed\. [^\n]+\.\n$/);
    expect(err).toMatch(words);
    for (const secret of ['not-the-secret', 'guest network', ...Object.values(secretsOf(env))]) {
      expect(err).not.toContain(secret);
    }
    // Nothing of the failed start holds the folder.
    const asked = await terminal(['ask', 'who am I', '--as', '104'], { env });
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('You are Dave Diaz (104).') });
  });

  it('is one object for who asked for JSON', async () => {
    const asked = await terminal(['ask', 'who am I', '--json'], { env: { ...env, RC_SERVER_URL: NOBODY } });
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 1, err: '' });
    const working = await terminal(['ask', 'who am I', '--json'], { env });
    const [object, other] = [JSON.parse(asked.out), JSON.parse(working.out)];
    expect(object).toMatchObject({
      outcome: 'fault',
      verdict: null,
      text: expect.stringMatching(/Nothing was .*changed/),
    });
    expect(Object.keys(object)).toEqual(Object.keys(other));
  });
});

describe('--as', () => {
  it("asks in nobody's name where RingCentral is not on this machine", async () => {
    const said: string[] = [];
    const printed = { out: '', err: '' };
    const io = {
      env: {},
      stdin: (async function* () {})(),
      out(text: string) {
        printed.out += text;
      },
      err(text: string) {
        printed.err += text;
      },
      async pour() {},
    };
    const elsewhere = {
      ...composition,
      async openAssistant(...[, options]: Parameters<typeof composition.openAssistant>) {
        const assistant = await composition.openAssistant({}, options);
        const conversation = {
          ...assistant.conversation,
          say: (words: Parameters<typeof assistant.conversation.say>[0]) => {
            said.push(words.text);
            return assistant.conversation.say(words);
          },
        };
        return { ...assistant, conversation, loopback: false };
      },
    };
    expect(await runCommand(['ask', 'who am I', '--as', '104'], io, elsewhere)).toBe(1);
    expect(printed).toEqual({
      out: '',
      err: expect.stringContaining('--as works only against a loopback RingCentral'),
    });
    expect(said).toEqual([]);
    expect(await runCommand(['ask', 'who am I'], io, elsewhere)).toBe(0);
    expect(said).toEqual(['who am I']);
  });
});

function secretsOf({ RC_APP_CLIENT_SECRET, RC_USER_JWT, SLACK_BOT_TOKEN, SLACK_APP_TOKEN }: Record<string, string>) {
  return [RC_APP_CLIENT_SECRET, RC_USER_JWT, SLACK_BOT_TOKEN, SLACK_APP_TOKEN].filter((each) => each !== undefined);
}
