import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** What one stand-in received: enough for a test to look back. */
export type Received = { method: string; path: string; body: Json };

/** A stand-in for a sandbox's control API: answers from a table, sends events on demand, remembers what it was asked. */
export class FakeControl {
  readonly received: Received[] = [];
  /** `METHOD /path` to the answer, or a function of body and query; bytes are sent as they are, called a page. */
  readonly answers = new Map<string, unknown>();
  url = '';
  readonly #server: Server;
  readonly #streams = new Set<ServerResponse>();
  #isHungUp = false;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Sends an event to everybody who listens. */
  tell(event: Json): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Ends all event streams and takes no new ones. */
  hangUp(): void {
    this.#isHungUp = true;
    for (const stream of this.#streams) stream.destroy();
  }

  get listeners(): number {
    return this.#streams.size;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/events') return this.#stream(response);
    const body = await jsonOf(request);
    const key = `${request.method} ${url.pathname}`;
    if (request.method !== 'GET') this.received.push({ method: request.method ?? '', path: url.pathname, body });
    const answer = this.answers.get(key);
    const value = typeof answer === 'function' ? answer(body, url.searchParams) : answer;
    if (Buffer.isBuffer(value)) {
      response.writeHead(200, { 'content-type': 'text/html', 'x-inner': 'kept inside' });
      response.end(value);
      return;
    }
    response.writeHead(value === undefined ? 404 : 200, {
      'content-type': 'application/json',
      'x-inner': 'kept inside',
    });
    response.end(JSON.stringify(value ?? { ok: false, error: 'not_found' }));
  }

  #stream(response: ServerResponse): void {
    if (this.#isHungUp) {
      response.writeHead(503, { 'content-type': 'application/json' });
      response.end('{}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }
}

async function jsonOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json);
}
