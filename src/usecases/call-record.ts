import type { AnsweredCall, Call } from './ports.ts';

/** Remembers the calls of one change, so that its record names them as RingCentral does. */
export type CallRecord = {
  /** To be handed to each of the calls. */
  readonly call: Pick<Call, 'onAnswer'>;
  /** Those that were answered so far, in the order of their answers. */
  readonly made: readonly AnsweredCall[];
};

/** Starts such a record. */
export function createCallRecord(): CallRecord {
  const made: AnsweredCall[] = [];
  return { made, call: { onAnswer: (answered) => made.push(answered) } };
}
