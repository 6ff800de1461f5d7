import { HELP_TOPICS, type HelpTopic } from '../domain/help-topics.ts';
import type { Evidence, Understanding } from '../domain/understanding.ts';
import { TOPICS } from './lexicon/topics.ts';
import { createPhraseList } from './reading/phrase-list.ts';
import type { Token } from './text/tokens.ts';

const LIST = createPhraseList<HelpTopic>(
  HELP_TOPICS.map((topic) => [topic, TOPICS[topic].split(',').map((phrase) => phrase.trim())] as const),
);
const MARK = 'help about ';

/** The evidence that a text asks for help about something; null when it asks for help at large. */
export function topicIn(tokens: readonly Token[]): Evidence | null {
  let best: { words: string; topic: HelpTopic; length: number } | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    const found = LIST.longestAt(tokens, at);
    if (found === null || (best !== null && found.to - at <= best.length)) continue;
    const words = tokens.slice(at, found.to).map((token) => token.text);
    best = { words: words.join(' '), topic: found.kind, length: found.to - at };
  }
  return best === null ? null : { words: best.words, as: `${MARK}${best.topic}`, literal: true };
}

/** What a request for help is about; null when it is about nothing in particular. */
export function helpTopicOf({ intent, readings }: Understanding): HelpTopic | null {
  if (intent !== 'help') return null;
  const said = readings.find(({ as }) => as.startsWith(MARK))?.as.slice(MARK.length);
  return HELP_TOPICS.find((topic) => topic === said) ?? null;
}
