import { type Facts, type Scenario, simple } from './scenario.ts';

/** Sign-in and versions. */
export function signInScenarios(facts: Facts): Readonly<Record<string, Scenario>> {
  const basic = { Authorization: `Basic ${btoa(`${facts.clientId}:${facts.clientSecret}`)}` };
  const authorizeFields = {
    response_type: 'code',
    client_id: facts.clientId,
    redirect_uri: facts.redirectUri,
    state: 'abc',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  };
  const jwtForm = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: facts.jwt };
  return {
    authorize: {
      good: [{ name: 'success', status: 302, as: null, query: authorizeFields }],
      bad: [
        {
          name: 'unknown app',
          status: 400,
          code: 'OAU-153',
          as: null,
          query: { ...authorizeFields, client_id: 'nobody' },
        },
        {
          name: 'other redirect',
          status: 400,
          code: 'OAU-109',
          as: null,
          query: { ...authorizeFields, redirect_uri: 'http://127.0.0.1:1/' },
        },
      ],
    },
    authorize2: {
      good: [{ name: 'success', status: 302, as: null, form: authorizeFields }],
      bad: [
        {
          name: 'unknown app',
          status: 400,
          code: 'OAU-153',
          as: null,
          form: { ...authorizeFields, client_id: 'nobody' },
        },
      ],
    },
    getToken: {
      good: [
        { name: 'JWT', status: 200, as: null, headers: basic, form: jwtForm },
        {
          name: 'refresh, lifetimes clamped',
          status: 200,
          as: null,
          headers: basic,
          form: { grant_type: 'refresh_token', refresh_token: facts.refreshToken, access_token_ttl: '-1' },
          wrong: true,
        },
      ],
      bad: [
        {
          name: 'used refresh token of nobody',
          status: 400,
          code: 'OAU-210',
          as: null,
          headers: basic,
          form: { grant_type: 'refresh_token', refresh_token: 'x' },
        },
        {
          name: 'unknown code',
          status: 400,
          code: 'OAU-106',
          as: null,
          headers: basic,
          form: { grant_type: 'authorization_code', code: 'x' },
        },
        {
          name: 'password grant',
          status: 400,
          code: 'OAU-251',
          as: null,
          headers: basic,
          form: { grant_type: 'password' },
          wrong: true,
        },
        {
          name: 'unknown grant',
          status: 400,
          code: 'OAU-250',
          as: null,
          headers: basic,
          form: { grant_type: 'magic' },
          wrong: true,
        },
        { name: 'JSON body', status: 415, as: null, headers: basic, json: jwtForm, wrong: true },
      ],
    },
    revokeToken: {
      good: [
        { name: 'in the body', status: 200, as: null, headers: basic, form: { token: facts.spareTokens[0] ?? '' } },
        { name: 'in the query', status: 200, as: null, headers: basic, query: { token: facts.spareTokens[1] ?? '' } },
      ],
      bad: [{ name: 'unknown app', status: 400, code: 'OAU-153', as: null, form: { token: 'x', client_id: 'nobody' } }],
    },
    authJwks: simple({ as: null }),
    authUserInfo: simple(),
    readAPIVersions: simple({ as: null }),
    readAPIVersion: simple(
      { as: null, path: { apiVersion: 'v1.0' } },
      { name: 'unknown version', status: 404, code: 'CMN-120', as: null, path: { apiVersion: 'v9' } },
    ),
  };
}
