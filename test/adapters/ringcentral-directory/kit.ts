import nock from 'nock';
import {
  createDirectories,
  type DirectoryOptions,
  type RingCentralDirectories,
} from '#src/adapters/ringcentral-directory/index.ts';
import type { Timers } from '#src/adapters/ringcentral-directory/timers.ts';
import type { Fault } from '#src/domain/faults.ts';
import { type ExtensionId, extensionId } from '#src/domain/ids.ts';
import type { Keepsakes, Log, StoredToken } from '#src/usecases/ports.ts';

/** Host that only nock answers for. */
export const SERVER = 'https://ringcentral.test';
export const V1 = '/restapi/v1.0';
export const DAVE = extensionId('62104');
export const ALICE = extensionId('62101');

/** A vault in memory that remembers what was done to it. */
export function memoryVault(initial: Record<string, StoredToken> = {}) {
  const tokens = new Map<string, StoredToken>(Object.entries(initial));
  const done: string[] = [];
  return {
    tokens,
    done,
    async load(extension: ExtensionId) {
      return tokens.get(extension) ?? null;
    },
    async save(extension: ExtensionId, token: StoredToken) {
      done.push(`save ${extension} ${token.accessToken}`);
      tokens.set(extension, token);
    },
    async drop(extension: ExtensionId) {
      done.push(`drop ${extension}`);
      tokens.delete(extension);
    },
  };
}

/** A log that keeps its lines. */
export function memoryLog() {
  const lines: { level: string; message: string; data: Record<string, unknown> }[] = [];
  const at =
    (level: string) =>
    (message: string, data: Record<string, unknown> = {}) =>
      void lines.push({ level, message, data });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}

/** Time that moves when told to; timers fire on the way, in order. */
export function handTime(start = 1_800_000_000_000) {
  let now = start;
  let order = 0;
  let due: { at: number; order: number; run: () => void }[] = [];
  const timers: Timers = {
    after(ms, run) {
      const timer = { at: now + ms, order: order++, run };
      due.push(timer);
      return () => {
        due = due.filter((other) => other !== timer);
      };
    },
  };
  async function settle() {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
  async function pass(ms: number) {
    const until = now + ms;
    await settle();
    for (;;) {
      const next = due.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      due = due.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.run();
      await settle();
    }
    now = until;
    await settle();
  }
  return { clock: { now: () => now }, timers, pass, pending: () => due.length };
}

/** Timers that fire at once: for retries, where only the order matters. */
export const HASTY: Timers = {
  after(ms, run) {
    // Deadlines of the queue and patience stay away; pauses between tries pass at once.
    const timer = setTimeout(run, ms > 5000 ? ms : 0);
    return () => clearTimeout(timer);
  },
};

export function storedToken(name: string, over: Partial<StoredToken> = {}): StoredToken {
  return {
    accessToken: `access-${name}`,
    refreshToken: `refresh-${name}`,
    expiresAt: Date.now() + 3_600_000,
    refreshExpiresAt: Date.now() + 604_800_000,
    scope: 'ReadAccounts RoleManagement',
    ...over,
  };
}

/** Directories on the nock host, with real time and pauses that pass at once. */
export function directories(over: Partial<DirectoryOptions> = {}): RingCentralDirectories {
  return createDirectories({
    serverUrl: SERVER,
    clientId: 'the-app',
    clientSecret: 'app-secret-value',
    jwt: 'jwt-secret-value',
    tokenVault: memoryVault(),
    log: memoryLog().log,
    clock: { now: () => Date.now() },
    timers: HASTY,
    ...over,
  });
}

export function tokenBody(name: string, over: Record<string, unknown> = {}) {
  return {
    access_token: `access-${name}`,
    token_type: 'bearer',
    expires_in: 3600,
    scope: 'ReadAccounts RoleManagement',
    owner_id: '62100',
    session_id: 's1',
    ...over,
  };
}

/** The token endpoint, answering sign-ins by JWT. */
export function signsIn(name = 'service', times = 1, over: Record<string, unknown> = {}) {
  return nock(SERVER)
    .post('/restapi/oauth/token', (body) => body.assertion === 'jwt-secret-value')
    .times(times)
    .reply(200, tokenBody(name, over));
}

/** API calls that carry the token of that name. */
export function api(name = 'service') {
  return nock(SERVER, { reqheaders: { authorization: `Bearer access-${name}` } });
}

/** The fault that a promise ends in. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (error) {
    if ((error as Error).name === 'Fault') return error as Fault;
    throw error;
  }
  throw new Error('expected a fault, got an answer');
}

/** What lies between processes, in memory. */
export function memoryKeepsakes() {
  const bodies = new Map<string, Uint8Array>();
  const keepsakes: Keepsakes = {
    async load(name) {
      return bodies.get(name) ?? null;
    },
    async save(name, body) {
      bodies.set(name, body);
    },
    async drop(name) {
      bodies.delete(name);
    },
  };
  return { keepsakes, bodies };
}
