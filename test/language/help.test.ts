import { describe, expect, it } from 'vitest';
import { HELP_TOPICS } from '#src/domain/help-topics.ts';
import { helpTopicOf } from '#src/language/index.ts';
import { TOPIC_EXAMPLES } from '#src/usecases/help-topics.ts';
import { read } from './world.ts';

describe('help', () => {
  it.each([
    ['help give', 'giving'],
    ['help taking', 'taking'],
    ['help with temporary roles', 'times'],
    ['help requests', 'requests'],
    ['help with errors', 'errors'],
    ['help partners', 'partners'],
    ['help history', 'history'],
    ['how do i undo something', 'undo'],
    ['how do i give someone a role', 'giving'],
    ['help', null],
    ['hi', null],
    ['what can you do', null],
  ])('reads "%s" as asking about %s', (sentence, topic) => {
    const reading = read(sentence);
    expect(reading).toMatchObject({ outcome: 'understood', intent: 'help' });
    expect(helpTopicOf(reading)).toBe(topic);
  });

  it.each(HELP_TOPICS.map((topic) => [topic]))('is to be had about %s by its name', (topic) => {
    expect(helpTopicOf(read(`help about ${topic}`))).toBe(topic);
  });

  it.each(HELP_TOPICS.flatMap((topic) => TOPIC_EXAMPLES[topic].map(({ say }) => [topic, say] as const)))(
    'about %s teaches "%s", which is understood',
    (_topic, say) => {
      expect(read(say).outcome).toBe('understood');
    },
  );
});

describe('suggestions', () => {
  const NONSENSE = 'Bob Brown Manager quux flurb wibble zork blorp';

  it('are questions only', () => {
    const { outcome, suggestions } = read(NONSENSE);
    expect([outcome, suggestions.length]).toEqual(['not-understood', 3]);
    for (const say of suggestions) expect(read(say)).toMatchObject({ outcome: 'understood', effect: 'read' });
  });

  it.each([
    'zorg Alice Anderson wibble flurb quux',
    'flurb ReadCallLog wibble zork quux blorp',
    'zork Acme Voice blorp wibble',
  ])('use the names of "%s" and work', (text) => {
    const reading = read(text);
    if (reading.outcome !== 'not-understood') return;
    expect(reading.suggestions.length).toBe(3);
    for (const say of reading.suggestions) expect(read(say)).toMatchObject({ outcome: 'understood', effect: 'read' });
  });
});
