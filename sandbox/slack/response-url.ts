import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkMessageContent } from './blocks/message-content.ts';
import { takeFault } from './control/faults.ts';
import { sendDeleteEvents } from './events.ts';
import { readBody, sendJson } from './http.ts';
import { RESPONSE_URL_LIVES_MS, RESPONSE_URL_USES } from './interactions.ts';
import { isObject, type Json, textOf, tryParse } from './json.ts';
import { addMessage, changeMessage, findMessage, removeMessage } from './workspace/messages.ts';
import type { ResponseUrl, World } from './world.ts';

/** Serves the address of an interaction: five answers within thirty minutes, then 404. */
export async function serveResponseUrl(
  world: World,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = takeFault(world, 'response_url');
  if (fault?.kind === 'drop') return void request.socket.destroy();
  const text = await readBody(request);
  if (fault?.kind === 'status') return sendJson(response, fault.status, { ok: false });
  if (fault?.kind === 'ratelimited') {
    return sendJson(response, 429, { ok: false, error: 'rate_limited' }, { 'retry-after': String(fault.retryAfter) });
  }
  if (fault?.kind === 'error') return sendJson(response, 400, { ok: false, error: fault.error });

  const address = world.responseUrls.get(key);
  const refusal = refuse(world, address);
  if (address === undefined || refusal !== null) return sendJson(response, 404, { ok: false, error: refusal });
  const body = readPayload(text, request.headers['content-type']);
  if (body === null) return sendJson(response, 400, { ok: false, error: 'invalid_payload' });
  const problem = answerInteraction(world, address, body);
  if (problem !== null) return sendJson(response, 400, { ok: false, error: problem });
  address.uses++;
  sendJson(response, 200, { ok: true });
}

function refuse(world: World, address: ResponseUrl | undefined): string | null {
  if (address === undefined) return 'invalid_url';
  if (world.clock.now() - address.issuedAt > RESPONSE_URL_LIVES_MS) return 'expired_url';
  return address.uses >= RESPONSE_URL_USES ? 'used_url' : null;
}

function readPayload(text: string, contentType = ''): Json | null {
  const json = contentType.startsWith('application/x-www-form-urlencoded')
    ? (new URLSearchParams(text).get('payload') ?? '')
    : text;
  const parsed = tryParse(json);
  return isObject(parsed) ? parsed : null;
}

/**
 * Carries out what an app answers to an interaction: a new message, or a change of the message that was clicked.
 * After a slash command there is nothing to replace or delete: a replacement becomes a new message.
 *
 * @returns the error code, or null when it was done
 */
export function answerInteraction(world: World, address: ResponseUrl, body: Json): string | null {
  const channel = world.channels.get(address.channel);
  if (channel === undefined) return 'channel_not_found';
  const source = address.source === null ? undefined : findMessage(world, channel.id, address.source.ts);
  if (body.delete_original === true && source !== undefined) {
    removeMessage(world, source);
    if (source.onlyFor === null) void Promise.all(sendDeleteEvents(world, channel, source));
    return null;
  }
  const content = checkMessageContent(body, 'answer');
  if ('problem' in content) return content.problem.error;
  if (body.replace_original === true && source !== undefined) {
    changeMessage(world, source, { text: content.text, blocks: content.blocks, attachments: content.attachments });
    return null;
  }
  addMessage(world, channel, {
    user: world.identity.botUserId,
    botId: world.identity.botId,
    ...content,
    threadTs: textOf(body.thread_ts) ?? address.threadTs,
    onlyFor: body.response_type === 'in_channel' ? null : address.user,
  });
  return null;
}
