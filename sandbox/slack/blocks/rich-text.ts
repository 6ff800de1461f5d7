import { boolean, byType, type Check, list, number, object, oneOf, string } from './report.ts';

const style = object({ bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean });
const base = { type: string(), style };
const id = string({ min: 1 });

const inline: Check = byType({
  text: object({ ...base, text: string({ min: 1 }) }, ['text']),
  link: object({ ...base, url: string({ min: 1, max: 3000 }), text: string(), unsafe: boolean }, ['url']),
  user: object({ ...base, user_id: id }, ['user_id']),
  usergroup: object({ ...base, usergroup_id: id }, ['usergroup_id']),
  channel: object({ ...base, channel_id: id }, ['channel_id']),
  team: object({ ...base, team_id: id }, ['team_id']),
  broadcast: object({ ...base, range: oneOf('here', 'channel', 'everyone') }, ['range']),
  emoji: object({ ...base, name: id, unicode: string(), url: string() }, ['name']),
  color: object({ ...base, value: id }, ['value']),
  date: object({ ...base, timestamp: number({ whole: true }), format: id, url: string(), fallback: string() }, [
    'timestamp',
    'format',
  ]),
});

const border = oneOf(0, 1);
const elements = list(inline);
const section = object({ type: string(), elements }, ['elements']);

/** A rich_text block: sections, lists, quotes, preformatted text. */
export const richTextBlock: Check = byType({
  rich_text: object(
    {
      type: string(),
      block_id: string({ max: 255 }),
      elements: list(
        byType({
          rich_text_section: section,
          rich_text_quote: object({ type: string(), elements, border }, ['elements']),
          rich_text_preformatted: object({ type: string(), elements, border, language: string() }, ['elements']),
          rich_text_list: object(
            {
              type: string(),
              elements: list(byType({ rich_text_section: section })),
              style: oneOf('bullet', 'ordered'),
              indent: number({ min: 0, max: 8, whole: true }),
              offset: number({ min: 0, whole: true }),
              border,
            },
            ['elements', 'style'],
          ),
        }),
      ),
    },
    ['elements'],
  ),
});
