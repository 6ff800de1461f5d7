import type { IncomingMessage, ServerResponse } from 'node:http';
import { takeFault } from '../control/faults.ts';
import { readBody, sendJson } from '../http.ts';
import { isObject, type Json, textOf, tryParse } from '../json.ts';
import type { ApiCall, World } from '../world.ts';
import { finishCall, recordCall } from './calls.ts';
import { failed, type Method, type MethodAnswer } from './method.ts';
import { METHODS } from './methods.ts';
import { takeBudget } from './tiers.ts';

/** Serves one Web API call: token, planted faults, scope, rate limit, then the method. Errors are answered with 200, as Slack does. */
export async function serveWebApi(
  world: World,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { args, token } = await readArguments(request);
  const call = recordCall(world, name, args);
  const fault = takeFault(world, name);
  if (fault?.kind === 'drop') {
    finishCall(world, call, 0, 'dropped');
    return void request.socket.destroy();
  }
  if (fault?.kind === 'status') {
    finishCall(world, call, fault.status, 'http_status');
    response.writeHead(fault.status, { 'content-type': 'text/html' });
    return void response.end('<html><body>Service unavailable</body></html>');
  }
  if (fault?.kind === 'ratelimited') return sendLimited(world, call, response, fault.retryAfter);
  const method = METHODS.get(name);
  const refusal = fault?.kind === 'error' ? failed(fault.error) : refuse(world, method, token);
  if (refusal === null && method !== undefined) {
    const wait = takeBudget(world, name, method.tier, textOf(args.channel) ?? null);
    if (wait !== null) return sendLimited(world, call, response, wait);
  }
  const answer = refusal ?? (method === undefined ? failed('unknown_method') : method.run(world, args));
  send(world, call, response, method, answer);
}

/** Slack names the method's missing token, token kind or scope, in this order. */
function refuse(world: World, method: Method | undefined, token: string | null): MethodAnswer | null {
  if (method === undefined) return failed('unknown_method', { req_method: '' });
  if (method.name === 'api.test') return null;
  if (token === null) return failed('not_authed');
  const kind = token === world.identity.botToken ? 'bot' : token === world.identity.appToken ? 'app' : null;
  if (kind === null) return failed('invalid_auth');
  if (!world.installed && kind === 'bot') return failed('account_inactive');
  if (kind !== method.token) return failed('not_allowed_token_type');
  const fits = method.scopes.length === 0 || method.scopes.some((scope) => world.scopes.includes(scope));
  return fits ? null : failed('missing_scope', { needed: method.scopes.join(','), provided: world.scopes.join(',') });
}

function send(
  world: World,
  call: ApiCall,
  response: ServerResponse,
  method: Method | undefined,
  answer: MethodAnswer,
): void {
  finishCall(world, call, 200, answer.ok ? null : answer.error);
  const body = answer.ok ? { ok: true, ...answer.body } : { ok: false, error: answer.error, ...answer.body };
  sendJson(response, 200, body, {
    'x-slack-req-id': world.ids.hex(32),
    'x-oauth-scopes': world.scopes.join(','),
    'x-accepted-oauth-scopes': method?.scopes.join(',') ?? '',
  });
}

function sendLimited(world: World, call: ApiCall, response: ServerResponse, retryAfter: number): void {
  finishCall(world, call, 429, 'ratelimited');
  sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfter) });
}

/** Form fields or a JSON body; the token from the header or the field, and never among the arguments. */
async function readArguments(request: IncomingMessage): Promise<{ args: Json; token: string | null }> {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const text = await readBody(request);
  const body = (request.headers['content-type'] ?? '').startsWith('application/json')
    ? tryParse(text)
    : fromForm(new URLSearchParams(text));
  const { token: field, ...args } = { ...fromForm(query), ...(isObject(body) ? body : {}) };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return { args, token: bearer ?? textOf(field) ?? null };
}

function fromForm(form: URLSearchParams): Json {
  return Object.fromEntries(form);
}
