import type { Button } from '../domain/reply.ts';
import { type ButtonElement, blockProblems, type CardBlock, characters, LIMITS, type PlainText } from './blocks.ts';
import type { Card, CardButton, NameGroup, Part } from './card.ts';
import { groupLine, partText, toText } from './text.ts';
import { shorten } from './words.ts';

/** What is posted: blocks, and the text that notifications and screen readers get instead of them. */
export type BlockMessage = { readonly text: string; readonly blocks: CardBlock[] };

const PAGE_SIZE = 10;
/** Kept free for the buttons and the footnote, which never give way to content. */
const TABLE_BUDGET = LIMITS.tableCharacters - 500;

/** Prefix of every action id that the assistant puts on a button. */
export const ACTION_PREFIX = 'rolecall';

/**
 * A card as Block Kit.
 *
 * Every text is `plain_text`, which Slack shows as it stands: a name can smuggle neither a mention nor a link nor
 * formatting. What does not fit Slack's limits is cut and counted ("and 37 more"); should the result still be outside
 * them, the card goes out as text alone.
 */
export function toBlockKit(card: Card): BlockMessage {
  const head = headline(card.headline);
  const tail = [...actions(card.buttons), ...footnote(card.footnote)];
  const room = LIMITS.messageCharacters - characters([...head, ...tail]) - 200;
  const blocks = [...head, ...fill(card.parts, LIMITS.messageBlocks - head.length - tail.length, room), ...tail];
  return blockProblems(blocks).length === 0 ? { text: fallback(card), blocks } : toSimpleBlocks(card);
}

/** The same card in the oldest blocks only, for a client or a workspace that refuses the newer ones. */
export function toSimpleBlocks(card: Card): BlockMessage {
  const body = shorten([card.headline, ...card.parts.map(partText)].join('\n\n'), 2800);
  const tail = [...actions(card.buttons), ...footnote(card.footnote)];
  return { text: fallback(card), blocks: [{ type: 'section', text: plainText(body, LIMITS.section) }, ...tail] };
}

/** Escapes what Slack reads as mentions, links and entities in a top-level text. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function fallback(card: Card): string {
  // Escaping can make a text five times as long; it is cut before, so that no entity is cut in half.
  return escapeMrkdwn(shorten(toText({ ...card, buttons: [] }), LIMITS.fallbackText / 5));
}

function plainText(text: string, max: number): PlainText {
  // Slack counts characters, we cut by UTF-16 units, which are never fewer.
  const cut = text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
  return { type: 'plain_text', text: cut === '' ? '–' : cut, emoji: false };
}

function headline(text: string): CardBlock[] {
  if (text.length <= LIMITS.header) return [{ type: 'header', text: plainText(text, LIMITS.header) }];
  return [{ type: 'section', text: plainText(text, LIMITS.section) }];
}

function footnote(text: string): CardBlock[] {
  return text === '' ? [] : [{ type: 'context', elements: [plainText(text, 300)] }];
}

function actions(buttons: readonly CardButton[]): CardBlock[] {
  if (buttons.length === 0) return [];
  return [{ type: 'actions', elements: buttons.slice(0, LIMITS.actions).map(buttonElement) }];
}

function buttonElement({ label, button, style, confirm }: CardButton): ButtonElement {
  return {
    type: 'button',
    action_id: actionId(button),
    text: plainText(label, LIMITS.buttonText),
    value: JSON.stringify({ id: button.id, version: button.version, index: button.index }),
    ...(style === null ? {} : { style }),
    ...(confirm === null
      ? {}
      : {
          confirm: {
            title: plainText(confirm.title, LIMITS.confirmTitle),
            text: plainText(confirm.text, LIMITS.confirmText),
            confirm: plainText(confirm.yes, LIMITS.confirmButton),
            deny: plainText(confirm.no, LIMITS.confirmButton),
          },
        }),
  };
}

/** Unique within a message: the choices of one question differ by their position. */
function actionId({ action, index }: Button): string {
  return index === null ? `${ACTION_PREFIX}:${action}` : `${ACTION_PREFIX}:${action}:${index}`;
}

/** Adds parts while blocks and characters last; what is left out is said. */
function fill(parts: readonly Part[], maxBlocks: number, maxCharacters: number): CardBlock[] {
  const blocks: CardBlock[] = [];
  for (const part of parts) {
    const room = maxCharacters - characters(blocks);
    const next = room < 200 ? [] : partBlocks(part, room, !blocks.some((block) => block.type === 'data_table'));
    if (next.length === 0) continue;
    if (blocks.length + next.length > maxBlocks - 1 || characters(next) > room) {
      blocks.push({
        type: 'section',
        text: plainText('There is more than fits here. Ask about fewer people or roles.', 200),
      });
      break;
    }
    blocks.push(...next);
  }
  return blocks;
}

