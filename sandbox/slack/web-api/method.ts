import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Tier } from './tiers.ts';

/** What a method answers: fields beside `ok: true`, or an error. */
export type MethodAnswer =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly error: string; readonly body?: Json };

/** One Web API method. */
export type Method = {
  readonly name: string;
  /** Scopes of which the token needs one; none means any token. */
  readonly scopes: readonly string[];
  /** Which token it takes. */
  readonly token: 'bot' | 'app';
  readonly tier: Tier;
  readonly run: (world: World, args: Json) => MethodAnswer;
};

/** A success. */
export function done(body: Json = {}): MethodAnswer {
  return { ok: true, body };
}

/** A failure by Slack's code. */
export function failed(error: string, body?: Json): MethodAnswer {
  return body === undefined ? { ok: false, error } : { ok: false, error, body };
}

/** A failure with `[ERROR]` lines, where Slack says what is wrong with an argument. */
export function failedWith(error: string, details: readonly string[]): MethodAnswer {
  if (details.length === 0) return failed(error);
  return failed(error, {
    errors: details,
    response_metadata: { messages: details.map((detail) => `[ERROR] ${detail}`) },
  });
}

/** Whether an argument says yes, in a form or in JSON. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}
