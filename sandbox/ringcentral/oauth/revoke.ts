import { oauthFailure } from '../http/failure.ts';
import type { Reply } from '../http/reply.ts';
import { claimedClient, demandClient } from './client.ts';
import type { OpenCall, OpenRoute } from './open-route.ts';

function tokenOf({ form, query }: OpenCall): string | null {
  return form.get('token') ?? query.get('token');
}

function handle(call: OpenCall): Reply {
  demandClient(call, { publicAllowed: true });
  const token = tokenOf(call);
  if (token === null) throw oauthFailure('invalid_request', 'CMN-100', 'Mandatory parameter [token] not specified');
  call.world.sessions.revoke(token);
  return { status: 200 };
}

/** Ends the whole session of a token. An unknown token is no error (RFC 7009). */
export const REVOKE_ROUTE: OpenRoute = {
  open: true,
  operationId: 'revokeToken',
  method: 'POST',
  path: '/restapi/oauth/revoke',
  group: 'Auth',
  claims: (call) => ({
    extensionId: call.world.sessions.ownerOf(tokenOf(call) ?? ''),
    clientId: claimedClient(call)?.clientId ?? null,
  }),
  handle,
};
