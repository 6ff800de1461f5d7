import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareHoldings, compareRoleContents } from '#src/domain/comparison.ts';
import { contentsOf, holdingsOf, inclusionsOf } from '#src/domain/effective-permissions.ts';
import type { Role } from '#src/domain/roles.ts';
import { assigned, buildPermissions, buildRoles } from '#test/support/account.ts';

const ROLES = buildRoles();
const INCLUDES = inclusionsOf(buildPermissions());
const CONTENTS = new Map(ROLES.map((role) => [role.id, role]));
const roleNamed = (name: string): Role => ROLES.find((role) => role.displayName === name) as Role;
const anyRole = fc.constantFrom(...ROLES);
const anyList = fc
  .uniqueArray(fc.tuple(anyRole, fc.boolean()), { selector: ([role]) => role.id, maxLength: 4 })
  .map((list) => list.map(([role, restricted]) => assigned(ROLES, role.displayName, restricted)));

describe('comparing two roles', () => {
  it('tells what each holds and the other does not, what comes with an entry counted in', () => {
    const { differing } = compareRoleContents(roleNamed('Support'), roleNamed('Night Desk'), INCLUDES);
    const only = (side: 'one' | 'other') => differing.filter((row) => row[side] === null).map((row) => row.permission);
    expect(only('other')).toEqual(['Meetings', 'ThirdPartyAppAccess']);
    expect(only('one')).toEqual(['ReadCallLog']);
  });

  it('tells one permission that reaches differently', () => {
    const { differing } = compareRoleContents(roleNamed('Manager'), roleNamed('User Admin'), INCLUDES);
    expect(differing.find((row) => row.permission === 'ReadAssignedRoles')).toMatchObject({
      one: { scopes: ['Self'] },
      other: { scopes: ['AllExtensions'] },
    });
  });

  it('leaves out nothing, repeats nothing, and says the same the other way round', () => {
    fc.assert(
      fc.property(anyRole, anyRole, (one, other) => {
        const there = compareRoleContents(one, other, INCLUDES);
        const back = compareRoleContents(other, one, INCLUDES);
        const all = [...there.common, ...there.differing.map((row) => row.permission)].sort();
        expect(all).toEqual(
          [...new Set([...contentsOf(one, INCLUDES).keys(), ...contentsOf(other, INCLUDES).keys()])].sort(),
        );
        expect(back.common).toEqual(there.common);
        expect(back.differing.map((row) => [row.permission, row.other, row.one])).toEqual(
          there.differing.map((row) => [row.permission, row.one, row.other]),
        );
      }),
    );
  });
});

describe('comparing two people', () => {
  const holdings = (list: Parameters<typeof holdingsOf>[0]) => holdingsOf(list, CONTENTS, INCLUDES);

  it('finds no difference between people with the same roles, in any order', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        expect(compareHoldings(holdings(list), holdings([...list].reverse())).differing).toEqual([]);
      }),
    );
  });

  it('calls a right that is held to sites another one', () => {
    const wide = holdings([assigned(ROLES, 'Role Steward')]);
    const narrow = holdings([assigned(ROLES, 'Role Steward', true)]);
    const { differing, common } = compareHoldings(wide, narrow);
    expect(common).toEqual([]);
    expect(differing[0]).toMatchObject({ one: { siteRestricted: false }, other: { siteRestricted: true } });
  });

  it('names every role that brings a permission', () => {
    const both = holdings([assigned(ROLES, 'Support'), assigned(ROLES, 'Standard')]);
    const { differing } = compareHoldings(both, holdings([]));
    expect(differing.find((row) => row.permission === 'Meetings')?.one?.roles).toEqual(['Support', 'Standard']);
  });
});
