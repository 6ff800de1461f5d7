import { z } from 'zod';
import { Fault } from '../../domain/faults.ts';
import { type ChatMessage, refusesBlocks } from './post.ts';

const TIMEOUT_MS = 10_000;
const Refusal = z.object({ ok: z.literal(false), error: z.string() });

/** `replace` acts on the message that the click came from; after a slash command there is none to replace. */
export type Responding = { readonly replace: boolean; readonly threadTs: string | null };

/**
 * Answers through the address that came with a command or a click: at most five times within thirty minutes, seen by
 * the member alone, whether or not the app is in the channel.
 *
 * @throws {Fault} `chat-undeliverable` when Slack does not take it; the address itself is never in the fault
 */
export async function respond(responseUrl: string, message: ChatMessage, how: Responding): Promise<void> {
  const error = await post(responseUrl, message, message.blocks, how);
  if (error === null) return;
  const second = refusesBlocks(error) ? await post(responseUrl, message, message.simpler, how) : error;
  if (second !== null) throw new Fault('chat-undeliverable', `Slack did not take the answer: ${second}.`);
}

/** Sends once; the reason when it was not taken. */
async function post(
  responseUrl: string,
  message: ChatMessage,
  blocks: ChatMessage['blocks'],
  { replace, threadTs }: Responding,
): Promise<string | null> {
  const body = {
    response_type: 'ephemeral',
    replace_original: replace,
    text: message.text,
    blocks,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  };
  try {
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return refusalIn(answer.ok, answer.status, await answer.text());
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connection failed';
  }
}

/** Slack answers `ok`, or JSON with an error, under success and failure codes alike. */
function refusalIn(ok: boolean, status: number, body: string): string | null {
  const named = namedRefusal(body);
  if (named !== null) return named;
  return ok ? null : `status ${status}`;
}

function namedRefusal(body: string): string | null {
  if (body === 'ok' || body === '') return null;
  try {
    const parsed = Refusal.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.error.slice(0, 60) : null;
  } catch {
    return /^[a-z_]{3,60}$/.test(body) ? body : null;
  }
}
