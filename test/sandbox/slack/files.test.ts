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

const CSV = 'name,role\nBob Brown,Manager\n';
const upload = (more: object = {}) =>
  rig.control('POST /act/upload', { user: 'U104', name: 'people.csv', content: CSV, ...more });
const events = async () => {
  const { deliveries } = await rig.control('GET /deliveries');
  return deliveries.map((delivery: Answer) => delivery.payload.event);
};
const fileOf = async (id: string) => (await rig.api('files.info', { file: id })).file;
const get = (url: string, token: string | null = rig.slack.botToken, redirect: 'manual' | 'follow' = 'manual') =>
  fetch(url, { redirect, headers: token === null ? {} : { authorization: `Bearer ${token}` } });

describe('a person posts a file', () => {
  it('the app gets a message with the file, and file_shared', async () => {
    const { ok, ts, files } = await upload({ text: 'give them Manager' });
    expect(ok).toBe(true);
    const [message, shared] = await events();
    expect(message).toMatchObject({
      type: 'message',
      subtype: 'file_share',
      channel: 'DU104',
      channel_type: 'im',
      user: 'U104',
      text: 'give them Manager',
      upload: false,
      ts,
      client_msg_id: expect.any(String),
      files: [
        {
          id: files[0],
          name: 'people.csv',
          title: 'people.csv',
          mimetype: 'text/csv',
          filetype: 'csv',
          pretty_type: 'CSV',
          size: CSV.length,
          mode: 'hosted',
          is_external: false,
          is_public: false,
          user: 'U104',
          ims: ['DU104'],
          shares: { private: { DU104: [{ ts }] } },
        },
      ],
    });
    expect(shared).toMatchObject({ type: 'file_shared', file_id: files[0], channel_id: 'DU104', user_id: 'U104' });
  });

  it('a mention carries the file without a subtype', async () => {
    await upload({ channel: 'C0GENERAL', text: `<@${rig.slack.botUserId}> give them Manager` });
    const mention = (await events()).find((event: Answer) => event.type === 'app_mention');
    expect(mention).toMatchObject({ channel: 'C0GENERAL', files: [{ name: 'people.csv', is_public: true }] });
    expect(mention).not.toHaveProperty('subtype');
  });

  it('without files:read the message comes and file_shared does not', async () => {
    await rig.control('PATCH /app', { scopes: ['im:history'] });
    await upload();
    expect((await events()).map((event: Answer) => event.type)).toEqual(['message']);
  });

  it('what a member of another company sends has to be asked for', async () => {
    await upload({
      user: 'USTRANGER',
      channel: 'C0SHARED',
      text: `<@${rig.slack.botUserId}> hello`,
    });
    const mention = (await events()).find((event: Answer) => event.type === 'app_mention');
    const [hidden] = mention.files;
    expect(hidden).toMatchObject({ mode: 'file_access', file_access: 'check_file_info', user: '' });
    expect(hidden).not.toHaveProperty('url_private_download');
    expect(await fileOf(hidden.id)).toMatchObject({ name: 'people.csv', user: 'USTRANGER', user_team: 'T0PARTNER' });
  });

  it('several files come in one message', async () => {
    const files = ['a.csv', 'b.png', 'c'].map((name) => ({ name, content: 'x' }));
    await upload({ files });
    const [message] = await events();
    expect(message.files.map((file: Answer) => [file.name, file.filetype])).toEqual([
      ['a.csv', 'csv'],
      ['b.png', 'png'],
      ['c', 'binary'],
    ]);
    expect(await upload({ files: Array.from({ length: 11 }, () => files[0]) })).toMatchObject({
      error: 'too_many_files',
    });
  });

  it.each<[string, object, string]>([
    ['without a name', { name: '' }, 'invalid_file'],
    ['without content', { content: null }, 'invalid_file'],
    ['without any file', { files: [] }, 'invalid_file'],
    ['where they are not', { user: 'UGUEST', channel: 'C0APPROVALS' }, 'not_in_channel'],
    ['in a thread that is not there', { threadTs: '1.000001' }, 'thread_not_found'],
  ])('%s nothing is posted', async (_how, more, error) => {
    expect(await upload(more)).toMatchObject({ ok: false, error });
    expect((await rig.control('GET /files')).files).toEqual([]);
  });

  it('a file that another service keeps is a link only', async () => {
    const { files } = await upload({ content: undefined, externalUrl: 'https://drive.example/f/1' });
    const file = await fileOf(files[0]);
    expect(file).toMatchObject({ mode: 'external', is_external: true, url_private: 'https://drive.example/f/1' });
    expect(file).not.toHaveProperty('url_private_download');
  });
});

