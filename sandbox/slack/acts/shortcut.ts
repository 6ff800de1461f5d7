import { deliver } from '../delivery/deliver.ts';
import { interactionBase, issueResponseUrl, issueTrigger } from '../interactions.ts';
import { type Json, textOf } from '../json.ts';
import { findMessage, messageJson, nextTs } from '../workspace/messages.ts';
import type { Member } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { type ActResult, acknowledged, actorOf, isResult, placeOf, refused } from './act.ts';

/** A person uses a shortcut: a global one, or with `channel` and `ts` one on a message. */
export async function useShortcut(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const shortcut = world.manifest.shortcuts.find((entry) => entry.callbackId === body.callbackId);
  if (shortcut === undefined || !world.scopes.includes('commands')) return refused('unknown_shortcut');
  const fields = shortcut.type === 'global' ? {} : messageFields(world, body, member);
  if (isResult(fields)) return fields;
  const type = shortcut.type === 'global' ? 'shortcut' : 'message_action';
  const payload: Json = {
    ...interactionBase(world, type, member),
    callback_id: shortcut.callbackId,
    trigger_id: issueTrigger(world, member.id),
    action_ts: nextTs(world),
    ...fields,
  };
  return acknowledged(
    await deliver(world, 'interactive', type, payload),
    `${shortcut.name} failed because the app did not respond`,
  );
}

function messageFields(world: World, body: Json, member: Member): Json | ActResult {
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  const message = findMessage(world, channel.id, textOf(body.ts) ?? '');
  if (message === undefined || message.onlyFor !== null) return refused('message_not_found');
  return {
    channel: { id: channel.id, name: channel.name },
    message_ts: message.ts,
    message: messageJson(world, message),
    response_url: issueResponseUrl(world, 'actions', {
      channel: channel.id,
      user: member.id,
      source: null,
      threadTs: message.threadTs,
    }),
  };
}
