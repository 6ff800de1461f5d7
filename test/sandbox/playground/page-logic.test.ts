import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerOf,
  changeSentence,
  changesBetween,
  completionsFor,
  conversation,
  deliveryWords,
  groupPeople,
  heldBy,
  hintsFor,
  initialOf,
  matchPeople,
  mentionLabels,
  pageOf,
  readDelivery,
  readWords,
  sortRows,
  tableModel,
  withMentions,
} from './modules.ts';

const MEMBERS = [
  { id: 'U0BOT', name: 'Rolecall', ext: null, kind: 'app' },
  { id: 'U101', name: 'Alice Anderson', ext: '101', kind: 'member' },
  { id: 'U104', name: 'Dave Diaz', ext: '104', kind: 'member' },
  { id: 'U109', name: 'Chris Young', ext: '109', kind: 'member' },
  { id: 'U110', name: 'Chris Young', ext: '110', kind: 'member' },
  { id: 'UGUEST', name: 'Gwen Guest', ext: null, kind: 'guest' },
  { id: 'UZOE', name: 'Zoë Adams', ext: '118', kind: 'member' },
];
const labels = mentionLabels(MEMBERS);
const known = { commands: [{ command: '/rolecall', usageHint: 'help' }], labels };

describe('the composer', () => {
  it.each([
    ['/rolecall my roles', { kind: 'command', command: '/rolecall', text: 'my roles' }],
    ['/rolecall', { kind: 'command', command: '/rolecall', text: '' }],
    ['  plain words ', { kind: 'message', text: 'plain words' }],
    ['@Rolecall my roles', { kind: 'message', text: '<@U0BOT> my roles' }],
    ['/rolecall give @Alice Anderson Manager', { kind: 'command', command: '/rolecall', text: 'give <@U101> Manager' }],
    ['give @Chris Young (110) Manager', { kind: 'message', text: 'give <@U110> Manager' }],
    ['give @chris young (109), @zoë adams Manager', { kind: 'message', text: 'give <@U109>, <@UZOE> Manager' }],
  ])('reads %j', (words, expected) => {
    expect(readWords(words, known)).toEqual(expected);
  });

  it.each(['', '   ', '\n'])('has nothing to send in %j', (words) => {
    expect(readWords(words, known)).toBeNull();
  });

  it('knows no other command', () => {
    const written = readWords('/remind me', known);
    expect(written?.kind).toBe('problem');
    expect(written?.problem).toContain('/remind');
  });

  it('leaves addresses, half names and unknown names as they are', () => {
    for (const text of ['mail dave@cobaltlane.example', '@Alice', '@Nobody there', '@Dave Diazmont', '@']) {
      expect(withMentions(text, labels)).toBe(text);
    }
  });

  it('never fails and never invents a mention', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('@', 'D', 'a', 'v', 'e', ' ', 'i', 'z', '<', '>', '(') }),
        (text) => {
          // What is typed as a mention already stays one; only those that were made are judged.
          const mentionsIn = (words: string) => [...words.matchAll(/<@(\w+)>/g)].map((match) => match[1] ?? '');
          const real = new Set([...labels.keys(), ...mentionsIn(text)]);
          expect(mentionsIn(withMentions(text, labels)).filter((id) => !real.has(id))).toEqual([]);
        },
      ),
    );
  });

  it('offers commands after a slash and people after an at-sign', () => {
    expect(completionsFor('/ro', known)?.options.map((option) => option.insert)).toEqual(['/rolecall ']);
    expect(completionsFor('give @chr', known)).toMatchObject({
      from: 5,
      options: [{ insert: '@Chris Young (109) ' }, { insert: '@Chris Young (110) ' }],
    });
    expect(completionsFor('give @diaz', known)?.options.map((option) => option.label)).toEqual(['@Dave Diaz']);
    expect(completionsFor('give alice', known)).toBeNull();
    expect(completionsFor('dave@cob', known)).toBeNull();
    expect(completionsFor('/rolecall', known)).toBeNull();
  });
});

