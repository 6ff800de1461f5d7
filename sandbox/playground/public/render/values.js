/** Elements whose answer is one string, and the name it has in Slack's state. */
const ONE_STRING = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
};

/** Elements whose answer is a list of ids. */
const MANY_IDS = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

const ONE_OPTION = ['static_select', 'external_select', 'radio_buttons', 'overflow'];
const MANY_OPTIONS = ['multi_static_select', 'multi_external_select', 'checkboxes'];

/**
 * What a person chose or typed, in the shape that Slack puts into `view.state.values` and into an action.
 *
 * @param {any} element as the app sent it
 * @param {string[]} raw what the control holds, empty when nothing is chosen
 * @returns {Record<string, any>}
 */
export function answerOf(element, raw) {
  const type = String(element?.type);
  const chosen = raw.filter((value) => value !== '');
  const first = chosen[0] ?? null;
  if (Object.hasOwn(ONE_STRING, type)) return { type, [ONE_STRING[type]]: first };
  if (Object.hasOwn(MANY_IDS, type)) return { type, [MANY_IDS[type]]: chosen };
  if (type === 'datetimepicker') return { type, selected_date_time: first === null ? null : seconds(first) };
  if (ONE_OPTION.includes(type)) return { type, selected_option: optionsByValue(element, chosen)[0] ?? null };
  if (MANY_OPTIONS.includes(type)) return { type, selected_options: optionsByValue(element, chosen) };
  return { type, ...(element?.value === undefined ? {} : { value: element.value }) };
}

/** All options of an element, those in groups too. @param {any} element @returns {any[]} */
export function optionsOf(element) {
  const grouped = list(element?.option_groups).flatMap((group) => list(group?.options));
  return [...list(element?.options), ...grouped];
}

/** What a control holds at first, by the element's `initial_...` fields. @param {any} element @returns {string[]} */
export function initialOf(element) {
  const single =
    element?.initial_option?.value ?? element?.initial_value ?? element?.initial_date ?? element?.initial_time;
  const id = element?.initial_user ?? element?.initial_channel ?? element?.initial_conversation;
  const many = list(element?.initial_options).map((option) => option?.value);
  const ids = [element?.initial_users, element?.initial_channels, element?.initial_conversations].flatMap(list);
  const moment = Number.isFinite(element?.initial_date_time) ? localMoment(element.initial_date_time) : undefined;
  return [single, id, moment, ...many, ...ids].filter((value) => typeof value === 'string');
}

/** What a control holds when the sandbox already keeps an answer for it. @param {any} answer @returns {string[] | null} */
export function heldBy(answer) {
  if (typeof answer !== 'object' || answer === null) return null;
  const options = [answer.selected_option, ...list(answer.selected_options)].map((option) => option?.value);
  const ids = [answer.selected_users, answer.selected_channels, answer.selected_conversations].flatMap(list);
  const one = answer.value ?? answer.selected_date ?? answer.selected_time ?? answer.selected_user;
  const other = answer.selected_channel ?? answer.selected_conversation;
  const moment = Number.isFinite(answer.selected_date_time) ? localMoment(answer.selected_date_time) : undefined;
  return [one, other, moment, ...options, ...ids].filter((value) => typeof value === 'string');
}

function optionsByValue(element, values) {
  const options = optionsOf(element);
  return values.flatMap((value) => options.find((option) => option?.value === value) ?? []);
}

function seconds(localText) {
  const milliseconds = new Date(localText).getTime();
  return Number.isNaN(milliseconds) ? null : Math.trunc(milliseconds / 1000);
}

/** As an `input type=datetime-local` wants it. */
function localMoment(timestamp) {
  const date = new Date(timestamp * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function list(value) {
  return Array.isArray(value) ? value : [];
}
