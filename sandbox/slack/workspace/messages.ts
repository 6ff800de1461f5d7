import { withIds } from '../blocks/with-ids.ts';
import { fileJson, hiddenFileJson } from '../files/file-json.ts';
import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Channel, Message } from './types.ts';

/** What a new message needs; the rest is filled in. */
export type NewMessage = {
  readonly user: string;
  readonly text: string;
  readonly botId?: string | null;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly threadTs?: string | null;
  readonly onlyFor?: string | null;
  readonly metadata?: Json | null;
  readonly files?: readonly string[];
};

/** The next message timestamp: seconds with six digits, unique in the workspace and rising. */
export function nextTs(world: World): string {
  const micros = Math.max(world.clock.now() * 1000, world.lastTsMicros + 1);
  world.lastTsMicros = micros;
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** Stores a message and tells watchers. */
export function addMessage(world: World, channel: Channel, entry: NewMessage): Message {
  const message: Message = {
    ts: nextTs(world),
    channel: channel.id,
    user: entry.user,
    botId: entry.botId ?? null,
    text: entry.text,
    blocks: withIds(world.ids, entry.blocks ?? []),
    attachments: [...(entry.attachments ?? [])],
    threadTs: entry.threadTs ?? null,
    onlyFor: entry.onlyFor ?? null,
    edited: null,
    metadata: entry.metadata ?? null,
    files: entry.files ?? [],
    at: world.clock.now(),
    values: {},
  };
  world.messages.get(channel.id)?.push(message);
  tell(world, message, 'posted');
  return message;
}

/** The message with this timestamp, or undefined. */
export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.get(channel)?.find((message) => message.ts === ts);
}

/** Changes text, blocks or attachments of a message; what is not given stays. */
export function changeMessage(
  world: World,
  message: Message,
  change: { text?: string; blocks?: readonly Json[]; attachments?: readonly Json[] },
): void {
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks !== undefined) {
    message.blocks = withIds(world.ids, change.blocks);
    message.values = {};
  }
  if (change.attachments !== undefined) message.attachments = [...change.attachments];
  tell(world, message, 'changed');
}

/** Takes a message away for everybody. */
export function removeMessage(world: World, message: Message): void {
  const list = world.messages.get(message.channel);
  const place = list?.indexOf(message) ?? -1;
  if (place >= 0) list?.splice(place, 1);
  tell(world, message, 'deleted');
}

/** The message as Web API answers and payloads carry it. */
export function messageJson(world: World, message: Message): Json {
  const home = world.members.get(message.user)?.teamId ?? world.identity.teamId;
  const robot =
    message.botId === null
      ? {}
      : { bot_id: message.botId, app_id: appOf(world, message), bot_profile: botProfile(world, message) };
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...filesOf(world, message),
    text: message.text,
    team: home,
    ...robot,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs === null
      ? {}
      : { thread_ts: message.threadTs, parent_user_id: findMessage(world, message.channel, message.threadTs)?.user }),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...(message.metadata === null ? {} : { metadata: message.metadata }),
  };
}

/** A message with files is of a subtype of its own; what members of another company sent has to be asked for. */
function filesOf(world: World, message: Message): Json {
  if (message.files.length === 0) return {};
  const foreign = world.members.get(message.user)?.teamId === world.identity.partnerTeamId;
  const files = message.files
    .map((id) => world.files.get(id))
    .filter((file) => file !== undefined)
    .map((file) => (foreign && !file.deleted ? hiddenFileJson(file) : fileJson(world, file)));
  return { subtype: 'file_share', files, upload: false, display_as_bot: false };
}

/** Messages of a channel that a person sees: everybody's, and ephemerals meant for them. */
export function visibleMessages(world: World, channel: string, user: string | null): Message[] {
  const seen = world.messages.get(channel) ?? [];
  return seen.filter((message) => message.onlyFor === null || message.onlyFor === user);
}

function appOf(world: World, message: Message): string | null {
  return world.members.get(message.user)?.appId ?? null;
}

function botProfile(world: World, message: Message): Json {
  const member = world.members.get(message.user);
  return {
    id: message.botId,
    deleted: false,
    name: member?.realName ?? '',
    app_id: member?.appId ?? null,
    team_id: world.identity.teamId,
  };
}

function tell(world: World, message: Message, change: 'posted' | 'changed' | 'deleted'): void {
  world.bus.tell({ type: 'message', change, channel: message.channel, ts: message.ts, user: message.onlyFor });
}
