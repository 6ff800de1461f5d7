import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isListed, listPage, loadPartners, type Partner, renderPartner } from './partners.ts';
import { type CarrierxSwitches, DEFAULTS, turned } from './switches.ts';

/** A running stand-in for CarrierX Core API: partners can be listed and read, and changed only past the API. */
export type CarrierxSandbox = { baseUrl: string; token: string; controlUrl: string; close(): Promise<void> };

type World = { readonly partners: Partner[]; switches: CarrierxSwitches };
type Answer = { status: number; body: unknown };

const problem = (status: number, message: string): Answer => ({ status, body: { message } });

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function answer({ partners, switches }: World, token: string, origin: string, request: IncomingMessage): Answer {
  const url = new URL(request.url ?? '/', origin);
  if (request.headers.authorization !== `Bearer ${token}`) return problem(401, 'Unauthorized');
  if (switches.refuse !== null) return problem(switches.refuse, 'Refused by switch');
  if (request.method !== 'GET') return problem(403, 'Forbidden');
  if (url.pathname === '/core/v2/partners') return { status: 200, body: listPage(partners, url, switches) };
  const sid = /^\/core\/v2\/partners\/([^/]+)$/.exec(url.pathname)?.[1];
  const partner = partners.find((each) => each.partner_sid === sid && isListed(each, switches));
  return partner ? { status: 200, body: renderPartner(partner, switches) } : problem(404, 'Not Found');
}

/** `GET /` tells everything, `PATCH /switches` turns some, `PATCH /partners/{sid}` edits one as somebody else would. */
async function control(world: World, request: IncomingMessage): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
  if (request.method === 'GET') return { status: 200, body: { partners: world.partners, switches: world.switches } };
  const changes = request.method === 'PATCH' ? await readObject(request) : null;
  if (changes === null) return problem(400, 'PATCH with a JSON object');
  if (path === '/switches') {
    const next = turned(world.switches, changes);
    if (next === null) return problem(400, 'no such switch or value');
    world.switches = next;
    return { status: 200, body: next };
  }
  const partner = world.partners.find((each) => path === `/partners/${each.partner_sid}`);
  return partner ? { status: 200, body: Object.assign(partner, changes) } : problem(404, 'Not Found');
}

async function readObject(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts the stand-in on loopback with the partners of the account file. */
export async function startCarrierxSandbox(
  options: { port?: number; accountFile?: URL; switches?: Partial<CarrierxSwitches> } = {},
): Promise<CarrierxSandbox> {
  const world: World = {
    partners: loadPartners(options.accountFile ?? new URL('../account.json', import.meta.url)),
    switches: { ...DEFAULTS, ...options.switches },
  };
  const token = `sandbox-${randomUUID()}`;
  let origin = 'http://127.0.0.1';
  const api = createServer((request, response) => send(response, answer(world, token, origin, request)));
  const controls = createServer((request, response) => {
    control(world, request).then(
      (found) => send(response, found),
      () => send(response, problem(500, 'the request could not be read')),
    );
  });
  origin = await listen(api, options.port ?? 0);
  const controlUrl = await listen(controls, 0);
  return {
    baseUrl: `${origin}/core/v2`,
    token,
    controlUrl,
    async close() {
      for (const server of [api, controls]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
