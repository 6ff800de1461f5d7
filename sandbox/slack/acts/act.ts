import { type Json, textOf } from '../json.ts';
import type { Channel, Member } from '../workspace/types.ts';
import type { Delivery, World } from '../world.ts';

/** How one payload fared with the app. */
export type DeliverySummary = { readonly id: string; readonly ackedWithinMs: number | null; readonly ack: unknown };

/** What comes of something a person does in the client. */
export type ActResult = {
  readonly ok: boolean;
  /** Why it did not work, as a code. */
  readonly error?: string;
  /** What the client shows the person instead. */
  readonly shown?: string;
  readonly ts?: string;
  readonly delivery: DeliverySummary | null;
  readonly deliveries?: readonly DeliverySummary[];
  readonly [more: string]: unknown;
};

/** Something did not work. */
export function refused(error: string, shown?: string): ActResult {
  return { ok: false, error, ...(shown === undefined ? {} : { shown }), delivery: null };
}

/** Sums up a delivery for whoever acted. */
export function summary(delivery: Delivery): DeliverySummary {
  const ackedWithinMs = delivery.attempts.find((attempt) => attempt.ackedWithinMs !== null)?.ackedWithinMs ?? null;
  return { id: delivery.id, ackedWithinMs, ack: delivery.ack };
}

/** The result of a gesture that the app has to acknowledge; without, the client shows that the app did not respond. */
export function acknowledged(delivery: Delivery, shown: string): ActResult {
  const outcome = summary(delivery);
  if (delivery.acked) return { ok: true, delivery: outcome };
  return { ok: false, error: 'dispatch_failed', shown, delivery: outcome };
}

/** The result of a message or event: an app that does not answer is not shown to the person. */
export async function delivered(sent: readonly Promise<Delivery>[], more: Json = {}): Promise<ActResult> {
  const deliveries = (await Promise.all(sent)).map(summary);
  return { ok: true, ...more, delivery: deliveries[0] ?? null, deliveries };
}

/** Who acts; an account that is gone or a bot without a client acts only when forced. */
export function actorOf(world: World, body: Json): Member | ActResult {
  const member = world.members.get(textOf(body.user) ?? '');
  if (member === undefined) return refused('user_not_found');
  if (member.deleted && body.force !== true) return refused('account_inactive');
  return member;
}

/** Where somebody acts; outside their own channels only when forced. */
export function placeOf(world: World, body: Json, member: Member): Channel | ActResult {
  const wanted = textOf(body.channel) ?? `D${member.id}`;
  const channel =
    world.channels.get(wanted) ??
    [...world.channels.values()].find((entry) => entry.kind !== 'im' && entry.name === wanted);
  if (channel === undefined) return refused('channel_not_found');
  return channel.members.has(member.id) || body.force === true ? channel : refused('not_in_channel');
}

/** Whether a step of an act ended it. */
export function isResult(value: object): value is ActResult {
  return 'ok' in value;
}
