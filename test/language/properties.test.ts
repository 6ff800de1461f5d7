import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Understanding } from '#src/domain/understanding.ts';
import { mentionsIn, render } from '#src/language/index.ts';
import { ORDERS } from './tables/orders.ts';
import { OTHER } from './tables/other.ts';
import { ABOUT_PEOPLE } from './tables/people.ts';
import { INPUT, read } from './world.ts';

const RUNS = { numRuns: 2000 };
const SENTENCES = [...ABOUT_PEOPLE, ...OTHER, ...ORDERS].map(([sentence]) => sentence);
const WORDS = [...new Set(SENTENCES.flatMap((sentence) => sentence.split(' ')))];
const salad = fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' '));
const people = fc.uniqueArray(fc.constantFrom(...INPUT.people.slice(1, 25).map((one) => one.number)), {
  minLength: 1,
  maxLength: 4,
});
const role = fc.constantFrom(...INPUT.roles.map((one) => one.displayName));

function isOrder(reading: Understanding): boolean {
  return reading.outcome === 'understood' && reading.effect !== 'read';
}

describe('understanding', () => {
  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)),
      RUNS,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => void read(text)),
      RUNS,
    );
  });

  it('always gives one of the four outcomes, with an intent where it claims to understand', () => {
    fc.assert(
      fc.property(salad, (text) => {
        const { outcome, intent, ask, text: kept } = read(text);
        expect(kept).toBe(text);
        if (outcome === 'understood') expect([intent === null, ask]).toEqual([false, null]);
        if (outcome === 'ask-back') expect([intent === null, ask === null]).toEqual([false, false]);
        if (outcome === 'declined' || outcome === 'not-understood') expect(intent).toBeNull();
      }),
      RUNS,
    );
  });

  it('orders only people and roles that stand in the text', () => {
    // A person is also known by the parts of their address: 李 伟 is li.wei.
    const partsOf = (one: (typeof INPUT.people)[number]) =>
      `${one.name} ${one.email?.split('@')[0] ?? ''}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const names = new Map(
      INPUT.people.map((one) => [
        one.number,
        partsOf(one)
          .split(/[\s.-]+/)
          .filter((part) => part !== ''),
      ]),
    );
    fc.assert(
      fc.property(salad, (text) => {
        const reading = read(text);
        if (!isOrder(reading)) return;
        const said = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
        for (const number of reading.people) {
          const isSelf = number === '104' && /\b(i|me|my|mine|myself|im|id|ive|i'm|i'd|i've|gimme)\b/.test(said);
          const named = names.get(number)?.some((part) => said.includes(part)) ?? false;
          expect(
            isSelf || named || said.includes(number) || /koehler|annemarie/.test(said),
            `${number} in ${text}`,
          ).toBe(true);
        }
        for (const name of reading.roles) {
          const words = name.toLowerCase().replace(/[()]/g, '').split(' ');
          expect(
            words.every((word) => said.replace(/administrator/g, 'admin').includes(word)),
            `${name} in ${text}`,
          ).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  it.each([
    ['double quotes', (text: string) => `carol wrote "${text}"`],
    ['a code block', (text: string) => `look: \`\`\`${text}\`\`\``],
    ['inline code', (text: string) => `the log has \`${text}\``],
    ['a quoted line', (text: string) => `> ${text}`],
    ['an escaped quoted line', (text: string) => `&gt; ${text}`],
    ['nothing but quotes', (text: string) => `"${text}"`],
    ['typographic quotes', (text: string) => `frank said: \u201C${text}\u201D`],
    ['a strike-through', (text: string) => `~${text}~`],
  ])('never takes an order out of %s', (_name, wrap) => {
    const plain = ORDERS.map(([order]) => order).filter((order) => !/["`<>~\n]/.test(order));
    fc.assert(
      fc.property(fc.constantFrom(...plain), (order) => {
        const reading = read(wrap(order));
        expect(isOrder(reading), wrap(order)).toBe(false);
      }),
      RUNS,
    );
  });

  it.each(['do not ', "don't ", 'never ', 'please do not '])(
    'declines or asks back on an imperative after "%s"',
    (ban) => {
      const imperatives = ORDERS.map(([order]) => order).filter((order) =>
        /^(give|take|remove|assign|revoke|grant|make|add|promote|unassign|offboard|reset) /.test(order),
      );
      for (const order of imperatives) expect(isOrder(read(`${ban}${order}`)), `${ban}${order}`).toBe(false);
    },
  );

  it.each([
    ' if carol agrees',
    ' unless frank objects',
    ' once he is back',
    ' every Monday',
    ', carol told me to',
    ' when the audit is over',
    ', or maybe not',
    '... no wait',
    ', never mind',
  ])('never understands an order that ends in "%s"', (tail) => {
    const plain = ORDERS.filter(
      ([order, , slots]) => slots.reason === undefined && slots.dryRun !== true && !/[?.!]$/.test(order),
    );
    for (const [order] of plain) expect(isOrder(read(`${order}${tail}`)), `${order}${tail}`).toBe(false);
  });

  it.each(SENTENCES)('says "%s" back in a sentence that means the same', (text) => {
    const reading = read(text);
    const canonical = render(reading);
    expect(canonical).not.toBeNull();
    const { text: _a, readings: _b, suggestions: _c, ...before } = reading;
    const { text: _d, readings: _e, suggestions: _f, ...after } = read(canonical ?? '');
    expect(after, canonical ?? '').toEqual(before);
  });

  it('says made-up commands back the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('assign-role', 'remove-role', 'set-roles') as fc.Arbitrary<'assign-role'>,
        people,
        fc.uniqueArray(role, { minLength: 1, maxLength: 3 }),
        (intent, who, roles) => {
          const command: Understanding = { ...read('give bob Manager'), intent, people: who, roles };
          expect(read(render(command) ?? '')).toMatchObject({ outcome: 'understood', intent, people: who, roles });
        },
      ),
      RUNS,
    );
  });

  it('says commands of every kind that it understood from made-up sentences back the same', () => {
    fc.assert(
      fc.property(salad, (text) => {
        const reading = read(text);
        if (reading.outcome !== 'understood' || reading.effect === 'read') return;
        const { text: _a, readings: _b, suggestions: _c, ...before } = reading;
        const { text: _d, readings: _e, suggestions: _f, ...after } = read(render(reading) ?? '');
        expect(after, `${text} -> ${render(reading)}`).toEqual(before);
      }),
      { ...RUNS, seed: 4242 },
    );
  });

  it('understands no order in more words than it reads', () => {
    const flood = Array.from({ length: 1600 }, (_, at) => `word${at}`).join(' ');
    for (const order of ['give bob Manager', 'approve A7K2', 'delete role Night Desk']) {
      for (const text of [`${order}. ${flood}`, `${flood}. ${order}`]) expect(isOrder(read(text)), order).toBe(false);
    }
  });

  it('reads the same with invisible characters, markup and another case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('give bob Manager for 2 hours', 'does alice have Meetings', 'who has Support Lead'),
        fc.nat(20),
        (text, at) => {
          const { text: _a, ...plain } = read(text);
          const { text: _b, ...hidden } = read(`${text.slice(0, at)}\u200B${text.slice(at)}`);
          const { text: _c, ...loud } = read(text.toUpperCase());
          const strip = ({ readings: _r, ...rest }: typeof plain): object => rest;
          expect(strip(hidden)).toEqual(strip(plain));
          expect(strip(loud)).toEqual(strip(plain));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('survives ten thousand characters of anything', () => {
    for (const text of [
      'a'.repeat(10_000),
      'give '.repeat(2000),
      '"'.repeat(10_000),
      '('.repeat(10_000),
      '~a '.repeat(3000),
      '<@U102> '.repeat(1200),
      '\u202E'.repeat(10_000),
    ]) {
      expect(isOrder(read(text))).toBe(false);
    }
  });
});

describe('mentionsIn', () => {
  it('gives each mentioned member once, in order, whatever the label says', () => {
    expect(mentionsIn('<@U102|alice> and <@U104> and <@U102>')).toEqual(['U102', 'U104']);
    expect(mentionsIn('no mention, <#C1|general>, <!here>')).toEqual([]);
  });
});
