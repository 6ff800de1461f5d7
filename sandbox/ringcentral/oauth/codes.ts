import { createHash, randomBytes } from 'node:crypto';

/** A sign-in that waits for the person's decision, or an authorization code that waits to be exchanged. */
export type Authorization = {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Whether the request named the redirect URI; then the exchange must name it too. */
  readonly redirectUriSent: boolean;
  readonly state: string | null;
  readonly scope: string | null;
  readonly loginHint: string | null;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null;
};

export type IssuedCode = Authorization & { readonly extensionId: number; readonly expiresAt: number };

/** Seconds that an authorization code lives, as the guide's sample redirect says. */
export const CODE_LIFETIME_SECONDS = 60;
const REQUEST_LIFETIME_MS = 10 * 60_000;

export type CodeBook = {
  /** Keeps a request until the person has decided; returns its handle. */
  wait(authorization: Authorization): string;
  waiting(handle: string): Authorization | null;
  /** Forgets the request: a decision is taken once. */
  take(handle: string): Authorization | null;
  issue(authorization: Authorization, extensionId: number): string;
  /** Who a code is for, for rate limiting before it is judged. */
  ownerOf(code: string): number | null;
  redeem(code: string): IssuedCode | 'expired' | 'unknown';
  clear(): void;
};

/** Keeps open sign-ins and single-use codes. */
export function createCodeBook(now: () => number): CodeBook {
  const requests = new Map<string, Authorization & { expiresAt: number }>();
  const codes = new Map<string, IssuedCode>();
  function waiting(handle: string): Authorization | null {
    const found = requests.get(handle);
    return found === undefined || now() >= found.expiresAt ? null : found;
  }
  return {
    wait(authorization) {
      const handle = randomBytes(18).toString('base64url');
      requests.set(handle, { ...authorization, expiresAt: now() + REQUEST_LIFETIME_MS });
      return handle;
    },
    waiting,
    take(handle) {
      const found = waiting(handle);
      requests.delete(handle);
      return found;
    },
    issue(authorization, extensionId) {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { ...authorization, extensionId, expiresAt: now() + CODE_LIFETIME_SECONDS * 1000 });
      return code;
    },
    ownerOf: (code) => codes.get(code)?.extensionId ?? null,
    redeem(code) {
      const found = codes.get(code);
      codes.delete(code);
      if (found === undefined) return 'unknown';
      return now() >= found.expiresAt ? 'expired' : found;
    },
    clear() {
      requests.clear();
      codes.clear();
    },
  };
}

/** Tells whether the verifier answers the challenge of the authorization request (RFC 7636). */
export function answersChallenge(challenge: IssuedCode['challenge'], verifier: string | null): boolean {
  if (challenge === null) return verifier === null;
  if (verifier === null) return false;
  if (challenge.method === 'plain') return verifier === challenge.value;
  return createHash('sha256').update(verifier).digest('base64url') === challenge.value;
}
