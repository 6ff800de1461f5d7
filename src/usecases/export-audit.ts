import { trailEndLine, trailLine } from '../domain/verify-audit.ts';
import { csv } from './csv.ts';
import type { ChainedEntry, ListedEntry, Store } from './ports.ts';

/** JSON Lines can be checked without Rolecall; CSV is for spreadsheets. */
export type ExportFormat = 'jsonl' | 'csv';

const COLUMNS = ['seq', 'at', 'actor', 'action', 'subject', 'reference', 'body'] as const;
const CHAINED_COLUMNS = [...COLUMNS, 'prev', 'hash'] as const;

/** Entries as a table of their own, with the columns named. */
export function auditTable(entries: readonly ChainedEntry[]): string {
  return csv([CHAINED_COLUMNS, ...entries.map(chainedRow)]);
}

function chainedRow(entry: ChainedEntry): readonly string[] {
  return CHAINED_COLUMNS.map((column) => cell(entry, column));
}

/** Entries of a trail without a chain that are read at once. */
const PAGE = 1_000;

/**
 * Writes out the audit trail in order, in pieces of many lines.
 *
 * @param since - from the first entry written at or after this instant on; null for all of it
 */
export async function* exportAudit(
  audit: Store['audit'],
  format: ExportFormat,
  since: number | null,
): AsyncGenerator<string> {
  if (format === 'csv') yield csv([CHAINED_COLUMNS]);
  const end = await audit.head();
  const fromSeq = since === null ? 1 : await audit.firstSince(since);
  if (end === null || fromSeq === null) return;
  for await (const page of audit.chain(fromSeq)) {
    // What is added meanwhile is left for the next time.
    const entries = page.filter((entry) => entry.seq <= end.seq);
    if (format === 'csv') yield csv(entries.map(chainedRow));
    else yield entries.map((entry) => `${trailLine(entry)}\n`).join('');
    if (entries.length < page.length) break;
  }
  if (format === 'jsonl') yield `${trailEndLine(end)}\n`;
}

/** Writes out who saw what, newest first, in pieces of many lines. */
export async function* exportSeen(
  seen: Store['seen'],
  format: ExportFormat,
  since: number | null,
): AsyncGenerator<string> {
  if (format === 'csv') yield csv([COLUMNS]);
  const period = since === null ? {} : { from: since };
  for (let before: number | null = null; ; ) {
    const page: readonly ListedEntry[] = await seen.list({
      limit: PAGE,
      ...period,
      ...(before === null ? {} : { before }),
    });
    const last = page.at(-1);
    if (!last) return;
    before = last.seq;
    if (format === 'csv') yield csv(page.map((entry) => COLUMNS.map((column) => cell(entry, column))));
    else yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  }
}

function cell<E extends ListedEntry>(entry: E, column: keyof E & string): string {
  const value = entry[column];
  return column === 'at' ? new Date(entry.at).toISOString() : String(value ?? '');
}
