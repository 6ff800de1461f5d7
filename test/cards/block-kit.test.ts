import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMrkdwn, toBlockKit, toSimpleBlocks } from '#src/cards/block-kit.ts';
import { blockProblems, type CardBlock } from '#src/cards/blocks.ts';
import type { Card, Part } from '#src/cards/card.ts';
import { toHomeView } from '#src/cards/home.ts';
import { toText } from '#src/cards/text.ts';
import { render } from '#src/cards/wording.ts';
import type { Saying } from '#src/domain/reply.ts';
import { bob, button, held, manager, permission, person, personPlan, plan, reply, role } from './builders.ts';

const hostile = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<!channel>',
    '<!everyone> now',
    '<@U104|Dave>',
    '<https://evil.example|RingCentral>',
    '*bold* _x_ `code` ~gone~',
    '&lt;!here&gt;',
    '\u202Egnp.exe',
    '\u001B[31mred',
    'a\nb\r\nc',
    '',
    '\uD800',
    '😀'.repeat(40),
  ),
);
const long = fc.oneof(
  hostile,
  fc.integer({ min: 1, max: 5000 }).map((length) => 'x<'.repeat(length)),
);

const somePerson = hostile.map((name) => person('102', name));
const someRole = hostile.map((name) => held('7', name));

