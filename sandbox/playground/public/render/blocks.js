import { picture, renderElement } from './elements.js';
import { renderMarkdown } from './markdown.js';
import { renderRichText } from './rich-text.js';
import { cellsOf, tableModel } from './table-model.js';
import { plainText, renderText } from './text.js';
import { component, h } from './vnode.js';

/**
 * Block Kit blocks as nodes. Never throws: a block that is not known here, or is not well-formed, becomes a visible
 * placeholder that names its type.
 *
 * @param {unknown} blocks as the app sent them
 * @param {import('./elements.js').RenderContext} context
 * @returns {import('./vnode.js').Child[]}
 */
export function renderBlocks(blocks, context) {
  return list(blocks).map((block, index) => renderBlock(block, index, context));
}

function renderBlock(block, index, context) {
  const type = String(block?.type);
  const draw = Object.hasOwn(DRAW, type) ? DRAW[type] : null;
  const place = { blockId: String(block?.block_id ?? `block-${index}`), uid: `${context.uid}-${index}` };
  if (draw === null) return placeholder(`This page cannot draw a “${type}” block.`);
  try {
    return draw(block, place, context);
  } catch {
    return placeholder(`This “${type}” block is not well-formed.`);
  }
}

const DRAW = {
  section,
  context: contextBlock,
  divider: () => h('hr'),
  header: (block) => h('h3', { class: 'block-header' }, plainText(block.text)),
  actions,
  rich_text: (block, _place, context) => h('div', { class: 'rich-text' }, renderRichText(block, context.names)),
  table,
  data_table: (block, place, context) =>
    component('data-table', { ...tableModel(block, context.names), uid: place.uid }),
  markdown: (block) => h('div', { class: 'markdown' }, renderMarkdown(block.text)),
  alert,
  image: (block) =>
    h(
      'div',
      { class: 'picture-block' },
      block.title ? h('strong', null, plainText(block.title)) : null,
      picture(block),
    ),
  input,
  card,
  carousel: (block, _place, context) => h('div', { class: 'carousel' }, renderBlocks(block.elements, context)),
  container,
};

function placeholder(text) {
  return h('p', { class: 'unknown-block' }, text);
}

function section(block, place, context) {
  const fields = list(block.fields).map((field) => h('div', { class: 'field' }, renderText(field, context.names)));
  const at = {
    blockId: place.blockId,
    id: `${place.uid}-accessory`,
    label: plainText(block.text).slice(0, 150) || 'Choose',
  };
  // A button has its own words; other controls are named by the sentence they stand beside.
  const isSelfNamed = ['button', 'overflow', 'image'].includes(block.accessory?.type);
  const accessory = block.accessory
    ? renderElement(block.accessory, isSelfNamed ? { ...at, label: undefined } : at, context)
    : null;
  return h(
    'div',
    { class: 'block-section' },
    h(
      'div',
      { class: 'section-words' },
      block.text ? h('div', { class: 'section-text' }, renderText(block.text, context.names)) : null,
      fields.length > 0 ? h('div', { class: 'fields' }, fields) : null,
    ),
    accessory === null ? null : h('div', { class: 'accessory' }, accessory),
  );
}

function contextBlock(block, _place, context) {
  const parts = list(block.elements).map((element) =>
    h(
      'span',
      { class: 'context-part' },
      element?.type === 'image' ? picture(element) : renderText(element, context.names),
    ),
  );
  return h('div', { class: 'block-context' }, parts);
}

function actions(block, place, context) {
  const controls = list(block.elements).map((element, index) => {
    const label = plainText(element?.placeholder) || 'Choose';
    return renderElement(element, { blockId: place.blockId, id: `${place.uid}-${index}`, label }, context);
  });
  return h('div', { class: 'block-actions' }, controls);
}

/** In a `table` block the first row is drawn as the head. */
function table(block, _place, context) {
  const [head = [], ...rows] = list(block.rows).map((row) => cellsOf(row, context.names));
  const settings = list(block.column_settings);
  const align = (column) => {
    const wish = settings[column]?.align;
    return wish === 'right' || wish === 'center' ? `align-${wish}` : null;
  };
  const body = rows.map((row) =>
    h(
      'tr',
      null,
      row.map((cell, column) => h('td', { class: align(column) }, cell.nodes)),
    ),
  );
  const top = head.map((cell, column) => h('th', { scope: 'col', class: align(column) }, cell.nodes));
  const drawn = h('table', null, h('thead', null, h('tr', null, top)), h('tbody', null, body));
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Table' }, drawn);
}

const ALERT_WORDS = { default: 'Note', info: 'Info', warning: 'Warning', error: 'Error', success: 'Done' };

function alert(block, _place, context) {
  const level = Object.hasOwn(ALERT_WORDS, block.level) ? block.level : 'default';
  return h(
    'div',
    { class: `block-alert level-${level}` },
    h('strong', { class: 'alert-word' }, ALERT_WORDS[level]),
    h('div', null, renderText(block.text, context.names)),
  );
}

const GROUPS = ['checkboxes', 'radio_buttons'];

function input(block, place, context) {
  const element = block.element ?? {};
  const id = `${place.uid}-control`;
  const error = context.errors?.[place.blockId];
  const hint = plainText(block.hint);
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;
  const label = plainText(block.label);
  const isGroup = GROUPS.includes(element.type) || String(element.type).startsWith('multi_');
  const at = {
    blockId: place.blockId,
    id,
    describedBy,
    quiet: block.dispatch_action !== true,
    required: block.optional !== true,
    label: isGroup ? label : undefined,
  };
  const words = [label, block.optional === true ? h('span', { class: 'optional' }, ' (optional)') : null];
  return h(
    'div',
    { class: error ? 'block-input has-error' : 'block-input', 'data-input-block': place.blockId },
    isGroup
      ? h('span', { class: 'input-label', 'aria-hidden': 'true' }, words)
      : h('label', { class: 'input-label', for: id }, words),
    renderElement(element, at, context),
    hint ? h('span', { class: 'hint', id: `${id}-hint` }, hint) : null,
    error ? h('span', { class: 'input-error', id: `${id}-error`, role: 'alert' }, error) : null,
  );
}

function card(block, place, context) {
  const words = ['title', 'subtitle', 'body'].filter((part) => block[part]);
  return h(
    'div',
    { class: 'block-card' },
    words.map((part) => h('div', { class: `card-${part}` }, renderText(block[part], context.names))),
    list(block.actions).length > 0 ? actions({ elements: block.actions }, place, context) : null,
  );
}

function container(block, place, context) {
  const inner = renderBlocks(block.child_blocks, { ...context, uid: place.uid });
  const title = block.title ? plainText(block.title) : '';
  if (block.is_collapsible !== true)
    return h('div', { class: 'block-container' }, title ? h('strong', null, title) : null, inner);
  return h(
    'details',
    { class: 'block-container', open: block.default_collapsed !== true },
    h('summary', null, title || 'More'),
    inner,
  );
}

function list(value) {
  return Array.isArray(value) ? value : [];
}
