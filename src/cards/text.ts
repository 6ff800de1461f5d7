import type { Reply } from '../domain/reply.ts';
import type { Card, Part } from './card.ts';
import { render, type Wording } from './wording.ts';

/** Rows shown where a table cannot be paged. */
const TEXT_ROWS = 50;
const CELL = 48;

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
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'diff':
      return [part.title, ...part.lines.map(({ sign, text }) => `${sign} ${text}`)].join('\n');
    case 'table':
      return tableText(part);
  }
}

function tableText({ columns, rows }: Extract<Part, { kind: 'table' }>): string {
  const shown = [columns, ...rows.slice(0, TEXT_ROWS)].map((row) => row.map((cell) => cut(cell === '' ? '–' : cell)));
  const widths = columns.map((_, index) => Math.max(...shown.map((row) => width(row[index] ?? ''))));
  const lines = shown.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const more = rows.length > TEXT_ROWS ? [`and ${rows.length - TEXT_ROWS} more`] : [];
  const [head = '', ...body] = lines;
  return [head, '-'.repeat(width(head)), ...body, ...more].join('\n');
}

function cut(cell: string): string {
  const points = Array.from(cell);
  return points.length <= CELL ? cell : `${points.slice(0, CELL - 1).join('')}…`;
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
