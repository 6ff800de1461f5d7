import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Extension } from './account/model.ts';
import { type CallRecord, shownQuery } from './call-records.ts';
import { ApiFailure, appLacks, directoryFailure, failure, notFound } from './http/failure.ts';
import { effectiveMethod, mediaType, parseJsonObject, readBody, requestUrl } from './http/read-request.ts';
import type { Reply } from './http/reply.ts';
import type { Match, Router } from './http/router.ts';
import { rateHeaders, type Verdict } from './limiter.ts';
import { identify } from './oauth/identify.ts';
import type { OpenCall, OpenRoute } from './oauth/open-route.ts';
import { type Caller, type Operation, passUserGate } from './operations/operation.ts';
import { Dropped, spoil } from './spoil.ts';
import type { World } from './world.ts';

/** Anything the server answers. */
export type Route = Operation | OpenRoute;

type Trace = { -readonly [K in keyof CallRecord]?: CallRecord[K] };

/** One request on its way: what was read of it and what has been found out about it. */
type Exchange = {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly method: string;
  readonly text: string;
  readonly trace: Trace;
  readonly headers: Record<string, string>;
};

const FORM = 'application/x-www-form-urlencoded';

/** Answers one HTTP request: token, rate limit, both gates, the operation; and tells the call log. */
export async function answerRequest(
  world: World,
  router: Router<Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = requestUrl(request, world.origin);
  const headers: Record<string, string> = { RCRequestId: randomUUID() };
  const trace: Trace = {
    at: new Date(world.clock.now()).toISOString(),
    method: request.method ?? 'GET',
    path: url.pathname,
    query: shownQuery(url.searchParams),
  };
  try {
    const text = await readBody(request);
    const method = effectiveMethod(request, url.searchParams);
    trace.method = method;
    const reply = await route({ world, request, url, method, text, trace, headers }, router);
    send(response, reply, headers, trace);
  } catch (error) {
    const gone = request.destroyed && !request.complete;
    if (error instanceof Dropped || gone) {
      response.destroy();
      request.socket.destroy();
    } else {
      send(response, failed(error, trace), headers, trace);
    }
  } finally {
    record(world, trace);
  }
}

function failed(error: unknown, trace: Trace): Reply {
  const known = error instanceof ApiFailure ? error : failure(500, 'CMN-203', 'Internal Server Error');
  if (!(error instanceof ApiFailure)) console.error('sandbox: an operation failed', error);
  trace.errorCode = known.errorCode;
  return { status: known.status, json: known.body, headers: known.headers };
}

function send(response: ServerResponse, reply: Reply, headers: Record<string, string>, trace: Trace): void {
  trace.status = reply.status;
  const all: Record<string, string> = { ...headers, ...reply.headers };
  const body =
    reply.raw?.bytes ?? (reply.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.json)));
  const type = reply.raw?.type ?? (reply.json === undefined ? null : 'application/json;charset=utf-8');
  if (type !== null) all['Content-Type'] = type;
  if (reply.status !== 204) all['Content-Length'] = String(body.length);
  response.writeHead(reply.status, all);
  response.end(reply.status === 204 ? undefined : body);
}

function record(world: World, trace: Trace): void {
  const call = world.calls.add({
    at: trace.at ?? '',
    method: trace.method ?? '',
    path: trace.path ?? '',
    query: trace.query ?? '',
    status: trace.status ?? null,
    group: trace.group ?? null,
    remaining: trace.remaining ?? null,
    extension: trace.extension ?? null,
    clientId: trace.clientId ?? null,
    operationId: trace.operationId ?? null,
    errorCode: trace.errorCode ?? null,
    ...(trace.fault === undefined ? {} : { fault: trace.fault }),
    ...(trace.requestBody === undefined ? {} : { requestBody: trace.requestBody }),
  });
  world.events.emit('call', call);
}

async function route(exchange: Exchange, router: Router<Route>): Promise<Reply> {
  const { url, method, trace } = exchange;
  const match = router.find(method, url.pathname);
  if (match === 'no-such-path') throw invalidUri(url.pathname);
  if (match === 'no-such-method') throw failure(405, 'CMN-202', 'Operation is not supported');
  trace.operationId = match.route.operationId;
  if ('open' in match.route) return answerOpen(exchange, match.route, match.params);
  return answerOperation(exchange, match as Match<Operation>);
}

function invalidUri(path: string): ApiFailure {
  if (path.includes('/directory/')) return directoryFailure(404, 'ADG-200', 'Invalid URI');
  return failure(404, 'CMN-120', 'Invalid URI');
}

