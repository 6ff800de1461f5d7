import type { RefusalReason } from '../domain/reply.ts';

/** Something that was reached, or the reason why not. */
export type Gate<Value> =
  | { readonly open: true; readonly value: Value }
  | { readonly open: false; readonly reason: RefusalReason };

/** What was reached. */
export function open<Value>(value: Value): Gate<Value> {
  return { open: true, value };
}

/** An expected "no". */
export function shut(reason: RefusalReason): Gate<never> {
  return { open: false, reason };
}
