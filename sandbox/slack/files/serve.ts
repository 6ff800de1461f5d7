import type { IncomingMessage, ServerResponse } from 'node:http';
import { takeFault } from '../control/faults.ts';
import { readBytes } from '../http.ts';
import { finishCall, recordCall } from '../web-api/calls.ts';
import type { ApiCall, Fault, World } from '../world.ts';
import { firstFileOf } from './multipart.ts';
import { isVisibleTo } from './store.ts';
import type { SlackFile } from './types.ts';

/** Largest file that the sandbox takes. Slack's own limit is a gigabyte. */
export const UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024;

const SIGN_IN = `<!DOCTYPE html><html lang="en-US"><head><title>Sign in | Slack</title></head><body>
<h1>Sign in to your workspace</h1><form method="post"><input name="email"><button>Sign in</button></form></body></html>
`;

/**
 * Serves the private addresses of files: to the app's own token with `files:read`, where the bot is.
 *
 * Anybody else is sent to a sign-in page, which answers with 200 and HTML: that is how Slack does it, and how apps come
 * to take the page for the file.
 */
export function serveFile(world: World, path: string, request: IncomingMessage, response: ServerResponse): void {
  const id = /^\/files-pri\/T\w+-(F\w+)\//.exec(path)?.[1] ?? '';
  const call = recordCall(world, 'file_download', { file: id });
  const file = world.files.get(id);
  if (spoiled(world, call, request, response)) return;
  if (!mayRead(world, request, file)) {
    finishCall(world, call, 302, 'sign_in_required');
    response.writeHead(302, { location: `${world.origin}/?redir=${encodeURIComponent(path)}` });
    return void response.end();
  }
  if (file === undefined || file.deleted || file.externalUrl !== null) {
    finishCall(world, call, 404, 'file_not_found');
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
    return void response.end('<!DOCTYPE html><html><body>That file was not found.</body></html>');
  }
  finishCall(world, call, 200, null);
  sendBytes(response, file);
}

/** Hands a file out as a download. */
export function sendBytes(response: ServerResponse, file: SlackFile): void {
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.bytes.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  response.end(file.bytes);
}

/** The page where people sign in to the workspace; apps end up there when they may not read a file. */
export function serveSignIn(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(SIGN_IN);
}

/** Takes the bytes of an upload, raw or as a form, at the address that `files.getUploadURLExternal` gave. */
export async function serveUpload(
  world: World,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const upload = world.uploads.get(path.replace(/^\/upload\/v1\//, ''));
  const call = recordCall(world, 'file_upload', { file: upload?.fileId ?? null });
  if (spoiled(world, call, request, response)) return;
  const body = await readBytes(request, UPLOAD_LIMIT_BYTES).catch(() => null);
  const type = request.headers['content-type'] ?? '';
  const bytes = body !== null && type.startsWith('multipart/form-data') ? await firstFileOf(type, body) : body;
  const refusal = refuseUpload(request.method, upload, bytes);
  if (upload === undefined || bytes === null || refusal !== null) {
    const [status, words] = refusal ?? [400, 'no file'];
    finishCall(world, call, status, 'upload_refused');
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    return void response.end(words);
  }
  upload.bytes = bytes;
  finishCall(world, call, 200, null);
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`OK - ${bytes.length}`);
}

function refuseUpload(
  method: string | undefined,
  upload: { readonly length: number; readonly completed: boolean } | undefined,
  bytes: Buffer | null,
): readonly [number, string] | null {
  if (method !== 'POST') return [405, 'method not allowed'];
  if (upload === undefined || upload.completed) return [404, 'upload not found'];
  if (bytes === null) return [400, 'no file'];
  return bytes.length === upload.length ? null : [400, `expected ${upload.length} bytes, got ${bytes.length}`];
}

function mayRead(world: World, request: IncomingMessage, file: SlackFile | undefined): boolean {
  const { botToken, botUserId } = world.identity;
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== botToken || !world.installed || !world.scopes.includes('files:read')) return false;
  return file === undefined || isVisibleTo(world, file, botUserId);
}

/** Lets a planted fault happen. @returns whether there was one */
function spoiled(world: World, call: ApiCall, request: IncomingMessage, response: ServerResponse): boolean {
  const fault = takeFault(world, call.method);
  if (fault === null) return false;
  finishCall(world, call, statusOf(fault), fault.kind);
  switch (fault.kind) {
    case 'drop':
      request.socket.destroy();
      return true;
    case 'redirect':
      response.writeHead(302, { location: fault.location });
      response.end();
      return true;
    case 'login-page':
      serveSignIn(response);
      return true;
    default:
      response.writeHead(statusOf(fault), { 'content-type': 'text/plain', ...retryHeader(fault) });
      response.end('unavailable');
      return true;
  }
}

function statusOf(fault: Fault['fault']): number {
  switch (fault.kind) {
    case 'status':
      return fault.status;
    case 'ratelimited':
      return 429;
    case 'redirect':
      return 302;
    case 'login-page':
      return 200;
    case 'drop':
      return 0;
    case 'error':
      return 500;
  }
}

function retryHeader(fault: Fault['fault']): Record<string, string> {
  return fault.kind === 'ratelimited' ? { 'retry-after': String(fault.retryAfter) } : {};
}
