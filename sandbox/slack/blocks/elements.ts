import {
  anyText,
  choiceOption,
  confirmDialog,
  conversationFilter,
  dispatchConfig,
  imageElement,
  optionGroup,
  overflowOption,
  plainText,
  selectOption,
  url,
} from './objects.ts';
import { all, boolean, type Check, list, matching, number, object, oneOf, rule, say, string } from './report.ts';
import { richTextBlock } from './rich-text.ts';

const base = { type: string(), action_id: string({ min: 1, max: 255 }) };
const confirmable = { confirm: confirmDialog };
const focusable = { focus_on_load: boolean };
const placeholdable = { placeholder: plainText(150) };
const menu = { ...base, ...confirmable, ...focusable, ...placeholdable };
const several = { max_selected_items: number({ min: 1, whole: true }) };
const ids = list(string({ min: 1 }));
const label75 = string({ max: 75 });
const date = matching(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date (YYYY-MM-DD)');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time (HH:mm)');
const conversationFields = { filter: conversationFilter, default_to_current_conversation: boolean };
const responseUrlField = { response_url_enabled: boolean };

/** A menu's options: its own or in groups, exactly one of both. */
const eitherOptionsOrGroups: Check = rule((value, pointer, report) => {
  const given = ['options', 'option_groups'].filter((name) => value[name] !== undefined);
  if (given.length === 0) say(report, 'missing required field: options', pointer);
  if (given.length > 1) say(report, 'only one of options and option_groups allowed', pointer);
});

const lengthsFit: Check = rule((value, pointer, report) => {
  const [min, max] = [Number(value.min_length ?? 0), Number(value.max_length ?? 3000)];
  if (min > max) say(report, 'min_length must not be greater than max_length', `${pointer}/min_length`);
});

const boundsFit: Check = rule((value, pointer, report) => {
  const [min, max] = [value.min_value, value.max_value];
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
    say(report, 'min_value must not be greater than max_value', `${pointer}/min_value`);
  }
});

const menuOptions = {
  options: list(selectOption, { min: 1, max: 100 }),
  option_groups: list(optionGroup, { min: 1, max: 100 }),
};
const textInput = {
  ...base,
  ...focusable,
  ...placeholdable,
  dispatch_action_config: dispatchConfig,
  initial_value: string({ max: 3000 }),
};
const feedbackSide = object(
  { text: plainText(75), value: string({ min: 1, max: 2000 }), accessibility_label: label75 },
  ['text', 'value'],
);

