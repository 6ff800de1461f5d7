import type { Understanding } from '../domain/understanding.ts';
import { buildVocabulary, understand } from '../language/index.ts';
import type { Clock, Names } from '../usecases/ports.ts';
import { localTime } from './local-time.ts';
import { inputOf } from './vocabulary.ts';

/** Reads sentences without acting on them. */
export type Reader = {
  /** @param options.asker - extension number of who speaks; `now` null takes the clock's */
  read(text: string, options: { readonly asker: string; readonly now: string | null }): Understanding;
};

export type ReaderOptions = { readonly zone: string; readonly clock: Clock; readonly partners?: readonly string[] };

/** Makes a reader over the names of one account. */
export function createReader(names: Names, options: ReaderOptions): Reader {
  const vocabulary = buildVocabulary(inputOf(names, options.partners ?? []));
  const { zone, clock } = options;
  return {
    read(text, { asker, now }) {
      const at = now ?? localTime(clock.now(), zone);
      return understand(text, vocabulary, { asker, now: at, zone, mentions: new Map(), previous: null });
    },
  };
}
