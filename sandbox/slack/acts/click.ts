import { findElement } from '../blocks/find-element.ts';
import { deliver } from '../delivery/deliver.ts';
import { interactionBase, issueResponseUrl, issueTrigger } from '../interactions.ts';
import { type Json, textOf } from '../json.ts';
import { chosenValue, setValue } from '../values.ts';
import { blocksOf, findView, viewJson } from '../views.ts';
import { findMessage, messageJson, nextTs } from '../workspace/messages.ts';
import type { Channel, Member, Message } from '../workspace/types.ts';
import type { StoredView, World } from '../world.ts';
import { type ActResult, acknowledged, actorOf, isResult, placeOf, refused } from './act.ts';

const DID_NOT_RESPOND = 'This app responded with an error, or did not respond in time.';

/** Where an element stands, as far as a click needs it. */
type Surface = {
  readonly blocks: readonly Json[];
  readonly hold: (block: Json, element: Json, value: Json) => void;
  readonly fields: () => Json;
};

/** A person presses a button or chooses from a menu, in a message, a modal or the home tab. */
export async function clickElement(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  if (!world.manifest.interactivity)
    return refused('interactivity_disabled', 'This app is not configured to handle interactive responses.');
  const surface = surfaceOf(world, body, member);
  if (isResult(surface)) return surface;
  const action = actionOf(world, body, surface);
  if (isResult(action)) return action;
  const payload: Json = {
    ...interactionBase(world, 'block_actions', member),
    trigger_id: issueTrigger(world, member.id),
    ...surface.fields(),
    actions: [action],
  };
  return acknowledged(await deliver(world, 'interactive', 'block_actions', payload), DID_NOT_RESPOND);
}

function surfaceOf(world: World, body: Json, member: Member): Surface | ActResult {
  const viewId = textOf(body.viewId);
  if (viewId !== undefined) {
    const view = findView(world, { viewId });
    if (view === undefined || (view.user !== member.id && body.force !== true)) return refused('view_not_found');
    return viewSurface(world, view);
  }
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  const message = findMessage(world, channel.id, textOf(body.ts) ?? '');
  if (message === undefined) return refused('message_not_found');
  if (message.onlyFor !== null && message.onlyFor !== member.id && body.force !== true)
    return refused('message_not_found');
  return messageSurface(world, channel, message, member);
}

function viewSurface(world: World, view: StoredView): Surface {
  return {
    blocks: blocksOf(view.body),
    hold: (block, element, value) => setValue(view.values, block, element, value),
    fields: () => ({ container: { type: 'view', view_id: view.id }, view: viewJson(world, view) }),
  };
}

function messageSurface(world: World, channel: Channel, message: Message, member: Member): Surface {
  const ephemeral = message.onlyFor !== null;
  return {
    blocks: [...message.blocks, ...message.attachments.flatMap((attachment) => blocksOf(attachment))],
    hold: (block, element, value) => setValue(message.values, block, element, value),
    fields: () => ({
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: ephemeral,
        ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      },
      channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
      // An ephemeral message is not kept by Slack, so the payload of a click in it carries none.
      ...(ephemeral ? {} : { message: messageJson(world, message) }),
      state: { values: message.values },
      response_url: issueResponseUrl(world, 'actions', {
        channel: channel.id,
        user: member.id,
        source: { ts: message.ts, ephemeral },
        threadTs: message.threadTs,
      }),
    }),
  };
}

function actionOf(world: World, body: Json, surface: Surface): Json | ActResult {
  const actionId = textOf(body.actionId) ?? '';
  const found = findElement(surface.blocks, {
    actionId,
    blockId: textOf(body.blockId),
    value: textOf(body.value),
  });
  const stamp = { action_ts: nextTs(world) };
  if (found === undefined) {
    if (body.force !== true) return refused('element_not_found');
    return {
      type: 'button',
      action_id: actionId,
      block_id: textOf(body.blockId) ?? 'forged',
      value: body.value,
      text: plain('Forged'),
      ...stamp,
    };
  }
  const { block, element } = found;
  const own = { type: element.type, action_id: element.action_id, block_id: block.block_id };
  if (element.type === 'feedback_buttons') return { ...own, ...sideOf(element, body.value), ...stamp };
  const chosen = chosenValue(element, body.selected ?? body.value);
  if (element.type === 'overflow') return overflowAction(element, own, body, stamp);
  if (chosen === null) {
    const choosable = body.selected !== undefined && element.type !== 'button';
    return choosable ? refused('option_not_found') : { ...element, ...own, ...stamp };
  }
  surface.hold(block, element, chosen);
  return {
    ...own,
    ...chosen,
    ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }),
    ...stamp,
  };
}

function overflowAction(element: Json, own: Json, body: Json, stamp: Json): Json | ActResult {
  const wanted = textOf(body.selected) ?? textOf(body.value);
  const options = Array.isArray(element.options) ? (element.options as Json[]) : [];
  const option = options.find((entry) => entry.value === wanted);
  return option === undefined ? refused('option_not_found') : { ...own, selected_option: option, ...stamp };
}

function sideOf(element: Json, value: unknown): Json {
  const sides = [element.positive_button, element.negative_button] as Json[];
  const side = sides.find((entry) => entry.value === value) ?? sides[0] ?? {};
  return { text: side.text, value: side.value };
}

function plain(text: string): Json {
  return { type: 'plain_text', text, emoji: true };
}
