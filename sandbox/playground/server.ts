import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamEvents } from './events.ts';
import { isFileCall, passFile } from './files.ts';
import { whyForeign } from './guard.ts';
import { type ControlUrls, proxyToControl } from './proxy.ts';
import { sendJson } from './replies.ts';
import { loadStaticFiles, type StaticFiles, sendStaticFile } from './static-files.ts';

export type PlaygroundOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  /** Control API of the Slack sandbox. */
  slackControlUrl: string;
  /** Control API of the RingCentral sandbox. */
  ringcentralControlUrl: string;
  /** Name of the invented company, shown on the page. */
  company: string;
};

export type Playground = { url: string; close(): Promise<void> };

/**
 * Serves the playground page on loopback and passes its calls on to the two sandboxes' control APIs.
 *
 * @throws the listen error (`EADDRINUSE`, `EACCES`) when the port cannot be had
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const files = await loadStaticFiles();
  const controls: ControlUrls = { slack: options.slackControlUrl, ringcentral: options.ringcentralControlUrl };
  const server = createServer((request, response) => {
    void answer(request, response, { files, controls, company: options.company, port: portOf(server) });
  });
  await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${portOf(server)}/`, close: () => close(server) };
}

type Site = { files: StaticFiles; controls: ControlUrls; company: string; port: number };

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  try {
    await route(request, response, site);
  } catch {
    if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'playground_failed' });
    else response.destroy();
  }
}

async function route(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const foreign = whyForeign(request, site.port);
  if (foreign !== null) return sendJson(response, 403, { ok: false, error: 'foreign_request', detail: foreign });
  const [path = '/', query = ''] = splitTarget(request.url ?? '/');
  if (path === '/api/config') return sendJson(response, 200, { ok: true, company: site.company });
  if (path === '/api/events' && request.method === 'GET') return streamEvents(response, site.controls);
  if (isFileCall(request, path)) return passFile(response, { path, query, controlUrl: site.controls.slack });
  if (path.startsWith('/api/')) return proxyToControl(request, response, { path, query, controls: site.controls });
  return sendStaticFile(request, response, { path, files: site.files });
}

/** The target is never decoded or normalised: a path that is not listed letter by letter does not exist. */
function splitTarget(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Event streams never end by themselves and would keep the process alive.
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}
