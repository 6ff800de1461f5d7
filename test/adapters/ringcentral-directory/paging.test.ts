import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterPage, type Paged } from '#src/adapters/ringcentral-directory/paging.ts';

function page(over: Partial<Paged> = {}, rows = 1): Paged {
  return { records: Array.from({ length: rows }, () => ({})), ...over };
}

const link = (uri: string | null) => ({ nextPage: { uri } });

describe('reading on after a page', () => {
  const rows: [string, Paged, number, number | null][] = [
    ['goes to the page that the link names', page({ navigation: link('https://x/y?perPage=2&page=3') }), 2, 3],
    ['goes to the next page when the link names none', page({ navigation: link('https://x/y?pageToken=1') }), 2, 3],
    ['goes to the next page when the link is empty', page({ navigation: link(null) }), 1, 2],
    [
      'ends where there are links but none to a next page',
      page({ navigation: {}, paging: { totalPages: 9 } }),
      1,
      null,
    ],
    ['follows the number of pages without links', page({ paging: { totalPages: 3 } }), 2, 3],
    ['ends at the number of pages', page({ paging: { totalPages: 3 } }), 3, null],
    ['follows the number of rows', page({ paging: { totalElements: 2 } }), 1, 2],
    ['ends at the number of rows', page({ paging: { totalElements: 1 } }), 1, null],
    ['goes on after a short page when no total is stated', page({ paging: { perPage: 1000 } }), 1, 2],
    ['ends at an empty page when no total is stated', page({ paging: { perPage: 1000 } }, 0), 2, null],
    ['ends where nothing speaks of pages', page(), 1, null],
    ['leaves a link that leads back to the reader', page({ navigation: link('https://x/y?page=1') }), 2, 1],
  ];
  it.each(rows)('%s', (_case, answer, at, next) => {
    expect(afterPage(answer, { page: at, seen: 0 })?.page ?? null).toBe(next);
  });

  it('sees every row of a server that lowers perPage, whatever it states', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('links', 'pages', 'elements', 'nothing'),
        (total, perPage, states) => {
          const pages = Math.ceil(total / perPage);
          const answer = (number: number): Paged => {
            const rows = Math.max(0, Math.min(perPage, total - (number - 1) * perPage));
            if (states === 'links') {
              return page(
                { paging: {}, navigation: number < pages ? link(`https://x/?page=${number + 1}`) : {} },
                rows,
              );
            }
            const totals = { pages: { totalPages: pages }, elements: { totalElements: total }, nothing: {} };
            return page({ paging: { perPage, ...totals[states as keyof typeof totals] } }, rows);
          };
          let seen = 0;
          let spot: { page: number; seen: number } | null = { page: 1, seen: 0 };
          for (let turns = 0; spot && turns < 100; turns += 1) {
            const got = answer(spot.page);
            seen += got.records.length;
            spot = afterPage(got, spot);
          }
          expect(spot).toBeNull();
          expect(seen).toBe(total);
        },
      ),
    );
  });
});