function partBlocks(part: Part, room: number, tableAllowed: boolean): CardBlock[] {
  switch (part.kind) {
    case 'text':
      return part.text === '' ? [] : [section(part.text, room)];
    case 'list':
      return [
        section(
          linesWithin(
            part.title,
            part.items.map((item) => `• ${item}`),
            sectionRoom(room),
          ),
          room,
        ),
      ];
    case 'diff':
      return [
        section(
          linesWithin(
            part.title,
            part.lines.map(({ sign, text }) => `${sign === ' ' ? '=' : sign} ${text}`),
            sectionRoom(room),
          ),
          room,
        ),
      ];
    case 'groups':
      return groupBlocks(part, room);
    case 'facts':
      return factBlocks(part.facts);
    case 'table':
      return tableAllowed ? tableBlocks(part) : [section(partText(part), room)];
  }
}

/** JSON doubles quotes and line ends at worst; half the room is always enough. */
function sectionRoom(room: number): number {
  return Math.min(2900, Math.floor(room / 2) - 60);
}

function section(text: string, room: number): CardBlock {
  return { type: 'section', text: plainText(text, Math.max(1, Math.min(LIMITS.section, sectionRoom(room)))) };
}

/** As many lines as fit, then how many are missing. */
function linesWithin(title: string | null, lines: readonly string[], max: number): string {
  const shown: string[] = title === null ? [] : [title];
  let used = shown.join('\n').length;
  for (const [index, line] of lines.entries()) {
    const more = `and ${lines.length - index} more`;
    if (used + line.length + more.length + 2 > max) return [...shown, more].join('\n');
    shown.push(line);
    used += line.length + 1;
  }
  return shown.join('\n');
}

/** Signs of one section of names: short enough that Slack does not fold it away. */
const GROUP_SECTION = 1400;

/** Whole groups in as many sections as there is room for; names that have no room are counted. */
function groupBlocks({ title, groups }: Extract<Part, { kind: 'groups' }>, room: number): CardBlock[] {
  const blocks: CardBlock[] = [];
  const lines = [title];
  const close = () => blocks.push(section(lines.splice(0).join('\n'), Number.POSITIVE_INFINITY));
  const all = groups.flatMap((group) => splitGroup(group, GROUP_SECTION - 200));
  for (const [index, group] of all.entries()) {
    const line = groupLine(group);
    const open = [...lines, line].join('\n');
    // The frame of a block and the line below need the rest.
    if (characters(blocks) + JSON.stringify(open).length + 300 > room) {
      const left = all.slice(index).reduce((sum, { items }) => sum + items.length, 0);
      lines.push(`and ${left} more that do not fit here`);
      break;
    }
    if (lines.length > 0 && open.length > GROUP_SECTION) close();
    lines.push(line);
  }
  close();
  return blocks;
}

/** A group, or several with its name where it is longer than a section. */
function splitGroup(group: NameGroup, max: number): readonly NameGroup[] {
  const { name, items } = group;
  if (groupLine(group).length <= max || items.length < 2) return [group];
  const middle = Math.ceil(items.length / 2);
  const half = (part: readonly string[]) => splitGroup({ name, items: part }, max);
  return [...half(items.slice(0, middle)), ...half(items.slice(middle))];
}

function factBlocks(facts: Extract<Part, { kind: 'facts' }>['facts']): CardBlock[] {
  if (facts.length === 0) return [];
  const fields = facts.slice(0, LIMITS.fields).map(({ label, value }) => plainText(`${label}: ${value}`, 300));
  return [{ type: 'section', fields }];
}

function tableBlocks(table: Extract<Part, { kind: 'table' }>): CardBlock[] {
  if (table.rows.length === 0) return [];
  const head = table.columns.map(cell);
  const rows: ReturnType<typeof cell>[][] = [];
  let used = length(head);
  for (const row of table.rows.slice(0, LIMITS.tableRows - 1)) {
    const cells = table.columns.map((_, index) => cell(row[index] ?? ''));
    if (used + length(cells) > TABLE_BUDGET) break;
    used += length(cells);
    rows.push(cells);
  }
  const more = table.rows.length - rows.length;
  return [
    {
      type: 'data_table',
      caption: plainText(table.caption, LIMITS.tableCaption).text,
      rows: [head, ...rows],
      page_size: PAGE_SIZE,
      row_header_column_index: 0,
    },
    ...(more > 0 ? [section(`and ${more} more. Ask about fewer people or roles to see them.`, 400)] : []),
  ];
}

/** Slack refuses empty cells. */
function cell(text: string): { type: 'raw_text'; text: string } {
  return { type: 'raw_text', text: plainText(text, 300).text };
}

function length(cells: readonly { text: string }[]): number {
  return cells.reduce((sum, { text }) => sum + text.length, 0);
}
