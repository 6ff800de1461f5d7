import type { App } from '@slack/bolt';
import type { Place, SharedFile } from '#src/adapters/slack-chat/index.ts';
import { answerWords } from './answer.ts';
import { type Door, guarded, isFirst } from './door.ts';
import { Envelope, Said } from './payloads.ts';

/** Messages with these subtypes are still somebody's own new words. */
const OWN_WORDS: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast'];

/** Mentions in channels, answered to the member alone, in the thread where they were made. */
export function onMention(app: App, door: Door): void {
  app.event('app_mention', ({ body }) => hear(door, body, false));
}

/** Direct messages to the app, also inside threads. */
export function onDirectMessage(app: App, door: Door): void {
  app.event('message', async ({ body, event }) => {
    if (!('channel_type' in event) || event.channel_type !== 'im') return;
    await hear(door, body, true);
  });
}

async function hear(door: Door, body: { readonly event: unknown }, direct: boolean): Promise<void> {
  const envelope = Envelope.safeParse(body);
  const said = Said.safeParse(body.event);
  if (!envelope.success || !said.success) return door.log.warn('an unreadable event was dropped');
  const { user, channel, thread_ts: threadTs } = said.data;
  if (user === undefined || !isForUs(door, envelope.data) || !isOwnWords(said.data)) return;
  const place: Place = {
    member: user,
    channel,
    threadTs: threadTs ?? null,
    direct,
    responseUrl: null,
    messageTs: null,
  };
  await guarded(door, place, async () => {
    if (!(await isFirstHeard(door, envelope.data.event_id, said.data))) return;
    await answerWords(door, place, teamsOf(said.data), said.data.text, filesOf(said.data));
  });
}

/**
 * Drops what is not somebody's own new words: edits, which Slack announces again as mentions; what apps, workflows and
 * other bots wrote; joins, deletions and the like.
 */
function isOwnWords(said: Said): boolean {
  return said.edited === undefined && !said.bot_id && OWN_WORDS.includes(said.subtype);
}

/** An envelope names the installation that it is for; in shared channels that differs from where the words come from. */
function isForUs(door: Door, envelope: Envelope): boolean {
  const [authorized] = envelope.authorizations ?? [];
  const team = authorized?.team_id ?? envelope.team_id;
  if (team === door.installation.team) return true;
  return door.installation.enterprise !== null && authorized?.enterprise_id === door.installation.enterprise;
}

/** Slack redelivers events, and announces one message both as a mention and as a direct message. */
async function isFirstHeard(door: Door, eventId: string, said: Said): Promise<boolean> {
  const first = await isFirst(door, 'slack-event', eventId);
  return first && (await isFirst(door, 'slack-message', `${door.installation.team}:${said.channel}:${said.ts}`));
}

function filesOf({ files }: Said): readonly SharedFile[] {
  return (files ?? []).map(({ id, name }) => ({ id, name: name || 'The file' }));
}

function teamsOf(said: Said): string[] {
  return [said.user_team, said.source_team, said.team].filter((team) => typeof team === 'string');
}
