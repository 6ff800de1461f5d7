import type { SlashCommand } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type Rig, startApp, startRig } from './harness.ts';

let rig: Rig;
let stop: () => Promise<void>;
const seen: SlashCommand[] = [];
let silent = false;

beforeAll(async () => {
  rig = await startRig();
  ({ stop } = await startApp(rig, (app) => {
    app.command(/.*/, async ({ command, ack, respond }) => {
      seen.push(command);
      if (silent) return;
      if (command.text === 'ack with words') return ack('in the ack');
      await ack();
      if (command.text === 'respond') {
        await respond({ text: 'one' });
        await respond({ text: 'two', replace_original: true });
      }
    });
  }));
});
afterAll(async () => {
  await stop();
  await rig.close();
});
beforeEach(() => {
  seen.length = 0;
  silent = false;
});

describe('slash commands', () => {
  it('reach a real Bolt app over Socket Mode and are acknowledged', async () => {
    const result = await rig.control('POST /act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    expect(result).toMatchObject({ ok: true, delivery: { ack: {} } });
    expect(seen[0]).toMatchObject({
      command: '/fixture',
      text: 'hello',
      user_id: 'U104',
      user_name: 'dave.diaz',
      channel_id: 'C0GENERAL',
      channel_name: 'general',
      team_id: rig.slack.teamId,
      api_app_id: rig.slack.appId,
      is_enterprise_install: 'false',
    });
  });

  it.each([
    ['/fixture', 'give @bob.brown Manager', 'give <@U102|bob.brown> Manager'],
    ['/fixture', 'give <@U102> Manager', 'give <@U102|bob.brown> Manager'],
    ['/fixture', 'ask @bob.brown.', 'ask <@U102|bob.brown>.'],
    ['/fixture', 'in #general', 'in <#C0GENERAL|general>'],
    ['/fixture', '@nobody there', '@nobody there'],
    ['/fixture', 'a < b & c', 'a &lt; b &amp; c'],
    ['/fixture', 'see https://example.com/a?b=1', 'see <https://example.com/a?b=1>'],
    ['/fixture', 'bob.brown@cobaltlane.example', '<mailto:bob.brown@cobaltlane.example|bob.brown@cobaltlane.example>'],
    ['/plain', 'give <@U102> Manager', 'give @bob.brown Manager'],
    ['/plain', 'give @bob.brown Manager', 'give @bob.brown Manager'],
  ])('%s typed "%s" arrives as "%s"', async (command, typed, text) => {
    await rig.control('POST /act/command', { user: 'U104', channel: 'C0GENERAL', command, text: typed });
    expect(seen[0]?.text).toBe(text);
  });

  it('that the manifest does not register never reach the app', async () => {
    const result = await rig.control('POST /act/command', {
      user: 'U104',
      channel: 'C0GENERAL',
      command: '/other',
      text: '',
    });
    expect(result).toMatchObject({ ok: false, error: 'unknown_command', delivery: null });
    expect(seen).toHaveLength(0);
  });

  it('do not work in threads, nor for members of another workspace', async () => {
    const threaded = { user: 'U104', channel: 'C0GENERAL', text: '', threadTs: '1.0' };
    expect(await rig.control('POST /act/command', threaded)).toMatchObject({ ok: false, error: 'not_in_threads' });
    const stranger = { user: 'USTRANGER', channel: 'C0SHARED', text: '' };
    expect(await rig.control('POST /act/command', stranger)).toMatchObject({ ok: false, error: 'unknown_command' });
    const forced = await rig.control('POST /act/command', { ...stranger, force: true });
    expect(forced.ok).toBe(true);
    expect(seen[0]?.team_id).toBe('T0PARTNER');
  });

  it('show an acknowledgement with words to the asker alone', async () => {
    await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'ack with words' });
    const mine = await rig.control('GET /messages?channel=C0GENERAL&user=U101');
    expect(mine.messages.at(-1)).toMatchObject({ text: 'in the ack', ephemeral: true });
    const others = await rig.control('GET /messages?channel=C0GENERAL&user=U102');
    expect(others.messages).toHaveLength(0);
  });

  it('have nothing to replace: a second answer is a second message', async () => {
    await rig.control('POST /act/command', { user: 'U103', channel: 'C0GENERAL', text: 'respond' });
    const texts = await eventually(async () => {
      const { messages } = await rig.control('GET /messages?channel=C0GENERAL&user=U103');
      return messages.length >= 2 ? messages.map((message: { text: string }) => message.text) : undefined;
    });
    expect(texts).toEqual(['one', 'two']);
  });

  it('show that the app did not respond when three seconds pass without an acknowledgement', async () => {
    silent = true;
    const pending = rig.control('POST /act/command', { user: 'U104', channel: 'C0GENERAL', text: 'x' });
    await eventually(() => seen[0]);
    await rig.control('POST /clock', { advanceMs: 3001 });
    expect(await pending).toMatchObject({
      ok: false,
      error: 'dispatch_failed',
      shown: '/fixture failed because the app did not respond',
      delivery: { ackedWithinMs: null },
    });
    const { deliveries } = await rig.control('GET /deliveries?kind=slash_commands');
    expect(deliveries.at(-1).attempts).toHaveLength(1);
  });
});
