import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { requestUrl } from '../http/read-request.ts';
import { createRouter } from '../http/router.ts';
import { listen, stop } from '../listen.ts';
import type { World } from '../world.ts';
import { streamEvents } from './events.ts';
import { CONTROL_ROUTES, ControlProblem, type ControlRoute } from './routes.ts';

export type Control = { readonly url: string; close(): Promise<void> };

/**
 * Starts the control API: how people and tests look behind the imitation and change it. On a port of its own, so
 * that nothing of it can be taken for RingCentral.
 */
export async function startControl(world: World, options: { port: number; reset(): void }): Promise<Control> {
  const router = createRouter(CONTROL_ROUTES);
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/events') return streamEvents(world, response);
    void answer(request, response, (route, params, query, body) =>
      route.handle({ world, ...options, params, query, body }),
    );
  });
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    run: (
      route: ControlRoute,
      params: Readonly<Record<string, string>>,
      query: URLSearchParams,
      body: unknown,
    ) => unknown,
  ): Promise<void> {
    if (isForeignPage(request)) return send(response, 403, { error: 'pages of other hosts may not use this' });
    const url = requestUrl(request, '');
    const match = router.find(request.method ?? 'GET', url.pathname);
    if (typeof match === 'string') return send(response, 404, { error: match });
    try {
      const body = await readJson(request);
      send(response, 200, run(match.route, match.params, url.searchParams, body) ?? { ok: true });
    } catch (error) {
      const status = error instanceof ControlProblem ? error.status : 400;
      send(response, status, { error: error instanceof Error ? error.message : String(error) });
    }
  }
  const url = await listen(server, options.port);
  return { url, close: () => stop(server) };
}

/** A web page from elsewhere must not drive a sandbox that happens to run on the reader's machine. */
function isForeignPage({ headers }: IncomingMessage): boolean {
  const host = headers.origin === undefined ? null : URL.parse(headers.origin)?.hostname;
  return host !== null && host !== '127.0.0.1' && host !== 'localhost';
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

function send(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(json));
}
