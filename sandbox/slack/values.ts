import { interactiveElements } from './blocks/find-element.ts';
import { isObject, type Json } from './json.ts';

/** What inputs hold: block id, action id, value as Slack's `state.values` writes it. */
export type Values = Record<string, Record<string, Json>>;

/** Which field of the state an element fills, and from which of its own fields it starts. */
const FIELDS: Readonly<Record<string, { field: string; initial: string; empty: unknown }>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', empty: [] },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { field: 'files', initial: 'initial_files', empty: [] },
};

/** What the inputs of some blocks hold before anybody touches them. */
export function initialValues(blocks: readonly Json[]): Values {
  const values: Values = {};
  for (const { block, element } of interactiveElements(blocks)) {
    const field = FIELDS[String(element.type)];
    if (field === undefined) continue;
    setValue(values, block, element, { type: element.type, [field.field]: element[field.initial] ?? field.empty });
  }
  return values;
}

/** Puts one value into the state. */
export function setValue(values: Values, block: Json, element: Json, value: Json): void {
  const blockId = String(block.block_id);
  values[blockId] ??= {};
  values[blockId][String(element.action_id)] = value;
}

/**
 * The state value of an element after a person chose `given`: an option's value, an id, a date, a text, or lists of them.
 *
 * @returns null where the element takes no such thing, such as an option that it does not offer
 */
export function chosenValue(element: Json, given: unknown): Json | null {
  const type = String(element.type);
  const field = FIELDS[type];
  if (field === undefined) return null;
  if (isObject(given) && given.type === type) return given;
  const value = toFieldValue(element, field, given);
  return value === undefined ? null : { type, [field.field]: value };
}

function toFieldValue(element: Json, field: { field: string; empty: unknown }, given: unknown): unknown {
  if (given === null || given === undefined || given === '') return field.empty;
  if (field.field === 'selected_option') return pickOption(element, given);
  if (field.field === 'selected_options') {
    const picked = asList(given).map((entry) => pickOption(element, entry));
    return picked.includes(undefined) ? undefined : picked;
  }
  if (Array.isArray(field.empty)) return asList(given);
  if (field.field === 'selected_date_time') return Number(given);
  return field.field === 'rich_text_value' ? given : String(given);
}

/** External selects offer what the app answered to the person's typing, so the whole option is given. */
function pickOption(element: Json, given: unknown): Json | undefined {
  if (isObject(given)) return given;
  if (String(element.type).endsWith('external_select'))
    return { text: { type: 'plain_text', text: String(given) }, value: String(given) };
  return optionsOf(element).find((option) => option.value === String(given));
}

/** All options of an element, groups opened. */
function optionsOf(element: Json): Json[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  return [element.options, ...groups.map((group) => group.options)].flatMap((list) =>
    Array.isArray(list) ? list.filter(isObject) : [],
  );
}

/** Whether a state value says nothing. */
export function isEmptyValue(value: Json | undefined): boolean {
  const field = FIELDS[String(value?.type)];
  const held = field === undefined ? undefined : value?.[field.field];
  return held === undefined || held === null || held === '' || (Array.isArray(held) && held.length === 0);
}

function asList(given: unknown): unknown[] {
  return Array.isArray(given) ? given : [given];
}
