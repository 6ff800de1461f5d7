import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { SECURITY_HEADERS, sendJson } from './replies.ts';

const FILE = /^\/api\/slack(\/files\/F[A-Z0-9]{1,20})$/;

/** Whether a request is for the bytes of a file in the Slack sandbox. */
export function isFileCall(request: IncomingMessage, path: string): boolean {
  return request.method === 'GET' && FILE.test(path);
}

/**
 * Hands out a file of the Slack sandbox as a download of unknown kind: whatever it holds, the browser stores it and
 * never shows it as a page of this server.
 */
export async function passFile(
  response: ServerResponse,
  { path, query, controlUrl }: { path: string; query: string; controlUrl: string },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const target = `${controlUrl.replace(/\/+$/, '')}${FILE.exec(path)?.[1] ?? ''}${query}`;
  const answer = await fetch(target, { signal: gone.signal, redirect: 'error' }).catch(() => null);
  if (answer === null || !answer.ok || answer.body === null) {
    await answer?.body?.cancel();
    const unreachable = answer === null;
    if (response.destroyed) return;
    return sendJson(response, unreachable ? 502 : 404, {
      ok: false,
      error: unreachable ? 'sandbox_unreachable' : 'file_not_found',
    });
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
  });
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => undefined);
}