/** Sayings in which every free text is arbitrary. */
const sayings: fc.Arbitrary<Saying> = fc.oneof(
  fc.record({
    kind: fc.constant('roles-of' as const),
    people: fc.array(fc.record({ person: somePerson, roles: fc.array(someRole, { maxLength: 4 }) }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('who-has' as const),
    subject: hostile.map((name) => ({ permission: permission('Meetings', name) })),
    group: fc.option(
      hostile.map((site) => ({ site })),
      { nil: null },
    ),
    negated: fc.boolean(),
    rows: fc.array(
      fc.record({
        person: somePerson,
        through: fc.array(someRole, { maxLength: 3 }),
        scopes: fc.array(hostile, { maxLength: 3 }),
      }),
      { maxLength: 400, size: 'max' },
    ),
    unseen: fc.option(long, { nil: null }),
  }),
  fc.record({
    kind: fc.constant('change-preview' as const),
    plan: fc
      .array(
        fc.record({
          who: somePerson,
          before: fc.array(someRole, { maxLength: 3 }),
          after: fc.array(
            hostile.map((name) => held('8', name)),
            { maxLength: 3 },
          ),
          notes: fc.array(long, { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 8 },
      )
      .map((people) =>
        plan(people.map((each) => personPlan(each.before, each.after, { person: each.who, notes: each.notes }))),
      ),
    confirm: fc.constant(button('confirm')),
    cancel: fc.constant(button('cancel')),
    expiresAt: fc.constant(0),
    moved: fc.boolean(),
  }),
  fc
    .array(fc.record({ value: hostile, label: hostile, detail: fc.option(hostile, { nil: null }) }), { maxLength: 40 })
    .chain((choices) =>
      fc.record({
        kind: fc.constant('ask-back' as const),
        intent: fc.constant('assign-role' as const),
        about: fc.constantFrom('person' as const, 'role' as const, 'time' as const, 'intent' as const),
        words: long,
        choices: fc.constant(choices),
        buttons: fc.constant(choices.map((_, index) => button('choose', index))),
        lastRole: fc.option(fc.record({ person: somePerson, role: hostile }), { nil: null }),
      }),
    ),
  fc.record({
    kind: fc.constant('not-understood' as const),
    suggestions: fc.array(long, { maxLength: 3 }),
    otherLanguage: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('role-list' as const),
    custom: fc.constant(null),
    roles: fc.array(
      hostile.map((name) => ({ ...role('7', name), description: name })),
      { maxLength: 300, size: 'max' },
    ),
    hiddenFromAsker: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    reason: long.map((why) => ({ kind: 'link-ended' as const, why })),
  }),
  fc.record({
    kind: fc.constant('help' as const),
    topic: fc.option(hostile, { nil: null }),
    examples: fc.array(fc.record({ about: fc.constantFrom('people', 'roles', 'changes'), say: long, does: long }), {
      maxLength: 60,
    }),
  }),
);

const replies = fc.record({ saying: sayings, readings: fc.array(long, { maxLength: 3 }), reference: hostile });

/** Every text object and cell of some blocks. */
function texts(value: unknown): { type: unknown; text: string }[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const self = 'text' in value && typeof value.text === 'string' ? [value as { type: unknown; text: string }] : [];
  return [...self, ...Object.values(value).flatMap(texts)];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is checked
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('any reply', () => {
  it('fits every limit of Block Kit', () => {
    fc.assert(
      fc.property(replies, ({ saying, ...more }) => {
        const { text, blocks } = toBlockKit(render(reply(saying, more)));
        expect(blockProblems(blocks)).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4000);
      }),
      { numRuns: 150 },
    );
  });

  it('fits them in the simplest form as well', () => {
    fc.assert(
      fc.property(replies, ({ saying, ...more }) => {
        expect(blockProblems(toSimpleBlocks(render(reply(saying, more))).blocks)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('can neither mention, link, format, hide nor steer', () => {
    fc.assert(
      fc.property(replies, ({ saying, ...more }) => {
        const card = render(reply(saying, more));
        const { text, blocks } = toBlockKit(card);
        for (const each of texts(blocks)) {
          expect(['plain_text', 'raw_text', 'button']).toContain(each.type);
          expect(each.text).not.toMatch(STEERING);
          expect(each.text.isWellFormed()).toBe(true);
        }
        expect(text).not.toMatch(/[<>]/);
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(toText(card)).not.toMatch(STEERING);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every button it has, up to what a message can hold', () => {
    fc.assert(
      fc.property(replies, ({ saying, ...more }) => {
        const card = render(reply(saying, more));
        const shown = toBlockKit(card).blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
        expect(shown).toHaveLength(Math.min(card.buttons.length, 25));
      }),
      { numRuns: 60 },
    );
  });
});

function cardOf(parts: Part[], headline = 'Yes.'): Card {
  return { headline, parts, buttons: [], footnote: 'ref ABCD' };
}

function sectionText(block: CardBlock | undefined): string {
  return block?.type === 'section' && 'text' in block ? block.text.text : '';
}

describe('a card as blocks', () => {
  it('starts with the verdict and ends with when and how it was read', () => {
    const { blocks } = toBlockKit(cardOf([{ kind: 'text', text: 'Because.' }]));
    expect(blocks.map((block) => block.type)).toEqual(['header', 'section', 'context']);
  });

  it('carries only the id, the version and the position of a stored question', () => {
    const saying: Saying = {
      kind: 'change-preview',
      plan: plan([personPlan([], [manager])]),
      confirm: button('confirm'),
      cancel: button('cancel'),
      expiresAt: 0,
      moved: false,
    };
    const { blocks } = toBlockKit(render(reply(saying)));
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(buttons.map(({ action_id, value, style }) => ({ action_id, value, style }))).toEqual([
      { action_id: 'rolecall:confirm', value: '{"id":"q","version":1,"index":null}', style: 'primary' },
      { action_id: 'rolecall:cancel', value: '{"id":"q","version":1,"index":null}', style: undefined },
    ]);
  });

  it('shows who has something as a table with a caption and no empty cell', () => {
    const rows = [
      { person: bob, through: [manager], scopes: [] },
      { person: person('101', 'Alice'), through: [], scopes: [] },
    ];
    const saying: Saying = {
      kind: 'who-has',
      subject: { permission: permission('Meetings') },
      group: null,
      negated: false,
      rows,
      unseen: null,
    };
    const table = toBlockKit(render(reply(saying))).blocks.find((block) => block.type === 'data_table');
    expect(table).toMatchObject({ caption: 'People who have Meetings', row_header_column_index: 0 });
    expect(table?.type === 'data_table' && table.rows[2]?.map((cell) => cell.text)).toEqual([
      'Alice',
      '101',
      '–',
      '–',
      '–',
      'reach not stated',
    ]);
  });

  it('counts the rows that a table cannot hold', () => {
    const rows = Array.from({ length: 237 }, (_, index) => [`Person ${index}`, 'x']);
    const { blocks } = toBlockKit(cardOf([{ kind: 'table', caption: 'c', columns: ['a', 'b'], rows }]));
    expect(blocks.find((block) => block.type === 'data_table')).toHaveProperty('rows.length', 201);
    expect(blocks.map(sectionText)).toContain('and 37 more. Ask about fewer people or roles to see them.');
  });

  it('counts the items that a list cannot hold', () => {
    const items = Array.from({ length: 500 }, (_, index) => `item ${index}`);
    const { blocks } = toBlockKit(cardOf([{ kind: 'list', title: null, items }]));
    const shown = sectionText(blocks[1]).split('\n');
    expect(shown.at(-1)).toBe(`and ${500 - (shown.length - 1)} more`);
  });

  it('writes the sign of each line of a diff', () => {
    const lines = [
      { sign: '-' as const, text: 'Support: taken away' },
      { sign: ' ' as const, text: 'Reports: stays' },
      { sign: '+' as const, text: 'Manager: new' },
    ];
    const { blocks } = toBlockKit(cardOf([{ kind: 'diff', title: 'Roles:', lines }]));
    expect(sectionText(blocks[1])).toBe('Roles:\n- Support: taken away\n= Reports: stays\n+ Manager: new');
  });

  it('escapes the text of notifications', () => {
    expect(escapeMrkdwn('<!channel> & <@U1|x>')).toBe('&lt;!channel&gt; &amp; &lt;@U1|x&gt;');
  });
});

describe('the home page', () => {
  it('shows who one is and what one can say, within the limits', () => {
    const whoami = reply({
      kind: 'whoami',
      person: bob,
      roles: [manager],
      proof: 'sandbox',
      mayChangeRoles: 'yes',
      ownToken: false,
    });
    const help = reply({
      kind: 'help',
      topic: null,
      examples: [{ about: 'people', say: 'my roles', does: 'what you have' }],
    });
    const view = toHomeView({ whoami, grants: null, help });
    expect(view.type).toBe('home');
    expect(view.blocks.filter((block) => block.type === 'header').map((block) => block.text.text)).toEqual([
      'You are Bob Brown (102).',
      'I answer and change who may do what in RingCentral.',
    ]);
  });
});

describe('the limits', () => {
  it.each<[string, CardBlock[], string]>([
    ['an empty text', [{ type: 'section', text: { type: 'plain_text', text: '', emoji: false } }], 'section is empty'],
    [
      'a long header',
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151), emoji: false } }],
      'header is longer than 150',
    ],
    ['too many blocks', Array.from({ length: 51 }, () => ({ type: 'divider' as const })), 'more than 50 blocks'],
    [
      'an empty cell',
      [
        {
          type: 'data_table',
          caption: 'c',
          page_size: 5,
          row_header_column_index: 0,
          rows: [[{ type: 'raw_text', text: 'a' }], [{ type: 'raw_text', text: '' }]],
        },
      ],
      'an empty cell',
    ],
  ])('find %s', (_, blocks, problem) => {
    expect(blockProblems(blocks).join('\n')).toContain(problem);
  });
});
