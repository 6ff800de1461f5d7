import { z } from 'zod';
import { type ExtensionId, extensionId } from '../../domain/ids.ts';
import type { Clock } from '../../usecases/ports.ts';
import { faultOfAnswer, faultOfSilence, unreadable } from './faults.ts';
import type { Limiter } from './limiter.ts';
import { readPace } from './pace.ts';
import { type Answer, NoAnswer, type Transport } from './transport.ts';

/** What the token endpoint gave. */
export type Grant = {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string | null;
  readonly refreshExpiresAt: number | null;
  /** App permissions, separated by spaces, as RingCentral printed them. */
  readonly scope: string;
  /** Extension the token belongs to; null where it was not said. */
  readonly owner: ExtensionId | null;
};

/** OAuth calls of one identity. Each is exactly one request, counted in the Auth group. */
export type SignIn = {
  /** @throws {Fault} `directory-sign-in` when RingCentral refuses, `directory-unavailable` when it does not answer */
  withJwt(jwt: string): Promise<Grant>;
  withRefreshToken(refreshToken: string): Promise<Grant>;
  /** Ends the whole session of the token. */
  revoke(accessToken: string): Promise<void>;
};

export type SignInOptions = {
  readonly transport: Transport;
  /** Asked for each time: idle limiters are forgotten. */
  limiter(): Limiter;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxWaitMs: number;
};

const seconds = z.coerce.number().positive();
/** `session_id` is required by the official document and missing in the official samples: it is not demanded. */
const TOKEN = z.object({
  access_token: z.string().min(1),
  expires_in: seconds,
  refresh_token: z.string().min(1).nullish(),
  refresh_token_expires_in: seconds.nullish(),
  scope: z.string().nullish(),
  owner_id: z.union([z.string(), z.number()]).nullish(),
});

/**
 * Speaks to the token endpoint through the SDK's `send`, not its `login` and `refresh`: those send a refused request
 * twice, ask for a lifetime of -1 seconds after a 401, and empty their memory when the network fails.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { transport, clock } = options;

  async function post(id: string, path: string, body: Record<string, string>): Promise<Answer> {
    const failed = { id, effect: 'read' } as const;
    const ticket = await options.limiter().acquire({ operation: id, priority: 'write', maxWaitMs: options.maxWaitMs });
    try {
      const answer = await transport.send({ method: 'POST', path, body, as: 'app', timeoutMs: options.timeoutMs });
      const fault = answer.status >= 200 && answer.status < 300 ? null : faultOfAnswer(failed, answer, clock.now());
      if (fault?.code === 'rate-limited') ticket.penalised(fault.data.retryAfterMs ?? 60_000, readPace(answer));
      else ticket.answered(readPace(answer));
      if (fault) throw fault;
      return answer;
    } catch (error) {
      ticket.answered(null);
      throw error instanceof NoAnswer ? faultOfSilence(failed, error) : error;
    }
  }

  async function grant(body: Record<string, string>): Promise<Grant> {
    return readGrant(await post('getToken', '/restapi/oauth/token', body), clock.now());
  }

  return {
    withJwt: (jwt) => grant({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt }),
    withRefreshToken: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    async revoke(accessToken) {
      await post('revokeToken', '/restapi/oauth/revoke', { token: accessToken });
    },
  };
}

function readGrant(answer: Answer, now: number): Grant {
  const failed = { id: 'getToken', effect: 'read' } as const;
  const token = TOKEN.safeParse(safeJson(answer.text));
  if (!token.success) throw unreadable(failed, 'token', answer);
  const { access_token, expires_in, refresh_token, refresh_token_expires_in, scope, owner_id } = token.data;
  return {
    accessToken: access_token,
    expiresAt: now + expires_in * 1000,
    refreshToken: refresh_token ?? null,
    refreshExpiresAt: refresh_token && refresh_token_expires_in ? now + refresh_token_expires_in * 1000 : null,
    scope: scope ?? '',
    owner: ownerOf(owner_id),
  };
}

function ownerOf(value: string | number | null | undefined): ExtensionId | null {
  if (value === null || value === undefined) return null;
  try {
    return extensionId(value);
  } catch {
    return null;
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
