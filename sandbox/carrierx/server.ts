import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type AccountPartner = { name: string; parent: string | null; status: string; available_scopes: string[] };
type Partner = {
  partner_sid: string;
  parent_sid: string;
  company_name: string;
  status: string;
  available_scopes: string[];
};

/** A running stand-in for CarrierX Core API: partners can be listed and read, nothing can be changed. */
export type CarrierxSandbox = { baseUrl: string; token: string; controlUrl: string; close(): Promise<void> };

/** UUID-shaped and the same at every start, as secure ids are. */
function sidFor(name: string): string {
  const hex = createHash('sha256').update(`partner:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function loadPartners(accountFile: URL): Partner[] {
  const account = JSON.parse(readFileSync(accountFile, 'utf8')) as { partners: AccountPartner[] };
  return account.partners.map((partner) => ({
    partner_sid: sidFor(partner.name),
    parent_sid: partner.parent ? sidFor(partner.parent) : sidFor('operator'),
    company_name: partner.name,
    status: partner.status,
    available_scopes: partner.available_scopes,
  }));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A whole number of the query within bounds; anything else falls back. */
function whole(text: string | null, fallback: number, maximum: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, maximum) : fallback;
}

function list(partners: Partner[], url: URL): unknown {
  const limit = whole(url.searchParams.get('limit'), 10, 1000);
  const offset = whole(url.searchParams.get('offset'), 0, Number.MAX_SAFE_INTEGER);
  const items = partners.slice(offset, offset + limit);
  const hasMore = offset + items.length < partners.length;
  const next = new URL(url);
  next.searchParams.set('offset', String(offset + limit));
  return {
    count: items.length,
    has_more: hasMore,
    items,
    limit,
    offset,
    pagination: hasMore ? { next: next.href } : {},
    total: partners.length,
  };
}

type Answer = { status: number; body: unknown };

function answer(partners: Partner[], token: string, origin: string, request: IncomingMessage): Answer {
  const url = new URL(request.url ?? '/', origin);
  if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Unauthorized' } };
  if (request.method !== 'GET') return { status: 403, body: { message: 'Forbidden' } };
  if (url.pathname === '/core/v2/partners') return { status: 200, body: list(partners, url) };
  const sid = /^\/core\/v2\/partners\/([^/]+)$/.exec(url.pathname)?.[1];
  const partner = partners.find((each) => each.partner_sid === sid);
  return partner ? { status: 200, body: partner } : { status: 404, body: { message: 'Not Found' } };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Starts the stand-in on loopback with the partners of the account file. Ten rows a page unless asked otherwise, as
 * the public documentation says. The control address only tells the partners; there is no state to change yet.
 */
export async function startCarrierxSandbox(
  options: { port?: number; accountFile?: URL } = {},
): Promise<CarrierxSandbox> {
  const partners = loadPartners(options.accountFile ?? new URL('../account.json', import.meta.url));
  const token = `sandbox-${randomUUID()}`;
  let origin = 'http://127.0.0.1';
  const api = createServer((request, response) => {
    const { status, body } = answer(partners, token, origin, request);
    send(response, status, body);
  });
  const control = createServer((_request, response) => send(response, 200, { partners }));
  origin = await listen(api, options.port ?? 0);
  const controlUrl = await listen(control, 0);
  return {
    baseUrl: `${origin}/core/v2`,
    token,
    controlUrl,
    async close() {
      for (const server of [api, control]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
