import type { App } from '@slack/bolt';
import { notice, toHomeView, viewOf } from '#src/cards/index.ts';
import { type Door, describe, isFirst, nameActor, quietly } from './door.ts';
import { Envelope, HomeOpened } from './payloads.ts';

/** The app's home tab: my roles, and what I can say. */
export function onHome(app: App, door: Door): void {
  app.event('app_home_opened', async ({ body, event }) => {
    const envelope = Envelope.safeParse(body);
    const opened = HomeOpened.safeParse(event);
    if (!envelope.success || !opened.success) return door.log.warn('an unreadable event was dropped');
    // The same event tells that the messages tab was opened; there is nothing to do then.
    if (opened.data.tab !== undefined && opened.data.tab !== 'home') return;
    await quietly(door, () => publish(door, envelope.data.event_id, opened.data.user));
  });
}

async function publish(door: Door, eventId: string, member: string): Promise<void> {
  if (!(await isFirst(door, 'slack-event', eventId))) return;
  const view = await pageOf(door, member);
  await door.chat.publishHome(member, view.blocks);
}

async function pageOf(door: Door, member: string) {
  try {
    const actor = await nameActor(door, member, [], false);
    return toHomeView(await door.conversation.home(actor), { zone: door.zone });
  } catch (error) {
    const reference = door.ids.reference();
    door.log.error('a home page failed', { reference, why: describe(error) });
    return viewOf([notice('home-failed', reference)]);
  }
}
