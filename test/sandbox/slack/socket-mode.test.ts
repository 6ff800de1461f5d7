import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Answer, eventually, type Rig, startApp, startRig } from './harness.ts';

let rig: Rig;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await rig.close();
});

type Line = { readonly socket: WebSocket; readonly frames: Answer[]; readonly closed: Promise<number> };

async function connect(acknowledge: boolean): Promise<Line> {
  const { url } = await rig.api('apps.connections.open', {}, rig.slack.appToken);
  const socket = new WebSocket(url);
  sockets.push(socket);
  const frames: Answer[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    frames.push(frame);
    if (acknowledge && frame.envelope_id !== undefined)
      socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload: {} }));
  });
  await Promise.race([eventually(() => frames[0]), closed]);
  return { socket, frames, closed };
}

const mention = { user: 'U101', channel: 'C0GENERAL', text: '@fixture hi' };

describe('connections', () => {
  it('are greeted with a hello that counts them', async () => {
    await connect(true);
    const second = await connect(true);
    expect(second.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: rig.slack.appId },
    });
  });

  it('need a ticket, and a ticket works once', async () => {
    const { url } = await rig.api('apps.connections.open', {}, rig.slack.appToken);
    const first = new WebSocket(url);
    sockets.push(first);
    await new Promise((resolve) => first.on('open', resolve));
    for (const address of [url, url.replace(/ticket=[^&]+/, 'ticket=made-up')]) {
      const socket = new WebSocket(address);
      sockets.push(socket);
      const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
      expect(error.message).toContain('401');
    }
  });

  it('share the work: each payload goes to one of them', async () => {
    const lines = [await connect(true), await connect(true)];
    for (let message = 0; message < 4; message++) await rig.control('POST /act/message', mention);
    expect(lines.map((line) => line.frames.filter((frame) => frame.type === 'events_api').length)).toEqual([2, 2]);
  });

  it('are ten at most', async () => {
    for (let number = 0; number < 10; number++) await connect(true);
    const eleventh = await connect(true);
    expect(eleventh.frames[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await eleventh.closed;
  });
});

describe('envelopes', () => {
  it('of events take no payload with the acknowledgement, commands and clicks do', async () => {
    const { frames } = await connect(true);
    await rig.control('POST /act/message', mention);
    await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'x' });
    expect(frames.slice(1).map((frame) => [frame.type, frame.accepts_response_payload])).toEqual([
      ['events_api', false],
      ['slash_commands', true],
    ]);
  });

  it('of events that nobody acknowledges come again: at once, after one minute, after five', async () => {
    const { frames } = await connect(false);
    const events = () => frames.filter((frame) => frame.type === 'events_api');
    const pending = rig.control('POST /act/message', mention);
    await eventually(() => events()[0]);
    for (const [retry, wait] of [3001, 3001 + 60_000, 3001 + 300_000].entries()) {
      await rig.control('POST /clock', { advanceMs: 3001 });
      await rig.control('POST /clock', { advanceMs: wait });
      await eventually(() => events()[retry + 1]);
    }
    await rig.control('POST /clock', { advanceMs: 3_600_000 });
    expect((await pending).delivery.ackedWithinMs).toBeNull();
    expect(events().map((frame) => [frame.retry_attempt, frame.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(events().map((frame) => frame.payload.event_id)).size).toBe(1);
    expect(new Set(events().map((frame) => frame.envelope_id)).size).toBe(4);
  });

  it('of commands fail at once when no app is connected', async () => {
    const result = await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: 'x' });
    expect(result).toMatchObject({ ok: false, error: 'dispatch_failed', delivery: { ackedWithinMs: null } });
  });

  it('of events are not lost when an app comes back before the retries end', async () => {
    await rig.control('POST /act/message', mention);
    const { frames } = await connect(true);
    await rig.control('POST /clock', { advanceMs: 60_000 });
    const event = await eventually(() => frames.find((frame) => frame.type === 'events_api'));
    expect(event.retry_attempt).toBeGreaterThan(0);
  });
});

describe('disconnect frames', () => {
  it('make Bolt leave and come back, and it is served again', async () => {
    let mentions = 0;
    const listen = (app: App) =>
      app.event('app_mention', async () => {
        mentions++;
      });
    const { stop } = await startApp(rig, listen, 1000);
    expect(await rig.control('POST /deliver', { disconnect: 'refresh_requested' })).toMatchObject({ disconnected: 1 });
    await eventually(async () => {
      const { calls } = await rig.control('GET /calls');
      const invitations = calls.filter((call: { method: string }) => call.method === 'apps.connections.open');
      const { app } = await rig.control('GET /workspace');
      return invitations.length > 1 && app.connections === 1 ? true : undefined;
    });
    await rig.control('POST /act/message', mention);
    await eventually(() => (mentions > 0 ? true : undefined));
    await stop();
  });
});

describe('subscriptions', () => {
  it('of member changes and removal reach the app', async () => {
    const { frames } = await connect(true);
    await rig.control('PATCH /members/U101', { is_restricted: true });
    await rig.control('PATCH /app', { installed: false });
    const events = frames.slice(1).map((frame) => frame.payload.event);
    expect(events).toMatchObject([
      { type: 'user_change', user: { id: 'U101', is_restricted: true } },
      { type: 'app_uninstalled' },
    ]);
  });

  it('without their scope are not delivered', async () => {
    const { frames } = await connect(true);
    await rig.control('PATCH /app', { scopes: ['chat:write'] });
    await rig.control('POST /act/message', mention);
    expect(frames).toHaveLength(1);
  });

  it('show the app its own messages in direct conversations, with its bot_id', async () => {
    const { frames } = await connect(true);
    await rig.api('chat.postMessage', { channel: 'DU101', text: 'mine' });
    const frame = await eventually(() => frames[1]);
    expect(frame.payload.event).toMatchObject({ type: 'message', user: rig.slack.botUserId, bot_id: 'B0ROLECALL' });
  });
});
