import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNodes, type Child, dangersIn, h, renderBlocks, sketch, type VNode } from './modules.ts';

type Action = { element: { action_id: string }; blockId: string; raw: string[] };

function contextWith(more: Record<string, unknown> = {}) {
  const actions: Action[] = [];
  const context = {
    names: { user: (id: string) => (id === 'U101' ? 'Alice' : id), channel: (id: string) => id },
    members: [
      { id: 'U101', name: 'Alice' },
      { id: 'U102', name: 'Bob' },
    ],
    channels: [{ id: 'C1', name: 'general' }],
    uid: 'test',
    onAction: (action: Action) => actions.push(action),
    ...more,
  };
  return { context, actions };
}

const render = (blocks: unknown, more: Record<string, unknown> = {}): Child[] =>
  renderBlocks(blocks, contextWith(more).context);
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const find = (nodes: Child[], tag: string): VNode[] => allNodes(nodes).filter((node) => node.tag === tag);

describe('blocks', () => {
  it.each([
    ['header', { type: 'header', text: plain('Roles :key:') }, '<h3>Roles 🔑</h3>'],
    ['divider', { type: 'divider' }, '<hr></hr>'],
    [
      'section with fields',
      { type: 'section', text: { type: 'mrkdwn', text: '*x*' }, fields: [plain('a')] },
      '<div><div><div><strong>x</strong></div><div><div><span>a</span></div></div></div></div>',
    ],
    ['context', { type: 'context', elements: [plain('as of now')] }, '<div><span><span>as of now</span></span></div>'],
    [
      'alert',
      { type: 'alert', level: 'warning', text: plain('careful') },
      '<div><strong>Warning</strong><div><span>careful</span></div></div>',
    ],
    [
      'image',
      { type: 'image', alt_text: 'a chart', image_url: 'https://x.example/a.png' },
      '<div><span><span>Image</span>a chart</span></div>',
    ],
    ['data table', { type: 'data_table', caption: 'x', rows: [] }, '[data-table]'],
  ])('draws a %s', (_name, block, expected) => {
    expect(sketch(render([block]))).toBe(expected);
  });

  it('draws rich text with lists, styles, mentions and preformatted lines', () => {
    const text = (words: string, style?: unknown) => ({
      type: 'text',
      text: words,
      ...(style === undefined ? {} : { style }),
    });
    const block = {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [text('hi ', { bold: true }), { type: 'user', user_id: 'U101' }] },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [{ type: 'rich_text_section', elements: [text('one')] }],
        },
        { type: 'rich_text_preformatted', elements: [text('<b>')] },
      ],
    };
    expect(sketch(render([block]))).toBe(
      '<div><p><strong>hi </strong><span>@Alice</span></p><ol><li>one</li></ol><pre><code><b></code></pre></div>',
    );
  });

  it('shows a placeholder that names a block or element it does not know', () => {
    expect(sketch(render([{ type: 'sparkline' }, { type: 'constructor' }]))).toBe(
      '<p>This page cannot draw a “sparkline” block.</p><p>This page cannot draw a “constructor” block.</p>',
    );
    expect(sketch(render([{ type: 'actions', elements: [{ type: 'hologram' }] }]))).toContain(
      'Unknown element: hologram',
    );
  });

  it('shows a placeholder for a block that is not well-formed', () => {
    expect(
      sketch(
        render([
          {
            type: 'section',
            get text() {
              throw new Error('broken');
            },
          },
        ]),
      ),
    ).toContain('not well-formed');
  });

  it('never loads a picture', () => {
    expect(
      find(
        render([
          {
            type: 'section',
            text: plain('x'),
            accessory: { type: 'image', image_url: 'https://x.example', alt_text: 'face' },
          },
        ]),
        'img',
      ),
    ).toEqual([]);
  });
});

describe('buttons and menus', () => {
  it('tell which element of which block was used', () => {
    const { context, actions } = contextWith();
    const element = { type: 'button', action_id: 'confirm', text: plain('Confirm'), value: 'r1', style: 'primary' };
    const [button] = find(renderBlocks([{ type: 'actions', block_id: 'b1', elements: [element] }], context), 'button');
    expect(button?.attrs.class).toBe('button primary');
    const press = button?.events.click as () => void;
    press();
    expect(actions).toEqual([{ element, blockId: 'b1', raw: [] }]);
  });

  it('draw a button with a safe address as a link, with any other as a button', () => {
    const link = (url: string) => ({
      type: 'actions',
      elements: [{ type: 'button', action_id: 'a', text: plain('Open'), url }],
    });
    expect(find(render([link('https://docs.example/')]), 'a')).toHaveLength(1);
    expect(find(render([link('javascript:alert(1)')]), 'a')).toEqual([]);
  });

  it('offer people by name in a user select', () => {
    const options = find(
      render([{ type: 'actions', elements: [{ type: 'users_select', action_id: 'who' }] }]),
      'option',
    );
    expect(options.map((node) => node.attrs.value)).toEqual(['', 'U101', 'U102']);
  });
});

