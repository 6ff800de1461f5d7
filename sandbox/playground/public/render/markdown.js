import { withEmoji } from './emoji.js';
import { link } from './links.js';
import { h, textOf } from './vnode.js';

const MAX_LENGTH = 40_000;

/** Quotes within quotes; what is nested deeper stays text. */
const MAX_DEPTH = 4;

/**
 * Standard Markdown as nodes, a safe part of it: headings, paragraphs, lists, quotes, fences, tables, rules, bold,
 * italic, strike, code, links. HTML in it stays text.
 *
 * @param {unknown} text
 * @returns {import('./vnode.js').Child[]}
 */
export function renderMarkdown(text) {
  return renderLines((typeof text === 'string' ? text.slice(0, MAX_LENGTH) : '').split('\n'), 0);
}

function renderLines(lines, depth) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = readBlock(lines, at, depth);
    if (node !== null) nodes.push(node);
    at = next;
  }
  return nodes;
}

const READERS = [readFence, readHeading, readRule, readTable, readQuote, readList];

function readBlock(lines, at, depth) {
  if (lines[at].trim() === '') return [null, at + 1];
  for (const read of READERS) {
    const found = read(lines, at, depth);
    if (found !== null) return found;
  }
  return readParagraph(lines, at, depth);
}

function readFence(lines, at) {
  if (!lines[at].startsWith('```')) return null;
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'));
  if (end === -1) return null;
  return [h('pre', null, h('code', null, lines.slice(at + 1, end).join('\n'))), end + 1];
}

function readHeading(lines, at) {
  const match = /^(#{1,6})\s+(\S.*)$/.exec(lines[at]);
  // A message stands below the page's own headings, so its levels begin at 4.
  return match === null ? null : [h(`h${Math.min(match[1].length + 3, 6)}`, null, inline(match[2])), at + 1];
}

function readRule(lines, at) {
  return /^ {0,3}([-*_])( *\1){2,} *$/.test(lines[at]) ? [h('hr'), at + 1] : null;
}

function readQuote(lines, at, depth) {
  if (depth >= MAX_DEPTH) return null;
  const end = runEnd(lines, at, /^>/);
  if (end === at) return null;
  const inner = lines.slice(at, end).map((line) => line.replace(/^> ?/, ''));
  return [h('blockquote', null, renderLines(inner, depth + 1)), end];
}

function readList(lines, at) {
  const ordered = /^\s{0,3}\d{1,9}[.)]\s+/;
  const pattern = ordered.test(lines[at]) ? ordered : /^\s{0,3}[-*+]\s+/;
  const end = runEnd(lines, at, pattern);
  if (end === at) return null;
  const items = lines.slice(at, end).map((line) => h('li', null, inline(line.replace(pattern, ''))));
  return [h(pattern === ordered ? 'ol' : 'ul', null, items), end];
}

function readTable(lines, at) {
  const divider = lines[at + 1];
  if (!lines[at].includes('|') || divider === undefined) return null;
  if (!/^[\s|:-]+$/.test(divider) || !divider.includes('-') || !divider.includes('|')) return null;
  const end = runEnd(lines, at + 2, /\|/);
  const head = cells(lines[at]).map((cell) => h('th', { scope: 'col' }, inline(cell)));
  const rows = lines.slice(at + 2, end).map((line) =>
    h(
      'tr',
      null,
      cells(line).map((cell) => h('td', null, inline(cell))),
    ),
  );
  const table = h('table', null, h('thead', null, h('tr', null, head)), h('tbody', null, rows));
  return [h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Table' }, table), end];
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function readParagraph(lines, at, depth) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== '' && !READERS.some((read) => read(lines, end, depth) !== null))
    end += 1;
  const content = lines
    .slice(at, end)
    .flatMap((line, index) => (index === 0 ? inline(line) : [h('br'), ...inline(line)]));
  return [h('p', null, content), end];
}

function runEnd(lines, at, pattern) {
  let end = at;
  while (end < lines.length && pattern.test(lines[end])) end += 1;
  return end;
}

/** Longest marks first; each run ends at the next equal mark. Lengths are bounded so that no text takes long. */
const INLINE =
  /(`)([^`]{1,2000})`|(\*\*|__)(?=\S)([^*_]{1,2000}?)(?<=\S)\3|(~~)(?=\S)([^~]{1,2000}?)(?<=\S)~~|(?<![\p{L}\p{N}])([*_])(?=\S)([^*_]{1,2000}?)(?<=\S)\7(?![\p{L}\p{N}])|\[([^\]]{1,500})\]\(([^)\s]{1,2000})\)/u;

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match !== null; match = INLINE.exec(rest)) {
    if (match.index > 0) nodes.push(withEmoji(rest.slice(0, match.index)));
    nodes.push(inlineNode(match));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') nodes.push(withEmoji(rest));
  return nodes;
}

function inlineNode([, tick, code, strong, bold, strike, struck, , italic, label, address]) {
  if (tick) return h('code', null, code);
  if (strong) return h('strong', null, inline(bold));
  if (strike) return h('s', null, inline(struck));
  if (italic !== undefined) return h('em', null, inline(italic));
  const content = inline(label);
  return link(address, content, textOf(content));
}
