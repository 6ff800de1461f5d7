import { withEmoji } from './emoji.js';
import { renderRichText, richTextWords } from './rich-text.js';

/**
 * @typedef {{ text: string, number: number | null, nodes: import('./vnode.js').Child[] }} Cell
 * @typedef {{ caption: string, columns: string[], rows: Cell[][], pageSize: number, rowHeader: number }} TableModel
 */

/**
 * What a `data_table` block shows: the first row names the columns.
 *
 * @param {any} block
 * @param {import('./mrkdwn.js').Names} names
 * @returns {TableModel}
 */
export function tableModel(block, names) {
  const rows = (Array.isArray(block?.rows) ? block.rows : []).map((row) => cellsOf(row, names));
  const [head = [], ...body] = rows;
  const pageSize = Number.isInteger(block?.page_size) ? Math.min(Math.max(block.page_size, 1), 100) : 5;
  const rowHeader = Number.isInteger(block?.row_header_column_index) ? block.row_header_column_index : 0;
  return {
    caption: String(block?.caption ?? ''),
    columns: head.map((cell) => cell.text),
    rows: body,
    pageSize,
    rowHeader,
  };
}

/** The cells of one row. @param {any} row @param {import('./mrkdwn.js').Names} names @returns {Cell[]} */
export function cellsOf(row, names) {
  return (Array.isArray(row) ? row : []).map((cell) => cellOf(cell, names));
}

function cellOf(cell, names) {
  if (cell?.type === 'rich_text') {
    return { text: richTextWords(cell, names), number: null, nodes: renderRichText(cell, names) };
  }
  const value = cell?.type === 'raw_number' ? (cell.value ?? cell.text) : cell?.text;
  const text = withEmoji(String((cell?.type === 'raw_number' ? cell.text : undefined) ?? value ?? ''));
  const number = cell?.type === 'raw_number' && Number.isFinite(Number(value)) ? Number(value) : null;
  return { text, number, nodes: text === '' ? [] : [text] };
}

/**
 * The rows in the order of one column; equal rows keep their order.
 *
 * @param {Cell[][]} rows
 * @param {number | null} column null: as they came
 * @param {'ascending' | 'descending'} direction
 */
export function sortRows(rows, column, direction) {
  if (column === null) return rows;
  const sign = direction === 'descending' ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareCells(a[column], b[column]));
}

function compareCells(a, b) {
  if (a?.number != null && b?.number != null) return a.number - b.number;
  return (a?.text ?? '').localeCompare(b?.text ?? '', undefined, { numeric: true, sensitivity: 'base' });
}

/**
 * One page of rows; a page beyond the last is the last.
 *
 * @template Row
 * @param {Row[]} rows
 * @param {number} page from 0
 * @param {number} size
 */
export function pageOf(rows, page, size) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const from = at * size;
  const shown = rows.slice(from, from + size);
  return { page: at, pages, rows: shown, from: shown.length === 0 ? 0 : from + 1, to: from + shown.length };
}
