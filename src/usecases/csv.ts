import { stringify } from 'csv-stringify/sync';

/** Rows as CSV. Names come from people: one that begins like a formula must not become one in a spreadsheet. */
export function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}
