import { describe, expect, it } from 'vitest';
import { checkMessageContent } from '#sandbox/slack/blocks/message-content.ts';
import { validateMessageBlocks, validateViewBlocks } from '#sandbox/slack/blocks/validate.ts';
import { checkView } from '#sandbox/slack/blocks/validate-view.ts';

type Block = Record<string, unknown>;

const words = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string) => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_none, place) => option(`o${place}`));
const button = (more: Block = {}) => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const section = (more: Block = {}) => ({ type: 'section', text: mrkdwn('x'), ...more });
const input = (element: Block, more: Block = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
const cell = (text: string) => ({ type: 'raw_text', text });
const rows = (count: number, width: number, text = 'x') =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => cell(text)));
const dataTable = (more: Block = {}) => ({ type: 'data_table', caption: 'Who has what', rows: rows(2, 2), ...more });
const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'A picture' };
const card = (more: Block = {}) => ({ type: 'card', title: mrkdwn('Card'), ...more });
const container = (more: Block = {}) => ({
  type: 'container',
  title: plain('Box'),
  child_blocks: [section()],
  ...more,
});
const confirm = { title: plain('Sure?'), text: plain('It is gone then.'), confirm: plain('Yes'), deny: plain('No') };

describe('blocks that Slack takes', () => {
  it.each<[string, Block]>([
    ['a section with text', section()],
    ['a section at its limits', section({ text: mrkdwn(words(3000)), block_id: words(255) })],
    ['a section with fields only', { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn(words(2000))) }],
    ['a section beside a picture', section({ accessory: image })],
    [
      'a section beside a button with a question',
      section({ accessory: button({ confirm, value: words(2000), style: 'danger' }) }),
    ],
    ['a header at its limit', { type: 'header', text: plain(words(150)) }],
    ['emoji counted as one each', { type: 'header', text: plain('😀'.repeat(150)) }],
    ['a divider', { type: 'divider' }],
    ['a context', { type: 'context', elements: [image, mrkdwn('a'), plain('b')] }],
    ['25 buttons', actions(...Array.from({ length: 25 }, (_none, place) => button({ action_id: `a${place}` })))],
    ['a link button', actions(button({ url: 'https://example.com/' }))],
    [
      'a menu of 100',
      actions({ type: 'static_select', action_id: 'a', placeholder: plain('Pick'), options: options(100) }),
    ],
    [
      'a menu in groups',
      actions({ type: 'static_select', option_groups: [{ label: plain('G'), options: options(2) }] }),
    ],
    ['a menu of people', actions({ type: 'users_select' }, { type: 'multi_users_select', max_selected_items: 3 })],
    [
      'a menu of channels',
      actions({ type: 'conversations_select', filter: { include: ['im'] } }, { type: 'channels_select' }),
    ],
    ['an external menu', actions({ type: 'external_select', min_query_length: 0 })],
    [
      'pickers',
      actions(
        { type: 'datepicker', initial_date: '2026-11-21' },
        { type: 'timepicker', initial_time: '09:30' },
        { type: 'datetimepicker' },
      ),
    ],
    ['choices', actions({ type: 'checkboxes', options: options(10) }, { type: 'radio_buttons', options: options(10) })],
    ['an overflow of five', section({ accessory: { type: 'overflow', options: options(5) } })],
    ['a picture', { ...image, title: plain('T') }],
    ['a picture from a file', { type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' }],
    [
      'an input',
      input(
        { type: 'plain_text_input', multiline: true, min_length: 1, max_length: 3000 },
        { hint: plain('h'), optional: true },
      ),
    ],
    ['an input of numbers', input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' })],
    ['an input of addresses', input({ type: 'email_text_input', initial_value: 'a@b.example' })],
    ['an input of rich text', input({ type: 'rich_text_input', initial_value: richText('x') })],
    ['a markdown block', { type: 'markdown', text: words(12_000) }],
    ['an alert', { type: 'alert', level: 'warning', text: mrkdwn(words(200)) }],
    [
      'a table',
      { type: 'table', rows: rows(100, 20, 'abcd'), column_settings: [{ align: 'right', is_wrapped: true }] },
    ],
    [
      'a table with numbers and rich text',
      { type: 'table', rows: [[{ type: 'raw_number', value: 3, text: '3' }, richText('x')]] },
    ],
    ['a data table', dataTable({ page_size: 100, row_header_column_index: 1 })],
    ['a data table of 200 rows and a header', dataTable({ rows: rows(201, 4) })],
    ['rich text', richText('hello')],
    [
      'a list in rich text',
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
          },
        ],
      },
    ],
    ['a card', card({ body: mrkdwn(words(200)), actions: [button(), button({ action_id: 'b' })] })],
    ['a carousel', { type: 'carousel', elements: [card(), card()] }],
    ['a container', container({ width: 'wide', is_collapsible: true })],
    [
      'feedback',
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: plain('+'), value: 'up' },
            negative_button: { text: plain('-'), value: 'down' },
          },
        ],
      },
    ],
    [
      'an icon button',
      { type: 'context_actions', elements: [{ type: 'icon_button', icon: 'trash', text: plain('Delete') }] },
    ],
    ['a task', { type: 'task_card', task_id: 't', title: 'Task', status: 'complete' }],
    [
      'a plan',
      { type: 'plan', title: 'Plan', tasks: [{ type: 'task_card', task_id: 't', title: 'Task', status: 'pending' }] },
    ],
    ['a file', { type: 'file', source: 'remote', external_id: 'x' }],
    [
      'a video',
      {
        type: 'video',
        video_url: 'https://e.com/v',
        thumbnail_url: 'https://e.com/t',
        alt_text: 'v',
        title: plain('V'),
      },
    ],
  ])('%s', (_what, block) => {
    expect(validateMessageBlocks([block])).toEqual([]);
  });
});

