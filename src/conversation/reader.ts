import type { Understanding } from '../domain/understanding.ts';
import { buildVocabulary, understand } from '../language/index.ts';
import type { Clock, Names } from '../usecases/ports.ts';
import { localTime } from './local-time.ts';
import { inputOf } from './vocabulary.ts';

/** Reads words without answering them: nobody's right is looked at and nothing is remembered. */
export type Reader = {
  /**
   * @param who - `asker` is an extension number; `now` an ISO 8601 instant, or null for the present
   */
  read(text: string, who: { readonly asker: string; readonly now: string | null }): Understanding;
};

/** Makes a reader over the names of an account. */
export function createReader(
  names: Names,
  options: { readonly zone: string; readonly clock: Clock; readonly partners?: readonly string[] },
): Reader {
  const { zone, clock, partners = [] } = options;
  const vocabulary = buildVocabulary(inputOf(names, partners));
  return {
    read(text, { asker, now }) {
      const instant = now === null ? clock.now() : Date.parse(now);
      const context = { asker, now: localTime(instant, zone), zone, mentions: new Map(), previous: null };
      return understand(text, vocabulary, context);
    },
  };
}
