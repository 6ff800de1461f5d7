import { checkMessageContent } from '../blocks/message-content.ts';
import { sendMessageEvents } from '../events.ts';
import { fileJson } from '../files/file-json.ts';
import { UPLOAD_LIMIT_BYTES } from '../files/serve.ts';
import { sendShared, shareFiles } from '../files/share.ts';
import { addFile, isVisibleTo, newFileId } from '../files/store.ts';
import type { SlackFile, Upload } from '../files/types.ts';
import { isObject, type Json, textOf, tryParse } from '../json.ts';
import { findMessage } from '../workspace/messages.ts';
import type { Channel } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { done, failed, failedWith, type Method, type MethodAnswer } from './method.ts';

/** Methods about files. */
export const FILE_METHODS: readonly Method[] = [
  { name: 'files.info', scopes: ['files:read'], token: 'bot', tier: 'tier4', run: info },
  { name: 'files.getUploadURLExternal', scopes: ['files:write'], token: 'bot', tier: 'tier4', run: openUpload },
  { name: 'files.completeUploadExternal', scopes: ['files:write'], token: 'bot', tier: 'tier4', run: complete },
];

const SNIPPET_LIMIT_BYTES = 1024 * 1024;
const CHANNELS_LIMIT = 100;

function info(world: World, args: Json): MethodAnswer {
  const file = world.files.get(textOf(args.file) ?? '');
  if (file === undefined) return failed('file_not_found');
  if (file.deleted) return failed('file_deleted');
  if (!isVisibleTo(world, file, world.identity.botUserId)) return failed('not_visible');
  const paging = { count: 100, total: 0, page: 1, pages: 0 };
  return done({ file: fileJson(world, file), comments: [], paging, response_metadata: { next_cursor: '' } });
}

function openUpload(world: World, args: Json): MethodAnswer {
  const name = textOf(args.filename);
  const length = Number(args.length);
  if (name === undefined || !Number.isInteger(length) || length < 0) return failed('invalid_arguments');
  if (length === 0) return failed('missing_argument');
  if (length > UPLOAD_LIMIT_BYTES) return failed('file_upload_size_restricted');
  if (textOf(args.snippet_type) !== undefined && length > SNIPPET_LIMIT_BYTES) return failed('snippet_too_large');
  const upload: Upload = { fileId: newFileId(world), name, length, bytes: null, completed: false };
  const ticket = world.ids.hex(48);
  world.uploads.set(ticket, upload);
  return done({ upload_url: `${world.origin}/upload/v1/${ticket}`, file_id: upload.fileId });
}

/** Makes files of uploads and posts them; without a channel they stay private to the app. */
function complete(world: World, args: Json): MethodAnswer {
  const wanted = filesOf(args.files);
  if (wanted === null) return failed('invalid_arguments');
  const uploads = wanted.map(({ id }) => uploadOf(world, id));
  if (uploads.some((upload) => upload === undefined || upload.bytes === null)) return failed('file_not_found');
  if (uploads.some((upload) => upload?.completed)) return failed('file_update_failed');
  const places = placesOf(world, args);
  if ('ok' in places) return places;
  const content = contentOf(args);
  if ('ok' in content) return content;
  const threadTs = textOf(args.thread_ts) ?? null;
  if (threadTs !== null && places.length > 1) return failed('invalid_arguments');
  if (places.some(({ id }) => threadTs !== null && findMessage(world, id, threadTs) === undefined))
    return failed('thread_not_found');
  const files = wanted.map(({ id, title }) => toFile(world, id, title)).filter((file) => file !== undefined);
  for (const channel of places) post(world, channel, files, { ...content, threadTs });
  return done({ files: files.map((file) => fileJson(world, file)) });
}

function post(
  world: World,
  channel: Channel,
  files: readonly SlackFile[],
  content: { text: string; blocks: Json[]; threadTs: string | null },
): void {
  const { botUserId: user, botId } = world.identity;
  const message = shareFiles(world, channel, files, { user, botId, ...content });
  void Promise.all([...sendMessageEvents(world, channel, message, false), ...sendShared(world, channel, files)]);
}

/** A list, or its JSON in a form field, of at least one id. */
function filesOf(given: unknown): readonly { id: string; title: string | undefined }[] | null {
  const list = typeof given === 'string' ? tryParse(given) : given;
  if (!Array.isArray(list) || list.length === 0) return null;
  const files = list.map((entry: unknown) =>
    isObject(entry) ? { id: textOf(entry.id), title: textOf(entry.title) } : {},
  );
  const named = files.filter((file): file is { id: string; title: string | undefined } => file.id !== undefined);
  return named.length === files.length ? named : null;
}

function uploadOf(world: World, fileId: string): Upload | undefined {
  return [...world.uploads.values()].find((upload) => upload.fileId === fileId);
}

function toFile(world: World, id: string, title: string | undefined): SlackFile | undefined {
  const upload = uploadOf(world, id);
  if (upload === undefined || upload.bytes === null) return undefined;
  upload.completed = true;
  return addFile(world, { id, name: upload.name, title, user: world.identity.botUserId, bytes: upload.bytes });
}

/** Where to post: `channel_id` takes ids of conversations only, `channels` those of members too. */
function placesOf(world: World, args: Json): readonly Channel[] | MethodAnswer {
  const one = textOf(args.channel_id);
  // The sandbox's ids are shorter than the nine signs that Slack asks for; the first letter tells the kind all the same.
  if (one !== undefined && !/^[CGDZ][A-Z0-9]+$/.test(one)) {
    return failedWith('invalid_arguments', [
      'input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]',
    ]);
  }
  const ids = one === undefined ? (textOf(args.channels) ?? '').split(',').filter(Boolean) : [one];
  if (ids.length > CHANNELS_LIMIT) return failed('channels_limit_exceeded');
  const places: Channel[] = [];
  for (const id of ids) {
    const channel = world.channels.get(id) ?? world.channels.get(`D${id}`);
    const refusal = channel === undefined ? 'channel_not_found' : refuseChannel(world, channel);
    if (channel === undefined || refusal !== null) return failed(refusal ?? 'channel_not_found');
    places.push(channel);
  }
  return places;
}

function refuseChannel(world: World, channel: Channel): string | null {
  if (channel.kind === 'im' && !world.manifest.messagesTab) return 'messages_tab_disabled';
  if (channel.archived) return 'is_archived';
  if (channel.members.has(world.identity.botUserId)) return null;
  return channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel';
}

/** The words with the file: a comment, or else blocks. */
function contentOf(args: Json): { text: string; blocks: Json[] } | MethodAnswer {
  const text = textOf(args.initial_comment);
  if (text !== undefined) return { text, blocks: [] };
  if (args.blocks === undefined) return { text: '', blocks: [] };
  const content = checkMessageContent({ blocks: args.blocks }, 'chat');
  return 'problem' in content
    ? failedWith(content.problem.error, content.problem.details)
    : { text: '', blocks: [...content.blocks] };
}