describe('the app reads a file', () => {
  it('gets its bytes with its token', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x80]);
    const { files } = await upload({ content: bytes.toString('base64'), encoding: 'base64' });
    const file = await fileOf(files[0]);
    for (const url of [file.url_private, file.url_private_download]) {
      const response = await get(url);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/csv');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    }
  });

  it.each<[string, () => Promise<unknown>, string | null]>([
    ['no token', async () => undefined, null],
    ['another token', async () => undefined, 'xoxb-other'],
    ['the app-level token', async () => undefined, 'app'],
    ['a token without files:read', () => rig.control('PATCH /app', { scopes: ['files:write'] }), 'bot'],
    ['a token of an app that is gone', () => rig.control('PATCH /app', { installed: false }), 'bot'],
  ])('%s ends on a sign-in page that says 200', async (_who, prepare, which) => {
    const { files } = await upload();
    const { url_private_download: url } = await fileOf(files[0]);
    await prepare();
    const token = which === 'bot' ? rig.slack.botToken : which === 'app' ? rig.slack.appToken : which;
    const first = await get(url, token);
    expect(first.status).toBe(302);
    expect(first.headers.get('location')).toContain('/?redir=');
    const page = await get(url, token, 'follow');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).not.toContain('Bob Brown');
  });

  it('may not read one that was shared where the bot is not', async () => {
    const { files } = await upload({ channel: 'C0APPROVALS' });
    const { url_private_download: url } = await fileOf(files[0]);
    await rig.control('PATCH /channels/C0APPROVALS', { leave: [rig.slack.botUserId] });
    expect(await rig.api('files.info', { file: files[0] })).toMatchObject({ error: 'not_visible' });
    expect((await get(url)).status).toBe(302);
  });

  it('finds a tombstone where a file was deleted', async () => {
    const { files, ts } = await upload();
    const { url_private_download: url } = await fileOf(files[0]);
    await rig.control(`DELETE /files/${files[0]}`);
    expect(await rig.api('files.info', { file: files[0] })).toMatchObject({ error: 'file_deleted' });
    expect((await get(url)).status).toBe(404);
    const { messages } = await rig.control('GET /messages?user=U104');
    expect(messages.find((message: Answer) => message.ts === ts).files).toMatchObject([
      { id: files[0], mode: 'tombstone', deleted: true },
    ]);
    expect((await events()).at(-1)).toMatchObject({ type: 'file_deleted', file_id: files[0] });
  });

  it.each<[object, number]>([
    [{ kind: 'status', status: 503 }, 503],
    [{ kind: 'ratelimited', retryAfter: 7 }, 429],
    [{ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, 302],
    [{ kind: 'login-page' }, 200],
  ])('meets a planted fault once (%j)', async (fault, status) => {
    const { files } = await upload();
    const { url_private_download: url } = await fileOf(files[0]);
    await rig.control('POST /faults', { method: 'file_download', fault });
    const spoiled = await get(url);
    expect(spoiled.status).toBe(status);
    expect(await spoiled.text()).not.toContain('Bob Brown');
    expect(await (await get(url)).text()).toBe(CSV);
  });

  it('cannot ask for one that never was, or without files:read', async () => {
    expect(await rig.api('files.info', { file: 'F0NONE' })).toMatchObject({ error: 'file_not_found' });
    await rig.control('PATCH /app', { scopes: ['files:write'] });
    expect(await rig.api('files.info', { file: 'F0NONE' })).toMatchObject({
      error: 'missing_scope',
      needed: 'files:read',
    });
  });
});

