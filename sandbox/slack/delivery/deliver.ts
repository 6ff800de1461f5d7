import type { Json } from '../json.ts';
import type { Attempt, AttemptOutcome, Delivery, DeliveryKind, World } from '../world.ts';
import { RETRY_AFTER_MS } from './limits.ts';

const KEPT = 5000;

/**
 * Hands a payload to the app and waits for the first acknowledgement or its absence.
 *
 * Events that are not acknowledged are sent again up to three times in the background; commands and interactions are not.
 */
export async function deliver(world: World, kind: DeliveryKind, type: string, payload: Json): Promise<Delivery> {
  const delivery: Delivery = {
    id: `Dv${world.ids.hex(10)}`,
    kind,
    type,
    at: world.clock.now(),
    payload,
    attempts: [],
    acked: false,
    ack: null,
  };
  world.deliveries.push(delivery);
  if (world.deliveries.length > KEPT) world.deliveries.shift();
  const twice = takeDuplicate(world, kind);
  const first = tryOnce(world, delivery, 0, null);
  if (twice) void tryOnce(world, delivery, 1, 'timeout');
  const outcome = await first;
  if (!outcome.acked && kind === 'events_api' && outcome.noRetry !== true)
    scheduleRetry(world, delivery, 0, outcome.failure);
  return delivery;
}

function takeDuplicate(world: World, kind: DeliveryKind): boolean {
  if (world.duplicates.left <= 0 || !world.duplicates.kinds.includes(kind)) return false;
  world.duplicates.left--;
  return true;
}

async function tryOnce(
  world: World,
  delivery: Delivery,
  retry: number,
  reason: string | null,
): Promise<AttemptOutcome> {
  const attempt: Attempt = {
    at: world.clock.now(),
    retry,
    reason,
    connection: null,
    ackedWithinMs: null,
    failure: null,
  };
  delivery.attempts.push(attempt);
  const outcome = await world.door.attempt(
    delivery.kind,
    delivery.payload,
    retry === 0 || delivery.kind !== 'events_api' ? null : { num: retry, reason: reason ?? 'timeout' },
  );
  attempt.connection = outcome.connection;
  attempt.ackedWithinMs = outcome.withinMs;
  attempt.failure = outcome.failure;
  if (outcome.acked && !delivery.acked) {
    delivery.acked = true;
    delivery.ack = outcome.ack;
  }
  world.bus.tell({ type: 'delivery', id: delivery.id, kind: delivery.kind, acked: delivery.acked });
  return outcome;
}

function scheduleRetry(world: World, delivery: Delivery, done: number, failure: string | null): void {
  const waitMs = RETRY_AFTER_MS[done];
  if (waitMs === undefined) return;
  world.clock.after(waitMs, () => {
    // After a reset nothing of before is sent any more.
    if (!world.deliveries.includes(delivery)) return;
    const reason = failure === null || failure === 'no_connection' ? 'connection_failed' : failure;
    void tryOnce(world, delivery, done + 1, reason).then((outcome) => {
      if (!outcome.acked && outcome.noRetry !== true) scheduleRetry(world, delivery, done + 1, outcome.failure);
    });
  });
}
