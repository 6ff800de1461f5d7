import { expandAppPermissions } from '../account/dictionary.ts';
import type { Extension } from '../account/model.ts';
import { failure, oauthFailure } from '../http/failure.ts';
import { ok, type Reply } from '../http/reply.ts';
import type { World } from '../world.ts';
import { claimedClient, demandClient } from './client.ts';
import { answersChallenge } from './codes.ts';
import type { Claimed, OpenCall, OpenRoute } from './open-route.ts';
import type { Session } from './sessions.ts';
import { signInObstacle } from './sign-in.ts';

const JWT_GRANTS = ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'partner_jwt'];
const KNOWN_ELSEWHERE = ['password', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'];
const FORM = 'application/x-www-form-urlencoded';
const ACCESS_TTL = { least: 600, most: 3600, usual: 3600 };
const REFRESH_TTL = { least: 600, most: 2_592_000, usual: 604_800 };

/** A lifetime out of range is clamped, never refused: the official SDK sends -1 after a 401. */
function readTtl(form: URLSearchParams, name: string, range: typeof ACCESS_TTL): number {
  const value = Number(form.get(name) ?? range.usual);
  if (!Number.isFinite(value)) return range.usual;
  return Math.min(range.most, Math.max(range.least, Math.trunc(value)));
}

function refused(code: string, message: string): never {
  throw oauthFailure('invalid_grant', code, message);
}

/** `TokenInfo`. */
function renderToken(world: World, session: Session): object {
  const secondsLeft = (at: number) => Math.max(0, Math.round((at - world.clock.now()) / 1000));
  const scopes = world.switches.scopeListsIncluded ? [...expandAppPermissions(session.scopes)] : session.scopes;
  return {
    access_token: session.access.token,
    token_type: 'bearer',
    expires_in: secondsLeft(session.access.expiresAt),
    ...(session.refresh === null
      ? {}
      : {
          refresh_token: session.refresh.token,
          refresh_token_expires_in: secondsLeft(session.refresh.expiresAt),
        }),
    scope: [...scopes].sort().join(' '),
    owner_id: String(session.extensionId),
    endpoint_id: `sandbox-${session.id.slice(0, 8)}`,
    session_id: session.id,
    session_idle_timeout: 0,
  };
}

function grantedScopes(world: World, asked: string | null): readonly string[] {
  if (world.switches.scopeRequest === 'ignored' || asked === null) return world.app.scopes;
  const wanted = new Set(asked.split(/\s+/));
  return world.app.scopes.filter((scope) => wanted.has(scope));
}

function openSession(call: OpenCall, person: Extension, options: { scope: string | null; byCode: boolean }): Reply {
  const { world, form } = call;
  const obstacle = signInObstacle(world, person);
  if (obstacle !== null) throw obstacle;
  const { refreshTokens, maxSessions } = world.switches;
  const withRefresh = refreshTokens === 'always' || (refreshTokens === 'code-only' && options.byCode);
  const session = world.sessions.open(
    {
      extensionId: person.id,
      clientId: world.app.clientId,
      scopes: grantedScopes(world, options.scope),
      accessTtlSeconds: readTtl(form, 'access_token_ttl', ACCESS_TTL),
      refreshTtlSeconds: withRefresh ? readTtl(form, 'refresh_token_ttl', REFRESH_TTL) : null,
    },
    maxSessions,
  );
  return ok(renderToken(world, session));
}

function byJwt(call: OpenCall): Reply {
  demandClient(call, { publicAllowed: false });
  const owner = call.world.credentials.get(call.form.get('assertion') ?? '');
  const person = owner === undefined ? undefined : call.world.account.byId.get(String(owner));
  if (person === undefined) refused('OAU-140', 'Invalid resource owner credentials.');
  return openSession(call, person, { scope: call.form.get('scope'), byCode: false });
}

function byCode(call: OpenCall): Reply {
  const { world, form } = call;
  const clientId = demandClient(call, { publicAllowed: form.has('code_verifier') });
  const issued = world.codes.redeem(form.get('code') ?? '');
  if (issued === 'unknown') refused('OAU-106', 'Invalid authorization code');
  if (issued === 'expired') refused('OAU-108', 'Authorization code is expired');
  if (issued.clientId !== clientId) refused('OAU-110', 'Authorization code was not issued for this application');
  const redirectUri = form.get('redirect_uri');
  const sameRedirect = redirectUri === null ? !issued.redirectUriSent : redirectUri === issued.redirectUri;
  if (!sameRedirect) refused('OAU-109', 'Redirect URIs do not match');
  if (!answersChallenge(issued.challenge, form.get('code_verifier'))) refused('OAU-106', 'Invalid authorization code');
  const person = world.account.byId.get(String(issued.extensionId));
  if (person === undefined) refused('OAU-232', 'Extension not found');
  return openSession(call, person, { scope: issued.scope, byCode: true });
}

function byRefresh(call: OpenCall): Reply {
  const { world, form } = call;
  const clientId = demandClient(call, { publicAllowed: true });
  const accessTtl = readTtl(form, 'access_token_ttl', ACCESS_TTL);
  const refreshTtl = readTtl(form, 'refresh_token_ttl', REFRESH_TTL);
  const session = world.sessions.refresh(form.get('refresh_token') ?? '', clientId, accessTtl, refreshTtl);
  const person = session === null ? undefined : world.account.byId.get(String(session.extensionId));
  if (session === null || person === undefined) refused('OAU-210', 'Token expired');
  const obstacle = signInObstacle(world, person);
  if (obstacle !== null) throw obstacle;
  return ok(renderToken(world, session));
}

function handle(call: OpenCall): Reply {
  if (call.mediaType !== FORM) throw failure(415, 'CMN-104', 'Cannot parse request');
  const grant = call.form.get('grant_type') ?? '';
  if (grant === 'authorization_code') return byCode(call);
  if (grant === 'refresh_token') return byRefresh(call);
  if (JWT_GRANTS.includes(grant)) return byJwt(call);
  if (KNOWN_ELSEWHERE.includes(grant)) {
    throw oauthFailure('unauthorized_client', 'OAU-251', 'Unauthorized for this grant type');
  }
  throw oauthFailure('invalid_request', 'OAU-250', 'Unsupported grant type');
}

function claims(call: OpenCall): Claimed {
  const { world, form } = call;
  const owner =
    world.credentials.get(form.get('assertion') ?? '') ??
    world.codes.ownerOf(form.get('code') ?? '') ??
    world.sessions.ownerOf(form.get('refresh_token') ?? '');
  return { extensionId: owner, clientId: claimedClient(call)?.clientId ?? null };
}

/** Turns a JWT credential, an authorization code or a refresh token into an access token. */
export const TOKEN_ROUTE: OpenRoute = {
  open: true,
  operationId: 'getToken',
  method: 'POST',
  path: '/restapi/oauth/token',
  group: 'Auth',
  claims,
  handle,
};
