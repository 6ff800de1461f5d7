// Not the package's entry: that adds node-fetch and a storage that all instances share, and neither is used here.
import { SDK } from '@ringcentral/sdk/lib/SDK.js';

/** One HTTP request as the adapter states it. */
export type Send = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the server address, beginning with `/restapi`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Token requests are forms with the app's own credentials; everything else is JSON with the session's token. */
  readonly as: 'session' | 'app';
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

type QueryValue = string | number | boolean;
/** Absent values are left out; the SDK would send them as `name=` or `name=null`. */
export type Query = Readonly<Record<string, QueryValue | readonly string[] | null | undefined>>;

/** What came back, whole, whatever its status. */
export type Answer = {
  readonly status: number;
  readonly text: string;
  header(name: string): string | null;
};

/** No answer came back, or not all of it. */
export class NoAnswer extends Error {
  readonly reason: 'timeout' | 'aborted' | 'network';
  /** False only when the request certainly never left. */
  readonly sent: boolean;
  /** Code of the machine such as `ECONNRESET`; safe to show. */
  readonly networkCode: string | null;

  constructor(reason: NoAnswer['reason'], sent: boolean, networkCode: string | null) {
    super(`no answer: ${reason}${networkCode === null ? '' : ` (${networkCode})`}`);
    this.name = 'NoAnswer';
    this.reason = reason;
    this.sent = sent;
    this.networkCode = networkCode;
  }
}

/** The SDK, wrapped once: it builds requests, signs them and sends them; everything else is decided by us. */
export type Transport = {
  /** @throws {NoAnswer} when no whole answer came back. */
  send(request: Send): Promise<Answer>;
  /** The token that following session requests carry. */
  useToken(accessToken: string): Promise<void>;
};

export type TransportOptions = {
  readonly serverUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Keeps what the SDK stores for one identity apart from all others. */
  readonly cachePrefix: string;
};

/** The SDK's types speak of the browser's own classes; Node's do the same work. */
type SdkOptions = ConstructorParameters<typeof SDK>[0];
type Platform = ReturnType<SDK['platform']>;

/** Refused before anything could have been sent: the connection never stood. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const WITHOUT_BODY = new Set([204, 205, 304]);
/** Far above a whole account of 100,000 people; stops an endless answer from filling the memory. */
const MOST_BYTES = 128 * 1024 * 1024;

/**
 * Wraps one SDK instance for one identity.
 *
 * - Own storage and own `cachePrefix`: instances of the SDK otherwise share one token.
 * - `ensureLoggedIn` is switched off and every request says `retry`: the SDK would otherwise sign in, refresh and
 *   repeat calls behind the limiter's back, and send a refused token request twice.
 * - Answers are read whole before the SDK sees them, so that reading them twice cannot fail or hang.
 * - Redirects are not followed: they would carry the token to another address.
 */
export function createTransport(options: TransportOptions): Transport {
  const sdk = new SDK({
    server: options.serverUrl.replace(/\/+$/, ''),
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    cachePrefix: options.cachePrefix,
    appName: 'Rolecall',
    appVersion: '0.1.0',
    handleRateLimit: false,
    localStorage: memoryStorage(),
    fetch: fetchWhole,
    Request,
    Response,
    Headers,
  } as unknown as SdkOptions);
  const platform = sdk.platform();
  platform.ensureLoggedIn = () => Promise.resolve(null as never);
  return {
    send: (request) => send(platform, request),
    useToken: (accessToken) => platform.auth().setData({ token_type: 'Bearer', access_token: accessToken }),
  };
}

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    keys: () => [...items.keys()],
  };
}

async function fetchWhole(request: Request): Promise<Response> {
  const response = await fetch(request);
  const { status, statusText, headers } = response;
  if (Number(headers.get('content-length') ?? 0) > MOST_BYTES) throw new RangeError('answer too large');
  const body = await response.arrayBuffer();
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers });
}

async function send(platform: Platform, request: Send): Promise<Answer> {
  refuseForeign(request);
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  if (request.signal?.aborted) throw new NoAnswer('aborted', false, null);
  try {
    return await readAnswer(await platform.send(sendOptions(platform, request, signal)));
  } catch (error) {
    const response = (error as { response?: Response | null }).response;
    if (response) return readAnswer(response);
    throw noAnswerOf(error, request.signal, timeout);
  }
}

/** An absolute address would be sent as it is, token included; a list would be sent as `[object Object]`. */
function refuseForeign(request: Send): void {
  if (!/^\/restapi(\/|$)/.test(request.path) || request.path.includes('..')) {
    throw new TypeError('only paths of the API are sent');
  }
  const prototype = request.body === undefined ? Object.prototype : Object.getPrototypeOf(request.body);
  if (prototype !== Object.prototype) throw new TypeError('only plain objects are sent as a body');
}

function sendOptions(platform: Platform, request: Send, signal: AbortSignal): object {
  const asApp = request.as === 'app';
  return {
    method: request.method,
    url: request.path,
    query: presentOnly(request.query),
    body: request.body,
    headers: {
      Accept: 'application/json',
      // Names of roles and permissions may follow the language; the grammar reads the English ones.
      'Accept-Language': 'en-US',
      ...(asApp
        ? { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: platform.basicAuthHeader() }
        : {}),
    },
    skipAuthCheck: asApp,
    retry: true,
    redirect: 'manual',
    signal,
  };
}

function presentOnly(query: Query | undefined): Record<string, QueryValue | readonly string[]> | undefined {
  const present = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return present.length === 0 ? undefined : (Object.fromEntries(present) as Record<string, QueryValue>);
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, header: (name) => response.headers.get(name) };
}

/** The SDK's error carries the request with its token: nothing of it but the machine's code is kept. */
function noAnswerOf(error: unknown, callSignal: AbortSignal | undefined, timeout: AbortSignal): NoAnswer {
  if (callSignal?.aborted) return new NoAnswer('aborted', true, null);
  if (timeout.aborted) return new NoAnswer('timeout', true, null);
  const networkCode = codeOf(error) ?? codeOf((error as { cause?: unknown }).cause);
  return new NoAnswer('network', networkCode === null || !NEVER_SENT.has(networkCode), networkCode);
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : null;
}
