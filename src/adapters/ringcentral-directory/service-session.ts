import { isFault } from '../../domain/faults.ts';
import type { Clock } from '../../usecases/ports.ts';
import { createSession, type Session } from './session.ts';
import type { Grant, SignIn } from './sign-in.ts';
import type { Transport } from './transport.ts';

/**
 * The app's own session, from its JWT.
 *
 * JWT sessions usually get no refresh token, so signing in again is the normal way on. Where there is one it is used
 * first: each new sign-in opens another session, and RingCentral ends the oldest of more than about five.
 */
export function createServiceSession(transport: Transport, signIn: SignIn, clock: Clock, jwt: string): Session {
  async function obtain(held: Grant | null): Promise<Grant> {
    const refreshToken = held?.refreshToken ?? null;
    const lives = held?.refreshExpiresAt == null || held.refreshExpiresAt > clock.now();
    if (refreshToken === null || !lives) return signIn.withJwt(jwt);
    try {
      const next = await signIn.withRefreshToken(refreshToken);
      return { ...next, owner: next.owner ?? held?.owner ?? null };
    } catch (error) {
      if (isFault(error, 'directory-sign-in')) return signIn.withJwt(jwt);
      throw error;
    }
  }
  return createSession({ transport, clock, start: null, obtain });
}
