import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, eventually, type Rig, startApp, startRig } from './harness.ts';

let rig: Rig;
let stop: () => Promise<void>;
const mentions: Answer[] = [];
const messages: Answer[] = [];

beforeAll(async () => {
  rig = await startRig();
  ({ stop } = await startApp(rig, (app) => {
    app.event('app_mention', async ({ body }) => void mentions.push(body));
    app.message(async ({ body }) => void messages.push(body));
  }));
});
afterAll(async () => {
  await stop();
  await rig.close();
});
beforeEach(() => {
  mentions.length = 0;
  messages.length = 0;
});

describe('messages of people', () => {
  it('with a mention reach the app as app_mention, once', async () => {
    const { ts, deliveries } = await rig.control('POST /act/message', {
      user: 'U101',
      channel: 'C0GENERAL',
      text: '@fixture hello @dave.diaz',
    });
    expect(deliveries).toHaveLength(1);
    expect(await eventually(() => mentions[0])).toMatchObject({
      type: 'event_callback',
      team_id: rig.slack.teamId,
      is_ext_shared_channel: false,
      event: { type: 'app_mention', user: 'U101', text: '<@U0ROLECALL> hello <@U104>', ts, channel: 'C0GENERAL' },
    });
    expect((await eventually(() => mentions[0])).event.blocks[0].elements[0].elements).toEqual([
      { type: 'user', user_id: 'U0ROLECALL' },
      { type: 'text', text: ' hello ' },
      { type: 'user', user_id: 'U104' },
    ]);
  });

  it('without a mention are not delivered where message.channels is not subscribed', async () => {
    const result = await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: 'hello all' });
    expect(result).toMatchObject({ ok: true, delivery: null, deliveries: [] });
  });

  it('sent directly to the app come as message.im, without a mention event', async () => {
    await rig.control('POST /act/message', { user: 'U101', channel: 'DU101', text: '@fixture hi' });
    expect((await eventually(() => messages[0])).event).toMatchObject({
      type: 'message',
      channel_type: 'im',
      channel: 'DU101',
      user: 'U101',
    });
    expect(mentions).toHaveLength(0);
  });

  it('carry addresses as links', async () => {
    await rig.control('POST /act/message', {
      user: 'U101',
      channel: 'DU101',
      text: 'bob.brown@cobaltlane.example & <b>',
    });
    expect((await eventually(() => messages[0])).event.text).toBe(
      '<mailto:bob.brown@cobaltlane.example|bob.brown@cobaltlane.example> &amp; &lt;b&gt;',
    );
  });

  it('stay in their thread', async () => {
    const parent = await rig.control('POST /act/message', { user: 'U101', channel: 'DU101', text: 'first' });
    await rig.control('POST /act/message', { user: 'U101', channel: 'DU101', text: 'second', threadTs: parent.ts });
    expect((await eventually(() => messages[1])).event).toMatchObject({ thread_ts: parent.ts, parent_user_id: 'U101' });
    expect(
      await rig.control('POST /act/message', { user: 'U101', channel: 'DU101', text: 'x', threadTs: '1.1' }),
    ).toMatchObject({ error: 'thread_not_found' });
  });

  it('that are edited fire the mention once more with a fresh event id and the edit marked', async () => {
    const { ts } = await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: '@fixture one' });
    await rig.control('POST /act/edit', { user: 'U101', channel: 'C0GENERAL', ts, text: '@fixture two' });
    await eventually(() => mentions[1]);
    expect(mentions).toHaveLength(2);
    expect((await eventually(() => mentions[1])).event_id).not.toBe(mentions[0].event_id);
    expect((await eventually(() => mentions[1])).event).toMatchObject({
      ts,
      text: '<@U0ROLECALL> two',
      edited: { user: 'U101' },
    });
    expect((await eventually(() => mentions[0])).event.edited).toBeUndefined();
  });

  it('edited or deleted in a direct message come as message_changed and message_deleted', async () => {
    const { ts } = await rig.control('POST /act/message', { user: 'U101', channel: 'DU101', text: 'one' });
    await rig.control('POST /act/edit', { user: 'U101', channel: 'DU101', ts, text: 'two' });
    await rig.control('POST /act/delete', { user: 'U101', channel: 'DU101', ts });
    await eventually(() => messages[2]);
    expect(messages.map(({ event }) => event.subtype)).toEqual([undefined, 'message_changed', 'message_deleted']);
    expect((await eventually(() => messages[1])).event).toMatchObject({
      message: { text: 'two' },
      previous_message: { text: 'one' },
    });
    expect((await eventually(() => messages[2])).event.deleted_ts).toBe(ts);
  });

  it('can be edited by their author only', async () => {
    const { ts } = await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: 'mine' });
    expect(
      await rig.control('POST /act/edit', { user: 'U102', channel: 'C0GENERAL', ts, text: 'yours' }),
    ).toMatchObject({ error: 'not_your_message' });
  });

  it('of other bots carry a bot_id', async () => {
    await rig.control('POST /act/message', { user: 'UDEPLOYBOT', channel: 'C0GENERAL', text: '@fixture deployed' });
    expect((await eventually(() => mentions[0])).event).toMatchObject({
      user: 'UDEPLOYBOT',
      bot_id: 'BDEPLOYBOT',
      bot_profile: { name: 'Deploy Bot' },
    });
  });

  it('of another company say so, and the channel is marked as shared', async () => {
    await rig.control('POST /act/message', { user: 'USTRANGER', channel: 'C0SHARED', text: '@fixture hi' });
    expect(await eventually(() => mentions[0])).toMatchObject({
      is_ext_shared_channel: true,
      event: { user_team: 'T0PARTNER', source_team: 'T0PARTNER' },
    });
  });

  it('need their writer in the channel, and the bot for a mention', async () => {
    expect(
      await rig.control('POST /act/message', { user: 'USTRANGER', channel: 'C0GENERAL', text: 'x' }),
    ).toMatchObject({ error: 'not_in_channel' });
    await rig.control('PATCH /channels/C0GENERAL', { leave: ['U0ROLECALL'] });
    await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: '@fixture hi' });
    await rig.control('PATCH /channels/C0GENERAL', { join: ['U0ROLECALL'] });
    expect(mentions).toHaveLength(0);
  });
});

describe('deliveries', () => {
  it('can be repeated: the same event comes twice, the second marked as a retry', async () => {
    await rig.control('POST /deliver', { duplicateNext: 1 });
    await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: '@fixture twice' });
    await eventually(() => mentions[1]);
    expect((await eventually(() => mentions[0])).event_id).toBe(mentions[1].event_id);
    await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: '@fixture once' });
    await eventually(() => mentions[2]);
    expect(mentions).toHaveLength(3);
  });

  it('of any content can be made, such as those of another workspace', async () => {
    const event = { type: 'app_mention', user: 'U1', text: 'hi', ts: '1.1', channel: 'C1' };
    await rig.control('POST /deliver', {
      raw: { payload: { type: 'event_callback', team_id: 'T0OTHER', event_id: 'Ev1', event } },
    });
    await eventually(() => mentions[0]);
    expect(mentions[0].team_id).toBe('T0OTHER');
  });
});
