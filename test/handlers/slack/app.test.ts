import { afterEach, describe, expect, it } from 'vitest';
import { createSlackApp, type SlackAppOptions } from '#handlers/slack/app.ts';
import { startSlackSandbox } from '#sandbox/slack/server.ts';
import { FakeStore } from '#test/support/fake-store.ts';
import { freePort, type Harness, manifestPath, openHarness, suggestion } from './harness.ts';

let slack: Harness | undefined;
afterEach(async () => {
  await slack?.close();
  slack = undefined;
});

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function optionsFor(given: SlackAppOptions['slack']): SlackAppOptions {
  return {
    slack: given,
    conversation: {
      say: async () => suggestion('x'),
      press: async () => suggestion('x'),
      home: async () => ({ whoami: suggestion('x').reply, grants: null, help: suggestion('x').reply }),
    },
    store: new FakeStore({ now: () => Date.now() }),
    clock: { now: () => Date.now() },
    ids: { reference: () => 'R' },
    log: silent,
    zone: 'UTC',
  };
}

describe('over signed HTTP', () => {
  const url = (path: string): string => `http://127.0.0.1:${slack?.app.port()}${path}`;

  it('answers commands', async () => {
    slack = await openHarness('http');
    expect(await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' })).toMatchObject({
      ok: true,
    });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.text).toContain('heard hello');
  });

  it('refuses a request that Slack did not sign', async () => {
    slack = await openHarness('http');
    const forged = await slack.act('/forge', {
      url: url('/slack/events'),
      secret: 'guessed',
      contentType: 'application/x-www-form-urlencoded',
      body: 'command=%2Frolecall&text=give+me+Super+Admin&team_id=T0SANDBOX&user_id=U104&channel_id=C0GENERAL&trigger_id=1',
    });
    expect(forged).toMatchObject({ status: 401 });
    expect(slack.conversation.said).toEqual([]);
  });

  it('acts once on a signed request that is sent again', async () => {
    slack = await openHarness('http');
    const request = {
      url: url('/slack/events'),
      contentType: 'application/x-www-form-urlencoded',
      body: 'command=%2Frolecall&text=hello&team_id=T0SANDBOX&user_id=U104&channel_id=C0GENERAL&trigger_id=77.1',
    };
    expect(await slack.act('/forge', request)).toMatchObject({ status: 200 });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(await slack.act('/forge', request)).toMatchObject({ status: 200 });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'bye' });
    await slack.answered('U104', 'C0GENERAL', 2);
    expect(slack.conversation.said.map(({ text }) => text)).toEqual(['hello', 'bye']);
  });

  it('acknowledges and tells a command that nobody knows', async () => {
    slack = await openHarness('http');
    const request = {
      url: url('/slack/events'),
      contentType: 'application/x-www-form-urlencoded',
      body: 'command=%2Felse&text=hello&team_id=T0SANDBOX&user_id=U104&channel_id=C0GENERAL&trigger_id=77.2',
    };
    expect(await slack.act('/forge', request)).toMatchObject({ status: 200 });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer?.text).toContain('I do not know this command.');
  });

  it.each([
    ['a shortcut', { type: 'shortcut', callback_id: 'x' }, 'I do not know this shortcut.'],
    [
      'a form',
      { type: 'view_submission', view: { id: 'V1', callback_id: 'x', type: 'modal' } },
      'I do not know this form.',
    ],
  ])('acknowledges and tells %s that nobody knows', async (_, payload, words) => {
    slack = await openHarness('http');
    const person = { user: { id: 'U104', team_id: 'T0SANDBOX' }, team: { id: 'T0SANDBOX' }, trigger_id: '77.3' };
    const request = {
      url: url('/slack/events'),
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ payload: JSON.stringify({ ...payload, ...person }) }).toString(),
    };
    expect(await slack.act('/forge', request)).toMatchObject({ status: 200 });
    const [answer] = await slack.answered('U104', 'DU104', 1);
    expect(answer?.text).toContain(words);
  });

  it.each(['null', ' null', '5', 'true', '"x"', '[]', '[{}]', ''])(
    'refuses a signed body that holds no object, and goes on (%j)',
    async (value) => {
      slack = await openHarness('http');
      const form = { contentType: 'application/x-www-form-urlencoded', body: `payload=${encodeURIComponent(value)}` };
      for (const request of [{ body: value }, form]) {
        const answer = await slack.act('/forge', { url: url('/slack/events'), ...request });
        expect(answer).toMatchObject({ status: 400 });
      }
      await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
      await slack.answered('U104', 'C0GENERAL', 1);
    },
  );

  it('refuses a body of more than 4 MB', async () => {
    slack = await openHarness('http');
    const body = JSON.stringify({ type: 'event_callback', text: 'x'.repeat(4 * 1024 * 1024) });
    expect(await slack.act('/forge', { url: url('/slack/events'), body })).toMatchObject({ status: 413 });
  });

  it.each([
    { event: null },
    { event: 5 },
    { event: {}, authorizations: null },
    { event: { type: 'message' }, authorizations: [null] },
    { type: 'event_callback', event: [] },
    { type: 'block_actions' },
    { type: 'block_actions', actions: null },
    { type: 'block_actions', actions: [null] },
    { type: 'block_actions', actions: [{ action_id: 'rolecall:confirm' }], user: null, team: null },
    { type: 'view_submission' },
    { type: 'view_submission', view: null },
    { type: 'shortcut', user: null },
    { command: null },
    { command: '/rolecall', team_id: null },
    { name: null, value: null },
    { type: 'url_verification' },
    { type: null },
  ])('survives signed payloads of the wrong shape (%j)', async (payload) => {
    slack = await openHarness('http');
    const form = {
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    };
    const send = (request: object) => slack?.act('/forge', { url: url('/slack/events'), ...request });
    await Promise.all([send(form), send({ body: JSON.stringify(payload) })]);
    expect(slack.conversation.said).toEqual([]);
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await slack.answered('U104', 'C0GENERAL', 1);
  });

  it('survives signed bodies that are not what they should be', async () => {
    slack = await openHarness('http');
    const { act } = slack;
    const bodies = ['{', '[]', '""', '{"type":"event_callback"}', 'payload=%7B', 'command=%2Frolecall', ''];
    const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
    const requests = bodies.flatMap((body) => types.map((contentType) => ({ body, contentType })));
    await Promise.all(requests.map((request) => act('/forge', { url: url('/slack/events'), ...request })));
    expect(slack.conversation.said).toEqual([]);
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await slack.answered('U104', 'C0GENERAL', 1);
  });

  it('says that it is alive, and ready until it stops', async () => {
    slack = await openHarness('http');
    expect((await fetch(url('/healthz'))).status).toBe(200);
    expect((await fetch(url('/readyz'))).status).toBe(200);
    expect(slack.app.ready()).toBe(true);
    await slack.app.stop();
    expect(slack.app.ready()).toBe(false);
  });

  it('says which port is taken', async () => {
    slack = await openHarness('http');
    const { botToken, signingSecret, apiUrl } = slack.sandbox;
    const port = slack.app.port() ?? 0;
    const second = await createSlackApp(optionsFor({ mode: 'http', botToken, signingSecret, apiUrl, port }));
    await expect(second.start()).rejects.toMatchObject({
      code: 'config-invalid',
      message: `Port ${port} on 127.0.0.1 cannot be opened: it is taken by another program; PORT names another.`,
    });
  });
});

