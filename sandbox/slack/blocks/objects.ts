import { all, boolean, byType, type Check, list, matching, object, oneOf, rule, say, string } from './report.ts';

const kind = string();
const plainFields = { type: kind, emoji: boolean };
const mrkdwnFields = { type: kind, verbatim: boolean };

/** A `plain_text` object of at most so many characters. */
export function plainText(max: number): Check {
  return byType({ plain_text: object({ ...plainFields, text: string({ min: 1, max }) }, ['text']) });
}

/** A `mrkdwn` object of at most so many characters. */
export function mrkdwn(max: number): Check {
  return byType({ mrkdwn: object({ ...mrkdwnFields, text: string({ min: 1, max }) }, ['text']) });
}

/** A text object of either kind, of at most so many characters. */
export function anyText(max: number): Check {
  return byType({
    plain_text: object({ ...plainFields, text: string({ min: 1, max }) }, ['text']),
    mrkdwn: object({ ...mrkdwnFields, text: string({ min: 1, max }) }, ['text']),
  });
}

/** An address in the web, of at most so many characters. */
export function url(max: number): Check {
  return all(string({ min: 1, max }), matching(/^(https?|mailto|slack|tel):/i, 'must be a valid URL'));
}

/** The question that is asked before an action is sent. */
export const confirmDialog: Check = object(
  {
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
  ['text'],
);

function option(text: Check, description: Check, more: Record<string, Check> = {}): Check {
  return object({ text, value: string({ min: 1, max: 150 }), description, ...more }, ['text', 'value']);
}

/** An option of a select menu: plain text only. */
export const selectOption: Check = option(plainText(75), plainText(75));
/** An option of an overflow menu: may lead to an address. */
export const overflowOption: Check = option(plainText(75), plainText(75), { url: url(3000) });
/** An option of radio buttons or checkboxes: may be formatted. */
export const choiceOption: Check = option(anyText(75), anyText(75));
/** Options under a heading. */
export const optionGroup: Check = object({ label: plainText(75), options: list(selectOption, { min: 1, max: 100 }) }, [
  'label',
  'options',
]);

/** When a text input tells the app about what is typed. */
export const dispatchConfig: Check = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
});

/** Which conversations a menu offers; it must say something. */
export const conversationFilter: Check = all(
  object({
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  }),
  rule((value, pointer, report) => {
    if (Object.keys(value).length === 0) say(report, 'must have at least one field', pointer);
  }),
);

/** An image element or the inside of an image block: an address or a file, not both, and words for those who cannot see it. */
export const imageSource: Check = rule((value, pointer, report) => {
  const given = ['image_url', 'slack_file'].filter((name) => value[name] !== undefined);
  if (given.length === 0) say(report, 'missing required field: image_url', pointer);
  if (given.length > 1) say(report, 'only one of image_url and slack_file allowed', pointer);
});

/** The fields that say where an image comes from. */
export const imageFields: Readonly<Record<string, Check>> = {
  image_url: url(3000),
  slack_file: object({ id: string({ min: 1 }), url: url(3000) }),
  alt_text: string({ min: 1, max: 2000 }),
};

/** A small image inside another block. */
export const imageElement: Check = all(object({ type: kind, ...imageFields }, ['alt_text']), imageSource);