/** Every element by its type, checked by Slack's limits. */
export const ELEMENTS: Readonly<Record<string, Check>> = {
  button: object(
    {
      ...base,
      ...confirmable,
      text: plainText(75),
      value: string({ max: 2000 }),
      url: url(3000),
      style: oneOf('primary', 'danger'),
      accessibility_label: label75,
    },
    ['text'],
  ),
  workflow_button: object(
    {
      ...base,
      ...confirmable,
      text: plainText(75),
      workflow: rule(() => undefined),
      style: oneOf('primary', 'danger'),
      accessibility_label: label75,
    },
    ['text', 'workflow'],
  ),
  icon_button: object(
    {
      ...base,
      ...confirmable,
      icon: string({ min: 1 }),
      text: plainText(75),
      value: string({ max: 2000 }),
      accessibility_label: label75,
      visible_to_user_ids: ids,
    },
    ['icon', 'text'],
  ),
  feedback_buttons: object({ ...base, positive_button: feedbackSide, negative_button: feedbackSide }, [
    'positive_button',
    'negative_button',
  ]),
  checkboxes: object(
    {
      ...base,
      ...confirmable,
      ...focusable,
      options: list(choiceOption, { min: 1, max: 10 }),
      initial_options: list(choiceOption, { min: 1, max: 10 }),
    },
    ['options'],
  ),
  radio_buttons: object(
    {
      ...base,
      ...confirmable,
      ...focusable,
      options: list(choiceOption, { min: 1, max: 10 }),
      initial_option: choiceOption,
    },
    ['options'],
  ),
  overflow: object({ ...base, ...confirmable, options: list(overflowOption, { min: 1, max: 5 }) }, ['options']),
  datepicker: object({ ...menu, initial_date: date }),
  timepicker: object({ ...menu, initial_time: time, timezone: string() }),
  datetimepicker: object({ ...base, ...confirmable, ...focusable, initial_date_time: number({ whole: true }) }),
  static_select: all(object({ ...menu, ...menuOptions, initial_option: selectOption }), eitherOptionsOrGroups),
  multi_static_select: all(
    object({ ...menu, ...several, ...menuOptions, initial_options: list(selectOption, { min: 1 }) }),
    eitherOptionsOrGroups,
  ),
  external_select: object({ ...menu, initial_option: selectOption, min_query_length: number({ min: 0, whole: true }) }),
  multi_external_select: object({
    ...menu,
    ...several,
    initial_options: list(selectOption, { min: 1 }),
    min_query_length: number({ min: 0, whole: true }),
  }),
  users_select: object({ ...menu, initial_user: string({ min: 1 }) }),
  multi_users_select: object({ ...menu, ...several, initial_users: ids }),
  channels_select: object({ ...menu, ...responseUrlField, initial_channel: string({ min: 1 }) }),
  multi_channels_select: object({ ...menu, ...several, initial_channels: ids }),
  conversations_select: object({
    ...menu,
    ...responseUrlField,
    ...conversationFields,
    initial_conversation: string({ min: 1 }),
  }),
  multi_conversations_select: object({ ...menu, ...several, ...conversationFields, initial_conversations: ids }),
  plain_text_input: all(
    object({
      ...textInput,
      multiline: boolean,
      min_length: number({ min: 0, max: 3000, whole: true }),
      max_length: number({ min: 1, max: 3000, whole: true }),
    }),
    lengthsFit,
  ),
  email_text_input: object(textInput),
  url_text_input: object(textInput),
  number_input: all(
    object({ ...textInput, is_decimal_allowed: boolean, min_value: string(), max_value: string() }, [
      'is_decimal_allowed',
    ]),
    boundsFit,
  ),
  rich_text_input: object({
    ...base,
    ...focusable,
    ...placeholdable,
    dispatch_action_config: dispatchConfig,
    initial_value: richTextBlock,
    min_lines: number({ min: 1, max: 100, whole: true }),
    max_lines: number({ min: 1, max: 100, whole: true }),
  }),
  file_input: object({
    ...base,
    filetypes: list(string({ min: 1 }), { min: 1 }),
    max_files: number({ min: 1, max: 10, whole: true }),
  }),
  image: imageElement,
  plain_text: anyText(2000),
  mrkdwn: anyText(2000),
};

const PICKERS = ['datepicker', 'timepicker', 'datetimepicker'] as const;
const MENUS = ['static_select', 'external_select', 'users_select', 'channels_select', 'conversations_select'] as const;
const MULTI_MENUS = MENUS.map((name) => `multi_${name}`);
const CHOICES = ['checkboxes', 'radio_buttons'] as const;

/** What an actions block may hold. */
export const IN_ACTIONS = [
  'button',
  'workflow_button',
  'overflow',
  'rich_text_input',
  ...CHOICES,
  ...PICKERS,
  ...MENUS,
  ...MULTI_MENUS,
];
/** What may stand beside a section. */
export const IN_SECTION = [
  'button',
  'workflow_button',
  'overflow',
  'image',
  ...CHOICES,
  'datepicker',
  'timepicker',
  ...MENUS,
  ...MULTI_MENUS,
];
/** What an input block may ask for. */
export const IN_INPUT = [
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
  ...CHOICES,
  ...PICKERS,
  ...MENUS,
  ...MULTI_MENUS,
];
