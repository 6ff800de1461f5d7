import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { isAllowed, type SandboxName } from './allowed-calls.ts';
import { BodyTooLarge, MAX_BODY_BYTES, MAX_UPLOAD_BYTES, readBody } from './read-body.ts';
import { SECURITY_HEADERS, sendJson } from './replies.ts';

export type ControlUrls = Readonly<Record<SandboxName, string>>;

type Call = { path: string; query: string; controls: ControlUrls };

/**
 * Passes one call of the page on to a sandbox's control API: only listed calls, only JSON, small bodies but for files.
 */
export async function proxyToControl(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
  const [, , name = '', ...rest] = call.path.split('/');
  const path = `/${rest.join('/')}`;
  const method = request.method ?? 'GET';
  if (!isAllowed(name, method, path)) return sendJson(response, 404, { ok: false, error: 'no_such_call' });
  if (method !== 'GET' && !isJson(request)) return sendJson(response, 415, { ok: false, error: 'json_only' });
  const body = await bodyOf(request, response, path === '/act/upload' ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES);
  if (body === null) return;
  const target = `${call.controls[name].replace(/\/+$/, '')}${path}${call.query}`;
  await forward({ request, response, method, target, body });
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** The body as text, or null when it was refused and the answer is sent. */
async function bodyOf(request: IncomingMessage, response: ServerResponse, limitBytes: number): Promise<string | null> {
  try {
    const body = await readBody(request, limitBytes);
    if (body !== '') JSON.parse(body);
    return body;
  } catch (error) {
    const tooLarge = error instanceof BodyTooLarge;
    sendJson(response, tooLarge ? 413 : 400, { ok: false, error: tooLarge ? 'body_too_large' : 'not_json' });
    return null;
  }
}

type Forward = { request: IncomingMessage; response: ServerResponse; method: string; target: string; body: string };

async function forward({ response, method, target, body }: Forward): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let answer: Response;
  try {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const init: RequestInit = { method, headers, signal: gone.signal, redirect: 'error' };
    answer = await fetch(target, method === 'GET' ? init : { ...init, body: body === '' ? '{}' : body });
  } catch {
    if (!response.destroyed) sendJson(response, 502, { ok: false, error: 'sandbox_unreachable' });
    return;
  }
  await passOn(answer, response);
}

/** Only the status and JSON come through; a sandbox's own headers never reach the browser. */
async function passOn(answer: Response, response: ServerResponse): Promise<void> {
  if (answer.status === 204) return sendJson(response, 200, { ok: true });
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/json') || answer.body === null) {
    await answer.body?.cancel();
    return sendJson(response, 502, { ok: false, error: 'sandbox_answered_oddly' });
  }
  response.writeHead(answer.status, { ...SECURITY_HEADERS, 'content-type': 'application/json; charset=utf-8' });
  // A side that goes away in the middle is no failure of this server.
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => undefined);
}
