import { deliver } from './delivery/deliver.ts';
import type { Json } from './json.ts';
import { messageJson, nextTs } from './workspace/messages.ts';
import type { Channel, Message } from './workspace/types.ts';
import type { Delivery, World } from './world.ts';

/** The bot scope without which Slack does not let an app subscribe to an event. */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  user_change: 'users:read',
  team_join: 'users:read',
  file_shared: 'files:read',
  file_deleted: 'files:read',
};

/** Whether the app gets this kind of event: subscribed in the manifest, scope granted, still installed. */
export function isSubscribed(world: World, name: string): boolean {
  const scope = EVENT_SCOPES[name];
  const granted = scope === undefined || world.scopes.includes(scope);
  return world.manifest.botEvents.includes(name) && granted && (world.installed || name === 'app_uninstalled');
}

/** Sends one event if the app is subscribed to it. @param name - subscription name, such as `message.im` */
export function sendEvent(world: World, name: string, event: Json, channel: Channel | null): Promise<Delivery> | null {
  if (!isSubscribed(world, name)) return null;
  const { teamId, appId, botUserId, verificationToken } = world.identity;
  const payload: Json = {
    token: verificationToken,
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: `Ev${world.ids.code(10)}`,
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: channel?.extShared ?? false,
    event_context: `4-${world.ids.hex(40)}`,
  };
  return deliver(world, 'events_api', String(event.type), payload);
}

/** Sends all events that a new or edited message causes: the mention, and the message itself where subscribed. */
export function sendMessageEvents(
  world: World,
  channel: Channel,
  message: Message,
  mentionsApp: boolean,
): Promise<Delivery>[] {
  const event = {
    ...messageJson(world, message),
    channel: channel.id,
    event_ts: message.ts,
    ...authorFields(world, message),
  };
  const plain = { ...event, channel_type: channelType(channel) };
  // Mentions carry files too, but no subtype.
  const { subtype: _subtype, ...mentioned } = event as Json;
  // Slack does not send a mention for direct messages to the app: message.im covers them.
  const mention = mentionsApp && channel.kind !== 'im' && channel.members.has(world.identity.botUserId);
  return present([
    mention ? sendEvent(world, 'app_mention', { ...mentioned, type: 'app_mention' }, channel) : null,
    sendEvent(world, messageSubscription(channel), plain, channel),
  ]);
}

/** Sends what an edit causes: the mention anew with a fresh event id, and `message_changed`. */
export function sendEditEvents(
  world: World,
  channel: Channel,
  message: Message,
  before: Json,
  mentionsApp: boolean,
): Promise<Delivery>[] {
  const now = messageJson(world, message);
  const mention = {
    ...now,
    type: 'app_mention',
    channel: channel.id,
    event_ts: message.edited?.ts,
    ...authorFields(world, message),
  };
  const changed = {
    type: 'message',
    subtype: 'message_changed',
    message: now,
    previous_message: before,
    channel: channel.id,
    hidden: true,
    ts: nextTs(world),
    event_ts: nextTs(world),
    channel_type: channelType(channel),
  };
  const refires = mentionsApp && channel.kind !== 'im' && channel.members.has(world.identity.botUserId);
  return present([
    refires ? sendEvent(world, 'app_mention', mention, channel) : null,
    sendEvent(world, messageSubscription(channel), changed, channel),
  ]);
}

/** Sends `message_deleted`. */
export function sendDeleteEvents(world: World, channel: Channel, message: Message): Promise<Delivery>[] {
  const ts = nextTs(world);
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: messageJson(world, message),
    channel: channel.id,
    hidden: true,
    deleted_ts: message.ts,
    event_ts: ts,
    ts,
    channel_type: channelType(channel),
  };
  return present([sendEvent(world, messageSubscription(channel), event, channel)]);
}

function messageSubscription(channel: Channel): string {
  return channel.kind === 'im' ? 'message.im' : channel.kind === 'private' ? 'message.groups' : 'message.channels';
}

function channelType(channel: Channel): string {
  return channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'group' : 'channel';
}

/** In channels shared with other companies Slack adds whose member wrote. */
function authorFields(world: World, message: Message): Json {
  const author = world.members.get(message.user);
  if (author === undefined || author.isBot) return {};
  const own = { client_msg_id: world.ids.uuid() };
  return author.teamId === world.identity.teamId
    ? own
    : { ...own, user_team: author.teamId, source_team: author.teamId };
}

function present(sent: (Promise<Delivery> | null)[]): Promise<Delivery>[] {
  return sent.filter((entry) => entry !== null);
}
