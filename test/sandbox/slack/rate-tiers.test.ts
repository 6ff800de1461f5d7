import { webApi } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Rig, startRig } from './harness.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ rateLimits: true });
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.control('POST /reset');
  await rig.control('PATCH /switches', { rateLimits: true });
});

async function callUntilLimited(method: string, args: object): Promise<{ passed: number; retryAfter: string }> {
  for (let passed = 0; passed < 500; passed++) {
    const answer = await rig.api(method, { ...args });
    if (answer.status === 429) return { passed, retryAfter: answer.retryAfter };
  }
  return { passed: 500, retryAfter: '' };
}

describe('rate tiers', () => {
  it.each([
    ['users.list', { limit: 1 }, 20, '3'],
    ['users.lookupByEmail', { email: 'x@y.example' }, 50, '2'],
    ['users.info', { user: 'U104' }, 100, '1'],
  ])('%s passes its tier and is told how long to wait', async (method, args, passed, retryAfter) => {
    expect(await callUntilLimited(method, args)).toEqual({ passed, retryAfter });
  });

  it('posting has a budget per channel that fills at one message a second', async () => {
    const { passed } = await callUntilLimited('chat.postMessage', { channel: 'C0GENERAL', text: 'x' });
    expect(passed).toBe(10);
    expect(await rig.api('chat.postMessage', { channel: 'DU104', text: 'x' })).toMatchObject({ ok: true });
    await rig.control('POST /clock', { advanceMs: 1000 });
    expect(await rig.api('chat.postMessage', { channel: 'C0GENERAL', text: 'x' })).toMatchObject({ ok: true });
  });

  it('one method does not use up the budget of another', async () => {
    await callUntilLimited('users.list', { limit: 1 });
    expect(await rig.api('users.info', { user: 'U104' })).toMatchObject({ ok: true });
  });

  it('are understood by the SDK', async () => {
    await callUntilLimited('users.list', { limit: 1 });
    const client = new webApi.WebClient(rig.slack.botToken, {
      slackApiUrl: rig.slack.apiUrl,
      rejectRateLimitedCalls: true,
    });
    await expect(client.users.list({ limit: 1 })).rejects.toMatchObject({
      code: webApi.ErrorCode.RateLimitedError,
      retryAfter: 3,
    });
  });

  it('can be switched off', async () => {
    await rig.control('PATCH /switches', { rateLimits: false });
    expect(await callUntilLimited('users.list', { limit: 1 })).toMatchObject({ passed: 500 });
  });
});
