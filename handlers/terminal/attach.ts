import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  ATTACHMENT_LIMIT_BYTES,
  type Attachment,
  readAttachment,
  type UnusableAttachment,
} from '#src/domain/attachment.ts';
import { Usage } from './arguments.ts';
import type { Io } from './composition.ts';

/**
 * Reads the file that comes with the words (`--file`), from a path or from standard input (`-`); null without one.
 *
 * @throws {Usage} when there is none, or it may not be read
 */
export async function attach(path: string | undefined, io: Io): Promise<Attachment | UnusableAttachment | null> {
  if (path === undefined) return null;
  const bytes = path === '-' ? await bytesWithin(io.stdin) : await bytesOf(path);
  return readAttachment(path === '-' ? 'standard input' : basename(path), bytes);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    return await bytesWithin(file.createReadStream());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Usage(`--file: ${path} cannot be read (${code}). Nothing was asked or changed.`);
  }
}

/** One byte above the limit is enough to see that it is too much. */
async function bytesWithin(source: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    chunks.push(bytes);
    size += bytes.length;
    if (size > ATTACHMENT_LIMIT_BYTES) break;
  }
  return Buffer.concat(chunks);
}
