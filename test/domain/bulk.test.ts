import { describe, expect, it } from 'vitest';
import { largestGroup, tally } from '#src/domain/bulk.ts';
import type { AssignedRole } from '#src/domain/roles.ts';
import { assigned, buildRoles, idOf } from '#test/support/account.ts';

const roles = buildRoles();
const list = (...names: readonly string[]) => names.map((name) => assigned(roles, name));
const item = (before: readonly AssignedRole[], after: readonly AssignedRole[], number = '102') => ({
  extension: idOf(number),
  before,
  after,
});

describe('people whom one call for many can change', () => {
  it.each<[what: string, before: AssignedRole[], after: AssignedRole[], way: 'add' | 'remove' | null]>([
    ['get one role more', list('Support'), list('Support', 'Reports'), 'add'],
    ['lose one role of several', list('Support', 'Reports'), list('Reports'), 'remove'],
    ['do not lose their last role by it', list('Support'), [], null],
    ['do not swap roles by it', list('Support'), list('Reports'), null],
    ['do not get two roles by it', list('Support'), list('Support', 'Reports', 'Manager'), null],
    ['stay as they are', list('Support'), list('Support'), null],
    ['do not have a role limited by it', list('Support'), [assigned(roles, 'Support', true)], null],
  ])('%s', (_what, before, after, way) => {
    expect(largestGroup([item(before, after)], 10)?.move.way ?? null).toBe(way);
  });

  it('are those who share the most frequent move, at most so many', () => {
    const gets = (role: string, number: string) => item(list('Support'), list('Support', role), number);
    const items = [gets('Reports', '101'), gets('Manager', '102'), gets('Manager', '103'), gets('Manager', '104')];
    const group = largestGroup(items, 2);
    expect(group?.move.role.id).toBe(list('Manager')[0]?.id);
    expect(group?.items.map(({ extension }) => extension)).toEqual([idOf('102'), idOf('103')]);
  });

  it('with and without restriction are not the same move', () => {
    const free = item(list('Support'), list('Support', 'Manager'), '101');
    const limited = item(list('Support'), [...list('Support'), assigned(roles, 'Manager', true)], '102');
    expect(largestGroup([free, limited], 10)?.items).toHaveLength(1);
  });
});

it('outcomes are counted by kind, and those without one as waiting', () => {
  expect(tally([{ kind: 'unchanged' }, null, { kind: 'unchanged' }])).toMatchObject({ unchanged: 2, waiting: 1 });
});
