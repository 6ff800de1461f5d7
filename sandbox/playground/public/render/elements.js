import { safeAddress } from './links.js';
import { plainText, renderText } from './text.js';
import { heldBy, initialOf, optionsOf } from './values.js';
import { h } from './vnode.js';

/**
 * @typedef {object} RenderContext
 * @property {import('./mrkdwn.js').Names} names
 * @property {{ id: string, name: string }[]} members  people to choose from
 * @property {{ id: string, name: string }[]} channels
 * @property {string} uid  makes ids unique on the page
 * @property {(action: { element: any, blockId: string, raw: string[] }) => void} onAction  a control was used
 * @property {Record<string, Record<string, any>>} [values]  answers the sandbox already holds
 * @property {Record<string, string>} [errors]  by block id, what the app said is wrong
 *
 * @typedef {object} Place  where an element stands
 * @property {string} blockId
 * @property {string} id  of the control, for its label
 * @property {string} [describedBy]  ids of hint and error
 * @property {string} [label]  accessible name where there is no label element
 * @property {boolean} [quiet]  inside an input block: using it sends nothing until the form is sent
 * @property {boolean} [required]
 */

/**
 * One interactive element.
 *
 * @param {any} element
 * @param {Place} place
 * @param {RenderContext} context
 */
export function renderElement(element, place, context) {
  const draw = DRAW[element?.type];
  if (draw === undefined) return h('span', { class: 'unknown-block' }, `Unknown element: ${String(element?.type)}`);
  return draw(element, place, context);
}

const DRAW = {
  button,
  overflow,
  image: (element) => picture(element),
  static_select: select,
  external_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: choices,
  multi_external_select: choices,
  multi_users_select: choices,
  multi_channels_select: choices,
  multi_conversations_select: choices,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: textInput,
  timepicker: textInput,
  datetimepicker: textInput,
};

function button(element, place, context) {
  const style = element.style === 'primary' || element.style === 'danger' ? ` ${element.style}` : '';
  const use = () => context.onAction({ element, blockId: place.blockId, raw: [] });
  const attrs = {
    class: `button${style}`,
    'aria-label': element.accessibility_label,
    'data-action': element.action_id,
    'data-block': place.blockId,
    events: { click: use },
  };
  const label = plainText(element.text);
  const href = element.url === undefined ? null : safeAddress(element.url);
  if (href === null) return h('button', { type: 'button', ...attrs }, label);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', ...attrs }, label);
}

function overflow(element, place, context) {
  const items = optionsOf(element).map((option) =>
    h(
      'button',
      {
        type: 'button',
        class: 'menu-item',
        'data-action': element.action_id,
        events: { click: () => context.onAction({ element, blockId: place.blockId, raw: [String(option?.value)] }) },
      },
      plainText(option?.text),
    ),
  );
  return h(
    'details',
    { class: 'overflow' },
    h('summary', { 'aria-label': 'More actions', title: 'More actions' }, '⋯'),
    h('div', { class: 'menu' }, items),
  );
}

/** Pictures come from other hosts, which the page never asks; their words stand for them. @param {any} element */
export function picture(element) {
  return h(
    'span',
    { class: 'picture' },
    h('span', { class: 'picture-word' }, 'Image'),
    String(element?.alt_text ?? 'without description'),
  );
}

/** What every control carries, so that a form can be read back. */
function control(element, place) {
  return {
    id: place.id,
    name: place.id,
    'data-action': element.action_id,
    'data-block': place.blockId,
    'aria-label': place.label,
    'aria-describedby': place.describedBy,
    required: place.required === true,
  };
}

function held(element, place, context) {
  return heldBy(context.values?.[place.blockId]?.[element.action_id]) ?? initialOf(element);
}

function onChange(element, place, context) {
  if (place.quiet) return {};
  return { change: (event) => context.onAction({ element, blockId: place.blockId, raw: [event.target.value] }) };
}

function select(element, place, context) {
  const [chosen] = held(element, place, context);
  const placeholder = plainText(element.placeholder) || 'Choose…';
  const option = ({ value, text }) => h('option', { value, selected: value === chosen }, text);
  const groups = Array.isArray(element.option_groups)
    ? element.option_groups.map((group) =>
        h('optgroup', { label: plainText(group?.label) }, list(group?.options).map(toChoice).map(option)),
      )
    : choicesOf(element, context).map(option);
  const attrs = { class: 'control', ...control(element, place), events: onChange(element, place, context) };
  return h('select', attrs, h('option', { value: '' }, placeholder), groups);
}

/** Checkboxes and radio buttons; also selects of several, which no native control offers in a usable way. */
function choices(element, place, context) {
  const single = element.type === 'radio_buttons';
  const chosen = held(element, place, context);
  const boxes = choicesOf(element, context).map((choice, index) => {
    const id = `${place.id}-${index}`;
    const attrs = { ...control(element, { ...place, id }), 'aria-label': undefined, required: false, name: place.id };
    const events = place.quiet
      ? {}
      : { change: (event) => context.onAction({ element, blockId: place.blockId, raw: checkedBeside(event.target) }) };
    const box = h('input', {
      ...attrs,
      type: single ? 'radio' : 'checkbox',
      value: choice.value,
      checked: chosen.includes(choice.value),
      events,
    });
    const detail =
      choice.description === null
        ? null
        : h('span', { class: 'choice-detail' }, renderText(choice.description, context.names));
    return h('label', { class: 'choice', for: id }, box, h('span', null, choice.nodes ?? choice.text, detail));
  });
  return h(
    'div',
    {
      class: 'choices',
      role: single ? 'radiogroup' : 'group',
      'aria-label': place.label,
      'aria-describedby': place.describedBy,
    },
    boxes,
  );

  function toNodes(option) {
    return {
      ...toChoice(option),
      nodes: renderText(option?.text, context.names),
      description: option?.description ?? null,
    };
  }

  function choicesOf(given, from) {
    const ids = idsFor(given.type, from);
    return ids === null
      ? optionsOf(given).map(toNodes)
      : ids.map((entry) => ({ ...entry, nodes: null, description: null }));
  }
}

/** Values checked in the group around a box. @param {any} box */
function checkedBeside(box) {
  return [...box.closest('.choices').querySelectorAll('input:checked')].map((checked) => checked.value);
}

function choicesOf(element, context) {
  return idsFor(element.type, context) ?? optionsOf(element).map(toChoice);
}

function idsFor(type, context) {
  if (/users_select$/.test(type)) return context.members.map(({ id, name }) => ({ value: id, text: name }));
  if (/(channels|conversations)_select$/.test(type))
    return context.channels.map(({ id, name }) => ({ value: id, text: `#${name}` }));
  return null;
}

function toChoice(option) {
  return { value: String(option?.value ?? ''), text: plainText(option?.text) };
}

const INPUT_TYPES = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

function textInput(element, place, context) {
  const [value] = held(element, place, context);
  const attrs = {
    class: 'control',
    ...control(element, place),
    placeholder: plainText(element.placeholder) || undefined,
    maxlength: element.max_length,
    minlength: element.min_length,
    inputmode: element.type === 'number_input' ? 'decimal' : undefined,
    autocomplete: 'off',
    events: onChange(element, place, context),
  };
  if (element.multiline === true) return h('textarea', { ...attrs, rows: 4 }, value ?? '');
  return h('input', { ...attrs, type: INPUT_TYPES[element.type], value: value ?? undefined });
}

function list(value) {
  return Array.isArray(value) ? value : [];
}
