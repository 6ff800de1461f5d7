import { describe, expect, it } from 'vitest';
import { curesFor } from '#src/domain/cures.ts';
import { holdingsOf, inclusionsOf } from '#src/domain/effective-permissions.ts';
import { differenceOf } from '#src/domain/gains.ts';
import { decideGuard, type GuardFacts } from '#src/domain/guards.ts';
import { permissionId } from '#src/domain/ids.ts';
import { rolesOnlyIn } from '#src/domain/merge.ts';
import { isSuperAdmin } from '#src/domain/roles.ts';
import { assigned, buildAssignments, buildPeople, buildPermissions, buildRoles, idOf } from '#test/support/account.ts';

const roles = buildRoles();
const includes = inclusionsOf(buildPermissions());
const byId = new Map(roles.map((role) => [role.id, role]));
const list = (...names: readonly string[]) => names.map((name) => assigned(roles, name));
const holdings = (...names: readonly string[]) => holdingsOf(list(...names), byId, includes);

/** `asker` changes `number` from one list to another. */
function facts(asker: string, number: string, from: readonly string[], to: readonly string[]): GuardFacts {
  const person = buildPeople().find((each) => each.number === number);
  if (person === undefined) throw new Error(`nobody has ${number}`);
  const before = list(...from);
  const after = list(...to);
  const own = (buildAssignments(roles).get(idOf(asker)) ?? []).filter((role) => !role.siteRestricted);
  return {
    person,
    asker: idOf(asker),
    serviceAccount: idOf('100'),
    before,
    after,
    difference: differenceOf(holdings(...from), holdings(...to)),
    added: holdingsOf(rolesOnlyIn(after, before), byId, includes),
    askerHolds: holdingsOf(own, byId, includes),
    askerIsSuperAdmin: own.some((role) => isSuperAdmin(role.id)),
    superAdminsLeft: null,
    rightsUsed: [permissionId('EditAssignedRoles')],
  };
}

const S = 'Standard (International)';

describe('what stands against a change', () => {
  it.each<[what: string, asker: string, target: string, from: string[], to: string[], guard: string | null]>([
    ['a role for an enabled person', '104', '102', [S], [S, 'Manager'], null],
    ['a role for a digital user', '104', '124', ['Support'], ['Support', 'Reports'], null],
    ['a role for a call queue', '104', '126', [], ['Support'], 'not-a-user'],
    ['a role for a limited extension', '104', '127', [], ['Support'], 'not-a-user'],
    ['a role for a disabled person', '104', '123', [S], [S, 'Manager'], 'disabled'],
    ['taking a role from a disabled person', '104', '123', [S, 'Manager'], [S], null],
    ['a smaller role instead, for a disabled person', '104', '123', ['Manager'], [S], null],
    ['a role for somebody not activated', '104', '122', ['Night Desk'], ['Night Desk', 'Reports'], 'not-activated'],
    ["the assistant's own role", '104', '100', ['Role Steward'], ['Role Steward', 'Manager'], 'service-account'],
    ['the last role without a default', '104', '101', ['Front Desk'], [], 'no-role-left'],
    ['losing the own right to change roles', '103', '103', ['User Admin'], [S], 'own-lockout'],
    [
      'gaining rights over roles for oneself',
      '103',
      '103',
      ['User Admin'],
      ['User Admin', 'Role Steward'],
      'gains-role-rights-oneself',
    ],
    ['something harmless for oneself', '103', '103', ['User Admin'], ['User Admin', 'Reports'], null],
    ['giving Super Admin', '104', '102', [S], [S, 'Super Admin'], 'protected-role'],
    ['giving a role that the asker holds all of', '103', '102', [S], [S, 'User Admin'], null],
    ['giving a role with more rights over roles', '103', '102', [S], [S, 'Role Steward'], 'escalation'],
    ['giving it as a Super Admin', '104', '102', [S], [S, 'Role Steward'], null],
    ['giving it with rights only over a site', '125', '106', ['Manager'], ['Manager', 'Role Steward'], 'escalation'],
  ])('%s', (_what, asker, target, from, to, guard) => {
    expect(decideGuard(facts(asker, target, from, to))).toBe(guard);
  });

  it('taking Super Admin from the last one is named before its protection', () => {
    const taking = facts('104', '105', ['Super Admin'], [S]);
    expect(decideGuard({ ...taking, superAdminsLeft: 0 })).toBe('last-super-admin');
    expect(decideGuard({ ...taking, superAdminsLeft: 1 })).toBe('protected-role');
  });
});

describe('roles that would give a permission', () => {
  const cures = (permission: string, held: readonly string[]) =>
    curesFor(permissionId(permission), new Set(holdings(...held).keys()), roles, includes, () => true);

  it('come with the fewest further permissions first', () => {
    const [first, ...rest] = cures('Meetings', ['Front Desk']);
    expect(first).toMatchObject({ role: { displayName: 'Support' }, extra: [] });
    const extras = rest.map((cure) => cure.extra.length);
    expect(extras).toEqual([...extras].sort((one, other) => one - other));
  });

  it('count only what the person does not have yet', () => {
    expect(cures('ReadCompanyCallLog', [S])[0]).toMatchObject({
      role: { displayName: 'Reports' },
      extra: ['QoSReports'],
    });
  });

  it('leave out roles without it and hidden ones', () => {
    expect(cures('Meetings', []).map((cure) => cure.role.displayName)).not.toContain('Front Desk');
    const hidden = roles.map((role) => ({ ...role, hidden: role.displayName === 'Support' }));
    const found = curesFor(permissionId('Meetings'), new Set(), hidden, includes, () => true);
    expect(found.map((cure) => cure.role.displayName)).not.toContain('Support');
  });
});
