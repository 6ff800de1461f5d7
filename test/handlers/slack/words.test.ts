import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness, suggestion } from './harness.ts';

let slack: Harness;
beforeEach(async () => {
  slack = await openHarness();
});
afterEach(() => slack.close());

const BOT = '<@U0ROLECALL>';

describe('/rolecall', () => {
  it('is answered to the asker alone, where it was typed', async () => {
    const act = await slack.act('/act/command', {
      user: 'U104',
      channel: 'C0GENERAL',
      text: 'does alice have Meetings?',
    });
    expect(act).toMatchObject({ ok: true });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer?.text).toContain('heard does alice have Meetings?');
    expect(await slack.answers('U101', 'C0GENERAL')).toEqual([]);
  });

  it('names the actor by workspace and id, with what Slack says about them', async () => {
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'my roles' });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(slack.conversation.said).toEqual([
      {
        actor: {
          platform: 'slack',
          workspace: 'T0SANDBOX',
          member: 'U104',
          standing: {
            home: true,
            deleted: false,
            bot: false,
            guest: false,
            stranger: false,
            emailConfirmed: true,
            displayName: expect.any(String),
          },
        },
        text: 'my roles',
        thread: 'slack:T0SANDBOX:C0GENERAL:main:U104',
      },
    ]);
  });

  it('without words asks for help', async () => {
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: '' });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(slack.conversation.said[0]?.text).toBe('help');
  });

  it('hands members on by id, as Slack escapes them', async () => {
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'what can <@U101> do' });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(slack.conversation.said[0]?.text).toMatch(/^what can <@U101(\|[^>]*)?> do$/);
  });

  it.each([
    ['fails', { kind: 'status', status: 500 }],
    ['drops the connection', { kind: 'drop' }],
    ['is used up', { kind: 'error', error: 'used_url' }],
  ])('is answered by another private way when the response address %s', async (_, fault) => {
    await slack.act('/faults', { method: 'response_url', times: 1, fault });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(await slack.answers('U101', 'C0GENERAL')).toEqual([]);
  });

  it('is answered in the direct conversation when nothing works in the channel', async () => {
    await slack.act('/faults', { method: 'response_url', times: 1, fault: { kind: 'status', status: 500 } });
    await slack.act('/faults', {
      method: 'chat.postEphemeral',
      times: 1,
      fault: { kind: 'error', error: 'user_not_in_channel' },
    });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    const [answer] = await slack.answered('U104', 'DU104', 1);
    expect(answer?.text).toContain('heard hello');
  });

  it('is answered in simpler blocks when Slack refuses the others', async () => {
    await slack.act('/faults', { method: 'response_url', times: 1, fault: { kind: 'error', error: 'invalid_blocks' } });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.blocks.map((block) => block.type)).toEqual(['section', 'context']);
    expect(JSON.stringify(answer?.blocks)).toContain('heard hello');
  });

  it.each([
    ['mentions and markup', '<!channel> *x* <https://evil.example|click>'],
    ['control characters', 'does \u0007\u202Ealice\u0000 have it'],
    ['ten thousand characters', 'give bob Manager '.repeat(600)],
  ])('answers %s without repeating what it could do', async (_, text) => {
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.text).toContain('heard');
    expect(answer?.text).not.toMatch(/<|>/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is checked
    expect(JSON.stringify(answer?.blocks)).not.toMatch(/[\u0000-\u001f\u202e]|\\u00|mrkdwn/);
  });

  it('tells a reference when something breaks, and stays up', async () => {
    slack.conversation.onSay = () => {
      throw new Error('broken inside');
    };
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.text).toContain('something went wrong inside Rolecall');
    expect(answer?.text).toContain('ref R1');
    expect(answer?.text).not.toContain('broken inside');
    expect(slack.log).toContainEqual(expect.objectContaining({ data: expect.objectContaining({ reference: 'R1' }) }));
    slack.conversation.onSay = () => suggestion('still here');
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await slack.answered('U104', 'C0GENERAL', 2);
  });

  it('never writes tokens or response addresses to the log', async () => {
    await slack.act('/faults', { method: 'response_url', times: 1, fault: { kind: 'drop' } });
    await slack.act('/faults', { method: 'users.info', times: 5, fault: { kind: 'drop' } });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await slack.answered('U104', 'C0GENERAL', 1);
    const written = JSON.stringify(slack.log);
    expect(slack.log.length).toBeGreaterThan(0);
    expect(written).not.toContain(slack.sandbox.botToken);
    expect(written).not.toContain(slack.sandbox.appToken);
    expect(written).not.toMatch(/\/commands\/|wss?:\/\//);
  });

  it('rests on nothing when Slack does not say who somebody is', async () => {
    await slack.act('/faults', { method: 'users.info', times: 9, fault: { kind: 'error', error: 'user_not_found' } });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(slack.conversation.said[0]?.actor).toMatchObject({ standing: null });
  });
});

