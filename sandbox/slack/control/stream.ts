import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';

const KEEP_ALIVE_MS = 15_000;

/** Streams what changes as server-sent events, until the watcher leaves. */
export function streamEvents(world: World, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(': watching\n\n');
  const leave = world.bus.watch((notice) => response.write(`data: ${JSON.stringify(notice)}\n\n`));
  const heartbeat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  heartbeat.unref();
  request.on('close', () => {
    clearInterval(heartbeat);
    leave();
  });
}
