import type { Calendar } from '../time/calendar.ts';
import type { Context } from '../types.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { LatticeBuilder } from './lattice.ts';
import type { WordReading } from './word-readings.ts';

/** What finding names needs to know: the words, what can be named, and who speaks when. */
export type Scene = {
  readonly lattice: LatticeBuilder;
  /** What any of the words has; see `trait`. */
  readonly traits: number;
  readonly vocabulary: Vocabulary;
  readonly context: Context;
  readonly calendar: () => Calendar;
  /** Readings of each word: itself, or what it may be a slip of. */
  readonly readings: readonly (readonly WordReading[])[];
};
