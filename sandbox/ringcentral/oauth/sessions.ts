import { randomBytes, randomUUID } from 'node:crypto';

/** After the new access token was first used, the old refresh token lives on for this long. */
const GRACE_AFTER_USE_MS = 10_000;
/** While the new access token is unused, the old refresh token returns it again for this long. */
const GRACE_UNUSED_MS = 60 * 60_000;

type Secret = { readonly token: string; readonly expiresAt: number; readonly ttlSeconds: number };

/** One sign-in of one person through one app. */
export type Session = {
  readonly id: string;
  readonly extensionId: number;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Planted at start-up or by the control API: never counted against the session limit. */
  readonly planted: boolean;
  access: Secret;
  refresh: Secret | null;
  previous: { readonly token: string; readonly rotatedAt: number } | null;
  firstUsedAt: number | null;
  ended: boolean;
};

type SessionPlan = {
  readonly extensionId: number;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly accessTtlSeconds: number;
  /** Null: no refresh token. */
  readonly refreshTtlSeconds: number | null;
  readonly planted?: boolean;
  /** Tokens to use instead of new ones, so that a reset keeps the ones handed out at start-up. */
  readonly tokens?: { readonly access: string; readonly refresh: string | null };
};

export type Sessions = {
  open(plan: SessionPlan, maxSessions: number | null): Session;
  /** Finds the session of an access token and marks the token used. */
  use(accessToken: string): Session | 'expired' | 'unknown';
  /** Turns a refresh token into a fresh pair, or returns the same pair again inside the grace times. */
  refresh(refreshToken: string, clientId: string, accessTtl: number, refreshTtl: number): Session | null;
  /** Who an access or refresh token belongs to, for rate limiting before it is judged. */
  ownerOf(token: string): number | null;
  /** Ends the session of an access or refresh token. False when it is not known. */
  revoke(token: string): boolean;
  endAllOf(extensionId: number): void;
  clear(): void;
};

/** A new bearer secret. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(30).toString('base64url')}`;
}

/** Keeps OAuth sessions in memory. */
export function createSessions(now: () => number): Sessions {
  const byAccess = new Map<string, Session>();
  const byRefresh = new Map<string, Session>();
  const live = new Set<Session>();

  function end(session: Session): void {
    session.ended = true;
    live.delete(session);
    byAccess.delete(session.access.token);
    if (session.refresh !== null) byRefresh.delete(session.refresh.token);
    if (session.previous !== null) byRefresh.delete(session.previous.token);
  }

  function evictBeyond(limit: number, plan: SessionPlan): void {
    const same = [...live].filter(
      (other) => !other.planted && other.extensionId === plan.extensionId && other.clientId === plan.clientId,
    );
    for (const oldest of same.slice(0, Math.max(0, same.length - limit + 1))) end(oldest);
  }

  function index(session: Session): void {
    byAccess.set(session.access.token, session);
    if (session.refresh !== null) byRefresh.set(session.refresh.token, session);
  }

  function rotate(session: Session, old: Secret, accessTtl: number, refreshTtl: number): void {
    byAccess.delete(session.access.token);
    if (session.previous !== null) byRefresh.delete(session.previous.token);
    session.previous = { token: old.token, rotatedAt: now() };
    session.access = secret(newToken('A'), accessTtl, now());
    session.refresh = secret(newToken('R'), refreshTtl, now());
    session.firstUsedAt = null;
    index(session);
  }

  return {
    open(plan, maxSessions) {
      if (maxSessions !== null && plan.planted !== true) evictBeyond(maxSessions, plan);
      const session = newSession(plan, now());
      live.add(session);
      index(session);
      return session;
    },
    use(accessToken) {
      const session = byAccess.get(accessToken);
      if (session === undefined) return 'unknown';
      if (now() >= session.access.expiresAt) return 'expired';
      session.firstUsedAt ??= now();
      return session;
    },
    refresh(refreshToken, clientId, accessTtl, refreshTtl) {
      const session = byRefresh.get(refreshToken);
      if (session === undefined || session.clientId !== clientId || session.refresh === null) return null;
      if (session.refresh.token === refreshToken) {
        if (now() >= session.refresh.expiresAt) return null;
        rotate(session, session.refresh, accessTtl, refreshTtl);
        return session;
      }
      return inGrace(session, now()) ? session : null;
    },
    ownerOf: (token) => (byAccess.get(token) ?? byRefresh.get(token))?.extensionId ?? null,
    revoke(token) {
      const session = byAccess.get(token) ?? byRefresh.get(token);
      if (session === undefined) return false;
      end(session);
      return true;
    },
    endAllOf(extensionId) {
      for (const session of [...live]) if (session.extensionId === extensionId) end(session);
    },
    clear() {
      for (const session of [...live]) end(session);
    },
  };
}

function inGrace(session: Session, at: number): boolean {
  if (session.previous === null) return false;
  if (session.firstUsedAt !== null) return at < session.firstUsedAt + GRACE_AFTER_USE_MS;
  return at < session.previous.rotatedAt + GRACE_UNUSED_MS;
}

function secret(token: string, ttlSeconds: number, at: number): Secret {
  return { token, ttlSeconds, expiresAt: at + ttlSeconds * 1000 };
}

function newSession(plan: SessionPlan, at: number): Session {
  const refresh = plan.refreshTtlSeconds;
  return {
    id: randomUUID(),
    extensionId: plan.extensionId,
    clientId: plan.clientId,
    scopes: plan.scopes,
    planted: plan.planted === true,
    access: secret(plan.tokens?.access ?? newToken('A'), plan.accessTtlSeconds, at),
    refresh: refresh === null ? null : secret(plan.tokens?.refresh ?? newToken('R'), refresh, at),
    previous: null,
    firstUsedAt: null,
    ended: false,
  };
}
