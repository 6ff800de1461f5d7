import { type Fault, isFault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { Clock, Log, Store, StoredToken } from '../../usecases/ports.ts';
import { createSession, type Session, signInFault } from './session.ts';
import type { Grant, SignIn } from './sign-in.ts';
import type { Transport } from './transport.ts';

export type TokenVault = Pick<Store['tokens'], 'load' | 'save' | 'drop'>;

export type PersonSession = Session & {
  /** Whether the vault's token is the one this session works with. */
  knows(stored: StoredToken): boolean;
  /** True once the person's token is over and was dropped. */
  isOver(): boolean;
  /** The access token in use, expired or not. */
  token(): string;
  /** Lets nobody speak with this session any more. */
  retire(): void;
};

export type PersonSessionOptions = {
  readonly extension: ExtensionId;
  readonly stored: StoredToken;
  readonly transport: Transport;
  readonly signIn: SignIn;
  readonly vault: TokenVault;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * A person's session, from the token that they gave the app.
 *
 * A refresh token works once: whoever renews saves the next one. When it is refused, the vault is read again, because
 * another process may have renewed meanwhile; only when the vault holds nothing newer is the token over and dropped.
 */
export function createPersonSession(options: PersonSessionOptions): PersonSession {
  const { extension, vault, signIn, clock, log } = options;
  let vaulted = options.stored.accessToken;
  let last: string = vaulted;
  let over = false;

  async function end(why: string, cause: Fault | null = null): Promise<never> {
    over = true;
    await vault.drop(extension);
    log.warn('a person has to sign in again', { extension, errorCode: cause?.data.errorCode ?? null });
    throw signInFault(why, cause);
  }

  async function isUnlinked(): Promise<boolean> {
    try {
      return (await vault.load(extension)) === null;
    } catch {
      return false;
    }
  }

  async function keep(grant: Grant): Promise<Grant> {
    // Unlinked while the renewal was under way: storing the next token would bring the link back.
    if (over || (await isUnlinked())) {
      over = true;
      await signIn.revoke(grant.accessToken).catch(() => {});
      throw signInFault('the person has unlinked');
    }
    last = grant.accessToken;
    try {
      await vault.save(extension, storedOf(grant));
      vaulted = grant.accessToken;
    } catch (error) {
      // The session goes on in memory: refusing the answer now would lose the token as well.
      log.error('a renewed token could not be stored', { extension, error: (error as Error).name });
    }
    return grant;
  }

  /** The vault's token where somebody else has put a newer one there. */
  async function newer(than: string): Promise<Grant | null> {
    const stored = await vault.load(extension);
    if (!stored || stored.accessToken === than || stored.accessToken === vaulted) return null;
    if (stored.expiresAt <= clock.now()) return null;
    vaulted = stored.accessToken;
    last = vaulted;
    return grantOf(stored, extension);
  }

  async function refresh(held: Grant, refreshToken: string): Promise<Grant> {
    try {
      const next = await signIn.withRefreshToken(refreshToken);
      if (next.owner !== null && next.owner !== extension) return end('the stored token belongs to somebody else');
      return keep({ ...next, refreshToken: next.refreshToken ?? refreshToken, owner: extension });
    } catch (error) {
      if (over || !isFault(error, 'directory-sign-in') || !isDeadGrant(error)) throw error;
      return (await newer(held.accessToken)) ?? end('the person has to sign in again', error);
    }
  }

  async function obtain(held: Grant | null, refused: Fault | null): Promise<Grant> {
    if (held === null) throw signInFault('the person has to sign in again');
    const other = await newer(held.accessToken);
    if (other) return other;
    if (held.refreshToken !== null && (held.refreshExpiresAt === null || held.refreshExpiresAt > clock.now())) {
      return refresh(held, held.refreshToken);
    }
    if (!refused && held.expiresAt > clock.now()) return held;
    // A 401 that does not speak of the token, e.g. from a gateway, does not end what cannot be had again.
    if (refused && held.expiresAt > clock.now() && !isDeadGrant(refused)) throw refused;
    return end('the person has to sign in again', refused);
  }

  const start = grantOf(options.stored, extension);
  const session = createSession({ transport: options.transport, clock, start, obtain });
  async function whileItLives<T>(work: () => Promise<T>): Promise<T> {
    if (over) throw signInFault('the person has to sign in again');
    return work();
  }

  return {
    ...session,
    current: (signal) => whileItLives(() => session.current(signal)),
    renewed: (refused, why, signal) => whileItLives(() => session.renewed(refused, why, signal)),
    knows: (stored) => stored.accessToken === vaulted || stored.accessToken === last,
    isOver: () => over,
    token: () => last,
    retire: () => {
      over = true;
    },
  };
}

/** Codes that speak of the token itself or of its owner: expired, corrupted, not found, extension gone or disabled. */
const DEAD = new Set(['OAU-128', 'OAU-129', 'OAU-136', 'OAU-149', 'OAU-210', 'OAU-213', 'OAU-232', 'OAU-236']);

/**
 * Whether a refusal means this grant, not the app.
 *
 * `invalid_client`, e.g. a wrong secret or a missing ThirdPartyAppAccess, says nothing about the token.
 */
function isDeadGrant(refusal: Fault): boolean {
  return refusal.data.oauthError === 'invalid_grant' || DEAD.has(refusal.data.errorCode ?? '');
}

function grantOf(stored: StoredToken, extension: ExtensionId): Grant {
  return { ...stored, owner: extension };
}

function storedOf(grant: Grant): StoredToken {
  const { accessToken, refreshToken, expiresAt, refreshExpiresAt, scope } = grant;
  return { accessToken, refreshToken, expiresAt, refreshExpiresAt, scope };
}
