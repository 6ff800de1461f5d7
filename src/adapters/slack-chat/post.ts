import { setTimeout as sleep } from 'node:timers/promises';
import type { types, webApi } from '@slack/bolt';
import { slackTrouble } from './faults.ts';

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
const LONGEST_WAIT_MS = 30_000;
const WAITS = 3;

/** Tells whether Slack refused the blocks, not the message. */
export function refusesBlocks(error: string): boolean {
  return BLOCK_ERRORS.includes(error);
}

/**
 * Tries a call, waits as long as Slack asks when it limits us, and takes the simpler blocks when it refuses the others.
 *
 * Waiting here keeps one limited channel from holding up every other call, as the client's own queue would.
 */
async function deliver(
  message: ChatMessage,
  send: (content: { text: string; blocks: types.KnownBlock[] }) => Promise<unknown>,
): Promise<void> {
  let blocks = message.blocks;
  for (let waits = 0; ; ) {
    try {
      await send({ text: message.text, blocks });
      return;
    } catch (error) {
      const trouble = slackTrouble(error);
      if (trouble?.kind === 'refused' && refusesBlocks(trouble.error) && blocks !== message.simpler) {
        blocks = message.simpler;
      } else if (trouble?.kind === 'limited' && waits < WAITS && trouble.retryAfterMs <= LONGEST_WAIT_MS) {
        waits += 1;
        await sleep(trouble.retryAfterMs);
      } else {
        throw error;
      }
    }
  }
}

type Target = { readonly channel: string; readonly threadTs: string | null };

function threadOf({ threadTs }: Target): { thread_ts?: string } {
  return threadTs === null ? {} : { thread_ts: threadTs };
}

/** Posts to a conversation; everybody in it sees the message, so only to a direct one. */
export function postMessage(client: webApi.WebClient, target: Target, message: ChatMessage): Promise<void> {
  return deliver(message, (content) =>
    client.chat.postMessage({
      channel: target.channel,
      ...threadOf(target),
      ...content,
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
}

/** Posts so that one member alone sees it. Slack drops it for somebody who is not in the channel. */
export function postEphemeral(
  client: webApi.WebClient,
  target: Target & { readonly member: string },
  message: ChatMessage,
): Promise<void> {
  return deliver(message, (content) =>
    client.chat.postEphemeral({ channel: target.channel, user: target.member, ...threadOf(target), ...content }),
  );
}

/** Replaces a message of our own. */
export function updateMessage(
  client: webApi.WebClient,
  target: { readonly channel: string; readonly ts: string },
  message: ChatMessage,
): Promise<void> {
  return deliver(message, (content) => client.chat.update({ channel: target.channel, ts: target.ts, ...content }));
}