describe('blocks that Slack refuses, and where it points', () => {
  it.each<[string, Block, string]>([
    ['no type', {}, 'missing required field: type [json-pointer:/blocks/0]'],
    ['an unknown type', { type: 'nonsense' }, 'unsupported type: nonsense [json-pointer:/blocks/0/type]'],
    [
      'a type that every object has',
      { type: 'constructor' },
      'unsupported type: constructor [json-pointer:/blocks/0/type]',
    ],
    [
      'a field that blocks do not have',
      { type: 'divider', text: 'x' },
      'invalid additional property: text [json-pointer:/blocks/0]',
    ],
    [
      'a long block id',
      { type: 'divider', block_id: words(256) },
      'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
    ],
    ['an empty section', { type: 'section' }, 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'a long section',
      section({ text: mrkdwn(words(3001)) }),
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an empty text',
      section({ text: mrkdwn('') }),
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a bare string for a text', section({ text: 'x' }), 'must provide an object [json-pointer:/blocks/0/text]'],
    [
      'eleven fields',
      { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long field',
      { type: 'section', fields: [mrkdwn(words(2001))] },
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      'an input beside a section',
      section({ accessory: { type: 'plain_text_input' } }),
      'unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]',
    ],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('x') },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a long header',
      { type: 'header', text: plain(words(151)) },
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'eleven in a context',
      { type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a button in a context',
      { type: 'context', elements: [button()] },
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['no actions', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      '26 actions',
      actions(...Array.from({ length: 26 }, (_none, place) => button({ action_id: `a${place}` }))),
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a button without words',
      actions({ type: 'button' }),
      'missing required field: text [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a long button',
      actions(button({ text: plain(words(76)) })),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      actions(button({ value: words(2001) })),
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an unknown style',
      actions(button({ style: 'default' })),
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a button that is switched off',
      actions(button({ disabled: true })),
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a link that is none',
      actions(button({ url: 'nowhere' })),
      'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
    ],
    [
      'a long question',
      actions(button({ confirm: { ...confirm, title: plain(words(101)) } })),
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      'a long answer',
      actions(button({ confirm: { ...confirm, deny: plain(words(31)) } })),
      'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
    ],
    [
      'a question without words',
      actions(button({ confirm: { title: plain('x') } })),
      'missing required field: text [json-pointer:/blocks/0/elements/0/confirm]',
    ],
    [
      'two elements of one action id',
      actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
      '`action_id`: "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'a menu without options',
      actions({ type: 'static_select' }),
      'missing required field: options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a menu of 101',
      actions({ type: 'static_select', options: options(101) }),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a menu with options and groups',
      actions({
        type: 'static_select',
        options: options(1),
        option_groups: [{ label: plain('G'), options: options(1) }],
      }),
      'only one of options and option_groups allowed [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a long option',
      actions({ type: 'static_select', options: [option(words(76))] }),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      'a long option value',
      actions({ type: 'static_select', options: [{ text: plain('x'), value: words(151) }] }),
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
    ],
    [
      'a long placeholder',
      actions({ type: 'users_select', placeholder: plain(words(151)) }),
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
    ],
    [
      'eleven boxes',
      actions({ type: 'checkboxes', options: options(11) }),
      'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'an overflow of six',
      section({ accessory: { type: 'overflow', options: options(6) } }),
      'no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]',
    ],
    [
      'an empty filter',
      actions({ type: 'conversations_select', filter: {} }),
      'must have at least one field [json-pointer:/blocks/0/elements/0/filter]',
    ],
    [
      'a date of another form',
      actions({ type: 'datepicker', initial_date: '21.11.2026' }),
      'must be a valid date (YYYY-MM-DD) [json-pointer:/blocks/0/elements/0/initial_date]',
    ],
    [
      'a picture without words',
      { type: 'image', image_url: 'https://example.com/a.png' },
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a picture without a source',
      { type: 'image', alt_text: 'x' },
      'missing required field: image_url [json-pointer:/blocks/0]',
    ],
    [
      'a long label',
      input({ type: 'plain_text_input' }, { label: plain(words(2001)) }),
      'must be less than 2001 characters [json-pointer:/blocks/0/label/text]',
    ],
    ['an input of a button', input(button()), 'unsupported type: button [json-pointer:/blocks/0/element/type]'],
    [
      'an input longer than allowed',
      input({ type: 'plain_text_input', max_length: 3001 }),
      'must be less than or equal to 3000 [json-pointer:/blocks/0/element/max_length]',
    ],
    [
      'lengths that cross',
      input({ type: 'plain_text_input', min_length: 9, max_length: 3 }),
      'min_length must not be greater than max_length [json-pointer:/blocks/0/element/min_length]',
    ],
    [
      'bounds that cross',
      input({ type: 'number_input', is_decimal_allowed: true, min_value: '9', max_value: '3' }),
      'min_value must not be greater than max_value [json-pointer:/blocks/0/element/min_value]',
    ],
    [
      'a long markdown block',
      { type: 'markdown', text: words(12_001) },
      'must be less than 12001 characters [json-pointer:/blocks/0/text]',
    ],
    [
      'a long alert',
      { type: 'alert', text: mrkdwn(words(201)) },
      'must be less than 201 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an alert of an unknown level',
      { type: 'alert', text: mrkdwn('x'), level: 'danger' },
      'must be a valid enum value [json-pointer:/blocks/0/level]',
    ],
    [
      'a table of 101 rows',
      { type: 'table', rows: rows(101, 1) },
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'a table of 21 columns',
      { type: 'table', rows: rows(1, 21) },
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'a table with an empty cell',
      { type: 'table', rows: [[cell('')]] },
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
    [
      'a table with mrkdwn',
      { type: 'table', rows: [[mrkdwn('x')]] },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/rows/0/0/type]',
    ],
    [
      'a table of 10,001 characters',
      { type: 'table', rows: rows(1, 1, words(10_001)) },
      'table cells must have less than 10001 characters [json-pointer:/blocks]',
    ],
    [
      'a data table without a caption',
      dataTable({ caption: undefined }),
      'missing required field: caption [json-pointer:/blocks/0]',
    ],
    [
      'a data table of a header alone',
      dataTable({ rows: rows(1, 2) }),
      'no fewer than 2 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'a data table of 202 rows',
      dataTable({ rows: rows(202, 1) }),
      'no more than 201 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'a data table with a short row',
      dataTable({ rows: [...rows(1, 2), ...rows(1, 1)] }),
      'all rows must have the same number of cells [json-pointer:/blocks/0/rows/1]',
    ],
    [
      'a data table with a rich header',
      dataTable({ rows: [[richText('x'), cell('y')], ...rows(1, 2)] }),
      'header cells must not be rich_text [json-pointer:/blocks/0/rows/0/0]',
    ],
    [
      'a data table of pages of 101',
      dataTable({ page_size: 101 }),
      'must be less than or equal to 100 [json-pointer:/blocks/0/page_size]',
    ],
    [
      'a data table with a heading column that is not there',
      dataTable({ row_header_column_index: 2 }),
      'row_header_column_index must be an existing column [json-pointer:/blocks/0/row_header_column_index]',
    ],
    [
      'a data table of 20,001 characters',
      dataTable({ rows: rows(2, 1, words(10_001)) }),
      'table cells must have less than 20001 characters [json-pointer:/blocks/0]',
    ],
    [
      'an empty card',
      { type: 'card' },
      'must have at least one of hero_image, title, actions, body [json-pointer:/blocks/0]',
    ],
    [
      'a card with four actions',
      card({ actions: ['a', 'b', 'c', 'd'].map((action_id) => button({ action_id })) }),
      'no more than 3 items allowed [json-pointer:/blocks/0/actions]',
    ],
    [
      'a long card',
      card({ body: mrkdwn(words(201)) }),
      'must be less than 201 characters [json-pointer:/blocks/0/body/text]',
    ],
    [
      'eleven cards',
      { type: 'carousel', elements: Array.from({ length: 11 }, () => card()) },
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a full container',
      container({ child_blocks: Array.from({ length: 11 }, () => section()) }),
      'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
    ],
    [
      'a container without a title',
      container({ title: undefined }),
      'missing required field: title [json-pointer:/blocks/0]',
    ],
    [
      'a markdown block in a container',
      container({ child_blocks: [{ type: 'markdown', text: 'x' }] }),
      'unsupported type: markdown [json-pointer:/blocks/0/child_blocks/0/type]',
    ],
    [
      'an empty piece of rich text',
      richText(''),
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    ],
    [
      'an unknown list style',
      { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'square', elements: [] }] },
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
  ])('%s', (_what, block, line) => {
    expect(validateMessageBlocks([block])).toContain(line);
  });

  it('two blocks of one id', () => {
    const twice = [section({ block_id: 'a' }), section({ block_id: 'a' })];
    expect(validateMessageBlocks(twice)).toEqual(['`block_id`: "a" already exists [json-pointer:/blocks/1/block_id]']);
  });

  it('two tables in one message', () => {
    const table = { type: 'table', rows: rows(1, 1) };
    expect(validateMessageBlocks([table, table])).toContain('only one table allowed [json-pointer:/blocks]');
  });

  it('two data tables with more characters together than one may have', () => {
    const half = dataTable({ rows: rows(2, 1, words(6000)) });
    expect(validateMessageBlocks([half])).toEqual([]);
    expect(validateMessageBlocks([half, half])).toEqual([
      'table cells must have less than 20001 characters [json-pointer:/blocks]',
    ]);
  });

  it('several markdown blocks with more than 12,000 characters together', () => {
    const half = { type: 'markdown', text: words(6001) };
    expect(validateMessageBlocks([half, half])).toEqual([
      'markdown must have less than 12001 characters in all [json-pointer:/blocks]',
    ]);
  });

  it('two elements that both want the focus', () => {
    const focused = (action_id: string) => input({ type: 'plain_text_input', action_id, focus_on_load: true });
    expect(validateViewBlocks([focused('a'), focused('b')], '/view/blocks')).toEqual([
      'only one element may have focus_on_load [json-pointer:/view/blocks]',
    ]);
  });
});

describe('how many blocks', () => {
  const dividers = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }));

  it('50 in a message, 100 in a view', () => {
    expect(validateMessageBlocks(dividers(50))).toEqual([]);
    expect(validateMessageBlocks(dividers(51))).toEqual(['no more than 50 items allowed [json-pointer:/blocks]']);
    expect(validateViewBlocks(dividers(100), '/view/blocks')).toEqual([]);
    expect(validateViewBlocks(dividers(101), '/view/blocks')).toEqual([
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });

  it('with about 13,000 characters in all: more is too long for a post, not for an answer to an interaction', () => {
    const blocks = Array.from({ length: 5 }, () => section({ text: mrkdwn(words(2700)) }));
    expect(checkMessageContent({ blocks }, 'chat')).toEqual({ problem: { error: 'msg_blocks_too_long', details: [] } });
    expect(checkMessageContent({ blocks: blocks.slice(1) }, 'chat')).toHaveProperty('blocks');
    expect(checkMessageContent({ blocks }, 'answer')).toHaveProperty('blocks');
  });

  it('a long text is cut at 40,000 characters, not refused', () => {
    expect(checkMessageContent({ text: words(40_001) }, 'chat')).toMatchObject({ text: words(40_000) });
  });
});

