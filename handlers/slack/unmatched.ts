import type { AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Place } from '#src/adapters/slack-chat/index.ts';
import type { Notice } from '#src/cards/index.ts';
import { type Door, tellNotice } from './door.ts';

const Gesture = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  channel_id: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  response_url: z.url().nullish(),
  container: z.object({ thread_ts: z.string().nullish() }).nullish(),
});
type Gesture = z.infer<typeof Gesture>;

/** Tells somebody whose command, button, shortcut or form belongs to nothing. */
export async function tellUnmatched(door: Door, { body }: AnyMiddlewareArgs): Promise<void> {
  const parsed = Gesture.safeParse(body);
  const kind = parsed.success ? noticeFor(parsed.data) : null;
  const member = parsed.data?.user_id ?? parsed.data?.user?.id;
  door.log.warn('a gesture that nobody handles', { type: parsed.data?.type ?? 'command', known: kind !== null });
  if (!parsed.success || kind === null || member === undefined) return;
  await tellNotice(door, placeOf(parsed.data, member), kind);
}

function noticeFor({ type, command }: Gesture): Notice | null {
  if (command !== undefined) return 'unknown-command';
  switch (type) {
    case 'block_actions':
    case 'interactive_message':
      return 'unknown-button';
    case 'shortcut':
    case 'message_action':
      return 'unknown-shortcut';
    case 'view_submission':
      return 'unknown-form';
    default:
      // A closed form and a list being typed into expect no message.
      return null;
  }
}

function placeOf(gesture: Gesture, member: string): Place {
  const channel = gesture.channel?.id ?? gesture.channel_id ?? null;
  return {
    member,
    channel,
    threadTs: gesture.container?.thread_ts ?? null,
    direct: channel?.startsWith('D') ?? false,
    responseUrl: gesture.response_url ?? null,
    messageTs: null,
  };
}