describe('the app posts a file', () => {
  const open = (more: object = {}) =>
    rig.api('files.getUploadURLExternal', { filename: 'report.csv', length: CSV.length, ...more });
  const send = (url: string, body: string | FormData = CSV) => fetch(url, { method: 'POST', body });
  async function uploaded(): Promise<string> {
    const { upload_url: url, file_id: id } = await open();
    await send(url);
    return id;
  }
  const complete = (id: string, more: object = {}) =>
    rig.api('files.completeUploadExternal', { files: [{ id, title: 'Report' }], channel_id: 'DU104', ...more });
  const seen = async (query = 'user=U104') => (await rig.control(`GET /messages?${query}`)).messages;

  it('in three steps, and the person finds it in the conversation', async () => {
    const { upload_url: url, file_id: id } = await open();
    const posted = await send(url);
    expect([posted.status, await posted.text()]).toEqual([200, `OK - ${CSV.length}`]);
    expect(await complete(id, { initial_comment: 'The report' })).toMatchObject({
      ok: true,
      files: [{ id, title: 'Report', name: 'report.csv', user: rig.slack.botUserId, size: CSV.length }],
    });
    const [message] = await seen();
    expect(message).toMatchObject({ bot_id: 'B0ROLECALL', text: 'The report', files: [{ id, name: 'report.csv' }] });
    const download = await fetch(`${rig.slack.controlUrl}${message.files[0].download}?user=U104`);
    expect(await download.text()).toBe(CSV);
    expect(download.headers.get('content-disposition')).toContain('report.csv');
  });

  it('as a form too', async () => {
    const { upload_url: url, file_id: id } = await open();
    const form = new FormData();
    form.set('filename', new Blob([CSV]), 'report.csv');
    expect((await send(url, form)).status).toBe(200);
    expect(await complete(id)).toMatchObject({ ok: true, files: [{ size: CSV.length }] });
  });

  it('into a thread, and with blocks instead of a comment', async () => {
    const { ts } = await rig.control('POST /act/message', { user: 'U104', text: 'report please' });
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Here' } }];
    await complete(await uploaded(), { thread_ts: ts, blocks });
    expect((await seen()).at(-1)).toMatchObject({ thread_ts: ts, blocks });
  });

  it('nobody else gets it: not another member, not the public', async () => {
    const id = await uploaded();
    await complete(id);
    expect((await rig.control('GET /files?user=U101')).files).toEqual([]);
    expect((await fetch(`${rig.slack.controlUrl}/files/${id}?user=U101`)).status).toBe(404);
    expect((await rig.control('GET /files?user=U104')).files).toMatchObject([{ id, ims: ['DU104'] }]);
  });

  it('without a channel it stays private to the app', async () => {
    const id = await uploaded();
    expect(await complete(id, { channel_id: undefined })).toMatchObject({ ok: true, files: [{ id, shares: {} }] });
    expect(await seen()).toEqual([]);
    expect(await fileOf(id)).toMatchObject({ id });
  });

  it('members may be named in channels, not in channel_id', async () => {
    expect(await complete(await uploaded(), { channel_id: 'U104' })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('/channel_id')] },
    });
    expect(await complete(await uploaded(), { channel_id: undefined, channels: 'U104,DU101' })).toMatchObject({
      ok: true,
      files: [{ ims: ['DU104', 'DU101'] }],
    });
  });

  it.each<[object, string]>([
    [{ length: 0 }, 'missing_argument'],
    [{ length: 'much' }, 'invalid_arguments'],
    [{ filename: undefined }, 'invalid_arguments'],
    [{ length: 21 * 1024 * 1024 }, 'file_upload_size_restricted'],
    [{ length: 1024 * 1024 + 1, snippet_type: 'csv' }, 'snippet_too_large'],
  ])('an upload is not opened for %j', async (more, error) => {
    expect(await open(more)).toMatchObject({ ok: false, error });
  });

  it('the upload address takes the announced bytes, once begun and not afterwards', async () => {
    const { upload_url: url, file_id: id } = await open();
    expect((await send(url, `${CSV} and more`)).status).toBe(400);
    expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
    expect((await send(url.replace(/.$/, 'x'))).status).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect((await send(url)).status).toBe(200);
    expect(await complete(id)).toMatchObject({ ok: true });
    expect((await send(url)).status).toBe(404);
    expect(await complete(id)).toMatchObject({ error: 'file_update_failed' });
    expect(await seen()).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['no files', { files: [] }, 'invalid_arguments'],
    ['files without ids', { files: [{ title: 'x' }] }, 'invalid_arguments'],
    ['an unknown file', { files: [{ id: 'F0NONE' }] }, 'file_not_found'],
    ['an unknown channel', { channel_id: 'C0NONE' }, 'channel_not_found'],
    ['a missing thread', { thread_ts: '1.000001' }, 'thread_not_found'],
    [
      'too many channels',
      { channel_id: undefined, channels: Array(101).fill('DU104').join(',') },
      'channels_limit_exceeded',
    ],
    [
      'a thread of two channels',
      { channel_id: undefined, channels: 'DU104,DU101', thread_ts: '1.1' },
      'invalid_arguments',
    ],
    ['bad blocks', { blocks: [{ type: 'nonsense' }] }, 'invalid_blocks'],
  ])('is refused for %s', async (_what, more, error) => {
    expect(await complete(await uploaded(), more)).toMatchObject({ ok: false, error });
  });

  it('is refused where the bot is not, or may not', async () => {
    await rig.control('PATCH /channels/C0GENERAL', { leave: [rig.slack.botUserId] });
    expect(await complete(await uploaded(), { channel_id: 'C0GENERAL' })).toMatchObject({ error: 'not_in_channel' });
    await rig.control('PATCH /channels/C0APPROVALS', { leave: [rig.slack.botUserId] });
    expect(await complete(await uploaded(), { channel_id: 'C0APPROVALS' })).toMatchObject({
      error: 'channel_not_found',
    });
    await rig.control('PATCH /channels/C0SHARED', { archived: true });
    expect(await complete(await uploaded(), { channel_id: 'C0SHARED' })).toMatchObject({ error: 'is_archived' });
    await rig.control('PATCH /app', { scopes: ['files:read'] });
    expect(await open()).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
    expect(await complete('F0NONE')).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
  });

  it('its calls are noted without the ticket, and the bytes are not', async () => {
    await complete(await uploaded());
    const { calls } = await rig.control('GET /calls');
    expect(calls.map((call: Answer) => call.method)).toEqual([
      'files.getUploadURLExternal',
      'file_upload',
      'files.completeUploadExternal',
    ]);
    expect(JSON.stringify(calls)).not.toContain('Bob Brown');
  });
});

