import { isUser } from '../account/model.ts';
import { oauthFailure } from '../http/failure.ts';
import type { Reply } from '../http/reply.ts';
import type { App, World } from '../world.ts';
import { type Authorization, CODE_LIFETIME_SECONDS } from './codes.ts';
import { renderConsentPage } from './consent-page.ts';
import type { OpenCall, OpenRoute } from './open-route.ts';
import { signInObstacle } from './sign-in.ts';

const CONSENT_PATH = '/sandbox/sign-in';

function redirect(to: string): Reply {
  return { status: 302, headers: { Location: to } };
}

function withParameters(uri: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.toString();
}

/** The redirect URI must be one that is registered, letter by letter; the only one may be left out. */
function demandRedirectUri(app: App, sent: string | null): string {
  const [only, ...more] = app.redirectUris;
  if (only === undefined) {
    const message = 'No redirect uri is registered for the client';
    throw oauthFailure('invalid_request', 'OAU-113', message, { status: 403 });
  }
  if (sent === null && more.length === 0) return only;
  if (sent === null || !app.redirectUris.includes(sent)) {
    throw oauthFailure('invalid_request', 'OAU-109', 'Redirect URIs do not match');
  }
  return sent;
}

function readChallenge(fields: URLSearchParams): Authorization['challenge'] {
  const value = fields.get('code_challenge');
  const method = fields.get('code_challenge_method') ?? 'plain';
  if (value === null) return null;
  if (method !== 'S256' && method !== 'plain') {
    throw oauthFailure('invalid_request', 'CMN-101', 'Parameter [code_challenge_method] value is invalid');
  }
  return { value, method };
}

/** Starts a sign-in: judges the request, then sends the browser to the page where the person decides. */
function authorize(world: World, fields: URLSearchParams): Reply {
  const { app } = world;
  const clientId = fields.get('client_id') ?? '';
  if (clientId !== app.clientId) throw oauthFailure('invalid_client', 'OAU-153', `Invalid client: ${clientId}`);
  const redirectUri = demandRedirectUri(app, fields.get('redirect_uri'));
  if (fields.get('response_type') !== 'code') {
    throw oauthFailure('unsupported_response_type', 'CMN-101', 'Parameter [response_type] value is invalid');
  }
  const state = fields.get('state');
  if (fields.get('prompt') === 'none') {
    return redirect(withParameters(redirectUri, { error: 'login_required', state }));
  }
  const handle = world.codes.wait({
    clientId,
    redirectUri,
    redirectUriSent: fields.has('redirect_uri'),
    state,
    scope: fields.get('scope'),
    loginHint: fields.get('login_hint'),
    challenge: readChallenge(fields),
  });
  return redirect(`${world.origin}${CONSENT_PATH}?request=${handle}`);
}

function showPage({ world, query }: OpenCall): Reply {
  const handle = query.get('request') ?? '';
  const waiting = world.codes.waiting(handle);
  const people = world.account.extensions.filter((extension) => extension.named && isUser(extension));
  const page = renderConsentPage({
    request: waiting === null ? null : { handle, loginHint: waiting.loginHint },
    appName: world.app.name,
    scopes: world.app.scopes,
    people: people.map(({ number, name, status }) => ({ number, name, status })),
  });
  const type = 'text/html; charset=utf-8';
  return { status: waiting === null ? 400 : 200, raw: { type, bytes: Buffer.from(page) } };
}

/** Takes the decision of the page. Grown people can sign in too: any extension number is accepted. */
function decide(call: OpenCall): Reply {
  const { world, form } = call;
  const waiting = world.codes.take(form.get('request') ?? '');
  if (waiting === null) return showPage(call);
  const { redirectUri, state } = waiting;
  const person = world.account.byNumber.get(form.get('extension') ?? '');
  if (form.get('decision') !== 'accept' || person === undefined) {
    const error_description = 'The person did not agree';
    return redirect(withParameters(redirectUri, { error: 'access_denied', error_description, state }));
  }
  const obstacle = signInObstacle(world, person);
  if (obstacle !== null) {
    const { error, error_description } = obstacle.body as { error: string; error_description: string };
    return redirect(withParameters(redirectUri, { error, error_description, state }));
  }
  const code = world.codes.issue(waiting, person.id);
  return redirect(withParameters(redirectUri, { code, state, expires_in: String(CODE_LIFETIME_SECONDS) }));
}

/** The authorization code flow up to the code, with the page where a person accepts or denies. */
export const AUTHORIZE_ROUTES: readonly OpenRoute[] = [
  {
    open: true,
    operationId: 'authorize',
    method: 'GET',
    path: '/restapi/oauth/authorize',
    group: 'Auth',
    handle: ({ world, query }) => authorize(world, query),
  },
  {
    open: true,
    operationId: 'authorize2',
    method: 'POST',
    path: '/restapi/oauth/authorize',
    group: 'Auth',
    handle: ({ world, form }) => authorize(world, form),
  },
  { open: true, operationId: null, method: 'GET', path: CONSENT_PATH, group: 'NoThrottling', handle: showPage },
  { open: true, operationId: null, method: 'POST', path: CONSENT_PATH, group: 'NoThrottling', handle: decide },
];
