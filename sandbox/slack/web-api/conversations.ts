import { type Json, textOf } from '../json.ts';
import type { Channel } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { done, failed, isTrue, type Method, type MethodAnswer } from './method.ts';
import { page } from './paging.ts';

const READ_SCOPES = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

/** Methods about channels and direct messages. */
export const CONVERSATION_METHODS: readonly Method[] = [
  { name: 'conversations.open', scopes: ['im:write', 'mpim:write'], token: 'bot', tier: 'tier3', run: open },
  { name: 'conversations.info', scopes: READ_SCOPES, token: 'bot', tier: 'tier3', run: info },
  { name: 'conversations.members', scopes: READ_SCOPES, token: 'bot', tier: 'tier4', run: members },
];

function open(world: World, args: Json): MethodAnswer {
  const existing = world.channels.get(textOf(args.channel) ?? '');
  if (existing?.kind === 'im') return opened(existing, args);
  const users = String(args.users ?? '')
    .split(',')
    .filter(Boolean);
  const first = users[0];
  if (first === undefined) return failed('users_list_not_supplied');
  if (users.length > 1) return failed('method_not_supported_for_channel_type');
  const member = world.members.get(first);
  if (member === undefined) return failed('user_not_found');
  if (member.deleted) return failed('user_disabled');
  const channel = world.channels.get(`D${first}`);
  return channel === undefined ? failed('cannot_dm_bot') : opened(channel, args);
}

function opened(channel: Channel, args: Json): MethodAnswer {
  const more = isTrue(args.return_im) ? { is_im: true, user: dmPartner(channel) } : {};
  return done({ no_op: true, already_open: true, channel: { id: channel.id, ...more } });
}

function info(world: World, args: Json): MethodAnswer {
  const found = readable(world, args);
  if ('error' in found) return found.error;
  const { channel } = found;
  const count = isTrue(args.include_num_members) ? { num_members: channel.members.size } : {};
  return done({ channel: { ...channelJson(world, channel), ...count } });
}

function members(world: World, args: Json): MethodAnswer {
  const found = readable(world, args);
  if ('error' in found) return found.error;
  const { entries, cursor } = page([...found.channel.members], args, 100, 1000);
  return done({ members: entries, response_metadata: { next_cursor: cursor } });
}

/** A private conversation without the bot is "not found", so that nobody learns of it; each kind needs its own scope. */
function readable(world: World, args: Json): { channel: Channel } | { error: MethodAnswer } {
  const channel = world.channels.get(textOf(args.channel) ?? '');
  if (channel === undefined) return { error: failed('channel_not_found') };
  if (channel.kind !== 'channel' && !channel.members.has(world.identity.botUserId))
    return { error: failed('channel_not_found') };
  const needed = channel.kind === 'im' ? 'im:read' : channel.kind === 'private' ? 'groups:read' : 'channels:read';
  if (world.scopes.includes(needed)) return { channel };
  return { error: failed('missing_scope', { needed, provided: world.scopes.join(',') }) };
}

function channelJson(world: World, channel: Channel): Json {
  if (channel.kind === 'im')
    return { id: channel.id, is_im: true, is_org_shared: false, user: dmPartner(channel), created: 0 };
  const { teamId, partnerTeamId } = world.identity;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_shared: channel.extShared,
    is_ext_shared: channel.extShared,
    is_org_shared: false,
    is_member: channel.members.has(world.identity.botUserId),
    context_team_id: teamId,
    shared_team_ids: channel.extShared ? [teamId, partnerTeamId] : [teamId],
    ...(channel.extShared ? { connected_team_ids: [partnerTeamId] } : {}),
    created: 0,
  };
}

function dmPartner(channel: Channel): string {
  return channel.id.slice(1);
}
