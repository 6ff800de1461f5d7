import { z } from 'zod';
import { ACTION_PREFIX } from '#src/cards/index.ts';
import { BUTTON_ACTIONS, type Button } from '#src/domain/reply.ts';

// What is read of Slack's payloads and nothing more. Names and labels are decoration and stay unread.

const id = z.string().min(1).max(64);
const ts = z.string().min(1).max(40);

export const Command = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: id,
  enterprise_id: id.nullish(),
  user_id: id,
  channel_id: id,
  channel_name: z.string().optional(),
  response_url: z.url().optional(),
  trigger_id: z.string().min(1),
});

/** The envelope around every event. */
export const Envelope = z.object({
  event_id: z.string().min(1),
  team_id: id.nullish(),
  authorizations: z.array(z.object({ team_id: id.nullish(), enterprise_id: id.nullish() })).nullish(),
});

export type Envelope = z.infer<typeof Envelope>;

/** A message or mention. Fields that disqualify it are read so that it can be dropped. */
export const Said = z.object({
  type: z.enum(['message', 'app_mention']),
  channel: id,
  channel_type: z.string().optional(),
  user: id.optional(),
  text: z.string().default(''),
  ts,
  thread_ts: ts.optional(),
  subtype: z.string().optional(),
  edited: z.unknown().optional(),
  bot_id: z.string().nullish(),
  app_id: z.string().nullish(),
  // Of another company's files nothing but the id is told.
  files: z.array(z.object({ id, name: z.string().max(500).nullish() })).nullish(),
  team: id.nullish(),
  user_team: id.nullish(),
  source_team: id.nullish(),
});
export type Said = z.infer<typeof Said>;

export const HomeOpened = z.object({ user: id, tab: z.string().optional() });

export const Click = z.object({
  team: z.object({ id, enterprise_id: id.nullish() }).nullish(),
  user: z.object({ id, team_id: id.nullish() }),
  channel: z.object({ id }).nullish(),
  container: z
    .object({
      type: z.string().optional(),
      message_ts: ts.nullish(),
      channel_id: id.nullish(),
      is_ephemeral: z.boolean().nullish(),
      thread_ts: ts.nullish(),
    })
    .nullish(),
  message: z.object({ thread_ts: ts.nullish() }).nullish(),
  response_url: z.url().nullish(),
  trigger_id: z.string().min(1),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().max(2000).nullish() })).min(1),
});
export type Click = z.infer<typeof Click>;

const ButtonValue = z.strictObject({
  id: z.string().regex(/^[\w-]{1,128}$/),
  version: z.number().int().min(0).max(1_000_000),
  index: z.number().int().min(0).max(1000).nullable(),
});

/** Action ids that the assistant itself puts on buttons. */
export const OUR_ACTION = new RegExp(`^${ACTION_PREFIX}:(${BUTTON_ACTIONS.join('|')})(?::(\\d{1,4}))?$`);

/**
 * Reads a click on one of our buttons.
 *
 * The payload is client-visible and replayable: it names a stored question and nothing else, and whoever clicks is
 * checked anew.
 *
 * @returns null when it does not carry what we put on it
 */
export function parseButton(actionId: string, value: string | null | undefined): Button | null {
  const named = OUR_ACTION.exec(actionId);
  const carried = ButtonValue.safeParse(jsonOrNull(value ?? ''));
  if (named === null || !carried.success) return null;
  const { id: question, version, index } = carried.data;
  const action = named[1] as Button['action'];
  if ((named[2] === undefined ? null : Number(named[2])) !== index) return null;
  if ((action === 'choose' || action === 'offer') && index === null) return null;
  return { action, id: question, version, index };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
