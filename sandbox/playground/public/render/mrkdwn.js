import { formatDate } from './dates.js';
import { emojiFor } from './emoji.js';
import { link } from './links.js';
import { h } from './vnode.js';

/**
 * @typedef {{ user(id: string): string, channel(id: string): string }} Names  how ids are written for a reader
 */

const MAX_LENGTH = 40_000;

/** Marks that wrap a run of text, and the element each makes. */
const WRAPPERS = { '*': 'strong', _: 'em', '~': 's' };

/**
 * Slack's mrkdwn as nodes: bold, italic, strike, code, pre, quotes, links, mentions, emoji.
 *
 * Never throws; what is not understood stays the text it is.
 *
 * @param {unknown} text
 * @param {Names} names
 * @returns {import('./vnode.js').Child[]}
 */
export function renderMrkdwn(text, names) {
  const source = typeof text === 'string' ? text.slice(0, MAX_LENGTH) : '';
  return splitFences(source).flatMap((part) =>
    part.fenced ? [h('pre', null, h('code', null, plain(part.text)))] : renderLines(part.text, names),
  );
}

/** Cuts at ``` pairs; a fence without an end is text. */
function splitFences(source) {
  const parts = [];
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('```', at);
    const close = open === -1 ? -1 : source.indexOf('```', open + 3);
    if (close === -1) break;
    if (open > at) parts.push({ fenced: false, text: source.slice(at, open).replace(/\n$/, '') });
    parts.push({ fenced: true, text: source.slice(open + 3, close).replace(/^\n|\n$/g, '') });
    at = close + 3;
    if (source[at] === '\n') at += 1;
  }
  if (at < source.length) parts.push({ fenced: false, text: source.slice(at) });
  return parts;
}

/** Lines that start with `>` are gathered into quotes. */
function renderLines(text, names) {
  const nodes = [];
  let quoted = [];
  let needsBreak = false;
  const closeQuote = () => {
    if (quoted.length === 0) return;
    nodes.push(h('blockquote', null, joinLines(quoted)));
    quoted = [];
    needsBreak = false;
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>)\s?/.exec(line);
    if (quote) {
      quoted.push(renderInline(line.slice(quote[0].length), names));
      continue;
    }
    closeQuote();
    if (needsBreak) nodes.push(h('br'));
    nodes.push(...renderInline(line, names));
    needsBreak = true;
  }
  closeQuote();
  return nodes;
}

function joinLines(lines) {
  return lines.flatMap((line, index) => (index === 0 ? line : [h('br'), ...line]));
}

/**
 * One line. A mark for which no closing partner was found once is not searched for again, so time stays linear.
 *
 * @param {string} line
 * @param {Names} names
 * @param {ReadonlySet<string>} [inside] marks already open around this text
 */
function renderInline(line, names, inside = new Set()) {
  const nodes = [];
  const hopeless = new Set(inside);
  let text = '';
  let at = 0;
  const flush = () => {
    if (text !== '') nodes.push(plain(text));
    text = '';
  };
  while (at < line.length) {
    const found = readToken(line, at, { names, inside, hopeless });
    if (found === null) {
      text += line[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

function readToken(line, at, context) {
  const sign = line[at];
  if (sign === '<') return readEntity(line, at, context);
  if (sign === ':') return readEmoji(line, at);
  if (sign === '`') return readCode(line, at, context.hopeless);
  if (Object.hasOwn(WRAPPERS, sign)) return readWrapped(line, at, context);
  return null;
}

function readCode(line, at, hopeless) {
  if (hopeless.has('`')) return null;
  const end = line.indexOf('`', at + 1);
  if (end === -1) hopeless.add('`');
  if (end === -1 || end === at + 1) return null;
  return { node: h('code', null, plain(line.slice(at + 1, end))), end: end + 1 };
}

function readEmoji(line, at) {
  const match = /^:([a-z0-9_+-]{1,60}):/.exec(line.slice(at, at + 62));
  const sign = match === null ? null : emojiFor(match[1]);
  return sign === null ? null : { node: sign, end: at + match[0].length };
}

/** `*bold*` only where the marks hug the words and stand at word borders, as Slack does. */
function readWrapped(line, at, { names, inside, hopeless }) {
  const mark = line[at];
  if (hopeless.has(mark) || isWordSign(line[at - 1])) return null;
  if (isBlank(line[at + 1]) || line[at + 1] === mark) return null;
  const end = closingMark(line, at, mark);
  if (end === -1) {
    hopeless.add(mark);
    return null;
  }
  const content = renderInline(line.slice(at + 1, end), names, new Set([...inside, mark]));
  return { node: h(WRAPPERS[mark], null, content), end: end + 1 };
}

function closingMark(line, at, mark) {
  for (let end = line.indexOf(mark, at + 2); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (!isBlank(line[end - 1]) && !isWordSign(line[end + 1])) return end;
  }
  return -1;
}

function isBlank(sign) {
  return sign === undefined || /\s/.test(sign);
}

function isWordSign(sign) {
  return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<!date^...|fallback>`, `<https://...|label>`. */
function readEntity(line, at, { names, hopeless }) {
  if (hopeless.has('<')) return null;
  const end = line.indexOf('>', at);
  if (end === -1) hopeless.add('<');
  if (end === -1) return null;
  const inner = line.slice(at + 1, end);
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? null : decode(inner.slice(bar + 1));
  const node = entityNode(decode(target), label, names);
  return node === null ? null : { node, end: end + 1 };
}

function entityNode(target, label, names) {
  const rest = target.slice(1);
  if (target.startsWith('@') && rest !== '') return mention(`@${names.user(rest)}`);
  if (target.startsWith('#') && rest !== '') return mention(`#${label ?? names.channel(rest)}`);
  if (target.startsWith('!')) return special(rest, label);
  if (/^(https?:\/\/|mailto:)/i.test(target)) return link(target, label ?? target, label ?? target);
  return null;
}

function special(name, label) {
  if (/^(here|channel|everyone)$/.test(name)) return mention(`@${name}`);
  const [kind, timestamp, template] = name.split('^');
  if (kind === 'date') return h('span', null, formatDate(template, Number(timestamp)) ?? label ?? '');
  return h('span', null, label ?? name.split('^')[0]);
}

function mention(text) {
  return h('span', { class: 'mention' }, text);
}

function plain(text) {
  return decode(text);
}

/** The three escapes that Slack knows; `&amp;` last, so that nothing is decoded twice. */
function decode(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