describe('views', () => {
  const modal = { type: 'modal', title: plain('T'), blocks: [section()] };

  it.each<[string, Block, string]>([
    ['without a title', { ...modal, title: undefined }, 'missing required field: title [json-pointer:/view]'],
    [
      'with a long title',
      { ...modal, title: plain(words(25)) },
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'with long metadata',
      { ...modal, private_metadata: words(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'with a long callback id',
      { ...modal, callback_id: words(256) },
      'must be less than 256 characters [json-pointer:/view/callback_id]',
    ],
    [
      'with input but no submit',
      { ...modal, blocks: [input({ type: 'plain_text_input' })] },
      'missing required field: submit [json-pointer:/view]',
    ],
    [
      'with a block for messages only',
      { ...modal, blocks: [{ type: 'markdown', text: 'x' }] },
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    ['with an unknown field', { ...modal, colour: 'red' }, 'invalid additional property: colour [json-pointer:/view]'],
  ])('%s are refused', (_what, view, line) => {
    const checked = checkView(view, 'modal');
    expect(checked).toMatchObject({ problem: { error: 'invalid_arguments', details: expect.arrayContaining([line]) } });
  });

  it('for the home tab have no title', () => {
    expect(checkView({ type: 'home', blocks: [section()] }, 'home')).toHaveProperty('view');
    expect(checkView({ type: 'home', title: plain('T'), blocks: [] }, 'home')).toHaveProperty('problem');
  });
});
