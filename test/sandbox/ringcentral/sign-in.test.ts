import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, type Answer, bench, type Json } from './support.ts';

const b = bench();
const TOKEN = '/restapi/oauth/token';
const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

function verifier(): { value: string; challenge: string } {
  const value = randomBytes(32).toString('base64url');
  return { value, challenge: createHash('sha256').update(value).digest('base64url') };
}

async function openPage(fields: Record<string, string> = {}): Promise<{ url: string; html: string }> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: b.sandbox.clientId,
    redirect_uri: REDIRECT,
    state: 'st-1',
    ...fields,
  });
  const { status, headers } = await b.call(null, 'GET', `/restapi/oauth/authorize?${query}`);
  expect(status).toBe(302);
  const url = headers.get('location') ?? '';
  return { url, html: await (await fetch(url)).text() };
}

async function decide(page: { url: string; html: string }, extension: string, decision: string): Promise<URL> {
  const request = /name="request" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const response = await fetch(page.url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ request, extension, decision }),
  });
  return new URL(response.headers.get('location') ?? 'http://none/');
}

async function signIn(extension: string, more: Record<string, string> = {}): Promise<Json> {
  const { value, challenge } = verifier();
  const page = await openPage({ code_challenge: challenge, code_challenge_method: 'S256' });
  const code = (await decide(page, extension, 'accept')).searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: value, ...more };
  return (await b.form(TOKEN, fields)).json;
}

function refresh(token: string, more: Record<string, string> = {}): Promise<Answer> {
  return b.form(TOKEN, { grant_type: 'refresh_token', refresh_token: token, ...more });
}

async function works(token: string): Promise<boolean> {
  return (await b.callWith(token, 'GET', ACCOUNT)).status === 200;
}

describe('authorization code with PKCE', () => {
  it('lets a person accept on the page and gives the app a token of that person', async () => {
    const { value, challenge } = verifier();
    const page = await openPage({ code_challenge: challenge, code_challenge_method: 'S256' });
    expect(page.html).toContain('Heidi Köhler');
    expect(page.html).toContain('Frank O&#39;Neil');
    const back = await decide(page, '108', 'accept');
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect([back.searchParams.get('state'), back.searchParams.get('expires_in')]).toEqual(['st-1', '60']);
    const fields = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
      client_id: b.sandbox.clientId,
      code_verifier: value,
    };
    const { status, json } = await b.form(TOKEN, fields, {});
    expect([status, json.owner_id, json.token_type]).toEqual([200, b.id('108'), 'bearer']);
    expect(json.session_id).toMatch(/^[0-9a-f-]{36}$/);
    const info = await b.callWith(json.access_token, 'GET', '/restapi/oauth/userinfo');
    expect(info.json).toMatchObject({
      sub: b.id('108'),
      given_name: 'Heidi',
      email: 'heidi.kohler@cobaltlane.example',
    });
  });

  it('redirects with access_denied when the person denies', async () => {
    const back = await decide(await openPage(), '108', 'deny');
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 'st-1']);
    expect(back.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another verifier', { code_verifier: 'wrong'.repeat(10) }, 'OAU-106'],
    ['another redirect', { redirect_uri: 'http://localhost:3000/oauth/callback' }, 'OAU-109'],
  ])('refuses the code with %s', async (_, more, code) => {
    const answer = await signIn('108', more);
    expect([answer.error, answer.errors[0].errorCode]).toEqual(['invalid_grant', code]);
  });

  it('takes a code once, and for 60 seconds', async () => {
    const { value, challenge } = verifier();
    const page = await openPage({ code_challenge: challenge, code_challenge_method: 'S256' });
    const code = (await decide(page, '108', 'accept')).searchParams.get('code') ?? '';
    const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: value };
    await b.control('POST', '/clock', { advanceMs: 60_000 });
    expect((await b.form(TOKEN, fields)).json.errors[0].errorCode).toBe('OAU-108');
    expect((await b.form(TOKEN, fields)).json.errors[0].errorCode).toBe('OAU-106');
  });

  it('decides a sign-in once: the page cannot be posted again', async () => {
    const page = await openPage();
    await decide(page, '108', 'deny');
    expect((await decide(page, '104', 'accept')).hostname).toBe('none');
  });

  it('escapes what the app sends into the page', async () => {
    const { html } = await openPage({ login_hint: '"><script>alert(1)</script>' });
    expect(html).not.toContain('<script>');
  });

  it.each([
    ['an unregistered redirect', { redirect_uri: 'http://127.0.0.1:9/' }, 'invalid_request'],
    ['an unknown app', { client_id: 'x' }, 'invalid_client'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('never redirects for %s', async (_, fields, error) => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: b.sandbox.clientId,
      redirect_uri: REDIRECT,
      ...fields,
    });
    const { status, json } = await b.call(null, 'GET', `/restapi/oauth/authorize?${query}`);
    expect([status, json.error]).toEqual([400, error]);
  });
});

