import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type RingCentralSandbox, type SandboxOptions, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely by tests
export type Json = any;

export type Answer = { status: number; headers: Headers; json: Json; text: string };

/** A sandbox for the tests of a file, put back to its start before each test. */
export type Bench = {
  readonly sandbox: RingCentralSandbox;
  /** Internal id of the extension with a short number. */
  id(number: string): string;
  /** A call with the token of a person; null for none. */
  call(number: string | null, method: string, path: string, body?: unknown): Promise<Answer>;
  callWith(token: string, method: string, path: string, body?: unknown): Promise<Answer>;
  /** A form post to the OAuth endpoints as the confidential app. */
  form(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Json>;
  /** Display names of the roles somebody holds now. */
  rolesOf(number: string): Promise<string[]>;
};

export const ACCOUNT = '/restapi/v1.0/account/~';

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

/** Starts a sandbox for the tests of this file. */
export function bench(options: SandboxOptions = {}): Bench {
  let sandbox: RingCentralSandbox;
  beforeAll(async () => {
    sandbox = await startRingCentralSandbox(options);
  });
  beforeEach(() => control('POST', '/reset'));
  afterAll(() => sandbox.close());

  async function control(method: string, path: string, body?: unknown): Promise<Json> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await read(await fetch(sandbox.controlUrl + path, init));
    return answer.json;
  }
  async function callWith(token: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const init = { method, headers, redirect: 'manual' as const };
    return read(
      await fetch(sandbox.serverUrl + path, body === undefined ? init : { ...init, body: JSON.stringify(body) }),
    );
  }
  function tokenOf(number: string): string {
    const token = sandbox.tokens[number];
    if (token === undefined) throw new Error(`extension ${number} has no token`);
    return token;
  }
  return {
    get sandbox() {
      return sandbox;
    },
    id: (number) => sandbox.people.find((person) => person.ext === number)?.extensionId ?? '',
    call: (number, method, path, body) => callWith(number === null ? null : tokenOf(number), method, path, body),
    callWith,
    async form(path, fields, headers) {
      const basic = { Authorization: `Basic ${btoa(`${sandbox.clientId}:${sandbox.clientSecret}`)}` };
      const init = { method: 'POST', headers: headers ?? basic, body: new URLSearchParams(fields) };
      return read(await fetch(sandbox.serverUrl + path, { ...init, redirect: 'manual' }));
    },
    control,
    async rolesOf(number) {
      const state = await control('GET', `/state?limit=1000&q=${number}`);
      const person = state.people.find((one: Json) => one.ext === number);
      return person.roles.map((role: Json) => role.displayName);
    },
  };
}
