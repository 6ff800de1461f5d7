import { describe, expect, it } from 'vitest';
import { INTENT_EFFECTS, NO_SLOTS } from '#src/domain/understanding.ts';
import { compileGrammar } from '#src/language/grammar/compile.ts';
import { GRAMMAR } from '#src/language/grammar/grammar.ts';
import { ASKED_BACK } from './tables/asked-back.ts';
import { NO_ORDER } from './tables/no-order.ts';
import { ORDERS } from './tables/orders.ts';
import { OTHER } from './tables/other.ts';
import { ABOUT_PEOPLE } from './tables/people.ts';
import { read } from './world.ts';

/** The slots that are filled; empty ones left out. */
function filled(text: string): Record<string, unknown> {
  const {
    text: _text,
    outcome: _o,
    intent: _i,
    effect: _e,
    readings: _r,
    suggestions: _s,
    ask: _a,
    ...slots
  } = read(text);
  const empty = JSON.stringify({ ...NO_SLOTS, dryRun: false, also: [] });
  const nothing = JSON.parse(empty) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(slots).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(nothing[name])),
  );
}

describe.each([
  ['questions about people', ABOUT_PEOPLE],
  ['other questions, decisions and changes', OTHER],
  ['orders about people', ORDERS],
] as const)('%s', (_name, rows) => {
  it.each(rows)('reads "%s" as %s', (sentence, intent, { also, ...slots }) => {
    const reading = read(sentence);
    expect({ outcome: reading.outcome, intent: reading.intent }).toEqual({ outcome: 'understood', intent });
    const { also: acts, ...found } = filled(sentence);
    expect(found).toEqual(slots);
    expect(acts ?? []).toEqual((also ?? []).map((act) => expect.objectContaining(act)));
  });
});

describe('sentences that leave something open', () => {
  it.each(ASKED_BACK)('asks back on "%s" (%s) about the %s', (sentence, intent, about, candidates) => {
    const reading = read(sentence);
    expect({ outcome: reading.outcome, intent: reading.intent, about: reading.ask?.about }).toEqual({
      outcome: 'ask-back',
      intent,
      about,
    });
    expect(reading.ask?.candidates).toEqual(candidates);
  });
});

describe('sentences that order nothing', () => {
  it.each(NO_ORDER)('reads "%s" as %s', (sentence, outcome) => {
    const reading = read(sentence);
    expect(reading.outcome).toBe(outcome);
    expect(reading.intent).toBeNull();
  });

  it.each(NO_ORDER.filter(([, outcome]) => outcome === 'not-understood'))(
    'suggests what would work after "%s"',
    (sentence) => {
      const { suggestions } = read(sentence);
      expect(suggestions.length).toBeGreaterThan(0);
      expect(suggestions.length).toBeLessThanOrEqual(3);
      for (const suggestion of suggestions) expect(read(suggestion).outcome).toBe('understood');
    },
  );
});

describe('the grammar', () => {
  it('has an entry with patterns for every intent', () => {
    const known = new Set(GRAMMAR.map((entry) => entry.intent));
    expect([...known].sort()).toEqual(Object.keys(INTENT_EFFECTS).sort());
  });

  it('needs nothing but its entries: each pattern names only kinds and classes that exist', () => {
    expect(compileGrammar(GRAMMAR).patterns.length).toBeGreaterThan(GRAMMAR.length);
  });

  it('understands an intent by one entry with its patterns', () => {
    const [entry] = compileGrammar([{ intent: 'whoami', says: ['quux WHO'], examples: [['quux bob']] }]).patterns;
    expect(entry).toMatchObject({ intent: 'whoami', required: 2, asksBack: true });
  });

  const examples = GRAMMAR.flatMap((entry) =>
    entry.examples.map(([sentence, slots]) => [entry.intent, sentence, slots ?? {}] as const),
  );
  it.each(examples)('reads the example of %s: "%s"', (intent, sentence, slots) => {
    const reading = read(sentence);
    expect({ outcome: reading.outcome, intent: reading.intent }).toEqual({ outcome: 'understood', intent });
    expect(reading).toMatchObject(slots);
  });
});
