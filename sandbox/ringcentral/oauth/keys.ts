import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ok } from '../http/reply.ts';
import type { OpenRoute } from './open-route.ts';

let pair: { publicKey: KeyObject; privateKey: KeyObject } | null = null;

/** The key that signs id tokens; made when first asked for, since making one takes longer than starting. */
export function signingKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
}

/** Name of the signing key. */
export const KEY_ID = 'sandbox-1';

/** Public keys of the sign-in service. */
export const JWKS_ROUTE: OpenRoute = {
  open: true,
  operationId: 'authJwks',
  method: 'GET',
  path: '/restapi/oauth/jwks',
  group: 'NoThrottling',
  handle() {
    const { n, e } = signingKeys().publicKey.export({ format: 'jwk' });
    return ok({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: KEY_ID, n, e }] });
  },
};
