import type { AskAbout, FurtherAct, Intent, Slots, Understanding } from '#src/domain/understanding.ts';

/** The slots that a sentence fills; all others stay empty. */
type Expected = Partial<Slots> & { readonly dryRun?: boolean; readonly also?: readonly Partial<FurtherAct>[] };
export type Row = readonly [sentence: string, intent: Intent, slots: Expected];
export type AskedRow = readonly [sentence: string, intent: Intent, about: AskAbout, candidates: readonly string[]];
export type NoRow = readonly [sentence: string, outcome: Understanding['outcome']];
