import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type Json, tryParse } from '../json.ts';
import type { AttemptOutcome, DeliveryKind, Door, World } from '../world.ts';
import { ACK_WITHIN_MS } from './limits.ts';

/** Slack lets one app hold this many connections at once. */
const MOST_CONNECTIONS = 10;
const PING_EVERY_MS = 10_000;
/** How long a client may stay after a disconnect frame before the line is cut. */
const LEAVE_WITHIN_MS = 10_000;

type Connection = { readonly number: number; readonly socket: WebSocket };

/** Socket Mode: tickets, hello, envelopes, acknowledgements and disconnect frames on `server`. */
export type SocketDoor = Door & {
  /** Makes an address that works for one connection. */
  invite(): string;
};

/** Opens Socket Mode on an HTTP server; each payload goes to one of the connections, in turn. */
export function openSocketDoor(world: World, server: Server): SocketDoor {
  const wss = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  const pending = new Map<string, (ack: unknown) => void>();
  let counter = 0;
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    wss.handleUpgrade(request, socket, head, (client) => welcome(client));
  });
  const heartbeat = setInterval(() => {
    for (const { socket } of connections) socket.ping();
  }, PING_EVERY_MS);
  heartbeat.unref();

  function welcome(socket: WebSocket): void {
    if (connections.length >= MOST_CONNECTIONS) {
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'sandbox' } }),
      );
      socket.close();
      return;
    }
    const connection = { number: ++counter, socket };
    connections.push(connection);
    socket.on('message', (data) => receive(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const place = connections.indexOf(connection);
      if (place >= 0) connections.splice(place, 1);
      world.bus.tell({ type: 'connection', open: connections.length });
    });
    socket.send(JSON.stringify(hello(world, connections.length)));
    world.bus.tell({ type: 'connection', open: connections.length });
  }

  function receive(text: string): void {
    const frame = tryParse(text);
    if (!isObject(frame) || typeof frame.envelope_id !== 'string') return;
    pending.get(frame.envelope_id)?.(frame.payload ?? null);
  }

  function attempt(
    kind: DeliveryKind,
    payload: Json,
    retry: { num: number; reason: string } | null,
  ): Promise<AttemptOutcome> {
    const connection = connections[turn++ % Math.max(1, connections.length)];
    if (connection === undefined) {
      return Promise.resolve({ acked: false, ack: null, withinMs: null, failure: 'no_connection', connection: null });
    }
    const envelopeId = world.ids.uuid();
    const sentAt = world.clock.now();
    const frame = envelope(envelopeId, kind, payload, retry);
    return new Promise((resolve) => {
      const settle = (outcome: Omit<AttemptOutcome, 'connection'>) => {
        cancel();
        pending.delete(envelopeId);
        resolve({ ...outcome, connection: connection.number });
      };
      const cancel = world.clock.after(ACK_WITHIN_MS, () =>
        settle({ acked: false, ack: null, withinMs: null, failure: 'timeout' }),
      );
      pending.set(envelopeId, (ack) =>
        settle({ acked: true, ack, withinMs: world.clock.now() - sentAt, failure: null }),
      );
      connection.socket.send(JSON.stringify(frame));
    });
  }

  return {
    attempt,
    open: () => connections.length,
    invite() {
      const ticket = world.ids.uuid();
      tickets.add(ticket);
      return `${world.origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${world.identity.appId}`;
    },
    disconnect(reason, number) {
      const told = connections.filter((connection) => number === undefined || connection.number === number);
      for (const { socket } of told) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
        world.clock.after(LEAVE_WITHIN_MS, () => socket.close());
      }
      return told.length;
    },
    close() {
      clearInterval(heartbeat);
      for (const { socket } of connections) socket.terminate();
      wss.close();
    },
  };
}

function hello(world: World, open: number): Json {
  return {
    type: 'hello',
    num_connections: open,
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18060 },
    connection_info: { app_id: world.identity.appId },
  };
}

function envelope(id: string, kind: DeliveryKind, payload: Json, retry: { num: number; reason: string } | null): Json {
  return {
    envelope_id: id,
    type: kind,
    payload,
    accepts_response_payload: kind !== 'events_api',
    ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
  };
}