describe('places that change under the app', () => {
  const post = (channel: string) => rig.api('chat.postMessage', { channel, text: 'hello' });
  const update = (channel: string, ts: string) => rig.api('chat.update', { channel, ts, text: 'changed' });

  it('an archived channel takes nothing, and says so', async () => {
    const { ts } = await post('C0GENERAL');
    await rig.control('PATCH /channels/C0GENERAL', { archived: true });
    expect(await post('C0GENERAL')).toMatchObject({ error: 'is_archived' });
    expect(await rig.api('chat.postEphemeral', { channel: 'C0GENERAL', user: 'U104', text: 'x' })).toMatchObject({
      error: 'is_archived',
    });
    expect(await update('C0GENERAL', ts)).toMatchObject({ error: 'is_inactive' });
    expect(await rig.api('conversations.info', { channel: 'C0GENERAL' })).toMatchObject({
      channel: { is_archived: true },
    });
    expect(await rig.control('POST /act/message', { user: 'U104', channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'is_archived',
    });
    await rig.control('PATCH /channels/C0GENERAL', { archived: false });
    expect(await post('C0GENERAL')).toMatchObject({ ok: true });
  });

  it('a bot that was taken out of a channel cannot write there', async () => {
    await rig.control('PATCH /channels/C0GENERAL', { leave: [rig.slack.botUserId] });
    expect(await post('C0GENERAL')).toMatchObject({ error: 'not_in_channel' });
  });

  it('a message that an admin deleted cannot be updated', async () => {
    const { ts } = await post('DU104');
    expect(await rig.control('POST /act/delete', { user: 'U104', ts })).toMatchObject({ error: 'not_your_message' });
    expect(await rig.control('POST /act/delete', { user: 'U104', ts, force: true })).toMatchObject({ ok: true });
    expect(await update('DU104', ts)).toMatchObject({ error: 'message_not_found' });
  });

  it('a message may be updated after days: there is no expiry', async () => {
    const { channel } = await rig.api('conversations.open', { users: 'U104' });
    expect(channel).toEqual({ id: 'DU104' });
    const { ts } = await post(channel.id);
    await rig.control('POST /clock', { advanceMs: 90 * 24 * 60 * 60 * 1000 });
    expect(await update(channel.id, ts)).toMatchObject({ ok: true, text: 'changed' });
  });

  it('opening a direct message needs im:write', async () => {
    await rig.control('PATCH /app', { scopes: ['chat:write'] });
    expect(await rig.api('conversations.open', { users: 'U104' })).toMatchObject({
      error: 'missing_scope',
      needed: expect.stringContaining('im:write'),
    });
  });
});
