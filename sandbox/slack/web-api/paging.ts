import { type Json, textOf } from '../json.ts';

/** Cuts one page out of a list by Slack's `cursor` and `limit`; an empty cursor means the end. */
export function page<T>(all: readonly T[], args: Json, usual: number, most: number): { entries: T[]; cursor: string } {
  const limit = Math.min(most, Math.max(1, Number(args.limit ?? usual) || usual));
  const cursor = textOf(args.cursor);
  const from =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('from:', '')) || 0;
  const next = from + limit;
  return {
    entries: all.slice(from, next),
    cursor: next < all.length ? Buffer.from(`from:${next}`).toString('base64') : '',
  };
}
