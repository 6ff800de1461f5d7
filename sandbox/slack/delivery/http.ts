import { isObject, type Json, tryParse } from '../json.ts';
import type { AttemptOutcome, DeliveryKind, Door, World } from '../world.ts';
import { ACK_WITHIN_MS } from './limits.ts';
import { signRequest } from './sign.ts';

/** Signed HTTP: posts each payload to the app's request URL, as Slack does for an app without Socket Mode. */
export function openHttpDoor(world: World, requestUrl: string): Door {
  return {
    open: () => 1,
    disconnect: () => 0,
    close: () => undefined,
    async attempt(kind, payload, retry) {
      const { body, contentType } = encode(kind, payload);
      const extra =
        retry === null ? {} : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason };
      const answer = await postSigned(world, requestUrl, body, contentType, extra);
      return outcomeOf(kind, answer);
    },
  };
}

/** What an app answered to a signed request; `failure` says why there is no answer. */
export type SignedAnswer = {
  readonly status: number | null;
  readonly body: string;
  readonly noRetry: boolean;
  readonly withinMs: number;
  readonly failure: 'http_timeout' | 'connection_failed' | null;
};

/** Posts a body with timestamp and signature headers; `secret` other than the app's own makes a forged request. */
export async function postSigned(
  world: World,
  url: string,
  body: string,
  contentType: string,
  headers: Record<string, string> = {},
  secret: string = world.identity.signingSecret,
): Promise<SignedAnswer> {
  const timestamp = String(Math.floor(world.clock.now() / 1000));
  const startedAt = world.clock.now();
  const giveUp = new AbortController();
  const cancel = world.clock.after(ACK_WITHIN_MS, () => giveUp.abort());
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: giveUp.signal,
      // A body of bytes keeps the content type exactly as given: Bolt refuses a charset after it.
      body: Buffer.from(body, 'utf8'),
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (sandbox)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signRequest(secret, timestamp, body),
        ...headers,
      },
    });
    const text = await response.text();
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    return { status: response.status, body: text, noRetry, withinMs: world.clock.now() - startedAt, failure: null };
  } catch {
    const failure = giveUp.signal.aborted ? 'http_timeout' : 'connection_failed';
    return { status: null, body: '', noRetry: false, withinMs: world.clock.now() - startedAt, failure };
  } finally {
    cancel();
  }
}

function encode(kind: DeliveryKind, payload: Json): { body: string; contentType: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : toFields(payload);
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}

function toFields(payload: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]));
}

function outcomeOf(kind: DeliveryKind, answer: SignedAnswer): AttemptOutcome {
  const lost = { acked: false, ack: null, withinMs: null, connection: null, noRetry: answer.noRetry };
  if (answer.failure !== null) return { ...lost, failure: answer.failure };
  // Commands and interactions need 200; an event is content with any success.
  const fine =
    answer.status === 200 || (kind === 'events_api' && answer.status !== null && Math.floor(answer.status / 100) === 2);
  if (!fine) return { ...lost, failure: 'http_error' };
  return { acked: true, ack: ackOf(answer.body), withinMs: answer.withinMs, failure: null, connection: null };
}

function ackOf(body: string): unknown {
  if (body === '') return {};
  const parsed = tryParse(body);
  return isObject(parsed) ? parsed : { text: body };
}
