import { LogLevel, webApi } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Rig, startRig } from './harness.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.control('POST /reset');
});

// The SDK logs what Slack finds wrong with blocks; here that is what is asked for.
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

const bare = (method: string, init: RequestInit) => fetch(`${rig.slack.apiUrl}${method}`, { method: 'POST', ...init });

describe('tokens and scopes', () => {
  it.each([
    ['no token', {}, 'not_authed'],
    ['a wrong token', { authorization: 'Bearer xoxb-wrong' }, 'invalid_auth'],
  ])('%s is refused', async (_what, headers, error) => {
    expect(await (await bare('auth.test', { headers })).json()).toEqual({ ok: false, error });
  });

  it('a token may come as a field instead of a header', async () => {
    const response = await bare('auth.test', { body: new URLSearchParams({ token: rig.slack.botToken }) });
    expect(await response.json()).toMatchObject({
      ok: true,
      user_id: rig.slack.botUserId,
      bot_id: 'B0ROLECALL',
      team_id: rig.slack.teamId,
    });
  });

  it('the app token opens connections and nothing else', async () => {
    expect(await rig.api('auth.test', {}, rig.slack.appToken)).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await rig.api('apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await rig.api('apps.connections.open', {}, rig.slack.appToken)).toMatchObject({
      ok: true,
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:/),
    });
  });

  it('a method outside the manifest is refused with what is needed and provided', async () => {
    expect(await rig.api('team.info')).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'team:read',
      provided: expect.stringContaining('chat:write'),
    });
  });

  it('scopes taken from the token count at once', async () => {
    await rig.control('PATCH /app', { scopes: ['users:read'] });
    expect(await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'users:read',
    });
    const { user } = await rig.api('users.info', { user: 'U104' });
    expect(user.profile.email).toBeUndefined();
  });

  it('an app that was removed has no token any more', async () => {
    await rig.control('PATCH /app', { installed: false });
    expect(await rig.api('auth.test')).toMatchObject({ error: 'account_inactive' });
  });

  it('unknown methods answer unknown_method with 200', async () => {
    expect(await rig.api('chat.nonsense')).toMatchObject({ status: 200, ok: false, error: 'unknown_method' });
  });
});

describe('members', () => {
  it.each([
    [
      'U104',
      {
        team_id: 'T0SANDBOX',
        name: 'dave.diaz',
        is_bot: false,
        is_restricted: false,
        is_stranger: false,
        is_email_confirmed: true,
        deleted: false,
      },
    ],
    ['UGUEST', { is_restricted: true, is_ultra_restricted: false }],
    ['USTRANGER', { is_stranger: true, team_id: 'T0PARTNER' }],
    ['UDEPLOYBOT', { is_bot: true, profile: { bot_id: 'BDEPLOYBOT' } }],
    [
      'UIMPOSTER',
      { is_email_confirmed: false, is_restricted: false, profile: { email: 'dave.diaz@cobaltlane.example' } },
    ],
    ['U0ROLECALL', { is_bot: true, name: 'fixture', profile: { api_app_id: 'A0ROLECALL' } }],
  ])('%s has the flags of its kind', async (id, flags) => {
    expect((await rig.api('users.info', { user: id })).user).toMatchObject(flags);
  });

  it('only people marked for Slack are members', async () => {
    expect(await rig.api('users.info', { user: 'U111' })).toMatchObject({ error: 'user_not_found' });
  });

  it('are found by e-mail: the one whose address it is, never a stranger', async () => {
    expect((await rig.api('users.lookupByEmail', { email: 'Dave.Diaz@cobaltlane.example' })).user.id).toBe('U104');
    expect(await rig.api('users.lookupByEmail', { email: 'nobody@cobaltlane.example' })).toMatchObject({
      error: 'users_not_found',
    });
  });

  it('are listed in pages', async () => {
    const ids: string[] = [];
    let cursor = '';
    do {
      const answer = await rig.api('users.list', { limit: 5, ...(cursor === '' ? {} : { cursor }) });
      ids.push(...answer.members.map((member: { id: string }) => member.id));
      cursor = answer.response_metadata.next_cursor;
    } while (cursor !== '');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('UGUEST');
    expect(ids).not.toContain('USTRANGER');
  });

  it('changed by an admin are seen changed', async () => {
    await rig.control('PATCH /members/U101', { deleted: true });
    expect((await rig.api('users.info', { user: 'U101' })).user.deleted).toBe(true);
    expect(await rig.control('PATCH /members/U101', { nonsense: 1 })).toMatchObject({
      ok: false,
      fields: ['nonsense'],
    });
  });
});