describe('inputs', () => {
  const input = (element: unknown, more: Record<string, unknown> = {}) => ({
    type: 'input',
    block_id: 'why',
    label: plain('Why'),
    element,
    ...more,
  });

  it.each([
    ['plain_text_input', {}, 'input'],
    ['plain_text_input', { multiline: true }, 'textarea'],
    ['static_select', { options: [option('a')] }, 'select'],
    ['users_select', {}, 'select'],
    ['datepicker', {}, 'input'],
  ])('label a %s with %j', (type, more, tag) => {
    const nodes = render([input({ type, action_id: 'x', ...more })]);
    const [label] = find(nodes, 'label');
    const [control] = find(nodes, tag);
    expect(label?.attrs.for).toBe(control?.attrs.id);
    expect(control?.attrs.id).toBeDefined();
  });

  it.each(['checkboxes', 'radio_buttons', 'multi_static_select'])(
    'name the group of %s and each choice in it',
    (type) => {
      const nodes = render([input({ type, action_id: 'x', options: [option('a'), option('b')] })]);
      const group = allNodes(nodes).find((node) => node.attrs.class === 'choices');
      expect(group?.attrs['aria-label']).toBe('Why');
      const ids = find(nodes, 'input').map((node) => node.attrs.id);
      expect(find(nodes, 'label').map((node) => node.attrs.for)).toEqual(ids);
      expect(new Set(ids).size).toBe(2);
    },
  );

  it('show the hint and the error, and tie both to the control', () => {
    const nodes = render(
      [input({ type: 'plain_text_input', action_id: 'x' }, { hint: plain('At least five words') })],
      { errors: { why: 'Too short' } },
    );
    const described = String(find(nodes, 'input')[0]?.attrs['aria-describedby']).split(' ');
    const ids = find(nodes, 'span').map((node) => node.attrs.id);
    expect(described).toHaveLength(2);
    for (const id of described) expect(ids).toContain(id);
    expect(sketch(nodes)).toContain('Too short');
  });
});

describe('whatever an app sends', () => {
  const types = fc.constantFrom(
    'section',
    'context',
    'divider',
    'header',
    'actions',
    'rich_text',
    'table',
    'data_table',
    'markdown',
    'alert',
    'image',
    'input',
    'card',
    'carousel',
    'container',
    'button',
    'overflow',
    'static_select',
    'checkboxes',
    'radio_buttons',
    'plain_text_input',
    'datepicker',
    'mrkdwn',
    'plain_text',
    'rich_text_section',
    'rich_text_list',
    'text',
    'link',
    '__proto__',
  );
  const keys = fc.constantFrom(
    'type',
    'text',
    'elements',
    'element',
    'accessory',
    'fields',
    'rows',
    'options',
    'option_groups',
    'blocks',
    'child_blocks',
    'label',
    'hint',
    'title',
    'caption',
    'page_size',
    'style',
    'url',
    'value',
    'action_id',
    'block_id',
    'level',
    'actions',
    'initial_date_time',
    'alt_text',
    'placeholder',
  );
  const words = fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '*b* <javascript:x|y>',
    'onclick=alert(1)',
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      words,
      types,
      fc.anything({ maxDepth: 1 }),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.tuple(types, fc.dictionary(keys, tie('node'), { maxKeys: 6 })).map(([type, rest]) => ({ ...rest, type })),
    ),
  }));

  it('is drawn without failing, of known elements, attributes and safe addresses alone', () => {
    fc.assert(
      fc.property(node, (blocks) => {
        expect(dangersIn(render(blocks))).toEqual([]);
        expect(dangersIn(render([blocks]))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('cannot be described at all as a forbidden element or attribute', () => {
    for (const tag of ['script', 'iframe', 'img', 'style', 'object', 'form', 'link', 'base'])
      expect(() => h(tag, null)).toThrow();
    for (const name of ['onclick', 'style', 'src', 'srcdoc', 'formaction'])
      expect(() => h('div', { [name]: 'x' })).toThrow();
  });
});
