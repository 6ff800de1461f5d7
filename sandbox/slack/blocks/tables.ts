import { isObject, type Json } from '../json.ts';
import {
  all,
  boolean,
  byType,
  type Check,
  lengthOf,
  list,
  number,
  object,
  oneOf,
  type Report,
  rule,
  say,
  string,
} from './report.ts';
import { richTextBlock } from './rich-text.ts';

const blockId = string({ min: 1, max: 255 });
const rawText = object({ type: string(), text: string({ min: 1 }) }, ['text']);
const rawNumber = object({ type: string(), value: number(), text: string({ min: 1 }) }, ['value', 'text']);
const cell: Check = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richTextBlock });

/** Characters in all tables of a message. */
const TABLE_CHARACTERS = 10_000;
const DATA_TABLE_CHARACTERS = 20_000;

/** A `table` block: 100 rows of 20 cells, none of them empty. */
export const tableBlock: Check = object(
  {
    type: string(),
    block_id: blockId,
    rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }),
    column_settings: list(object({ align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), { max: 20 }),
  },
  ['rows'],
);

/** A `data_table` block: a caption, a header row and 1 to 200 rows of the same length. */
export const dataTableBlock: Check = all(
  object(
    {
      type: string(),
      block_id: blockId,
      caption: string({ min: 1 }),
      rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 201 }),
      page_size: number({ min: 1, max: 100, whole: true }),
      row_header_column_index: number({ min: 0, max: 19, whole: true }),
    },
    ['caption', 'rows'],
  ),
  rule(rowsFit),
);

function rowsFit(table: Json, pointer: string, report: Report): void {
  const rows = rowsOf(table);
  const width = rows[0]?.length ?? 0;
  for (const [place, row] of rows.entries()) {
    if (row.length !== width) say(report, 'all rows must have the same number of cells', `${pointer}/rows/${place}`);
  }
  for (const [place, header] of (rows[0] ?? []).entries()) {
    if (isObject(header) && header.type === 'rich_text') {
      say(report, 'header cells must not be rich_text', `${pointer}/rows/0/${place}`);
    }
  }
  const index = table.row_header_column_index;
  if (typeof index === 'number' && width > 0 && index >= width) {
    say(report, 'row_header_column_index must be an existing column', `${pointer}/row_header_column_index`);
  }
  if (cellCharacters(table) > DATA_TABLE_CHARACTERS)
    say(report, `table cells must have less than ${DATA_TABLE_CHARACTERS + 1} characters`, pointer);
}

/** The rules over all tables of one message. */
export function checkTablesTogether(blocks: readonly Json[], pointer: string, report: Report): void {
  const tables = blocks.filter((block) => block.type === 'table');
  const dataTables = blocks.filter((block) => block.type === 'data_table');
  if (tables.length > 1) say(report, 'only one table allowed', pointer);
  limitCharacters(tables, TABLE_CHARACTERS, pointer, report);
  if (dataTables.length > 1) limitCharacters(dataTables, DATA_TABLE_CHARACTERS, pointer, report);
}

function limitCharacters(tables: readonly Json[], most: number, pointer: string, report: Report): void {
  const characters = tables.reduce((sum, table) => sum + cellCharacters(table), 0);
  if (characters > most) say(report, `table cells must have less than ${most + 1} characters`, pointer);
}

function cellCharacters(table: Json): number {
  return rowsOf(table)
    .flat()
    .reduce<number>((sum, entry) => sum + textIn(entry), 0);
}

function rowsOf(table: Json): unknown[][] {
  return Array.isArray(table.rows) ? table.rows.filter((row): row is unknown[] => Array.isArray(row)) : [];
}

/** Characters of every `text` inside a value. */
export function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + textIn(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? lengthOf(inner) : textIn(inner)),
    0,
  );
}