/** Spoils the call if a fault was asked for; otherwise just runs it. */
async function withFault(exchange: Exchange, extension: string | null, run: () => Promise<Reply>): Promise<Reply> {
  const { world, method, url, trace } = exchange;
  const fault = world.faults.meet({ method, path: url.pathname, extension });
  if (fault === null) return run();
  trace.fault = fault.kind;
  return spoil(fault, run);
}

function takeTurn(exchange: Exchange, route: Route, owner: string | null): void {
  const { world, trace, headers } = exchange;
  const verdict = world.limiter.take(owner, route.group);
  trace.group = route.group;
  trace.remaining = verdict.kind === 'passed' ? verdict.remaining : null;
  Object.assign(headers, rateHeaders(route.group, verdict, world.switches.penaltyRemaining));
  demandTurn(verdict);
}

function demandTurn(verdict: Verdict): void {
  if (verdict.kind === 'refused') throw failure(429, 'CMN-301', 'Request rate exceeded');
}

async function answerOpen(exchange: Exchange, route: OpenRoute, params: Record<string, string>): Promise<Reply> {
  const { world, request, url, text, trace } = exchange;
  const type = mediaType(request);
  const call: OpenCall = {
    world,
    params,
    query: url.searchParams,
    headers: request.headers,
    form: new URLSearchParams(type === FORM ? text : ''),
    mediaType: type,
  };
  const claimed = route.claims?.(call) ?? { extensionId: null, clientId: null };
  const person = claimed.extensionId === null ? undefined : world.account.byId.get(String(claimed.extensionId));
  trace.clientId = claimed.clientId;
  trace.extension = person?.number ?? null;
  takeTurn(exchange, route, person === undefined ? null : `${person.id} ${claimed.clientId ?? ''}`);
  return withFault(exchange, trace.extension, async () => route.handle(call));
}

async function answerOperation(exchange: Exchange, { route, params }: Match<Operation>): Promise<Reply> {
  const { world, trace, text } = exchange;
  rememberBody(trace, text);
  const untouched = rateHeaders(route.group, world.limiter.take(null, route.group), 'full');
  trace.group = route.group;
  Object.assign(exchange.headers, untouched);
  const parameter = exchange.url.searchParams.get('access_token');
  const caller = identify(world, exchange.request.headers.authorization, parameter);
  trace.extension = caller.extension.number;
  trace.clientId = caller.session.clientId;
  takeTurn(exchange, route, `${caller.extension.id} ${caller.session.clientId}`);
  return withFault(exchange, caller.extension.number, async () => runOperation(exchange, route, params, caller));
}

/** The body as it may be told later. Bodies of these operations hold no secrets. */
function rememberBody(trace: Trace, text: string): void {
  if (text === '' || text.length > 20_000) return;
  try {
    trace.requestBody = JSON.parse(text);
  } catch {
    trace.requestBody = null;
  }
}

async function runOperation(
  exchange: Exchange,
  route: Operation,
  params: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<Reply> {
  const { world, request, url, text } = exchange;
  if (world.limitedMode && route.availability === 'Limited') {
    throw failure(503, 'CMN-211', 'Service is in limited mode', {}, { topWord: world.switches.limitedModeWord });
  }
  if (route.app !== null && !caller.scopes.has(route.app)) throw appLacks(route.app);
  const found = findTarget(world, params, caller);
  const grant = passUserGate(world, caller.extension, route.user, found ?? strangerTo(caller));
  if (!isOwnAccount(world, params.accountId)) throw noAccount(route);
  if (found === null) throw notFound('extensionId');
  return route.handle({
    world,
    caller,
    params,
    query: url.searchParams,
    headers: request.headers,
    target: found,
    grant,
    body: (options) => (text === '' && options?.optional ? {} : parseJsonObject(text, mediaType(request))),
  });
}

/** The extension of the path; the caller's own for `~` and for paths without one; null when there is none. */
function findTarget(world: World, params: Readonly<Record<string, string>>, caller: Caller): Extension | null {
  const id = params.extensionId ?? '~';
  return id === '~' ? caller.extension : (world.account.byId.get(id) ?? null);
}

/** Permissions are looked at before existence: to the gate, an unknown extension is just somebody else. */
function strangerTo({ extension }: Caller): Extension {
  return { ...extension, id: -1 };
}

function isOwnAccount(world: World, id: string | undefined): boolean {
  return id === undefined || id === '~' || id === String(world.account.id);
}

function noAccount(route: Operation): ApiFailure {
  if (route.path.includes('/directory/')) return directoryFailure(404, 'ADG-107', 'Account not found.');
  return notFound('accountId');
}
