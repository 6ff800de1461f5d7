import { findElement } from '../blocks/find-element.ts';
import { deliver } from '../delivery/deliver.ts';
import { interactionBase } from '../interactions.ts';
import { isObject, type Json, textOf } from '../json.ts';
import { blocksOf, findView, viewJson } from '../views.ts';
import { findMessage } from '../workspace/messages.ts';
import type { World } from '../world.ts';
import { type ActResult, acknowledged, actorOf, isResult, placeOf, refused } from './act.ts';

/** A person types into a menu whose options come from the app. */
export async function askOptions(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const viewId = textOf(body.viewId);
  const view = viewId === undefined ? undefined : findView(world, { viewId });
  const place = view === undefined ? placeOf(world, body, member) : null;
  if (place !== null && isResult(place)) return place;
  const message = place === null ? undefined : findMessage(world, place.id, textOf(body.ts) ?? '');
  const blocks = view === undefined ? (message?.blocks ?? []) : blocksOf(view.body);
  const found = findElement(blocks, { actionId: textOf(body.actionId) ?? '', blockId: textOf(body.blockId) });
  if (found === undefined || !String(found.element.type).endsWith('external_select'))
    return refused('element_not_found');
  const payload: Json = {
    ...interactionBase(world, 'block_suggestion', member),
    action_id: found.element.action_id,
    block_id: found.block.block_id,
    value: textOf(body.value) ?? '',
    container:
      view === undefined
        ? { type: 'message', message_ts: message?.ts, channel_id: place?.id }
        : { type: 'view', view_id: view.id },
    ...(view === undefined ? { channel: { id: place?.id, name: place?.name } } : { view: viewJson(world, view) }),
  };
  const delivery = await deliver(world, 'interactive', 'block_suggestion', payload);
  const result = acknowledged(delivery, 'No results');
  const ack = isObject(delivery.ack) ? delivery.ack : {};
  return { ...result, options: ack.options ?? ack.option_groups ?? [] };
}
