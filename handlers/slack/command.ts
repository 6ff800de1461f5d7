import type { App } from '@slack/bolt';
import type { Place } from '#src/adapters/slack-chat/index.ts';
import { acknowledge } from './acknowledge.ts';
import { answerWords } from './answer.ts';
import { type Door, guarded, isFirst } from './door.ts';
import { Command } from './payloads.ts';

/** `/rolecall <words>`: answered where it was typed, seen by the member alone. */
export function onCommand(app: App, door: Door): void {
  app.command('/rolecall', async ({ ack, body, context }) => {
    await acknowledge(ack, context, door.log);
    const parsed = Command.safeParse(body);
    if (!parsed.success) return door.log.warn('an unreadable command was dropped');
    const command = parsed.data;
    const place: Place = {
      member: command.user_id,
      channel: command.channel_id,
      // A command cannot be given inside a thread.
      threadTs: null,
      direct: false,
      responseUrl: command.response_url ?? null,
      messageTs: null,
    };
    await guarded(door, place, async () => {
      if (!(await isFirst(door, 'slack-trigger', command.trigger_id))) return;
      await answerWords(door, place, [command.team_id], command.text);
    });
  });
}
