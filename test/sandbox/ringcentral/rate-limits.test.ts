import { describe, expect, it } from 'vitest';
import { ACCOUNT, bench } from './support.ts';

const b = bench();
const LIGHT = ACCOUNT;
const HEAVY = `${ACCOUNT}/call-log`;

async function exhaustHeavy(who = '104'): Promise<void> {
  for (let call = 0; call < 10; call += 1) expect((await b.call(who, 'GET', HEAVY)).status).toBe(200);
}

describe('rate limits', () => {
  it('tells group, limit, remaining and window on every answer, the group in lower case', async () => {
    const { headers } = await b.call('104', 'GET', LIGHT);
    expect(headers.get('x-rate-limit-group')).toBe('light');
    expect(headers.get('x-rate-limit-limit')).toBe('50');
    expect(headers.get('x-rate-limit-remaining')).toBe('49');
    expect(headers.get('x-rate-limit-window')).toBe('60');
    const refused = await b.call('101', 'GET', `${ACCOUNT}/user-role`);
    expect([refused.status, refused.headers.get('x-rate-limit-remaining')]).toEqual([403, '39']);
  });

  it('refuses the call over the limit with Retry-After and CMN-301', async () => {
    await exhaustHeavy();
    const { status, headers, json } = await b.call('104', 'GET', HEAVY);
    expect([status, json.errorCode, json.errors[0].errorCode]).toEqual([429, 'CMN-301', 'CMN-301']);
    expect(headers.get('retry-after')).toBe('60');
    expect(headers.get('x-rate-limit-remaining')).toBe('10');
  });

  it('starts the penalty anew with every call made during it', async () => {
    await exhaustHeavy();
    await b.call('104', 'GET', HEAVY);
    for (let round = 0; round < 3; round += 1) {
      await b.control('POST', '/clock', { advanceMs: 59_000 });
      expect((await b.call('104', 'GET', HEAVY)).status).toBe(429);
    }
    await b.control('POST', '/clock', { advanceMs: 60_000 });
    expect((await b.call('104', 'GET', HEAVY)).status).toBe(200);
  });

  it('slides: a call leaves the count 60 seconds after it was made', async () => {
    await b.call('104', 'GET', HEAVY);
    await b.control('POST', '/clock', { advanceMs: 30_000 });
    for (let call = 0; call < 9; call += 1) await b.call('104', 'GET', HEAVY);
    await b.control('POST', '/clock', { advanceMs: 30_001 });
    const { status, headers } = await b.call('104', 'GET', HEAVY);
    expect([status, headers.get('x-rate-limit-remaining')]).toEqual([200, '0']);
  });

  it('counts for each person and group by itself', async () => {
    await exhaustHeavy();
    expect((await b.call('104', 'GET', HEAVY)).status).toBe(429);
    expect((await b.call('104', 'GET', LIGHT)).status).toBe(200);
    expect((await b.call('106', 'GET', HEAVY)).status).toBe(200);
  });

  it('shares the count among all tokens of one person', async () => {
    await exhaustHeavy();
    const { token } = await b.control('POST', '/tokens', { ext: '104' });
    expect((await b.callWith(token, 'GET', HEAVY)).status).toBe(429);
  });

  it('limits sign-in of one person to five a minute', async () => {
    const fields = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: b.sandbox.jwt };
    const statuses = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await b.form('/restapi/oauth/token', fields)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('shows nothing left during a penalty when switched so', async () => {
    await b.control('PATCH', '/switches', { penaltyRemaining: 'zero' });
    await exhaustHeavy();
    expect((await b.call('104', 'GET', HEAVY)).headers.get('x-rate-limit-remaining')).toBe('0');
  });

  it('never limits the version list', async () => {
    const { headers } = await b.call(null, 'GET', '/restapi');
    expect(headers.get('x-rate-limit-group')).toBeNull();
  });
});

describe('a sandbox without rate limits', () => {
  const unlimited = bench({ rateLimits: false });

  it('never refuses, and still tells the group', async () => {
    for (let call = 0; call < 12; call += 1) {
      const { status, headers } = await unlimited.call('104', 'GET', HEAVY);
      expect([status, headers.get('x-rate-limit-group')]).toEqual([200, 'heavy']);
    }
  });
});
