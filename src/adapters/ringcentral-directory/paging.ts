import { z } from 'zod';

const count = z.number().int().nonnegative().nullish();
const link = z.object({ uri: z.string().nullish() }).nullish();

/** The frame of every listing. `records` is demanded: a listing without it lists nothing readable. */
export const PAGED = z.object({
  records: z.array(z.unknown()),
  paging: z.object({ page: count, perPage: count, totalPages: count, totalElements: count }).nullish(),
  navigation: z.object({ nextPage: link }).nullish(),
});

export type Paged = z.infer<typeof PAGED>;

/** Where a listing is being read: its page, counted from 1, and the rows read before it. */
export type PageSpot = { readonly page: number; readonly seen: number };

/**
 * Decides where to read on after a page; null at the end.
 *
 * A short page means nothing, since the server may lower `perPage`. The link to the next page decides where there are
 * links; else the totals; and where a paged listing states neither, an empty page is the end. A link that leads back
 * is returned as it is, for the reader to refuse.
 */
export function afterPage(answer: Paged, spot: PageSpot): PageSpot | null {
  const seen = spot.seen + answer.records.length;
  const next = { page: spot.page + 1, seen };
  const { paging, navigation } = answer;
  if (navigation?.nextPage) return { page: pageOf(navigation.nextPage.uri) ?? next.page, seen };
  if (navigation || !paging || answer.records.length === 0) return null;
  if (typeof paging.totalPages === 'number') return spot.page < paging.totalPages ? next : null;
  if (typeof paging.totalElements === 'number') return seen < paging.totalElements ? next : null;
  return next;
}

function pageOf(uri: string | null | undefined): number | null {
  const page = Number(/[?&]page=(\d{1,6})(?:&|$)/.exec(uri ?? '')?.[1]);
  return Number.isInteger(page) && page > 0 ? page : null;
}