describe('a conversation', () => {
  const context = { botUserId: 'U0BOT', me: 'U104' };

  it('puts replies below what they answer and commands between messages by time', () => {
    const messages = [
      { ts: '100.000100', user: 'U104', text: 'hi' },
      { ts: '102.000100', user: 'U0BOT', text: 'hello', thread_ts: '100.000100' },
      { ts: '103.000100', user: 'U0BOT', text: 'private', ephemeral: true },
    ];
    const entries = conversation(messages, [{ key: 'c1', at: 101_000, text: '/rolecall x' }], context);
    expect(entries.map((entry) => entry.text)).toEqual(['hi', '/rolecall x', 'private']);
    expect(entries[0]?.replies.map((entry) => [entry.text, entry.isApp])).toEqual([['hello', true]]);
    expect(entries.map((entry) => entry.isPrivate)).toEqual([false, true, true]);
  });

  it('shows a reply whose first message cannot be seen', () => {
    const [entry] = conversation([{ ts: '5.0', user: 'U0BOT', text: 'x', thread_ts: '1.0' }], [], context);
    expect(entry?.text).toBe('x');
  });
});

describe('changes in the account', () => {
  const role = (displayName: string, siteRestricted = false) => ({ displayName, siteRestricted });
  const bob = {
    ext: '102',
    name: 'Bob Brown',
    status: 'Enabled',
    department: 'Support',
    site: 'Denver',
    roles: [role('Standard')],
  };
  const before = new Map([['102', bob]]);

  it.each([
    ['a role more', { ...bob, roles: [role('Standard'), role('Manager')] }, 'Bob Brown (102) got Manager'],
    ['a role less', { ...bob, roles: [] }, 'Bob Brown (102) lost Standard'],
    ['another role', { ...bob, roles: [role('Manager')] }, 'Bob Brown (102) got Manager; lost Standard'],
    [
      'a restriction',
      { ...bob, roles: [role('Standard', true)] },
      'Bob Brown (102) got Standard (own site only); lost Standard',
    ],
    ['another status', { ...bob, status: 'Disabled' }, 'Bob Brown (102) status: Enabled → Disabled'],
  ])('are told in words: %s', (_what, after, words) => {
    expect(changesBetween(before, [after], 5).map(changeSentence)).toEqual([words]);
  });

  it('are not made up for people seen for the first time, or unchanged', () => {
    expect(changesBetween(before, [bob, { ...bob, ext: '103' }], 5)).toEqual([]);
  });
});

describe('the list of people', () => {
  const byExt = new Map(
    Object.entries({
      101: { roles: [{ displayName: 'Front Desk' }], department: 'Support', site: 'Main Site' },
      104: { roles: [{ displayName: 'Super Admin' }], department: 'IT', site: 'Main Site' },
    }),
  );
  const hints = hintsFor(MEMBERS, byExt);

  it('says role and department, or what kind of account it is', () => {
    expect(hints.get('U104')?.line).toBe('Super Admin · IT, Main Site');
    expect(hints.get('UGUEST')?.line).toBe('guest in this workspace');
  });

  it.each([
    ['front', ['U101']],
    ['104', ['U104']],
    ['zoe', ['UZOE']],
    ['chris young', ['U109', 'U110']],
    ['rolecall', []],
  ])('finds by %j', (query, ids) => {
    expect(matchPeople(MEMBERS, query, hints).map((member) => member.id)).toEqual(ids);
  });

  it('puts everybody under exactly one heading, administrators first', () => {
    const groups = groupPeople(matchPeople(MEMBERS, '', hints), hints);
    expect(groups[0]).toMatchObject({ title: 'Administrators', people: [{ id: 'U104' }] });
    expect(groups.flatMap((group) => group.people)).toHaveLength(MEMBERS.length - 1);
  });
});

