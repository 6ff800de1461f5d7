import type { IncomingMessage } from 'node:http';

/** 64 KiB: the longest message that Slack accepts (40,000 characters) fits, little else does. */
export const MAX_BODY_BYTES = 64 * 1024;

/** For the upload of a file: five million bytes as base64, and some words. */
export const MAX_UPLOAD_BYTES = 7 * 1024 * 1024;

/** The body was longer than it may be. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/**
 * Reads a request body as text.
 *
 * @throws {BodyTooLarge} as soon as the limit is passed; what follows is not kept
 */
export async function readBody(request: IncomingMessage, limitBytes = MAX_BODY_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
    // A little too much is drained, so that the browser reads the refusal and not a broken connection.
    else if (bytes > limitBytes + 16 * MAX_BODY_BYTES) break;
  }
  if (bytes > limitBytes) throw new BodyTooLarge(`more than ${limitBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}
