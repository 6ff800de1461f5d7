import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Member } from './types.ts';

/** A member as `users.info` and `user_change` show them; the e-mail only where the token may read it. */
export function memberJson(world: World, member: Member): Json {
  if (member.deleted) return { ...core(member), profile: profile(world, member), deleted: true };
  return {
    ...core(member),
    color: '9f69e7',
    tz: member.tz,
    tz_label: member.tz,
    tz_offset: offsetSeconds(member.tz, world.clock.now()),
    profile: profile(world, member),
    is_admin: member.isAdmin,
    is_owner: member.isOwner,
    is_primary_owner: false,
    is_restricted: member.isRestricted,
    is_ultra_restricted: member.isUltraRestricted,
    is_stranger: member.isStranger,
    is_email_confirmed: member.emailConfirmed,
    is_invited_user: false,
    is_workflow_bot: false,
    is_connector_bot: false,
    has_2fa: false,
    who_can_share_contact_card: 'EVERYONE',
  };
}

function core(member: Member): Json {
  return {
    id: member.id,
    team_id: member.teamId,
    name: member.handle,
    deleted: false,
    real_name: member.realName,
    is_bot: member.isBot,
    is_app_user: false,
    updated: Math.floor(member.updatedAt / 1000),
  };
}

function profile(world: World, member: Member): Json {
  const [first = '', ...rest] = member.realName.split(' ');
  const email = member.email !== null && world.scopes.includes('users:read.email') ? { email: member.email } : {};
  return {
    title: '',
    phone: '',
    real_name: member.realName,
    real_name_normalized: member.realName,
    display_name: member.handle,
    display_name_normalized: member.handle,
    first_name: first,
    last_name: rest.join(' '),
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: '',
    team: member.teamId,
    ...email,
    ...(member.botId === null ? {} : { bot_id: member.botId, api_app_id: member.appId }),
    ...(member.isRestricted || member.isUltraRestricted ? { guest_invited_by: world.members.keys().next().value } : {}),
  };
}

function offsetSeconds(tz: string, at: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
