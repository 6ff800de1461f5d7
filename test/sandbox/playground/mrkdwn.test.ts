import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allNodes,
  dangersIn,
  type Names,
  renderMarkdown,
  renderMrkdwn,
  safeAddress,
  sketch,
  textOf,
} from './modules.ts';

const names: Names = { user: (id) => (id === 'U101' ? 'Alice' : id), channel: (id) => (id === 'C1' ? 'general' : id) };

/** Text in which markup is likely. */
const marked = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '<',
        '>',
        '|',
        '&gt;',
        '&lt;',
        '&amp;',
        '\n',
        ' ',
        ':x:',
        '<@U101>',
        '<!here>',
        '<https://a.example|b>',
      ),
      fc.constantFrom(
        '<script>',
        '</script>',
        '<img src=x onerror=alert(1)>',
        '<javascript:alert(1)|click>',
        '# ',
        '- ',
        '> ',
        '[a](b)',
        '[x](javascript:alert(1))',
        '| a | b |',
        '|---|---|',
        '**',
        '__',
        '~~',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('mrkdwn', () => {
  it.each([
    ['*bold* _italic_ ~gone~ `code`', '<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>'],
    ['*bold and _both_*', '<strong>bold and <em>both</em></strong>'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['* not bold * and *open', '* not bold * and *open'],
    ['two\nlines', 'two<br>lines'],
    ['&gt; quoted\n&gt; twice\nafter', '<blockquote>quoted<br>twice</blockquote>after'],
    ['before ```a < b\n*c*``` after', 'before <pre><code>a < b\n*c*</code></pre> after'],
    ['```open fence', '```open fence'],
    ['`*not bold*`', '<code>*not bold*</code>'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['hi <@U101> and <@U9>', 'hi <span>@Alice</span> and <span>@U9</span>'],
    ['in <#C1> or <#C2|ops>', 'in <span>#general</span> or <span>#ops</span>'],
    ['<!here> <!subteam^S1|@team>', '<span>@here</span> <span>@team</span>'],
    ['<https://docs.example/a|docs.example/a>', '<a>docs.example/a</a>'],
    ['done :white_check_mark: :nothing_known:', 'done ✅ :nothing_known:'],
    ['a < b > c', 'a < b > c'],
  ])('reads %j', (text, expected) => {
    expect(sketch(renderMrkdwn(text, names))).toBe(expected);
  });

  it('writes the host behind a link whose words hide it', () => {
    const nodes = renderMrkdwn('<https://evil.example/login|bank.example>', names);
    expect(textOf(nodes)).toBe('bank.example (evil.example)');
    expect(allNodes(nodes).find((node) => node.tag === 'a')?.attrs.rel).toContain('noopener');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'https://user:secret@a.example/',
    '//a.example',
    'nonsense',
  ])('makes no link of %s', (address) => {
    expect(safeAddress(address)).toBeNull();
    expect(allNodes(renderMrkdwn(`<${address}|click>`, names)).filter((node) => node.tag === 'a')).toEqual([]);
  });

  it('takes anything without failing and makes only known elements of it', () => {
    fc.assert(
      fc.property(fc.oneof(marked, fc.string(), fc.anything()), (text) => {
        expect(dangersIn(renderMrkdwn(text, names))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every word of a text without markup', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 ,.!?]*$/), (text) => {
        expect(textOf(renderMrkdwn(text, names))).toBe(text);
      }),
    );
  });

  it('reads a long line of open marks as text', () => {
    const text = ' *a _b ~c <d'.repeat(3_000);
    expect(textOf(renderMrkdwn(text, names))).toBe(text);
  });
});

describe('markdown', () => {
  it.each([
    [
      '# Title\n\nwords **bold** *it* `c` ~~no~~',
      '<h4>Title</h4><p>words <strong>bold</strong> <em>it</em> <code>c</code> <s>no</s></p>',
    ],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
    ['> quoted\n> more', '<blockquote><p>quoted<br>more</p></blockquote>'],
    ['```js\n<b>\n```', '<pre><code><b></code></pre>'],
    ['---', '<hr></hr>'],
    ['[docs](https://docs.example)', '<p><span><a>docs</a><span> (docs.example)</span></span></p>'],
    ['<script>alert(1)</script>', '<p><script>alert(1)</script></p>'],
    ['a_b_c', '<p>a_b_c</p>'],
  ])('reads %j', (text, expected) => {
    expect(sketch(renderMarkdown(text))).toBe(expected);
  });

  it('draws tables with heads for their columns', () => {
    const tables = allNodes(renderMarkdown('| Role | People |\n|---|--:|\n| Manager | 3 |'));
    expect(tables.filter((node) => node.tag === 'th').map((node) => [node.attrs.scope, textOf(node)])).toEqual([
      ['col', 'Role'],
      ['col', 'People'],
    ]);
    expect(tables.filter((node) => node.tag === 'td').map(textOf)).toEqual(['Manager', '3']);
  });

  it('leaves HTML as the text it is', () => {
    const nodes = renderMarkdown('<script>alert(1)</script> <img src=x onerror=alert(1)>');
    expect(allNodes(nodes).map((node) => node.tag)).toEqual(['p']);
  });

  it('takes anything without failing and makes only known elements of it', () => {
    fc.assert(
      fc.property(fc.oneof(marked, fc.string(), fc.anything()), (text) => {
        expect(dangersIn(renderMarkdown(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not dig forever into quotes within quotes', () => {
    expect(textOf(renderMarkdown('>'.repeat(20_000)))).toContain('>');
  });
});
