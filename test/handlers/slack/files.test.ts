import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ATTACHMENT_LIMIT_BYTES, type AttachmentTrouble } from '#src/domain/attachment.ts';
import type { ReplyFile } from '#src/domain/reply.ts';
import { type Harness, openHarness, preview, turn } from './harness.ts';

let slack: Harness;
beforeEach(async () => {
  slack = await openHarness();
});
afterEach(() => slack.close());

const BOT = '<@U0ROLECALL>';
const CSV = 'name\nBob Brown\n';

async function heard() {
  await slack.until(() => slack.conversation.said.length > 0, 'the words arrive');
  return slack.conversation.said[0];
}

describe('a file that comes with words', () => {
  it.each<[string, string, string]>([
    ['a direct message', 'DU104', 'give them Manager'],
    ['a mention', 'C0GENERAL', `${BOT} give them Manager`],
  ])('reaches the conversation with them (%s)', async (_how, channel, text) => {
    await slack.upload({ user: 'U104', channel, text });
    expect(await heard()).toMatchObject({
      text: 'give them Manager',
      attachment: { name: 'people.csv', text: CSV },
      thread: `slack:T0SANDBOX:${channel}:main:U104`,
    });
    expect(await slack.answered('U104', channel, 1)).toHaveLength(1);
  });

  it('comes without words too, and then is not taken for a call for help', async () => {
    await slack.upload({ user: 'U104' });
    expect(await heard()).toMatchObject({ text: '', attachment: { name: 'people.csv' } });
  });

  it('in a thread is answered in the thread', async () => {
    const root = await slack.act('/act/message', { user: 'U104', text: 'hello' });
    await slack.answered('U104', 'DU104', 1);
    await slack.upload({ user: 'U104', text: 'give them Manager', threadTs: root.ts });
    const [, answer] = await slack.answered('U104', 'DU104', 2);
    expect(answer?.thread_ts).toBe(root.ts);
  });

  it('words without a file carry none', async () => {
    await slack.act('/act/message', { user: 'U104', text: 'my roles' });
    expect(await heard()).not.toHaveProperty('attachment');
  });

  it('that the app itself posted is not answered', async () => {
    slack.conversation.onSay = () => turn({ kind: 'cancelled' }, { file: report });
    await slack.act('/act/message', { user: 'U104', text: 'export' });
    await slack.answered('U104', 'DU104', 2);
    await slack.until(() => slack.app.idle(), 'nothing is in hand');
    expect(slack.conversation.said).toHaveLength(1);
  });
});

describe('a file that cannot be used is told apart', () => {
  const png = Buffer.from('\u0089PNG\r\n\u001a\n\u0000', 'latin1').toString('base64');
  it.each<[string, object, AttachmentTrouble]>([
    [
      'several files',
      { files: ['a.csv', 'b.csv'].map((name) => ({ name, content: 'x' })) },
      { kind: 'several', count: 2 },
    ],
    ['a picture', { name: 'screen.png', content: png, encoding: 'base64' }, { kind: 'not-csv' }],
    ['a picture that is called CSV', { content: png, encoding: 'base64' }, { kind: 'not-csv' }],
    [
      'too much',
      { content: 'x'.repeat(ATTACHMENT_LIMIT_BYTES + 1) },
      { kind: 'too-big', limitBytes: ATTACHMENT_LIMIT_BYTES },
    ],
    ['nothing', { content: ' ' }, { kind: 'empty' }],
    [
      'Windows-1252',
      { content: Buffer.from('name\nJos\u00e9\n', 'latin1').toString('base64'), encoding: 'base64' },
      { kind: 'encoding', probably: 'Windows-1252', line: 2 },
    ],
    ['a link to another service', { externalUrl: 'https://drive.example/f/1' }, { kind: 'elsewhere' }],
  ])('%s', async (_what, more, trouble) => {
    await slack.upload({ user: 'U104', text: 'give them Manager', ...more });
    expect(await heard()).toMatchObject({ attachment: { trouble } });
  });

  it.each<[string, object, AttachmentTrouble]>([
    ['a sign-in page with 200', { kind: 'login-page' }, { kind: 'not-allowed' }],
    ['trouble at Slack', { kind: 'status', status: 503 }, { kind: 'unreachable' }],
    ['a file that went away meanwhile', { kind: 'status', status: 404 }, { kind: 'gone' }],
    ['a lost connection', { kind: 'drop' }, { kind: 'unreachable' }],
  ])('%s instead of the file', async (_what, fault, trouble) => {
    await slack.act('/faults', { method: 'file_download', fault });
    await slack.upload({ user: 'U104', text: 'give them Manager' });
    expect(await heard()).toMatchObject({ attachment: { name: 'people.csv', trouble } });
  });

  it.each<[string, AttachmentTrouble]>([
    ['file_not_found', { kind: 'gone' }],
    ['file_deleted', { kind: 'gone' }],
    ['missing_scope', { kind: 'not-allowed' }],
    ['internal_error', { kind: 'unreachable' }],
  ])('what Slack says about it: %s', async (error, trouble) => {
    await slack.act('/faults', { method: 'files.info', fault: { kind: 'error', error } });
    await slack.upload({ user: 'U104', text: 'give them Manager' });
    expect(await heard()).toMatchObject({ attachment: { name: 'people.csv', trouble } });
  });

  it('an app installed before it asked for files:read is not allowed, and nothing is fetched', async () => {
    await slack.patch('/app', { scopes: ['im:history', 'chat:write', 'users:read'] });
    await slack.upload({ user: 'U104', text: 'give them Manager' });
    expect(await heard()).toMatchObject({ attachment: { trouble: { kind: 'not-allowed' } } });
    const { calls } = await slack.get('/calls');
    expect(JSON.stringify(calls)).not.toContain('file_download');
  });
});

