import { sendMessageEvents } from '../events.ts';
import { UPLOAD_LIMIT_BYTES } from '../files/serve.ts';
import { sendShared, shareFiles } from '../files/share.ts';
import { addFile, type NewFile } from '../files/store.ts';
import { isObject, type Json, textOf } from '../json.ts';
import { composeText, mentionedIn, richTextOf } from '../workspace/compose.ts';
import { findMessage } from '../workspace/messages.ts';
import type { World } from '../world.ts';
import { type ActResult, actorOf, delivered, isResult, placeOf, refused } from './act.ts';

/** Slack takes this many files in one message. */
const FILES_LIMIT = 10;

type GivenFile = Omit<NewFile, 'user'>;

/** A person posts one or more files, with or without words. */
export async function uploadFiles(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  if (channel.archived) return refused('is_archived', 'This channel is archived');
  if (channel.kind === 'im' && world.manifest.messagesTabReadOnly) return refused('messages_tab_read_only');
  const given = (Array.isArray(body.files) ? body.files : [body]).map(readGiven);
  const files = given.filter((file) => file !== null);
  if (files.length !== given.length || files.length === 0) return refused('invalid_file');
  if (files.length > FILES_LIMIT) return refused('too_many_files', `At most ${FILES_LIMIT} files at a time`);
  if (files.some(({ bytes }) => bytes.length > UPLOAD_LIMIT_BYTES))
    return refused('file_too_large', 'This file is too large');
  const threadTs = textOf(body.threadTs) ?? null;
  if (threadTs !== null && findMessage(world, channel.id, threadTs) === undefined) return refused('thread_not_found');

  const text = composeText(world, typeof body.text === 'string' ? body.text : '', 'message');
  const stored = files.map((file) => addFile(world, { ...file, user: member.id }));
  const message = shareFiles(world, channel, stored, {
    user: member.id,
    botId: member.botId,
    text,
    threadTs,
    blocks: member.isBot || text === '' ? [] : [richTextOf(world.ids.code(5), text)],
  });
  const mentioned = mentionedIn(text).includes(world.identity.botUserId);
  const sent = [...sendMessageEvents(world, channel, message, mentioned), ...sendShared(world, channel, stored)];
  return delivered(sent, { ts: message.ts, files: stored.map(({ id }) => id) });
}

/** `content` is text, or base64 with `encoding`; `externalUrl` stands for a file that another service keeps. */
function readGiven(given: unknown): GivenFile | null {
  if (!isObject(given)) return null;
  const name = textOf(given.name);
  const externalUrl = textOf(given.externalUrl) ?? null;
  const content = typeof given.content === 'string' ? given.content : externalUrl === null ? null : '';
  if (name === undefined || content === null) return null;
  const bytes = Buffer.from(content, given.encoding === 'base64' ? 'base64' : 'utf8');
  return { name, bytes, mimetype: textOf(given.mimetype), title: textOf(given.title), externalUrl };
}