describe('refresh tokens', () => {
  it('rotate: the old access token dies at once, the new pair works', async () => {
    const first = await signIn('108');
    const second = (await refresh(first.refresh_token)).json;
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await works(first.access_token)).toBe(false);
    expect(await works(second.access_token)).toBe(true);
  });

  it('return the same pair again for an hour while the new access token is unused', async () => {
    const first = await signIn('108');
    const second = (await refresh(first.refresh_token)).json;
    await b.control('POST', '/clock', { advanceMs: 59 * 60_000 });
    expect((await refresh(first.refresh_token)).json.access_token).toBe(second.access_token);
    await b.control('POST', '/clock', { advanceMs: 61_000 });
    expect((await refresh(first.refresh_token)).json.errors[0].errorCode).toBe('OAU-210');
  });

  it('live on for ten seconds after the new access token was first used', async () => {
    const first = await signIn('108');
    const second = (await refresh(first.refresh_token)).json;
    await works(second.access_token);
    await b.control('POST', '/clock', { advanceMs: 9_000 });
    expect((await refresh(first.refresh_token)).json.access_token).toBe(second.access_token);
    await b.control('POST', '/clock', { advanceMs: 1_001 });
    const { status, json } = await refresh(first.refresh_token);
    expect([status, json.error, json.errors[0].errorCode]).toEqual([400, 'invalid_grant', 'OAU-210']);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  it.each([
    ['-1', 600],
    ['60', 600],
    ['900', 900],
    ['99999', 3600],
  ])('clamp a lifetime of %s to %i seconds instead of refusing it', async (ttl, seconds) => {
    const first = await signIn('108');
    expect((await refresh(first.refresh_token, { access_token_ttl: ttl })).json.expires_in).toBe(seconds);
  });

  it('are planted for people who are linked with a token of their own', async () => {
    const grant = b.sandbox.grants['104'];
    expect(await works(grant?.accessToken ?? '')).toBe(true);
    expect((await refresh(grant?.refreshToken ?? '')).json.owner_id).toBe(b.id('104'));
    expect(Object.keys(b.sandbox.grants)).toEqual(['101', '102', '103', '104', '105', '109', '125']);
  });

  it.each([
    ['code-only', false],
    ['always', true],
    ['never', false],
  ])('with the switch at %s a JWT sign-in gets one: %s', async (refreshTokens, given) => {
    await b.control('PATCH', '/switches', { refreshTokens });
    const { json } = await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: b.sandbox.jwt });
    expect('refresh_token' in json).toBe(given);
  });
});

describe('ending sessions', () => {
  it('revoking either token ends both', async () => {
    const token = await signIn('108');
    expect((await b.form('/restapi/oauth/revoke', { token: token.refresh_token })).status).toBe(200);
    expect(await works(token.access_token)).toBe(false);
    expect((await refresh(token.refresh_token)).status).toBe(400);
  });

  it('revoking an unknown token is no error', async () => {
    expect((await b.form('/restapi/oauth/revoke', { token: 'nobody' })).status).toBe(200);
  });

  it('the sixth session of one person and app ends the oldest', async () => {
    const { jwt } = await b.control('POST', '/credentials', { ext: '108' });
    const tokens: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) {
      if (nth === 3) await b.control('POST', '/clock', { advanceMs: 61_000 });
      tokens.push((await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: jwt })).json.access_token);
    }
    expect(await Promise.all(tokens.map(works))).toEqual([false, true, true, true, true, true]);
  });
});

describe('who cannot sign in', () => {
  it.each([
    ['115', 'invalid_client', 'CMN-408'],
    ['123', 'invalid_grant', 'OAU-236'],
    ['126', 'invalid_grant', 'OAU-105'],
  ])('%s is refused with %s %s', async (ext, error, code) => {
    const { jwt } = await b.control('POST', '/credentials', { ext });
    const { status, json } = await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: jwt });
    expect([status, json.error, json.errors[0].errorCode]).toEqual([400, error, code]);
  });

  it('names ThirdPartyAppAccess as the missing permission', async () => {
    const { jwt } = await b.control('POST', '/credentials', { ext: '115' });
    const { json } = await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: jwt });
    expect(json.errors[0].parameters).toEqual([
      { parameterName: 'permissionName', parameterValue: 'ThirdPartyAppAccess' },
    ]);
  });

  it.each([
    ['a wrong secret', { Authorization: `Basic ${btoa('x:y')}` }, 400, 'OAU-153'],
    ['no app at all', {}, 400, 'OAU-153'],
  ])('%s is refused', async (_, headers, status, code) => {
    const answer = await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: b.sandbox.jwt }, headers);
    expect([answer.status, answer.json.errors[0].errorCode]).toEqual([status, code]);
  });

  it('a JWT credential needs the secret of the app', async () => {
    const fields = { grant_type: JWT_GRANT, assertion: b.sandbox.jwt, client_id: b.sandbox.clientId };
    expect((await b.form(TOKEN, fields, {})).json.error).toBe('invalid_client');
  });
});

describe('scopes', () => {
  it('a narrower app gives narrower tokens; older tokens keep theirs', async () => {
    await b.control('PATCH', '/app', { scopes: ['ReadAccounts'] });
    const { json } = await b.form(TOKEN, { grant_type: JWT_GRANT, assertion: b.sandbox.jwt });
    expect(json.scope).toBe('ReadAccounts');
    expect((await b.callWith(json.access_token, 'GET', `${ACCOUNT}/user-role/default`)).status).toBe(403);
    expect((await b.call('100', 'GET', `${ACCOUNT}/user-role/default`)).status).toBe(200);
  });

  it('the scope of the request is ignored, or narrows when switched so', async () => {
    const fields = { grant_type: JWT_GRANT, assertion: b.sandbox.jwt, scope: 'ReadAccounts' };
    expect((await b.form(TOKEN, fields)).json.scope).toContain('RoleManagement');
    await b.control('PATCH', '/switches', { scopeRequest: 'narrows' });
    expect((await b.form(TOKEN, fields)).json.scope).toBe('ReadAccounts');
  });
});
