import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackChat, type SlackChat, slackClient } from '#src/adapters/slack-chat/index.ts';
import { ATTACHMENT_LIMIT_BYTES } from '#src/domain/attachment.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const TOKEN = 'xoxb-test';

/** A Slack that says of every file what the test wants. */
let server: Server;
let origin: string;
let file: Record<string, unknown>;
let serve: (response: ServerResponse) => void;
let downloads: number;
let chat: SlackChat;

beforeEach(async () => {
  downloads = 0;
  serve = (response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('name\n');
  server = createServer((request, response) => {
    if (request.url === '/api/files.info') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, file }));
      return;
    }
    downloads += 1;
    serve(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  file = { id: 'F1', name: 'people.csv', mode: 'hosted', size: 5, url_private_download: `${origin}/f` };
  const apiUrl = `${origin}/api/`;
  chat = createSlackChat({ client: slackClient(TOKEN, apiUrl, silent), botToken: TOKEN, apiUrl, log: silent });
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const fetchFile = () => chat.fetchFile({ id: 'F1', name: 'shown.csv' });

describe('a file of Slack', () => {
  it('goes by the name that Slack tells now', async () => {
    expect(await fetchFile()).toEqual({ name: 'people.csv', text: 'name\n' });
  });

  it('that is larger than announced is given up', async () => {
    let open = true;
    serve = (response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.on('close', () => {
        open = false;
      });
      const more = () => {
        while (open && response.write('x'.repeat(64 * 1024)));
        if (open) response.once('drain', more);
      };
      more();
    };
    expect(await fetchFile()).toEqual({
      name: 'people.csv',
      trouble: { kind: 'too-big', limitBytes: ATTACHMENT_LIMIT_BYTES },
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['announced as too big', { size: ATTACHMENT_LIMIT_BYTES + 1 }, 'too-big'],
    ['at an address of somebody else', { url_private_download: 'http://127.0.0.1:9/f' }, 'elsewhere'],
    ['without an address', { url_private_download: null }, 'elsewhere'],
    ['that was deleted', { mode: 'tombstone' }, 'gone'],
    ['hidden by the limit of the plan', { mode: 'hidden_by_limit' }, 'gone'],
    ['of another kind', { name: 'people.pdf', filetype: 'pdf' }, 'not-csv'],
    ['of which nothing can be read', { name: 7 }, 'unreachable'],
  ])('%s is not even fetched', async (_what, change, kind) => {
    file = { ...file, ...change };
    expect(await fetchFile()).toMatchObject({ trouble: { kind } });
    expect(downloads).toBe(0);
  });

  it.each([
    ['by its name, in capitals', { name: 'PEOPLE.CSV' }],
    ["by Slack's word", { name: 'people', filetype: 'csv' }],
    ['by its media type', { name: 'people', mimetype: 'text/csv' }],
  ])('is taken for CSV %s', async (_how, change) => {
    file = { ...file, ...change };
    expect(await fetchFile()).toMatchObject({ text: 'name\n' });
  });
});