describe('over Socket Mode', () => {
  it('is ready once connected, not while Slack renews the socket, and again after', async () => {
    slack = await openHarness();
    const { app, act, until, answered } = slack;
    expect(app.ready()).toBe(true);
    expect(app.port()).toBeNull();
    await act('/deliver', { disconnect: 'refresh_requested' });
    await until(() => !app.ready(), 'the socket closes');
    await until(() => app.ready(), 'the socket is open again');
    await act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await answered('U104', 'C0GENERAL', 1);
  });

  it('survives a frame without an inner event', async () => {
    slack = await openHarness();
    const { act, answered } = slack;
    // Nothing acknowledges such a frame, so that its delivery is not waited for.
    const lost = act('/deliver', {
      raw: { kind: 'events_api', type: 'app_rate_limited', payload: { type: 'app_rate_limited' } },
    });
    await act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await answered('U104', 'C0GENERAL', 1);
    lost.catch(() => undefined);
    expect(slack.log).toContainEqual(expect.objectContaining({ message: 'a frame from Slack could not be read' }));
  });

  it('finishes what it works on before it stops', async () => {
    slack = await openHarness();
    const { app, conversation, act, get, until, answers } = slack;
    const connections = async (): Promise<unknown> =>
      ((await get('/workspace')) as { app: { connections: number } }).app.connections;
    let finish = (): void => undefined;
    conversation.onSay = () =>
      new Promise((resolve) => {
        finish = () => resolve(suggestion('finished'));
      });
    await act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await until(() => conversation.said.length === 1, 'the work begins');
    let stopped = false;
    const stopping = app.stop().then(() => {
      stopped = true;
    });
    expect(app.ready()).toBe(false);
    await until(async () => (await connections()) === 0, 'the socket closes');
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect((await answers('U104', 'C0GENERAL'))[0]?.text).toContain('finished');
  });

  it('stops twice as well as once', async () => {
    slack = await openHarness();
    await slack.app.stop();
    await slack.app.stop();
    expect(slack.app.ready()).toBe(false);
  });
});

describe('credentials', () => {
  it('that Slack refuses are named, without their value', async () => {
    const sandbox = await startSlackSandbox({ manifestPath });
    try {
      const { apiUrl, appToken, botToken } = sandbox;
      const bot = createSlackApp(optionsFor({ mode: 'socket', botToken: 'xoxb-wrong', appToken, apiUrl }));
      await expect(bot).rejects.toMatchObject({
        code: 'config-invalid',
        message: 'Slack did not let us sign in with SLACK_BOT_TOKEN: invalid_auth.',
      });
      const app = await createSlackApp(optionsFor({ mode: 'socket', botToken, appToken: 'xapp-wrong', apiUrl }));
      await expect(app.start()).rejects.toMatchObject({
        code: 'config-invalid',
        message: 'Slack did not let us open a socket with SLACK_APP_TOKEN: invalid_auth.',
      });
      await app.stop();
    } finally {
      await sandbox.close();
    }
  });

  it('cannot be checked while Slack does not answer, and that is said', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}/api/`;
    const opening = createSlackApp(optionsFor({ mode: 'socket', botToken: 'xoxb-x', appToken: 'xapp-x', apiUrl }));
    await expect(opening).rejects.toMatchObject({
      code: 'chat-undeliverable',
      message: 'Slack could not be reached to sign in with SLACK_BOT_TOKEN.',
    });
  });
});
