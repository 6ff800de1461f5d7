import { ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION } from './elements.ts';
import { anyText, imageElement, imageFields, imageSource, mrkdwn, plainText, url } from './objects.ts';
import { all, boolean, byType, type Check, list, number, object, oneOf, only, rule, say, string } from './report.ts';
import { richTextBlock } from './rich-text.ts';
import { dataTableBlock, tableBlock } from './tables.ts';

const base = { type: string(), block_id: string({ min: 1, max: 255 }) };
const button = byType(only(ELEMENTS, ['button']));

const section = all(
  object({
    ...base,
    text: anyText(3000),
    fields: list(anyText(2000), { min: 1, max: 10 }),
    accessory: byType(only(ELEMENTS, IN_SECTION)),
    expand: boolean,
  }),
  rule((value, pointer, report) => {
    if (value.text === undefined && value.fields === undefined) say(report, 'missing required field: text', pointer);
  }),
);

const input = object(
  {
    ...base,
    label: plainText(2000),
    hint: plainText(2000),
    optional: boolean,
    dispatch_action: boolean,
    element: byType(only(ELEMENTS, IN_INPUT)),
  },
  ['label', 'element'],
);

const card = all(
  object({
    ...base,
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(button, { min: 1, max: 3 }),
  }),
  rule((value, pointer, report) => {
    const shown = ['hero_image', 'title', 'actions', 'body'].some((name) => value[name] !== undefined);
    if (!shown) say(report, 'must have at least one of hero_image, title, actions, body', pointer);
  }),
);

const taskCard = object(
  {
    ...base,
    task_id: string({ min: 1 }),
    title: string({ min: 1 }),
    details: richTextBlock,
    output: richTextBlock,
    sources: list(object({ type: string(), url: url(3000), text: string({ min: 1 }) }, ['url', 'text'])),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  ['task_id', 'title', 'status'],
);

const SIMPLE: Readonly<Record<string, Check>> = {
  section,
  input,
  card,
  task_card: taskCard,
  rich_text: richTextBlock,
  table: tableBlock,
  data_table: dataTableBlock,
  actions: object({ ...base, elements: list(byType(only(ELEMENTS, IN_ACTIONS)), { min: 1, max: 25 }) }, ['elements']),
  alert: object({ ...base, text: anyText(200), level: oneOf('default', 'info', 'warning', 'error', 'success') }, [
    'text',
  ]),
  carousel: object({ ...base, elements: list(byType({ card }), { min: 1, max: 10 }) }, ['elements']),
  context: object(
    { ...base, elements: list(byType(only(ELEMENTS, ['image', 'plain_text', 'mrkdwn'])), { min: 1, max: 10 }) },
    ['elements'],
  ),
  context_actions: object(
    { ...base, elements: list(byType(only(ELEMENTS, ['feedback_buttons', 'icon_button'])), { min: 1, max: 5 }) },
    ['elements'],
  ),
  divider: object(base),
  file: object({ ...base, source: string({ min: 1 }), external_id: string({ min: 1 }) }, ['source', 'external_id']),
  header: object({ ...base, text: plainText(150) }, ['text']),
  image: all(object({ ...base, ...imageFields, title: plainText(2000) }, ['alt_text']), imageSource),
  markdown: object({ ...base, text: string({ min: 1, max: 12_000 }) }, ['text']),
  plan: object({ ...base, title: string({ min: 1 }), tasks: list(byType({ task_card: taskCard })) }, ['title']),
  video: object(
    {
      ...base,
      video_url: url(3000),
      thumbnail_url: url(3000),
      alt_text: string({ min: 1, max: 2000 }),
      title: plainText(200),
      title_url: url(3000),
      author_name: string({ max: 50 }),
      provider_name: string(),
      provider_icon_url: url(3000),
      description: plainText(200),
    },
    ['video_url', 'thumbnail_url', 'alt_text', 'title'],
  ),
};

const IN_CONTAINER = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

const container = all(
  object(
    {
      ...base,
      title: plainText(150),
      rich_text_title: richTextBlock,
      subtitle: anyText(150),
      child_blocks: list(byType(only(SIMPLE, IN_CONTAINER)), { min: 1, max: 10 }),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    ['child_blocks'],
  ),
  rule((value, pointer, report) => {
    if (value.title === undefined && value.rich_text_title === undefined)
      say(report, 'missing required field: title', pointer);
  }),
);

/** Charts are checked for their outer shape only: their inner limits are not documented well enough to hold anybody to them. */
const visualization = object({ ...base, title: rule(() => undefined), chart: rule(() => undefined), height: number() });

/** Every block by its type, checked by Slack's limits. */
export const BLOCKS: Readonly<Record<string, Check>> = { ...SIMPLE, container, data_visualization: visualization };

/** Blocks that live in messages only; the others may stand on every surface. */
export const MESSAGE_ONLY = [
  'markdown',
  'table',
  'card',
  'carousel',
  'context_actions',
  'task_card',
  'plan',
  'file',
] as const;
