import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendBytes, UPLOAD_LIMIT_BYTES } from '../files/serve.ts';
import { isVisibleTo } from '../files/store.ts';
import { readBody, sendJson } from '../http.ts';
import { isObject, type Json, tryParse } from '../json.ts';
import type { World } from '../world.ts';
import { ACTS } from './acts.ts';
import { CHANGES } from './changes.ts';
import { READS } from './reads.ts';
import { streamEvents } from './stream.ts';
import type { Controlled } from './types.ts';

/** An upload of the largest file comes as base64 inside JSON. */
const CONTROL_LIMIT_BYTES = 2 * UPLOAD_LIMIT_BYTES;

/** Serves the control API. It is not part of the imitation: it acts as people, plants faults and moves the clock. */
export async function serveControl(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopbackOrigin(request.headers.origin)) return sendJson(response, 403, { ok: false, error: 'foreign_origin' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  const fileId = /^GET \/files\/(\w+)$/.exec(route)?.[1];
  if (fileId !== undefined) return serveDownload(controlled.world, fileId, url.searchParams.get('user'), response);
  if (route === 'GET /events') return streamEvents(controlled.world, request, response);
  const read = READS[route];
  if (read !== undefined) return sendJson(response, 200, read(controlled.world, url.searchParams));
  const text = await readBody(request, CONTROL_LIMIT_BYTES);
  const body = text === '' ? {} : tryParse(text);
  if (!isObject(body)) return sendJson(response, 400, { ok: false, error: 'invalid_json' });
  const act = ACTS[route];
  if (act !== undefined) return sendJson(response, 200, await act(controlled.world, body));
  return change(controlled, request.method ?? '', url.pathname, body, response);
}

/** Hands a file out to a person who has it before them; without a person to whoever drives the sandbox. */
function serveDownload(world: World, id: string, user: string | null, response: ServerResponse): void {
  const file = world.files.get(id);
  const seen = file !== undefined && !file.deleted && (user === null || isVisibleTo(world, file, user));
  if (seen) sendBytes(response, file);
  else sendJson(response, 404, { ok: false, error: 'file_not_found' });
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
