import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { HTTPReceiver } from '@slack/bolt';

/** Bolt's own limit, above which it answers 413. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const EVENTS_PATH = '/slack/events';
/** Valid JSON that begins so is an object; whether it is valid Bolt finds out, after the signature. */
const BEGINS_AN_OBJECT = /^[ \t\n\r]*\{/;

/**
 * Refuses bodies that hold no object, such as `payload=null`, with 400.
 *
 * Bolt looks for fields in whatever came, where nobody awaits it: the error would end the process.
 */
export function refuseBodiesWithoutObject(receiver: HTTPReceiver): void {
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST' || URL.parse(request.url ?? '', 'http://localhost')?.pathname !== EVENTS_PATH)
      return listen(request, response);
    readWithin(request, BODY_LIMIT_BYTES).then(
      (body) => {
        if (body === null) return refuse(response, 413);
        if (!holdsObject(request.headers['content-type'], body.toString())) return refuse(response, 400);
        // Bolt takes the body from here, where it was read before.
        listen(Object.assign(request, { rawBody: body }), response);
      },
      () => request.destroy(),
    );
  };
}

/** Null when it is more than that. */
async function readWithin(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function holdsObject(contentType: string | undefined, body: string): boolean {
  if (contentType !== 'application/x-www-form-urlencoded') return BEGINS_AN_OBJECT.test(body);
  const { payload } = parse(body);
  return typeof payload !== 'string' || BEGINS_AN_OBJECT.test(payload);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' });
  response.end();
}
