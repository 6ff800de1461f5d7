export { helpTopicOf } from './help-topic.ts';
export { mentionsIn } from './mentions.ts';
export { render } from './render.ts';
export type { Context, VocabularyInput } from './types.ts';
export { ANOTHER_LANGUAGE, understand } from './understand.ts';
export { buildVocabulary } from './vocabulary.ts';
