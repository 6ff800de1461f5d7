import type { Understanding } from '../domain/understanding.ts';
import type { Context, VocabularyInput } from '../language/types.ts';

/** What the conversation needs of understanding: pure functions over a vocabulary of their own making. */
export type Language<Vocabulary> = {
  buildVocabulary(input: VocabularyInput): Vocabulary;
  understand(text: string, vocabulary: Vocabulary, context: Context): Understanding;
  /** Chat member ids mentioned in a text. */
  mentionsIn(text: string): readonly string[];
};
