import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { Call } from '../../usecases/ports.ts';
import type { Client, Request } from './client.ts';
import { unreadable } from './faults.ts';
import type { Operation } from './operations.ts';
import { afterPage, PAGED, type Paged, type PageSpot } from './paging.ts';
import type { Query } from './transport.ts';

/**
 * Parses an answer, strictly: one unreadable row makes the whole answer unreadable, because a skipped row of an access
 * list reads as "has nothing".
 *
 * @throws {Fault} `directory-unreadable`, naming the place but nothing of the contents
 */
function parseAs<T>(operation: Operation, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unreadable(operation, parsed.error.issues[0]?.path.join('.') || 'answer');
}

/** Calls an operation and parses its answer. */
export async function fetchOne<T>(
  client: Client,
  operation: Operation,
  schema: z.ZodType<T>,
  request: Request = {},
): Promise<T> {
  return parseAs(operation, schema, await client.send(operation, request));
}

/** Told after each page how many rows were read, and of how many where the server says so. */
export type Progress = (read: number, of: number | null) => void;

export type Listing = {
  readonly segments?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly call?: Call | undefined;
  /** Null where the operation declares no paging; its answers may page all the same. */
  readonly perPage?: number | null;
  readonly progress?: Progress | undefined;
};

/** A `perPage` above an operation's maximum is lowered by the server; 1000 is the maximum of most. */
export const PER_PAGE = 1000;
/** Reading a whole account must not hold up those who wait for an acknowledgement. */
const ROWS_AT_ONCE = 1000;
/** The official document allows no page beyond this one. */
const LAST_PAGE = 1000;

/**
 * Reads all pages of a listing.
 *
 * Only the page number of the next page's link is used: the link itself may lead anywhere, and the token would go
 * with it. Rows seen twice, because others moved between two pages, are given once.
 *
 * @param keyOf - what makes a row the same row
 */
export async function fetchAll<T>(
  client: Client,
  operation: Operation,
  schema: z.ZodType<T>,
  keyOf: (row: T) => string,
  request: Listing = {},
): Promise<T[]> {
  const rows = new Map<string, T>();
  let perPage = request.perPage === undefined ? PER_PAGE : request.perPage;
  for (let spot: PageSpot | null = { page: 1, seen: 0 }; spot !== null; ) {
    const answer = await fetchPage(client, operation, request, spot.page, perPage);
    for (const [index, record] of answer.records.entries()) {
      const row = parseRow(operation, schema, record, index);
      rows.set(keyOf(row), row);
      if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
    }
    request.progress?.(rows.size, answer.paging?.totalElements ?? null);
    const next = afterPage(answer, spot);
    // Ending here would pass a part of the list off as the whole.
    if (next && (next.page <= spot.page || next.page > LAST_PAGE)) throw unreadable(operation, 'navigation.nextPage');
    perPage ??= answer.paging?.perPage ?? null;
    spot = next;
  }
  return [...rows.values()];
}

async function fetchPage(
  client: Client,
  operation: Operation,
  request: Listing,
  page: number,
  perPage: number | null,
): Promise<Paged> {
  const paging: Query = page === 1 && perPage === null ? {} : { page, perPage };
  const query = { ...request.query, ...paging };
  const { segments, call } = request;
  return parseAs(operation, PAGED, await client.send(operation, { query, call, ...(segments ? { segments } : {}) }));
}

function parseRow<T>(operation: Operation, schema: z.ZodType<T>, record: unknown, index: number): T {
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path ?? [];
  throw unreadable(operation, ['records', index, ...path].join('.'));
}
