import { buildVocabulary, mentionsIn, understand } from '../language/index.ts';
import { type Conversation, type ConversationDeps, conversationWith } from './conversation.ts';

export type { Conversation } from './conversation.ts';

/** Makes the conversation that every door speaks to. */
export function createConversation(deps: ConversationDeps): Conversation {
  return conversationWith(deps, { buildVocabulary, understand, mentionsIn });
}
