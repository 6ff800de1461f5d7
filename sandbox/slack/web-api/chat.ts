import { checkMessageContent } from '../blocks/message-content.ts';
import { sendDeleteEvents, sendEditEvents, sendMessageEvents } from '../events.ts';
import { isObject, type Json, textOf, tryParse } from '../json.ts';
import { addMessage, changeMessage, findMessage, messageJson, nextTs, removeMessage } from '../workspace/messages.ts';
import type { Channel, Message } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { done, failed, failedWith, type Method, type MethodAnswer } from './method.ts';

/** Methods that post, change and take back the app's own messages. */
export const CHAT_METHODS: readonly Method[] = [
  { name: 'chat.postMessage', scopes: ['chat:write'], token: 'bot', tier: 'posting', run: post },
  { name: 'chat.postEphemeral', scopes: ['chat:write'], token: 'bot', tier: 'tier4', run: postEphemeral },
  { name: 'chat.update', scopes: ['chat:write'], token: 'bot', tier: 'tier3', run: update },
  { name: 'chat.delete', scopes: ['chat:write'], token: 'bot', tier: 'tier3', run: remove },
  { name: 'chat.getPermalink', scopes: [], token: 'bot', tier: 'none', run: permalink },
];

function post(world: World, args: Json): MethodAnswer {
  const channel = writable(world, args);
  if ('ok' in channel) return channel;
  const content = checkMessageContent(args, 'chat');
  if ('problem' in content) return failedWith(content.problem.error, content.problem.details);
  const threadTs = textOf(args.thread_ts) ?? null;
  if (threadTs !== null && findMessage(world, channel.id, threadTs) === undefined) return failed('thread_not_found');
  const message = addMessage(world, channel, { ...author(world), ...content, threadTs, metadata: metadataOf(args) });
  void Promise.all(sendMessageEvents(world, channel, message, false));
  return done({ channel: channel.id, ts: message.ts, message: messageJson(world, message), ...warnings(args) });
}

function postEphemeral(world: World, args: Json): MethodAnswer {
  const channel = writable(world, args);
  if ('ok' in channel) return channel;
  const user = textOf(args.user);
  if (user === undefined || !world.members.has(user)) return failed('user_not_found');
  if (!channel.members.has(user)) return failed('user_not_in_channel');
  const content = checkMessageContent(args, 'chat');
  if ('problem' in content) return failedWith(content.problem.error, content.problem.details);
  const message = addMessage(world, channel, {
    ...author(world),
    ...content,
    threadTs: textOf(args.thread_ts) ?? null,
    onlyFor: user,
  });
  return done({ message_ts: message.ts, ...warnings(args) });
}

function update(world: World, args: Json): MethodAnswer {
  const message = ownMessage(world, args, 'cant_update_message');
  if ('ok' in message) return message;
  if (world.channels.get(message.channel)?.archived) return failed('is_inactive');
  const keepsBlocks = args.blocks === undefined;
  const emptied = args.blocks === '[]' || (Array.isArray(args.blocks) && args.blocks.length === 0);
  const content = checkMessageContent(emptied ? { ...args, blocks: undefined } : args, 'chat');
  if ('problem' in content) return failedWith(content.problem.error, content.problem.details);
  const before = messageJson(world, message);
  changeMessage(world, message, {
    ...(args.text === undefined ? {} : { text: content.text }),
    ...(keepsBlocks ? {} : { blocks: content.blocks }),
    ...(args.attachments === undefined ? {} : { attachments: content.attachments }),
  });
  message.edited = { user: world.identity.botUserId, ts: nextTs(world) };
  const channel = world.channels.get(message.channel);
  if (channel !== undefined) void Promise.all(sendEditEvents(world, channel, message, before, false));
  return done({ channel: message.channel, ts: message.ts, text: message.text, message: messageJson(world, message) });
}

function remove(world: World, args: Json): MethodAnswer {
  const message = ownMessage(world, args, 'cant_delete_message');
  if ('ok' in message) return message;
  removeMessage(world, message);
  const channel = world.channels.get(message.channel);
  if (channel !== undefined) void Promise.all(sendDeleteEvents(world, channel, message));
  return done({ channel: message.channel, ts: message.ts });
}

function permalink(world: World, args: Json): MethodAnswer {
  const channel = world.channels.get(textOf(args.channel) ?? '');
  if (channel === undefined) return failed('channel_not_found');
  const ts = textOf(args.message_ts) ?? '';
  const message = findMessage(world, channel.id, ts);
  if (message === undefined || message.onlyFor !== null) return failed('message_not_found');
  const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const link = `https://${world.identity.teamDomain}.slack.example/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return done({ channel: channel.id, permalink: link });
}

/** The bot's own message that everybody sees: ephemerals cannot be changed or deleted through the Web API. */
function ownMessage(world: World, args: Json, foreign: string): Message | MethodAnswer {
  const channel = world.channels.get(textOf(args.channel) ?? '');
  if (channel === undefined) return failed('channel_not_found');
  const message = findMessage(world, channel.id, textOf(args.ts) ?? '');
  if (message === undefined || message.onlyFor !== null) return failed('message_not_found');
  return message.botId === world.identity.botId ? message : failed(foreign);
}

/** Where the bot may write: channels it is in, public ones with `chat:write.public`, and direct messages. */
function writable(world: World, args: Json): Channel | MethodAnswer {
  const wanted = textOf(args.channel) ?? '';
  const channel =
    world.channels.get(wanted) ??
    world.channels.get(`D${wanted}`) ??
    [...world.channels.values()].find((entry) => entry.kind !== 'im' && entry.name === wanted.replace(/^#/, ''));
  if (channel === undefined) return failed('channel_not_found');
  if (channel.kind === 'im' && !world.manifest.messagesTab) return failed('messages_tab_disabled');
  if (channel.archived) return failed('is_archived');
  if (channel.members.has(world.identity.botUserId)) return channel;
  if (channel.kind === 'private') return failed('channel_not_found');
  return world.scopes.includes('chat:write.public') ? channel : failed('not_in_channel');
}

function author(world: World): { user: string; botId: string } {
  return { user: world.identity.botUserId, botId: world.identity.botId };
}

function metadataOf(args: Json): Json | null {
  const value = typeof args.metadata === 'string' ? tryParse(args.metadata) : args.metadata;
  return isObject(value) ? value : null;
}

/** Slack posts blocks without a text, but says that notifications and screen readers have nothing to read. */
function warnings(args: Json): Json {
  if (textOf(args.text) !== undefined) return {};
  return { warning: 'missing_text_in_message', response_metadata: { warnings: ['missing_text_in_message'] } };
}
