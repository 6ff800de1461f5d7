import type { IncomingMessage } from 'node:http';
import { failure } from './failure.ts';

const LARGEST_BODY = 8 * 1024 * 1024;

/** Reads a request body as text. @throws {ApiFailure} when it is larger than 8 MiB */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw failure(413, 'CMN-104', 'Cannot parse request');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The address of a request; the root for what is no address at all. */
export function requestUrl(request: IncomingMessage, origin: string): URL {
  const base = origin === '' ? 'http://127.0.0.1' : origin;
  return URL.parse(request.url ?? '/', base) ?? new URL('/', base);
}

/** Media type of the body in lower case, without parameters; empty when none is stated. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * Reads a JSON object. A body is required to say that it is JSON.
 *
 * @throws {ApiFailure} 400 CMN-104 for another media type, 400 CMN-103 for what is not a JSON object
 */
export function parseJsonObject(text: string, type: string): Record<string, unknown> {
  if (type !== 'application/json') throw failure(400, 'CMN-104', 'Cannot parse request');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw failure(400, 'CMN-103', "JSON can't be parsed.");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw failure(400, 'CMN-103', "JSON can't be parsed.");
  }
  return value as Record<string, unknown>;
}

/**
 * The method that counts: `X-HTTP-Method-Override` or `_method` may replace it on POST.
 *
 * @throws {ApiFailure} 400 when both are given and differ
 */
export function effectiveMethod(request: IncomingMessage, query: URLSearchParams): string {
  const method = request.method ?? 'GET';
  if (method !== 'POST') return method;
  const header = request.headers['x-http-method-override'];
  const fromHeader = typeof header === 'string' ? header.toUpperCase() : null;
  const fromQuery = query.get('_method')?.toUpperCase() ?? null;
  if (fromHeader !== null && fromQuery !== null && fromHeader !== fromQuery) {
    throw failure(400, 'CMN-104', 'Cannot parse request');
  }
  return fromHeader ?? fromQuery ?? method;
}
