import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { ControlUrls } from './proxy.ts';
import { SECURITY_HEADERS, sendJson } from './replies.ts';

const NAMES = ['slack', 'ringcentral'] as const;

/**
 * Sends what happens in both sandboxes as one event stream, each event under the name of its sandbox.
 *
 * One and not two, because a browser opens only six connections to a server: with two a page, a third page would
 * wait for ever. The stream ends when either sandbox's does; the page then asks at intervals and tries again.
 */
export async function streamEvents(response: ServerResponse, controls: ControlUrls): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let bodies: ReadableStream[];
  try {
    bodies = await Promise.all(NAMES.map((name) => openStream(controls[name], gone.signal)));
  } catch {
    gone.abort();
    if (!response.destroyed) sendJson(response, 502, { ok: false, error: 'sandbox_unreachable' });
    return;
  }
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream' });
  response.write(': open\n\n');
  const copies = NAMES.map((name, index) => copyEvents(name, bodies[index] as ReadableStream, response));
  await Promise.race(copies).catch(() => undefined);
  gone.abort();
  await Promise.allSettled(copies);
  response.end();
}

async function openStream(controlUrl: string, signal: AbortSignal): Promise<ReadableStream> {
  const answer = await fetch(`${controlUrl.replace(/\/+$/, '')}/events`, { signal, redirect: 'error' });
  const isStream = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
  if (!answer.ok || !isStream || answer.body === null) throw new Error('no event stream');
  return answer.body as ReadableStream;
}

/** Both control APIs write one `data:` line an event; comments keep the connection alive and are passed on as such. */
async function copyEvents(name: string, body: ReadableStream, response: ServerResponse): Promise<void> {
  const lines = createInterface({ input: Readable.fromWeb(body), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.startsWith('data:')) response.write(`event: ${name}\n${line}\n\n`);
    else if (line.startsWith(':')) response.write(':\n\n');
  }
}
