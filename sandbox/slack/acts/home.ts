import { isSubscribed, sendEvent } from '../events.ts';
import { type Json, textOf } from '../json.ts';
import { viewJson } from '../views.ts';
import { nextTs } from '../workspace/messages.ts';
import type { World } from '../world.ts';
import { type ActResult, actorOf, delivered, isResult, refused } from './act.ts';

/** A person opens the app: its home tab, or with `tab: messages` the direct message with it. */
export async function openHome(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const tab = textOf(body.tab) ?? 'home';
  if (tab === 'home' && !world.manifest.homeTab) return refused('home_tab_disabled');
  const channel = world.channels.get(`D${member.id}`);
  if (channel === undefined) return refused('cannot_dm_bot');
  if (!isSubscribed(world, 'app_home_opened')) return { ok: true, delivery: null, deliveries: [] };
  const view = world.homes.get(member.id);
  const event: Json = {
    type: 'app_home_opened',
    user: member.id,
    channel: channel.id,
    event_ts: nextTs(world),
    tab,
    ...(tab === 'home' && view !== undefined ? { view: viewJson(world, view) } : {}),
  };
  const sent = sendEvent(world, 'app_home_opened', event, channel);
  return delivered(sent === null ? [] : [sent]);
}
