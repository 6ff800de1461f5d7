import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClock } from '#sandbox/slack/clock.ts';
import { startSlackSandbox } from '#sandbox/slack/server.ts';
import { type Answer, eventually, type Rig, startRig } from './harness.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

describe('the control API', () => {
  it('describes the workspace', async () => {
    const workspace = await rig.control('GET /workspace');
    expect(workspace.team.name).toBe('Cobalt Lane Clinics');
    expect(workspace.commands.map((entry: { command: string }) => entry.command)).toEqual(['/fixture', '/plain']);
    expect(workspace.members).toContainEqual(
      expect.objectContaining({ id: 'U104', ext: '104', kind: 'member', name: 'Dave Diaz' }),
    );
    expect(workspace.members).toContainEqual(
      expect.objectContaining({ id: 'UGUEST', ext: null, kind: 'guest', name: 'Gwen Guest' }),
    );
    expect(workspace.channels).toContainEqual(expect.objectContaining({ id: 'C0SHARED', extShared: true }));
    expect(rig.slack.members.map(({ id }) => id)).toEqual(workspace.members.map((entry: { id: string }) => entry.id));
  });

  it('gives no token away', async () => {
    const told = JSON.stringify([
      await rig.control('GET /workspace'),
      await rig.control('GET /calls'),
      await rig.control('GET /deliveries'),
    ]);
    for (const secret of [rig.slack.botToken, rig.slack.appToken, rig.slack.signingSecret])
      expect(told).not.toContain(secret);
  });

  it('answers pages of this machine only', async () => {
    const from = (origin: string) => fetch(`${rig.slack.controlUrl}/workspace`, { headers: { origin } });
    expect((await from('http://127.0.0.1:4000')).status).toBe(200);
    expect((await from('https://evil.example')).status).toBe(403);
    expect((await from('http://127.0.0.1.evil.example')).status).toBe(403);
  });

  it.each([
    ['an unknown path', '/nonsense', '{}', 404],
    ['no JSON', '/act/command', '{', 400],
    ['a list', '/act/command', '[]', 400],
  ])('refuses %s', async (_what, path, body, status) => {
    expect((await fetch(rig.slack.controlUrl + path, { method: 'POST', body })).status).toBe(status);
  });

  it.each([
    ['/act/message', { user: 'U999', text: 'x' }, 'user_not_found'],
    ['/act/message', { user: 'U104', channel: 'C999', text: 'x' }, 'channel_not_found'],
    ['/act/message', { user: 'U104', channel: 'C0GENERAL', text: ' ' }, 'no_text'],
    ['/act/click', { user: 'U104', channel: 'C0GENERAL', ts: '1.1', actionId: 'x' }, 'message_not_found'],
    ['/act/click', { user: 'U104', viewId: 'V1', actionId: 'x' }, 'view_not_found'],
    ['/act/submit', { user: 'U104', viewId: 'V1' }, 'view_not_found'],
    ['/act/close-view', { user: 'U104' }, 'view_not_found'],
  ])('%s with %o says %s', async (path, body, error) => {
    expect(await rig.control(`POST ${path}`, body)).toMatchObject({ ok: false, error });
  });

  it('lets no member act whose account is gone', async () => {
    await rig.control('PATCH /members/U101', { deleted: true });
    expect(await rig.control('POST /act/message', { user: 'U101', channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'account_inactive',
    });
  });

  it('tells watchers what changes', async () => {
    const leave = new AbortController();
    const response = await fetch(`${rig.slack.controlUrl}/events`, { signal: leave.signal });
    const notices: Answer[] = [];
    const reading = (async () => {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        for (const line of chunk.split('\n')) if (line.startsWith('data: ')) notices.push(JSON.parse(line.slice(6)));
      }
    })().catch(() => undefined);
    const { ts } = await rig.control('POST /act/message', { user: 'U104', channel: 'C0GENERAL', text: 'x' });
    await rig.api('auth.test');
    await eventually(() => notices.find((notice) => notice.type === 'call'));
    expect(notices).toContainEqual({ type: 'message', change: 'posted', channel: 'C0GENERAL', ts, user: null });
    expect(notices).toContainEqual(expect.objectContaining({ type: 'call', method: 'auth.test', ok: true }));
    leave.abort();
    await reading;
  });

  it('forgets everything on reset', async () => {
    await rig.control('POST /act/message', { user: 'U104', channel: 'C0GENERAL', text: 'x' });
    await rig.control('PATCH /members/U101', { deleted: true });
    await rig.control('PATCH /app', { scopes: [] });
    await rig.control('POST /reset');
    expect((await rig.control('GET /messages?channel=C0GENERAL')).messages).toEqual([]);
    expect((await rig.control('GET /calls')).calls).toEqual([]);
    expect((await rig.api('users.info', { user: 'U101' })).user.deleted).toBe(false);
  });
});

describe('starting', () => {
  it('gives the same secrets for the same seed, others for another', async () => {
    const [same, other] = [await startRig(), await startRig({ seed: 2 })];
    expect(same.slack.botToken).toBe(rig.slack.botToken);
    expect(other.slack.botToken).not.toBe(rig.slack.botToken);
    await Promise.all([same.close(), other.close()]);
  });

  it('grows the workspace with members who have no extension', async () => {
    const big = await startRig({ people: 500 });
    expect(big.slack.members.filter(({ kind }) => kind !== 'app')).toHaveLength(500);
    expect(big.slack.members.at(-2)).toMatchObject({ ext: null, kind: 'member' });
    await big.close();
  });

  it('fails on a manifest that is not there, on a taken port, and in http mode without an address', async () => {
    await expect(startSlackSandbox({ manifestPath: '/nowhere.yml' })).rejects.toThrow('ENOENT');
    await expect(startRig({ port: Number(new URL(rig.slack.apiUrl).port) })).rejects.toThrow('EADDRINUSE');
    await expect(startRig({ mode: 'http' })).rejects.toThrow('requestUrl');
  });
});

describe('the clock', () => {
  it('runs what falls due when it is moved, in order, and nothing twice', () => {
    const clock = makeClock();
    const ran: string[] = [];
    clock.after(2000, () => ran.push('second'));
    clock.after(1000, () => ran.push('first'));
    clock.after(5000, () => ran.push('later'));
    clock.after(1500, () => ran.push('cancelled'))();
    const before = clock.now();
    clock.advance(2000);
    clock.advance(1);
    expect(ran).toEqual(['first', 'second']);
    expect(clock.now() - before).toBeGreaterThanOrEqual(2001);
    clock.stop();
    clock.advance(10_000);
    expect(ran).toEqual(['first', 'second']);
  });
});
