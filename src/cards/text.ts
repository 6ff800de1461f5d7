import type { Reply } from '../domain/reply.ts';
import type { Card, NameGroup, Part } from './card.ts';
import { render, type Wording } from './wording.ts';
import { wrap } from './words.ts';

/** Rows shown where a table cannot be paged. */
const TEXT_ROWS = 50;
/** Rows under headings stay readable for longer. */
const GROUPED_ROWS = 250;
const CELL = 48;
/** The last column has nothing beside it to push away. */
const LAST_CELL = 96;
/** Columns of a terminal that a line of names may fill. */
const LINE = 100;

/** A card as plain text, for the terminal and wherever blocks cannot be shown. */
export function toText(card: Card): string {
  const choices = card.buttons.map(({ label }) => `[ ${label} ]`).join('  ');
  return [card.headline, ...card.parts.map(partText), choices, card.footnote]
    .filter((each) => each !== '')
    .join('\n\n');
}

/** A reply straight as text. */
export function renderText(reply: Reply, wording?: Wording): string {
  return toText(render(reply, wording));
}

/** One part of a card as lines of text. */
export function partText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'list':
      return [...(part.title === null ? [] : [part.title]), ...part.items.map((item) => `• ${item}`)].join('\n');
    case 'groups':
      return [part.title, ...part.groups.flatMap((group) => wrap(groupLine(group), LINE, '  '))].join('\n');
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'diff':
      return [part.title, ...part.lines.map(({ sign, text }) => `${sign} ${text}`)].join('\n');
    case 'table':
      return part.grouped === true ? groupedTableText(part) : tableText(part);
  }
}

/** A group with its size and its names: `• Billing (2): Payment Method, Service Plan`. */
export function groupLine({ name, items }: NameGroup): string {
  return `• ${name} (${items.length}): ${items.join(', ')}`;
}

type Table = Extract<Part, { kind: 'table' }>;

/** Each group under a heading of its own, so that its name does not fill a column. */
function groupedTableText({ caption, columns, rows }: Table): string {
  const shown = rows.slice(0, GROUPED_ROWS);
  const inner: Table = { kind: 'table', caption, columns: columns.slice(1), rows: shown.map((row) => row.slice(1)) };
  const [head = '', line = '', ...body] = tableLines(inner);
  const lines = body.flatMap((text, index) => {
    const group = shown[index]?.[0] ?? '';
    const size = shown.filter((row) => row[0] === group).length;
    return group === shown[index - 1]?.[0] ? [`  ${text}`] : [`${group}, ${size}:`, `  ${text}`];
  });
  const more = rows.length > shown.length ? [`and ${rows.length - shown.length} more`] : [];
  return [`  ${head}`, `  ${line}`, ...lines, ...more].join('\n');
}

function tableText(table: Table): string {
  const { rows } = table;
  const more = rows.length > TEXT_ROWS ? [`and ${rows.length - TEXT_ROWS} more`] : [];
  return [...tableLines({ ...table, rows: rows.slice(0, TEXT_ROWS) }), ...more].join('\n');
}

/** Head, rule and rows, each a line. */
function tableLines({ columns, rows }: Table): readonly string[] {
  const last = columns.length - 1;
  const shown = [columns, ...rows].map((row) =>
    row.map((cell, index) => cut(cell === '' ? '–' : cell, index === last ? LAST_CELL : CELL)),
  );
  const widths = columns.map((_, index) => Math.max(...shown.map((row) => width(row[index] ?? ''))));
  const lines = shown.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [head, '-'.repeat(width(head)), ...body];
}

function cut(cell: string, max: number): string {
  const points = Array.from(cell);
  return points.length <= max ? cell : `${points.slice(0, max - 1).join('')}…`;
}

// East Asian wide characters take two columns in a terminal; enough of them to keep tables of names straight.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}|\u200c|\u200d/u;

function width(cell: string): number {
  return Array.from(cell).reduce((sum, point) => sum + (COMBINING.test(point) ? 0 : WIDE.test(point) ? 2 : 1), 0);
}

function pad(cell: string, columns: number): string {
  return cell + ' '.repeat(Math.max(0, columns - width(cell)));
}