describe('a mention', () => {
  it('is answered to the asker alone, in the thread where it was made', async () => {
    const root = await slack.act('/act/message', { user: 'U101', channel: 'C0GENERAL', text: 'morning' });
    await slack.act('/act/message', {
      user: 'U104',
      channel: 'C0GENERAL',
      text: `${BOT} who has Manager`,
      threadTs: root.ts,
    });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer).toMatchObject({ ephemeral: true, thread_ts: root.ts });
    expect(slack.conversation.said[0]).toMatchObject({
      text: 'who has Manager',
      thread: `slack:T0SANDBOX:C0GENERAL:${root.ts}:U104`,
    });
    expect(await slack.answers('U101', 'C0GENERAL')).toEqual([]);
  });

  it('outside a thread is answered in the channel', async () => {
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `hey ${BOT}, help` });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer).toMatchObject({ ephemeral: true, thread_ts: null });
    expect(slack.conversation.said[0]?.text).toBe('hey  , help');
  });

  it('is not heard again when the message is edited', async () => {
    const { ts } = await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} hello` });
    await slack.answered('U104', 'C0GENERAL', 1);
    await slack.act('/act/edit', { user: 'U104', channel: 'C0GENERAL', ts, text: `${BOT} give bob Super Admin` });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} bye` });
    await slack.answered('U104', 'C0GENERAL', 2);
    expect(slack.conversation.said.map(({ text }) => text)).toEqual(['hello', 'bye']);
  });

  it('is heard once when Slack delivers it twice', async () => {
    await slack.act('/deliver', { duplicateNext: 1 });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} hello` });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} bye` });
    await slack.answered('U104', 'C0GENERAL', 2);
    expect(slack.conversation.said.map(({ text }) => text).sort()).toEqual(['bye', 'hello']);
  });

  it('by another app is not heard', async () => {
    await slack.act('/act/message', {
      user: 'UDEPLOYBOT',
      channel: 'C0GENERAL',
      text: `${BOT} give me Manager`,
      force: true,
    });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} bye` });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(slack.conversation.said.map(({ text }) => text)).toEqual(['bye']);
  });

  it('by somebody of another workspace keeps them apart from our members', async () => {
    await slack.act('/act/message', { user: 'USTRANGER', channel: 'C0SHARED', text: `${BOT} who has Manager` });
    await slack.until(() => slack.conversation.said.length === 1, 'the stranger is heard');
    expect(slack.conversation.said[0]?.actor).toMatchObject({
      workspace: 'T0PARTNER',
      member: 'USTRANGER',
      standing: { home: false, stranger: true },
    });
  });

  it('by a guest is told as such', async () => {
    const { channels } = (await slack.get('/workspace')) as { channels: { id: string; members: string[] }[] };
    const channel =
      channels.find(({ id, members }) => id.startsWith('C') && members.includes('UGUEST'))?.id ?? 'DUGUEST';
    await slack.act('/act/message', { user: 'UGUEST', channel, text: `${BOT} my roles` });
    await slack.until(() => slack.conversation.said.length === 1, 'the guest is heard');
    expect(slack.conversation.said[0]?.actor).toMatchObject({ standing: { guest: true } });
  });

  it('is answered in the direct conversation when the channel takes no private message', async () => {
    await slack.act('/faults', {
      method: 'chat.postEphemeral',
      times: 1,
      fault: { kind: 'error', error: 'channel_not_found' },
    });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} hello` });
    const [answer] = await slack.answered('U104', 'DU104', 1);
    expect(answer?.text).toContain('heard hello');
  });

  it('waits as long as Slack asks when it limits us, and then answers', async () => {
    await slack.act('/faults', {
      method: 'chat.postEphemeral',
      times: 1,
      fault: { kind: 'ratelimited', retryAfter: 1 },
    });
    await slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} hello` });
    await slack.answered('U104', 'C0GENERAL', 1);
    expect(await slack.answers('U104', 'DU104')).toEqual([]);
  });
});

describe('a direct message', () => {
  it('is answered in the conversation', async () => {
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'my roles' });
    const [answer] = await slack.answered('U104', 'DU104', 1);
    expect(answer).toMatchObject({ ephemeral: false, thread_ts: null });
    expect(slack.conversation.said[0]).toMatchObject({ thread: 'slack:T0SANDBOX:DU104:main:U104' });
  });

  it('in a thread is answered there and remembered apart', async () => {
    const root = await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'my roles' });
    await slack.answered('U104', 'DU104', 1);
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'and Meetings?', threadTs: root.ts });
    const [, answer] = await slack.answered('U104', 'DU104', 2);
    expect(answer).toMatchObject({ thread_ts: root.ts });
    expect(slack.conversation.said[1]).toMatchObject({ thread: `slack:T0SANDBOX:DU104:${root.ts}:U104` });
  });

  it('is not heard again when it is edited or deleted', async () => {
    const { ts } = await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'hello' });
    await slack.answered('U104', 'DU104', 1);
    await slack.act('/act/edit', { user: 'U104', channel: 'DU104', ts, text: 'give bob Super Admin' });
    await slack.act('/act/delete', { user: 'U104', channel: 'DU104', ts });
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'bye' });
    await slack.answered('U104', 'DU104', 2);
    expect(slack.conversation.said.map(({ text }) => text)).toEqual(['hello', 'bye']);
  });

  it('that mentions the assistant is heard once', async () => {
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: `${BOT} hello` });
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'bye' });
    await slack.answered('U104', 'DU104', 2);
    expect(slack.conversation.said.map(({ text }) => text).sort()).toEqual(['bye', 'hello']);
  });
});

describe('an event for another workspace', () => {
  it('is dropped', async () => {
    const event = { type: 'message', channel_type: 'im', channel: 'DU104', user: 'U104', text: 'hi', ts: '1.1' };
    const payload = { type: 'event_callback', event_id: 'Ev1', team_id: 'T0OTHER', event };
    await slack.act('/deliver', { raw: { kind: 'events_api', type: 'message', payload } });
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'bye' });
    await slack.answered('U104', 'DU104', 1);
    expect(slack.conversation.said.map(({ text }) => text)).toEqual(['bye']);
  });
});

describe('somebody who waits', () => {
  it('is told that it goes on, before the answer', async () => {
    const impatient = await openHarness('socket', 20);
    try {
      let finish = (): void => undefined;
      impatient.conversation.onSay = () =>
        new Promise((resolve) => {
          finish = () => resolve(suggestion('at last'));
        });
      await impatient.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'hello' });
      const [waiting] = await impatient.answered('U104', 'C0GENERAL', 1);
      expect(waiting?.text).toContain('Still working on it.');
      finish();
      const [, answer] = await impatient.answered('U104', 'C0GENERAL', 2);
      expect(answer?.text).toContain('at last');
    } finally {
      await impatient.close();
    }
  });
});
