import { sendDeleteEvents, sendEditEvents, sendMessageEvents } from '../events.ts';
import { type Json, textOf } from '../json.ts';
import { composeText, mentionedIn, richTextOf } from '../workspace/compose.ts';
import { addMessage, changeMessage, findMessage, messageJson, nextTs, removeMessage } from '../workspace/messages.ts';
import type { Member, Message } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { type ActResult, actorOf, delivered, isResult, placeOf, refused } from './act.ts';

/** A person, or another bot, writes a message. */
export async function writeMessage(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  if (channel.archived) return refused('is_archived', 'This channel is archived');
  if (channel.kind === 'im' && world.manifest.messagesTabReadOnly) return refused('messages_tab_read_only');
  const text = composeText(world, typeof body.text === 'string' ? body.text : '', 'message');
  if (text.trim() === '') return refused('no_text');
  const threadTs = textOf(body.threadTs) ?? null;
  if (threadTs !== null && findMessage(world, channel.id, threadTs) === undefined) return refused('thread_not_found');
  const message = addMessage(world, channel, {
    user: member.id,
    botId: member.botId,
    text,
    threadTs,
    blocks: member.isBot ? [] : [richTextOf(world.ids.code(5), text)],
  });
  return delivered(sendMessageEvents(world, channel, message, mentionsApp(world, text)), { ts: message.ts });
}

/** A person edits what they wrote: the mention comes to the app once more, with a fresh event id. */
export async function editMessage(world: World, body: Json): Promise<ActResult> {
  const found = ownMessage(world, body, false);
  if ('ok' in found) return found;
  const { member, message } = found;
  const channel = world.channels.get(message.channel);
  if (channel === undefined) return refused('channel_not_found');
  const before = messageJson(world, message);
  const text = composeText(world, typeof body.text === 'string' ? body.text : '', 'message');
  message.edited = { user: member.id, ts: nextTs(world) };
  changeMessage(world, message, { text, blocks: [richTextOf(world.ids.code(5), text)] });
  return delivered(sendEditEvents(world, channel, message, before, mentionsApp(world, text)), { ts: message.ts });
}

/** A person takes back what they wrote; an admin any message (`force`). */
export async function deleteMessage(world: World, body: Json): Promise<ActResult> {
  const found = ownMessage(world, body, body.force === true);
  if ('ok' in found) return found;
  const channel = world.channels.get(found.message.channel);
  if (channel === undefined) return refused('channel_not_found');
  removeMessage(world, found.message);
  return delivered(sendDeleteEvents(world, channel, found.message), { ts: found.message.ts });
}

function ownMessage(world: World, body: Json, asAdmin: boolean): { member: Member; message: Message } | ActResult {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  const message = findMessage(world, channel.id, textOf(body.ts) ?? '');
  if (message === undefined || message.onlyFor !== null) return refused('message_not_found');
  return message.user === member.id || asAdmin ? { member, message } : refused('not_your_message');
}

function mentionsApp(world: World, text: string): boolean {
  return mentionedIn(text).includes(world.identity.botUserId);
}
