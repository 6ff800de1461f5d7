import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, eventually, type Rig, startApp, startRig } from './harness.ts';

const CARD = [
  {
    type: 'section',
    block_id: 'head',
    text: { type: 'mrkdwn', text: 'Sure?' },
    accessory: { type: 'overflow', action_id: 'more', options: [option('a'), option('b')] },
  },
  {
    type: 'actions',
    block_id: 'row',
    elements: [
      { type: 'button', action_id: 'yes', text: plain('Yes'), value: 'request-1', style: 'primary' },
      { type: 'button', action_id: 'no', text: plain('No'), value: 'request-1' },
      { type: 'static_select', action_id: 'pick', placeholder: plain('Pick'), options: [option('a'), option('b')] },
      { type: 'users_select', action_id: 'who' },
    ],
  },
];

function plain(text: string) {
  return { type: 'plain_text', text };
}
function option(value: string) {
  return { text: plain(value.toUpperCase()), value };
}

let rig: Rig;
let stop: () => Promise<void>;
const clicks: Answer[] = [];
let reply: (body: Answer, respond: Answer) => Promise<unknown> = async () => undefined;
let answered: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  rig = await startRig();
  ({ stop } = await startApp(rig, (app) => {
    app.action(/.*/, async ({ ack, body, respond }) => {
      clicks.push(body);
      await ack();
      answered = reply(body, respond);
      await answered;
    });
  }));
});
afterAll(async () => {
  await stop();
  await rig.close();
});
beforeEach(() => {
  clicks.length = 0;
  reply = async () => undefined;
});

async function post(): Promise<string> {
  return (await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'Sure?', blocks: CARD })).ts;
}
async function postPrivately(user: string): Promise<string> {
  return (await rig.api('chat.postEphemeral', { channel: 'C0GENERAL', user, text: 'Sure?', blocks: CARD })).message_ts;
}
async function seenBy(user: string): Promise<Answer[]> {
  return (await rig.control(`GET /messages?channel=C0GENERAL&user=${user}`)).messages;
}

