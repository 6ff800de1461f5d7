import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { SECURITY_HEADERS, sendJson } from './replies.ts';

/** Path as asked for, e.g. `/css/tokens.css`, to the file on disk. Only what is listed here is served. */
export type StaticFiles = ReadonlyMap<string, string>;

const FOLDER = join(import.meta.dirname, 'public');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Lists the page's files once. Because requests are looked up in this list and never joined to a folder, no path can
 * climb out of it.
 */
export async function loadStaticFiles(): Promise<StaticFiles> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile() || TYPES[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(FOLDER, file).split(sep).join('/')}`, file);
  }
  files.set('/', join(FOLDER, 'index.html'));
  return files;
}

/** Sends one listed file; 404 for any other path, 405 for anything but GET and HEAD. */
export async function sendStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  { path, files }: { path: string; files: StaticFiles },
): Promise<void> {
  const file = files.get(path);
  if (file === undefined) return sendJson(response, 404, { ok: false, error: 'no_such_page' });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendJson(response, 405, { ok: false, error: 'method_not_allowed' });
  }
  const body = await readFile(file);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