describe('tables', () => {
  const names = { user: String, channel: String };
  const text = (words: string) => ({ type: 'raw_text', text: words });
  const number = (value: number) => ({ type: 'raw_number', value, text: String(value) });
  const model = tableModel(
    {
      caption: 'People',
      page_size: 2,
      rows: [
        [text('Name'), text('Ext')],
        [text('bob'), number(9)],
        [text('Alice'), number(10)],
        [text('Örs'), number(1)],
      ],
    },
    names,
  );

  it('take the names of columns from the first row', () => {
    expect([model.caption, model.columns, model.rows.length, model.pageSize]).toEqual([
      'People',
      ['Name', 'Ext'],
      3,
      2,
    ]);
  });

  it.each([
    ['words', 0, 'ascending', ['Alice', 'bob', 'Örs']],
    ['numbers', 1, 'ascending', ['Örs', 'bob', 'Alice']],
    ['numbers backwards', 1, 'descending', ['Alice', 'bob', 'Örs']],
    ['nothing', null, 'ascending', ['bob', 'Alice', 'Örs']],
  ] as const)('sort by %s', (_what, column, direction, expected) => {
    expect(sortRows(model.rows, column, direction).map((row) => row[0]?.text)).toEqual(expected);
  });

  it('show every row on exactly one page', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 100 }), (rows, size) => {
        const { pages } = pageOf(rows, 0, size);
        const all = Array.from({ length: pages }, (_, page) => pageOf(rows, page, size).rows).flat();
        expect(all).toEqual(rows);
      }),
    );
  });

  it('stay on the last page when asked for one beyond it', () => {
    expect(pageOf([1, 2, 3], 9, 2)).toEqual({ page: 1, pages: 2, rows: [3], from: 3, to: 3 });
  });
});

describe('what a control holds', () => {
  const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
  const options = [option('a'), option('b')];

  it.each([
    [{ type: 'plain_text_input' }, ['hi'], { type: 'plain_text_input', value: 'hi' }],
    [{ type: 'plain_text_input' }, [''], { type: 'plain_text_input', value: null }],
    [{ type: 'static_select', options }, ['b'], { type: 'static_select', selected_option: option('b') }],
    [{ type: 'static_select', options }, [''], { type: 'static_select', selected_option: null }],
    [
      { type: 'static_select', option_groups: [{ options }] },
      ['a'],
      { type: 'static_select', selected_option: option('a') },
    ],
    [{ type: 'radio_buttons', options }, ['a'], { type: 'radio_buttons', selected_option: option('a') }],
    [{ type: 'checkboxes', options }, ['b', 'a'], { type: 'checkboxes', selected_options: [option('b'), option('a')] }],
    [{ type: 'users_select' }, ['U1'], { type: 'users_select', selected_user: 'U1' }],
    [{ type: 'multi_users_select' }, ['U1', 'U2'], { type: 'multi_users_select', selected_users: ['U1', 'U2'] }],
    [{ type: 'datepicker' }, ['2026-11-23'], { type: 'datepicker', selected_date: '2026-11-23' }],
  ])('becomes what Slack sends: %j %j', (element, raw, expected) => {
    expect(answerOf(element, raw)).toEqual(expected);
    expect(heldBy(expected)).toEqual(raw.filter((value) => value !== ''));
  });

  it('starts with what the app filled in', () => {
    expect(initialOf({ type: 'static_select', initial_option: option('a') })).toEqual(['a']);
    expect(initialOf({ type: 'checkboxes', initial_options: [option('a'), option('b')] })).toEqual(['a', 'b']);
    expect(initialOf({ type: 'plain_text_input' })).toEqual([]);
  });
});

describe('a delivery', () => {
  it.each([
    [{ ok: true, delivery: { ackedWithinMs: 12.4 } }, 'Acknowledged in 12 ms', 'quiet'],
    [{ ok: true, delivery: null }, '', 'none'],
    [
      { ok: false, error: 'dispatch_failed' },
      'The app did not respond. Slack would show the error “dispatch_failed”.',
      'bad',
    ],
    [{ ok: false, error: 'dispatch_failed', shown: '/rolecall failed' }, 'Slack shows: /rolecall failed', 'bad'],
    [{ ok: false, error: 'constructor' }, 'That did not work: constructor.', 'bad'],
  ])('of %j is told', (answer, words, tone) => {
    expect(deliveryWords(readDelivery(answer))).toEqual({ words, tone });
  });
});