describe('conversations', () => {
  it('direct messages open by member, not with bots', async () => {
    expect(await rig.api('conversations.open', { users: 'U104' })).toMatchObject({
      ok: true,
      channel: { id: 'DU104' },
    });
    expect(await rig.api('conversations.open', { users: 'UDEPLOYBOT' })).toMatchObject({ error: 'cannot_dm_bot' });
    expect(await rig.api('conversations.open', { users: 'U999' })).toMatchObject({ error: 'user_not_found' });
  });

  it('tell whether they are shared with another company', async () => {
    expect((await rig.api('conversations.info', { channel: 'C0SHARED' })).channel).toMatchObject({
      is_ext_shared: true,
      is_member: true,
    });
    expect((await rig.api('conversations.info', { channel: 'C0GENERAL' })).channel).toMatchObject({
      is_ext_shared: false,
      is_general: true,
    });
  });

  it('of a kind that the token may not read are refused by scope', async () => {
    expect(await rig.api('conversations.info', { channel: 'C0APPROVALS' })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    });
  });

  it('list their members', async () => {
    expect((await rig.api('conversations.members', { channel: 'C0SHARED' })).members).toContain('USTRANGER');
  });
});

describe('posting', () => {
  it('needs the bot in the channel', async () => {
    await rig.control('PATCH /channels/C0GENERAL', { leave: ['U0ROLECALL'] });
    expect(await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'not_in_channel',
    });
    await rig.control('PATCH /channels/C0APPROVALS', { leave: ['U0ROLECALL'] });
    expect(await rig.api('chat.postMessage', { channel: 'C0APPROVALS', text: 'x' })).toMatchObject({
      error: 'channel_not_found',
    });
  });

  it('reaches a member by their id, as a direct message', async () => {
    expect(await rig.api('chat.postMessage', { channel: 'U104', text: 'x' })).toMatchObject({
      ok: true,
      channel: 'DU104',
    });
  });

  it.each([
    ['nothing to say', {}, 'no_text'],
    ['an unknown channel', { channel: 'C999', text: 'x' }, 'channel_not_found'],
    ['an unknown thread', { text: 'x', thread_ts: '1.1' }, 'thread_not_found'],
    ['blocks that are no list', { text: 'x', blocks: '{' }, 'invalid_blocks_format'],
  ])('with %s is refused', async (_what, args, error) => {
    expect(await rig.api('chat.postMessage', { channel: 'C0GENERAL', ...args })).toMatchObject({ ok: false, error });
  });

  it('without a text is done, and warned about', async () => {
    const blocks = [{ type: 'divider' }];
    expect(await rig.api('chat.postMessage', { channel: 'C0GENERAL', blocks })).toMatchObject({
      ok: true,
      warning: 'missing_text_in_message',
    });
  });

  it('privately needs the reader in the channel', async () => {
    expect(await rig.api('chat.postEphemeral', { channel: 'C0APPROVALS', user: 'UGUEST', text: 'x' })).toMatchObject({
      error: 'user_not_in_channel',
    });
    const { message_ts } = await rig.api('chat.postEphemeral', { channel: 'C0GENERAL', user: 'UGUEST', text: 'psst' });
    const seen = async (user: string) =>
      (await rig.control(`GET /messages?channel=C0GENERAL&user=${user}`)).messages.length;
    expect([await seen('UGUEST'), await seen('U104')]).toEqual([1, 0]);
    expect(await rig.api('chat.delete', { channel: 'C0GENERAL', ts: message_ts })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('can be changed: absent blocks stay, an empty list takes them away', async () => {
    const blocks = [{ type: 'divider' }];
    const { ts } = await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'one', blocks });
    const message = async () => (await rig.control('GET /messages?channel=C0GENERAL')).messages[0];
    await rig.api('chat.update', { channel: 'C0GENERAL', ts, text: 'two' });
    expect(await message()).toMatchObject({ text: 'two', blocks: [{ type: 'divider' }] });
    await rig.api('chat.update', { channel: 'C0GENERAL', ts, text: 'three', blocks: [] });
    expect(await message()).toMatchObject({ text: 'three', blocks: [] });
  });

  it('of others cannot be changed or deleted', async () => {
    const { ts } = await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: 'mine' });
    expect(await rig.api('chat.update', { channel: 'C0GENERAL', ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await rig.api('chat.delete', { channel: 'C0GENERAL', ts })).toMatchObject({ error: 'cant_delete_message' });
  });

  it('has an address', async () => {
    const { ts } = await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x' });
    const { permalink } = await rig.api('chat.getPermalink', { channel: 'C0GENERAL', message_ts: ts });
    expect(permalink).toBe(`https://cobalt-lane-clinics.slack.example/archives/C0GENERAL/p${ts.replace('.', '')}`);
  });

  it('is understood from the SDK, blocks inside a form field', async () => {
    const client = new webApi.WebClient(rig.slack.botToken, {
      slackApiUrl: rig.slack.apiUrl,
      logger: silent,
      retryConfig: { retries: 0 },
    });
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'a & b' } }];
    const posted = await client.chat.postMessage({ channel: 'C0GENERAL', text: 'a', blocks });
    expect(posted.message?.blocks).toMatchObject(blocks);
    expect(posted.response_metadata?.scopes).toContain('chat:write');
    await expect(
      client.chat.postMessage({
        channel: 'C0GENERAL',
        text: 'a',
        blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }],
      }),
    ).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: ['must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
        response_metadata: { messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'] },
      },
    });
  });
});

