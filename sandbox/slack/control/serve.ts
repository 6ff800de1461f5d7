import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http.ts';
import { isObject, type Json, tryParse } from '../json.ts';
import { ACTS } from './acts.ts';
import { CHANGES } from './changes.ts';
import { READS } from './reads.ts';
import { streamEvents } from './stream.ts';
import type { Controlled } from './types.ts';

/** Serves the control API. It is not part of the imitation: it acts as people, plants faults and moves the clock. */
export async function serveControl(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopbackOrigin(request.headers.origin)) return sendJson(response, 403, { ok: false, error: 'foreign_origin' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  if (route === 'GET /events') return streamEvents(controlled.world, request, response);
  const read = READS[route];
  if (read !== undefined) return sendJson(response, 200, read(controlled.world, url.searchParams));
  const text = await readBody(request);
  const body = text === '' ? {} : tryParse(text);
  if (!isObject(body)) return sendJson(response, 400, { ok: false, error: 'invalid_json' });
  const act = ACTS[route];
  if (act !== undefined) return sendJson(response, 200, await act(controlled.world, body));
  return change(controlled, request.method ?? '', url.pathname, body, response);
}

async function change(
  controlled: Controlled,
  method: string,
  path: string,
  body: Json,
  response: ServerResponse,
): Promise<void> {
  for (const entry of CHANGES) {
    const match = entry.method === method ? entry.path.exec(path) : null;
    if (match === null) continue;
    const answer = await entry.run(controlled, body, match[1] ?? '');
    return sendJson(response, answer.ok === false ? 400 : 200, answer);
  }
  sendJson(response, 404, { ok: false, error: 'no_such_control', path });
}

/** A page from elsewhere that is open in the same browser must not drive the sandbox. */
function isLoopbackOrigin(origin: string | undefined): boolean {
  return origin === undefined || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin);
}
