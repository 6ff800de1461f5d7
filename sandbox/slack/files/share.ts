import { sendEvent } from '../events.ts';
import type { Json } from '../json.ts';
import { addMessage, type NewMessage, nextTs } from '../workspace/messages.ts';
import type { Channel, Message } from '../workspace/types.ts';
import type { Delivery, World } from '../world.ts';
import type { SlackFile } from './types.ts';

/** Posts a message that carries files. */
export function shareFiles(world: World, channel: Channel, files: readonly SlackFile[], entry: NewMessage): Message {
  const message = addMessage(world, channel, { ...entry, files: files.map(({ id }) => id) });
  for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts, threadTs: message.threadTs });
  return message;
}

/** Sends `file_shared` for each file, where the app listens. */
export function sendShared(world: World, channel: Channel, files: readonly SlackFile[]): Promise<Delivery>[] {
  return sendAll(world, files, 'file_shared', channel, { channel_id: channel.id });
}

/** Takes a file away everywhere and says so where the app listens; messages keep a tombstone. */
export function deleteFile(world: World, file: SlackFile): Promise<Delivery>[] {
  file.deleted = true;
  const channels = file.shares.map(({ channel }) => channel);
  for (const { channel, ts } of file.shares)
    world.bus.tell({ type: 'message', change: 'changed', channel, ts, user: null });
  return sendAll(world, [file], 'file_deleted', null, { channel_ids: channels });
}

function sendAll(
  world: World,
  files: readonly SlackFile[],
  type: string,
  channel: Channel | null,
  more: Json,
): Promise<Delivery>[] {
  return files
    .map((file) => {
      const event = {
        type,
        file_id: file.id,
        user_id: file.user,
        file: { id: file.id },
        ...more,
        event_ts: nextTs(world),
      };
      return sendEvent(world, type, event, channel);
    })
    .filter((sent) => sent !== null);
}
