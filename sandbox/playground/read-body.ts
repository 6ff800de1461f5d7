import type { IncomingMessage } from 'node:http';

/** 64 KiB: the longest message that Slack accepts (40,000 characters) fits, little else does. */
export const MAX_BODY_BYTES = 64 * 1024;

/** The body was longer than {@link MAX_BODY_BYTES}. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/**
 * Reads a request body as text.
 *
 * @throws {BodyTooLarge} as soon as the limit is passed; what follows is not kept
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    // A little too much is drained, so that the browser reads the refusal and not a broken connection.
    else if (bytes > 16 * MAX_BODY_BYTES) break;
  }
  if (bytes > MAX_BODY_BYTES) throw new BodyTooLarge(`more than ${MAX_BODY_BYTES} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}
