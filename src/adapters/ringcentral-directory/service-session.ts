import { type Fault, isFault } from '../../domain/faults.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { Kept } from './kept.ts';
import { createSession, type Session } from './session.ts';
import type { Grant, SignIn } from './sign-in.ts';
import type { Transport } from './transport.ts';

export type ServiceSessionOptions = {
  readonly transport: Transport;
  readonly signIn: SignIn;
  readonly clock: Clock;
  readonly jwt: string;
  /** Where the session is shared with other processes of the same data folder; null where it is this one's alone. */
  readonly kept: Pick<Kept, 'grant' | 'loadGrant' | 'saveGrant' | 'dropGrant'> | null;
};

/** A kept session that ends sooner than this is not taken up. */
const WORTH_TAKING_MS = 60_000;

/**
 * The app's own session, from its JWT.
 *
 * JWT sessions usually get no refresh token, so signing in again is the normal way on. Where there is one it is used
 * first: each new sign-in opens another session, and RingCentral ends the oldest of more than about five. For the same
 * reason, and because sign-ins are five a minute, what another process got is used before a new one is asked for.
 */
export function createServiceSession({ transport, signIn, clock, jwt, kept }: ServiceSessionOptions): Session {
  const lives = (grant: Grant | null): grant is Grant =>
    grant !== null && grant.expiresAt - clock.now() > WORTH_TAKING_MS;

  async function anew(held: Grant | null): Promise<Grant> {
    const refreshToken = held?.refreshToken ?? null;
    const refreshable = held?.refreshExpiresAt == null || held.refreshExpiresAt > clock.now();
    if (refreshToken === null || !refreshable) return signIn.withJwt(jwt);
    try {
      const next = await signIn.withRefreshToken(refreshToken);
      return { ...next, owner: next.owner ?? held?.owner ?? null };
    } catch (error) {
      if (isFault(error, 'directory-sign-in')) return signIn.withJwt(jwt);
      throw error;
    }
  }

  async function obtain(held: Grant | null, refused: Fault | null): Promise<Grant> {
    const others = (await kept?.loadGrant()) ?? null;
    if (lives(others) && others.accessToken !== held?.accessToken) return others;
    if (refused) await kept?.dropGrant();
    const next = await anew(held);
    await kept?.saveGrant(next);
    return next;
  }

  return createSession({ transport, clock, start: lives(kept?.grant ?? null) ? (kept?.grant ?? null) : null, obtain });
}
