import type { ServerResponse } from 'node:http';
import type { World } from '../world.ts';

/** Streams what happens as server-sent events: `{"type":"state","version":n}` and `{"type":"call","call":{...}}`. */
export function streamEvents(world: World, response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  });
  const write = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  const onState = (version: number) => write({ type: 'state', version });
  const onCall = (call: object) => write({ type: 'call', call });
  world.events.on('state', onState).on('call', onCall);
  onState(world.version);
  response.on('close', () => world.events.off('state', onState).off('call', onCall));
}
