import { invalidParameter } from './failure.ts';

/** Most pages a collection can be asked for, and most rows of one page, in the official parameter descriptions. */
const LARGEST = 1000;

export type Page = { readonly page: number; readonly perPage: number };

/**
 * Reads `page` and `perPage`. A `perPage` above the maximum is silently lowered to it; anything that is not a
 * positive number is refused.
 *
 * @throws {ApiFailure} 400 CMN-101
 */
export function readPage(
  query: URLSearchParams,
  options: { perPage?: number; maximum?: number; words?: Readonly<Record<string, number>> } = {},
): Page {
  const { perPage = 100, maximum = LARGEST, words = {} } = options;
  const wanted = query.get('perPage');
  const size = wanted === null ? perPage : (words[wanted] ?? readCount(wanted, 'perPage'));
  return { page: readPageNumber(query), perPage: Math.min(size, maximum) };
}

function readPageNumber(query: URLSearchParams): number {
  const wanted = query.get('page');
  if (wanted === null) return 1;
  const page = readCount(wanted, 'page');
  if (page > LARGEST) throw invalidParameter('page');
  return page;
}

function readCount(text: string, name: string): number {
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) < 1) throw invalidParameter(name);
  return Number(text);
}

/** The rows of one page and its `paging` block. `page`, `pageStart` and `pageEnd` are left out when it is empty. */
export function cutPage<T>(rows: readonly T[], { page, perPage }: Page): { rows: readonly T[]; paging: object } {
  const start = (page - 1) * perPage;
  const cut = rows.slice(start, start + perPage);
  const totals = { totalPages: Math.ceil(rows.length / perPage), totalElements: rows.length };
  if (cut.length === 0) return { rows: cut, paging: { perPage, ...totals } };
  return { rows: cut, paging: { page, perPage, pageStart: start, pageEnd: start + cut.length - 1, ...totals } };
}

/** A paged collection: `uri`, `records`, `paging`, `navigation`; the links carry the filters of the request. */
export function pagedCollection<T>(
  rows: readonly T[],
  page: Page,
  render: (row: T) => unknown,
  link: { readonly uri: string; readonly query: URLSearchParams },
): { uri: string; records: unknown[]; paging: object; navigation: object } {
  const cut = cutPage(rows, page);
  const last = Math.max(1, Math.ceil(rows.length / page.perPage));
  const at = (number: number) => ({ uri: pageUri(link, number, page.perPage) });
  return {
    uri: pageUri(link, page.page, page.perPage),
    records: cut.rows.map(render),
    paging: cut.paging,
    navigation: {
      firstPage: at(1),
      ...(page.page < last ? { nextPage: at(page.page + 1) } : {}),
      ...(page.page > 1 ? { previousPage: at(Math.min(page.page - 1, last)) } : {}),
      lastPage: at(last),
    },
  };
}

function pageUri(link: { uri: string; query: URLSearchParams }, page: number, perPage: number): string {
  const query = new URLSearchParams(link.query);
  query.delete('access_token');
  query.set('page', String(page));
  query.set('perPage', String(perPage));
  return `${link.uri}?${query.toString()}`;
}