describe("the app's token", () => {
  let elsewhere: Server;
  let asked: (string | undefined)[];
  beforeEach(async () => {
    asked = [];
    elsewhere = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end(CSV);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => elsewhere.close(resolve)));

  it('follows no redirect away from Slack', async () => {
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/people.csv`;
    await slack.act('/faults', { method: 'file_download', fault: { kind: 'redirect', location } });
    await slack.upload({ user: 'U104', text: 'give them Manager' });
    expect(await heard()).toMatchObject({ attachment: { trouble: { kind: 'not-allowed' } } });
    expect(asked).toEqual([]);
  });

  it('is in no line of the log, and no address of a file is', async () => {
    await slack.act('/faults', { method: 'file_download', fault: { kind: 'login-page' } });
    await slack.upload({ user: 'U104', text: 'give them Manager' });
    await heard();
    const log = JSON.stringify(slack.log);
    expect(log).toContain('a file could not be fetched');
    expect(log).not.toContain(slack.sandbox.botToken);
    expect(log).not.toContain('files-pri');
  });
});

const report: ReplyFile = { name: 'report.csv', mediaType: 'text/csv', content: 'name,outcome\nJosé,changed\n' };

describe('a reply with a file', () => {
  const answering = () => {
    slack.conversation.onSay = () => turn({ kind: 'cancelled' }, { file: report });
  };
  const files = async (user: string) =>
    ((await slack.get(`/files?user=${user}`)) as { files: { name: string; ims: string[]; download: string }[] }).files;

  it('in a direct message is posted there, in full', async () => {
    answering();
    await slack.act('/act/message', { user: 'U104', text: 'export' });
    const [posted, words] = await slack.answered('U104', 'DU104', 2);
    expect(posted?.files).toMatchObject([{ name: 'report.csv' }]);
    expect(words?.text).toContain('The file report.csv is in this conversation.');
    const download = await fetch(`${slack.sandbox.controlUrl}${posted?.files[0]?.download}?user=U104`);
    expect(await download.text()).toBe(report.content);
  });

  it('in a thread of a direct message goes to the thread', async () => {
    const root = await slack.act('/act/message', { user: 'U104', text: 'hello' });
    await slack.answered('U104', 'DU104', 1);
    answering();
    await slack.act('/act/message', { user: 'U104', text: 'export', threadTs: root.ts });
    const [, posted] = await slack.answered('U104', 'DU104', 3);
    expect(posted).toMatchObject({ thread_ts: root.ts, files: [{ name: 'report.csv' }] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a command', () => slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'export' })],
    ['a mention', () => slack.act('/act/message', { user: 'U104', channel: 'C0GENERAL', text: `${BOT} export` })],
  ])('to %s in a channel goes to the asker alone, and says where', async (_how, ask) => {
    answering();
    await ask();
    const [words] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(words).toMatchObject({ ephemeral: true, files: [] });
    expect(words?.text).toContain('The file report.csv is in your direct messages with me');
    expect(await files('U104')).toMatchObject([{ name: 'report.csv', ims: ['DU104'] }]);
    expect(await files('U101')).toEqual([]);
  });

  it('comes after a click as well', async () => {
    slack.conversation.onSay = () => preview();
    slack.conversation.onPress = () => turn({ kind: 'cancelled' }, { file: report });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'give them Manager' });
    const [question] = await slack.answered('U104', 'C0GENERAL', 1);
    await slack.act('/act/click', {
      user: 'U104',
      channel: 'C0GENERAL',
      ts: question?.ts,
      actionId: 'rolecall:confirm',
    });
    await slack.until(
      async () => (await slack.answers('U104', 'C0GENERAL'))[0]?.text.includes('report.csv') === true,
      'the result says where the file is',
    );
    expect(await files('U104')).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'the app was installed before it asked for files:write',
      () => slack.patch('/app', { scopes: ['commands', 'chat:write', 'users:read', 'im:write'] }),
      'Rolecall has to be installed anew with the scopes files:write and im:write',
    ],
    [
      'the app was installed before it asked for im:write',
      () => slack.patch('/app', { scopes: ['commands', 'chat:write', 'users:read', 'files:write'] }),
      'Rolecall has to be installed anew',
    ],
    [
      'Slack does not take the bytes',
      () => slack.act('/faults', { method: 'file_upload', fault: { kind: 'status', status: 500 } }),
      'The file report.csv could not be posted in Slack just now.',
    ],
    [
      'Slack does not share it',
      () =>
        slack.act('/faults', {
          method: 'files.completeUploadExternal',
          fault: { kind: 'error', error: 'file_update_failed' },
        }),
      'The file report.csv could not be posted in Slack just now.',
    ],
  ])('is missed in words when %s, and the answer comes all the same', async (_why, prepare, words) => {
    answering();
    await prepare();
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'export' });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.text).toContain('Cancelled.');
    expect(answer?.text).toContain(words);
    expect(await files('U104')).toEqual([]);
  });

  it('waits as long as Slack asks', async () => {
    answering();
    await slack.act('/faults', { method: 'files.getUploadURLExternal', fault: { kind: 'ratelimited', retryAfter: 1 } });
    await slack.act('/act/command', { user: 'U104', channel: 'C0GENERAL', text: 'export' });
    const [answer] = await slack.answered('U104', 'C0GENERAL', 1);
    expect(answer?.text).toContain('in your direct messages');
  });
});
