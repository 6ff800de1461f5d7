import type { Card, NameGroup, Part } from '../card.ts';

/** What a topic says; the frame around it (readings, footnote) is the same for all. */
export type Body = Pick<Card, 'headline' | 'parts'> & Partial<Pick<Card, 'buttons'>>;

/** How a reply is worded for one reader. */
export type Wording = {
  /** IANA zone of the times in the answer. */
  readonly zone: string;
};

export function text(value: string): Part {
  return { kind: 'text', text: value };
}

/** A list part, or nothing when it would be empty. */
export function list(title: string | null, items: readonly string[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items }];
}

/**
 * A table part, or nothing without rows. A column that says nothing about anybody is left out.
 *
 * @param caption - says what the table holds to somebody who cannot see it
 */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): Part[] {
  if (rows.length === 0) return [];
  const telling = columns.map((_, index) => index).filter((index) => rows.some((row) => row[index] !== ''));
  const pick = (cells: readonly string[]): string[] => telling.map((index) => cells[index] ?? '');
  return [{ kind: 'table', caption, columns: pick(columns), rows: rows.map(pick) }];
}

/**
 * A table whose first column names the group of each row; the others may be left out like those of any table.
 *
 * @param rows - those of one group stand together
 */
export function groupedTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Part[] {
  const [named] = table(caption, columns, rows);
  return named?.kind === 'table' && named.columns[0] === columns[0]
    ? [{ ...named, grouped: true }]
    : table(caption, columns, rows);
}

/** Names by their groups, or nothing when there are none. */
export function groups(title: string, all: readonly NameGroup[]): Part[] {
  return all.length === 0 ? [] : [{ kind: 'groups', title, groups: all }];
}

/** A text part when there is something to say. */
export function maybe(value: string | null | false): Part[] {
  return value === null || value === false || value === '' ? [] : [text(value)];
}
