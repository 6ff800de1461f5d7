import { Fault, isFault } from '../../domain/faults.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { Grant } from './sign-in.ts';
import { joinShared } from './timers.ts';
import type { Transport } from './transport.ts';

/** One signed-in identity. */
export type Session = {
  /** The token in use; signs in or renews first where it must. Concurrent askers share one sign-in. */
  current(signal?: AbortSignal): Promise<Grant>;
  /**
   * A token other than `refused`, which the API turned down with `why`.
   *
   * @throws {Fault} `directory-sign-in` when there is none
   */
  renewed(refused: string, why: Fault, signal?: AbortSignal): Promise<Grant>;
  /** The token in use, if any; asks nobody. */
  held(): Grant | null;
};

export type SessionOptions = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly start: Grant | null;
  /** Gets the next token; `held` is the one before, `refused` the API's words when it turned that one down. */
  obtain(held: Grant | null, refused: Fault | null): Promise<Grant>;
};

/** Renewed this long before its end, so that a call on its way does not meet the end; less for short lives. */
const AHEAD_MS = 60_000;
/** A refused sign-in is not tried again at once: each try costs one of five calls a minute. */
const REFUSED_FOR_MS = 15_000;

/** Makes a session that renews itself in single flight. */
export function createSession(options: SessionOptions): Session {
  const { transport, clock } = options;
  let held = options.start;
  let renewAt = renewalOf(held, clock.now());
  const started = held === null ? null : transport.useToken(held.accessToken);
  let running: Promise<Grant> | null = null;
  let refusal: { readonly fault: Fault; readonly until: number } | null = null;

  async function obtain(refused: Fault | null): Promise<Grant> {
    if (refusal && clock.now() < refusal.until) throw refusal.fault;
    try {
      held = await options.obtain(held, refused);
      renewAt = renewalOf(held, clock.now());
      refusal = null;
      await transport.useToken(held.accessToken);
      return held;
    } catch (error) {
      if (isFault(error, 'directory-sign-in')) refusal = { fault: error, until: clock.now() + REFUSED_FOR_MS };
      throw error;
    }
  }

  function renew(refused: Fault | null, signal?: AbortSignal): Promise<Grant> {
    running ??= obtain(refused).finally(() => {
      running = null;
    });
    // Without this a renewal that fails after every asker gave up would end the process.
    running.catch(() => {});
    return joinShared(running, 'getToken', signal);
  }

  return {
    async current(signal) {
      if (running !== null) return joinShared(running, 'getToken', signal);
      if (held && renewAt > clock.now()) {
        await started;
        return held;
      }
      return renew(null, signal);
    },
    async renewed(refused, why, signal) {
      if (running === null && held && held.accessToken !== refused) return held;
      return renew(why, signal);
    },
    held: () => held,
  };
}

/** A token that lives for seconds is used for half of them: renewing it for each call would spend the Auth budget. */
function renewalOf(grant: Grant | null, now: number): number {
  if (grant === null) return 0;
  return grant.expiresAt - Math.min(AHEAD_MS, (grant.expiresAt - now) / 2);
}

/** A grant that cannot be had any more. */
export function signInFault(why: string, cause: Fault | null = null): Fault {
  return new Fault('directory-sign-in', why, { operation: 'getToken', ...(cause ? cause.data : {}) });
}
