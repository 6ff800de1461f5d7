import { sendEvent } from '../events.ts';
import type { Json } from '../json.ts';
import type { Delivery, World } from '../world.ts';
import { memberJson } from './member-json.ts';
import { nextTs } from './messages.ts';
import type { Member } from './types.ts';

/** Fields of a member that another admin may change, by the names that Slack's own JSON uses. */
const FIELDS: Readonly<Record<string, (member: Member, value: unknown) => void>> = {
  deleted: (member, value) => (member.deleted = value === true),
  is_restricted: (member, value) => (member.isRestricted = value === true),
  is_ultra_restricted: (member, value) => (member.isUltraRestricted = value === true),
  is_stranger: (member, value) => (member.isStranger = value === true),
  is_email_confirmed: (member, value) => (member.emailConfirmed = value === true),
  is_admin: (member, value) => (member.isAdmin = value === true),
  is_owner: (member, value) => (member.isOwner = value === true),
  email: (member, value) => (member.email = typeof value === 'string' ? value : null),
  name: (member, value) => (member.handle = String(value)),
  real_name: (member, value) => (member.realName = String(value)),
};

/**
 * Changes a member as a workspace admin would and tells the app where it listens.
 *
 * @returns names of fields that cannot be changed, or the deliveries
 */
export function changeMember(
  world: World,
  member: Member,
  change: Json,
): { unknown: string[] } | { sent: Promise<Delivery>[] } {
  const unknown = Object.keys(change).filter((name) => !Object.hasOwn(FIELDS, name));
  if (unknown.length > 0) return { unknown };
  for (const [name, value] of Object.entries(change)) FIELDS[name]?.(member, value);
  member.updatedAt = world.clock.now();
  world.bus.tell({ type: 'member', user: member.id });
  const sent = sendEvent(
    world,
    'user_change',
    { type: 'user_change', user: memberJson(world, member), event_ts: nextTs(world) },
    null,
  );
  return { sent: sent === null ? [] : [sent] };
}
