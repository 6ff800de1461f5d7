import type { Understanding } from '../domain/understanding.ts';
import { buildVocabulary, mentionsIn, understand } from '../language/index.ts';
import type { Clock, Names } from '../usecases/ports.ts';
import { localTime } from './local-time.ts';
import { inputOf } from './vocabulary.ts';

/** Reads sentences without acting on them. */
export type Reader = {
  /** @param options.asker - extension number of who speaks; `now` null takes the clock's */
  read(text: string, options: { readonly asker: string; readonly now: string | null }): Understanding;
};

export type ReaderOptions = {
  readonly zone: string;
  readonly clock: Clock;
  readonly partners?: readonly string[];
  /** Extension number of each linked chat member by member id; a mention of anybody else is a person to ask about. */
  readonly members?: ReadonlyMap<string, string>;
};

/** Makes a reader over the names of one account. */
export function createReader(names: Names, options: ReaderOptions): Reader {
  const vocabulary = buildVocabulary(inputOf(names, options.partners ?? []));
  const { zone, clock, members } = options;
  return {
    read(text, { asker, now }) {
      const at = now ?? localTime(clock.now(), zone);
      const mentions = new Map(mentionsIn(text).map((member) => [member, members?.get(member) ?? null] as const));
      return understand(text, vocabulary, { asker, now: at, zone, mentions, previous: null });
    },
  };
}