describe('the agent surface', () => {
  it('shows a status that goes away after two minutes, prompts and a title', async () => {
    const at = { channel_id: 'DU104', thread_ts: '1.1' };
    await rig.api('assistant.threads.setStatus', { ...at, status: 'is thinking' });
    await rig.api('assistant.threads.setTitle', { ...at, title: 'Roles' });
    await rig.api('assistant.threads.setSuggestedPrompts', {
      ...at,
      prompts: [{ title: 'Mine', message: 'my roles' }],
    });
    const thread = async () => (await rig.control('GET /assistant?user=U104')).threads[0];
    expect(await thread()).toEqual({
      threadTs: '1.1',
      status: 'is thinking',
      title: 'Roles',
      prompts: [{ title: 'Mine', message: 'my roles' }],
    });
    await rig.control('POST /clock', { advanceMs: 120_001 });
    expect((await thread()).status).toBe('');
  });
});

describe('faults', () => {
  it('can be planted for a method and a number of calls', async () => {
    await rig.control('POST /faults', {
      method: 'users.info',
      times: 2,
      fault: { kind: 'error', error: 'fatal_error' },
    });
    const errors: Answer[] = [];
    for (let call = 0; call < 3; call++) errors.push((await rig.api('users.info', { user: 'U104' })).error);
    expect(errors).toEqual(['fatal_error', 'fatal_error', undefined]);
  });

  it('limit, fail and drop as asked', async () => {
    await rig.control('POST /faults', { method: 'auth.test', fault: { kind: 'ratelimited', retryAfter: 7 } });
    expect(await rig.api('auth.test')).toMatchObject({ status: 429, retryAfter: '7', error: 'ratelimited' });
    await rig.control('POST /faults', { method: 'auth.test', fault: { kind: 'status', status: 503 } });
    expect((await bare('auth.test', {})).status).toBe(503);
    await rig.control('POST /faults', { method: 'auth.test', fault: { kind: 'drop' } });
    await expect(bare('auth.test', {})).rejects.toThrow();
    expect(await rig.control('POST /faults', { method: 'auth.test', fault: { kind: 'other' } })).toMatchObject({
      ok: false,
    });
  });

  it('are seen in the list of calls, which holds no token', async () => {
    await rig.control('POST /faults', { method: 'auth.test', fault: { kind: 'error', error: 'fatal_error' } });
    await bare('auth.test', { body: new URLSearchParams({ token: rig.slack.botToken }) });
    const { calls } = await rig.control('GET /calls');
    expect(calls.at(-1)).toMatchObject({ method: 'auth.test', ok: false, error: 'fatal_error', status: 200 });
    expect(JSON.stringify(calls)).not.toContain(rig.slack.botToken);
  });
});