describe('clicks', () => {
  it('carry the real element, the message and a place to answer', async () => {
    const ts = await post();
    const result = await rig.control('POST /act/click', {
      user: 'U102',
      channel: 'C0GENERAL',
      ts,
      actionId: 'yes',
      value: 'request-1',
    });
    expect(result).toMatchObject({ ok: true });
    expect(clicks[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U102', username: 'bob.brown', team_id: rig.slack.teamId },
      api_app_id: rig.slack.appId,
      channel: { id: 'C0GENERAL', name: 'general' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0GENERAL', is_ephemeral: false },
      message: { ts, bot_id: 'B0ROLECALL' },
      actions: [{ type: 'button', action_id: 'yes', block_id: 'row', value: 'request-1', text: plain('Yes') }],
    });
    expect(clicks[0].response_url).toContain(rig.slack.apiUrl.replace('/api/', ''));
    expect(clicks[0].trigger_id).toMatch(/^\d+\.\w+\.\w+$/);
  });

  it('on an element that is not there are refused, unless forged on purpose', async () => {
    const ts = await post();
    const wrong = { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'yes', value: 'request-2' };
    expect(await rig.control('POST /act/click', wrong)).toMatchObject({ ok: false, error: 'element_not_found' });
    expect(await rig.control('POST /act/click', { ...wrong, force: true })).toMatchObject({ ok: true });
    expect(clicks[0].actions[0]).toMatchObject({ action_id: 'yes', value: 'request-2' });
  });

  it.each([
    [{ actionId: 'pick', selected: 'b' }, { selected_option: option('b') }],
    [{ actionId: 'who', selected: 'U101' }, { selected_user: 'U101' }],
    [{ actionId: 'more', selected: 'a' }, { selected_option: option('a') }],
  ])('on a menu carry what was chosen: %o', async (choice, action) => {
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U102', channel: 'C0GENERAL', ts, ...choice });
    expect(clicks[0].actions[0]).toMatchObject(action);
  });

  it('cannot choose what a menu does not offer', async () => {
    const ts = await post();
    const choice = { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'pick', selected: 'z' };
    expect(await rig.control('POST /act/click', choice)).toMatchObject({ ok: false, error: 'option_not_found' });
  });

  it('in an ephemeral message carry no message, and belong to its reader alone', async () => {
    const ts = await postPrivately('U102');
    const click = { channel: 'C0GENERAL', ts, actionId: 'yes' };
    expect(await rig.control('POST /act/click', { ...click, user: 'U103' })).toMatchObject({
      error: 'message_not_found',
    });
    await rig.control('POST /act/click', { ...click, user: 'U102' });
    expect(clicks[0].container).toMatchObject({ is_ephemeral: true, message_ts: ts });
    expect(clicks[0].message).toBeUndefined();
  });

  it('of strangers in a shared channel name their own team', async () => {
    const { ts } = await rig.api('chat.postMessage', { channel: 'C0SHARED', text: 'x', blocks: CARD });
    await rig.control('POST /act/click', { user: 'USTRANGER', channel: 'C0SHARED', ts, actionId: 'yes' });
    expect(clicks[0].user).toMatchObject({ id: 'USTRANGER', team_id: 'T0PARTNER' });
  });
});

describe('answers to a click', () => {
  it('replace an ephemeral message that the Web API cannot change', async () => {
    reply = (_body, respond) => respond({ replace_original: true, text: 'Done' });
    const ts = await postPrivately('U105');
    await rig.control('POST /act/click', { user: 'U105', channel: 'C0GENERAL', ts, actionId: 'yes' });
    await answered;
    expect(await seenBy('U105')).toContainEqual(
      expect.objectContaining({ ts, text: 'Done', ephemeral: true, blocks: [] }),
    );
    expect(await rig.api('chat.update', { channel: 'C0GENERAL', ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('delete the message that was clicked', async () => {
    reply = (_body, respond) => respond({ delete_original: true });
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'no' });
    await answered;
    expect((await seenBy('U102')).some((message) => message.ts === ts)).toBe(false);
  });

  it('are new and private where nothing else is said, or for everybody', async () => {
    reply = async (_body, respond) => {
      await respond({ text: 'for you' });
      await respond({ text: 'for all', response_type: 'in_channel' });
    };
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U107', channel: 'C0GENERAL', ts, actionId: 'yes' });
    await answered;
    const texts = (await seenBy('U101')).map((message) => message.text);
    expect(texts).toContain('for all');
    expect(texts).not.toContain('for you');
    expect((await seenBy('U107')).map((message) => message.text)).toContain('for you');
  });

  it('work five times, then 404', async () => {
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'yes' });
    const statuses: number[] = [];
    for (let use = 0; use < 6; use++)
      statuses.push((await answer(clicks[0].response_url, { text: `answer ${use}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('stop working after thirty minutes, which Bolt tells as an error', async () => {
    let failure: unknown = null;
    reply = async (_body, respond) => {
      await rig.control('POST /clock', { advanceMs: 30 * 60_000 + 1 });
      await respond('too late').catch((error: unknown) => {
        failure = error;
      });
    };
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'yes' });
    await answered;
    expect(failure).toMatchObject({ code: 'slack_bolt_respond_error', statusCode: 404 });
  });

  it('are held to the block rules', async () => {
    const ts = await post();
    await rig.control('POST /act/click', { user: 'U102', channel: 'C0GENERAL', ts, actionId: 'yes' });
    const response = await answer(clicks[0].response_url, { blocks: [{ type: 'nonsense' }] });
    expect([response.status, await response.json()]).toEqual([400, { ok: false, error: 'invalid_blocks' }]);
  });
});

function answer(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}

describe('shortcuts', () => {
  it('of the manifest reach the app, global and on a message', async () => {
    const rig2 = await startRig();
    const got: Answer[] = [];
    const { stop: stop2 } = await startApp(rig2, (app) => {
      app.shortcut(/.*/, async ({ ack, body }) => {
        got.push(body);
        await ack();
      });
    });
    const { ts } = await rig2.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x' });
    expect(await rig2.control('POST /act/shortcut', { user: 'U101', callbackId: 'start' })).toMatchObject({ ok: true });
    expect(
      await rig2.control('POST /act/shortcut', { user: 'U101', callbackId: 'explain', channel: 'C0GENERAL', ts }),
    ).toMatchObject({ ok: true });
    expect(await rig2.control('POST /act/shortcut', { user: 'U101', callbackId: 'other' })).toMatchObject({
      error: 'unknown_shortcut',
    });
    await eventually(() => got[1]);
    expect(got).toMatchObject([{ type: 'shortcut' }, { type: 'message_action', message: { ts } }]);
    await stop2();
    await rig2.close();
  });
});
