import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ok } from '../http/reply.ts';
import type { OpenRoute } from './open-route.ts';

let key: KeyObject | null = null;

/** Made when first asked for: making one takes longer than starting. The sandbox issues no id tokens. */
function publicKey(): KeyObject {
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  return key;
}

/** Public keys of the sign-in service. */
export const JWKS_ROUTE: OpenRoute = {
  open: true,
  operationId: 'authJwks',
  method: 'GET',
  path: '/restapi/oauth/jwks',
  group: 'NoThrottling',
  handle() {
    const { n, e } = publicKey().export({ format: 'jwk' });
    return ok({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'sandbox-1', n, e }] });
  },
};
