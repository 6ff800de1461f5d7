import type { types, webApi } from '@slack/bolt';
import { slackTrouble } from './faults.ts';
import { patiently } from './patience.ts';

/** A message in three forms: blocks, the oldest blocks that say the same, and text for where no blocks are shown. */
export type ChatMessage = {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  readonly simpler: types.KnownBlock[];
};

/** Refusals of Slack that the simpler blocks answer. */
const BLOCK_ERRORS: readonly string[] = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
];

/** Tells whether Slack refused the blocks, not the message. */
export function refusesBlocks(error: string): boolean {
  return BLOCK_ERRORS.includes(error);
}

/** Sends as patiently as Slack asks, and with the simpler blocks when it refuses the others. */
async function deliver<Sent>(
  message: ChatMessage,
  send: (content: { text: string; blocks: types.KnownBlock[] }) => Promise<Sent>,
): Promise<Sent> {
  const { text, blocks, simpler } = message;
  try {
    return await patiently(() => send({ text, blocks }));
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble?.kind !== 'refused' || !refusesBlocks(trouble.error)) throw error;
    return patiently(() => send({ text, blocks: simpler }));
  }
}

type Target = { readonly channel: string; readonly threadTs: string | null };

function threadOf({ threadTs }: Target): { thread_ts?: string } {
  return threadTs === null ? {} : { thread_ts: threadTs };
}

/** Where a message of ours stands. */
export type Posted = { readonly channel: string; readonly ts: string };

/**
 * Posts to a conversation; everybody in it sees the message, so what is private goes only to a direct one. A member's id
 * stands for their direct conversation.
 */
export async function postMessage(client: webApi.WebClient, target: Target, message: ChatMessage): Promise<Posted> {
  const { channel, ts } = await deliver(message, (content) =>
    client.chat.postMessage({
      channel: target.channel,
      ...threadOf(target),
      ...content,
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  return { channel: channel ?? target.channel, ts: ts ?? '' };
}

/** Posts so that one member alone sees it. Slack drops it for somebody who is not in the channel. */
export async function postEphemeral(
  client: webApi.WebClient,
  target: Target & { readonly member: string },
  message: ChatMessage,
): Promise<void> {
  await deliver(message, (content) =>
    client.chat.postEphemeral({ channel: target.channel, user: target.member, ...threadOf(target), ...content }),
  );
}

/** Replaces a message of our own. */
export async function updateMessage(client: webApi.WebClient, target: Posted, message: ChatMessage): Promise<void> {
  await deliver(message, (content) => client.chat.update({ channel: target.channel, ts: target.ts, ...content }));
}
