import { formatDate } from './dates.js';
import { emojiFor } from './emoji.js';
import { link } from './links.js';
import { h, textOf } from './vnode.js';

/**
 * A `rich_text` block as nodes: sections, lists, quotes, preformatted text.
 *
 * @param {any} block
 * @param {import('./mrkdwn.js').Names} names
 * @returns {import('./vnode.js').Child[]}
 */
export function renderRichText(block, names) {
  return list(block?.elements).map((part) => renderPart(part, names));
}

function renderPart(part, names) {
  const inline = () => list(part?.elements).map((element) => renderElement(element, names));
  switch (part?.type) {
    case 'rich_text_section':
      return h('p', { class: 'plain' }, inline());
    case 'rich_text_quote':
      return h('blockquote', { class: 'plain' }, inline());
    case 'rich_text_preformatted':
      return h('pre', null, h('code', null, inline()));
    case 'rich_text_list':
      return renderList(part, names);
    default:
      return h('p', { class: 'unknown-block' }, `Unknown rich text: ${String(part?.type)}`);
  }
}

function renderList(part, names) {
  const indent = Math.min(Math.max(Math.trunc(Number(part.indent) || 0), 0), 8);
  const start = Math.max(Math.trunc(Number(part.offset) || 0), 0) + 1;
  const items = list(part.elements).map((item) =>
    h(
      'li',
      null,
      list(item?.elements).map((element) => renderElement(element, names)),
    ),
  );
  const tag = part.style === 'ordered' ? 'ol' : 'ul';
  return h(tag, { class: `indent-${indent}`, start: tag === 'ol' && start > 1 ? start : null }, items);
}

/**
 * One inline element of rich text.
 *
 * @param {any} element
 * @param {import('./mrkdwn.js').Names} names
 */
function renderElement(element, names) {
  return styled(bare(element, names), element?.style);
}

function bare(element, names) {
  switch (element?.type) {
    case 'text':
      return String(element.text ?? '');
    case 'link':
      return link(
        String(element.url ?? ''),
        String(element.text ?? element.url ?? ''),
        String(element.text ?? element.url ?? ''),
      );
    case 'emoji':
      return emojiFor(element.name) ?? `:${String(element.name)}:`;
    case 'user':
      return mention(`@${names.user(String(element.user_id))}`);
    case 'channel':
      return mention(`#${names.channel(String(element.channel_id))}`);
    case 'broadcast':
      return mention(`@${String(element.range)}`);
    case 'date':
      return formatDate(element.format, element.timestamp) ?? String(element.fallback ?? '');
    case 'color':
      return h('code', null, String(element.value ?? ''));
    default:
      return h('span', { class: 'unknown-block' }, `Unknown element: ${String(element?.type)}`);
  }
}

function styled(node, style) {
  let wrapped = node;
  if (style?.code === true) wrapped = h('code', null, wrapped);
  if (style?.strike === true) wrapped = h('s', null, wrapped);
  if (style?.italic === true) wrapped = h('em', null, wrapped);
  if (style?.bold === true) wrapped = h('strong', null, wrapped);
  return wrapped;
}

function mention(text) {
  return h('span', { class: 'mention' }, text);
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

/** Words of a rich text block, for sorting and for screen readers. @param {any} block @param {any} names */
export function richTextWords(block, names) {
  return textOf(renderRichText(block, names));
}
