import { describe, expect, it } from 'vitest';
import { inclusionsOf } from '#src/domain/effective-permissions.ts';
import type { Difference } from '#src/domain/gains.ts';
import { permissionId } from '#src/domain/ids.ts';
import type { RoleIntent } from '#src/domain/role-change.ts';
import { decideRoleGuard, isReadOnly, type RoleGuardFacts } from '#src/domain/role-guards.ts';
import { brokenNameRule, roleNamed, tidyName } from '#src/domain/role-names.ts';
import { effectOn, holdingsOfRole } from '#src/domain/role-reach.ts';
import { SUPER_ADMIN } from '#src/domain/roles.ts';
import { assigned, buildPermissions, buildRoles } from '#test/support/account.ts';

const roles = buildRoles();
const includes = inclusionsOf(buildPermissions());
const byId = new Map(roles.map((role) => [role.id, role]));

function named(name: string) {
  const role = roles.find((each) => each.displayName === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
}

const brings = (name: string) => holdingsOfRole(named(name), includes);
const lost = (...ids: string[]): Difference => ({ gains: [], losses: ids.map(permissionId) });
const gained = (...ids: string[]): Difference => ({ gains: ids.map(permissionId), losses: [] });

/** User Admin Carol edits Front Desk into something harmless. */
function facts(over: Partial<RoleGuardFacts> = {}): RoleGuardFacts {
  return {
    intent: 'edit-role',
    role: named('Front Desk'),
    isDefault: false,
    brings: brings('Front Desk'),
    wouldBring: brings('Support'),
    askerHolds: brings('User Admin'),
    askerIsSuperAdmin: false,
    forAsker: null,
    forServiceAccount: null,
    ...over,
  };
}

describe('what stands against changing a role', () => {
  it.each<[what: string, over: Partial<RoleGuardFacts>, guard: string | null]>([
    ['a harmless edit', {}, null],
    ['an edit that makes the role change roles', { wouldBring: brings('Role Steward') }, 'role-escalation'],
    ['an edit of a role that could change roles', { brings: brings('Role Steward') }, 'role-escalation'],
    [
      'the same by somebody who holds all of it',
      { brings: brings('Role Steward'), askerHolds: brings('Role Steward') },
      null,
    ],
    ['the same by Super Admin', { wouldBring: brings('Super Admin'), askerIsSuperAdmin: true }, null],
    [
      'a copy of Role Steward',
      { intent: 'create-role', role: null, wouldBring: brings('Role Steward') },
      'role-escalation',
    ],
    [
      'deleting a role that can change roles',
      { intent: 'delete-role', brings: brings('Role Steward'), wouldBring: brings('Standard') },
      null,
    ],
    [
      'falling back on a role that can',
      { intent: 'delete-role', wouldBring: brings('Role Steward') },
      'role-escalation',
    ],
    ['a default role that can', { intent: 'set-default-role', wouldBring: brings('Role Steward') }, 'role-escalation'],
    ['deleting the default role', { intent: 'delete-role', isDefault: true }, 'default-role'],
    ['editing the default role', { isDefault: true }, null],
    [
      'Super Admin for everybody new',
      { intent: 'set-default-role', role: { ...named('Super Admin'), id: SUPER_ADMIN }, askerIsSuperAdmin: true },
      'super-admin-default',
    ],
    ['gaining role rights oneself', { forAsker: gained('EditUserRoles') }, 'gains-role-rights-oneself'],
    ['gaining something else oneself', { forAsker: gained('Meetings') }, null],
    ['losing the right used', { forAsker: lost('EditUserRoles') }, 'own-lockout'],
    ['losing sight of roles', { forAsker: lost('ReadUserRoles') }, 'own-lockout'],
    ['losing something else', { forAsker: lost('Meetings') }, null],
    ['the assistant losing its right', { forServiceAccount: lost('EditAssignedRoles') }, 'service-account'],
    ['the assistant losing sight of people', { forServiceAccount: lost('ReadExtensions') }, 'service-account'],
    ['the assistant not being let in any more', { forServiceAccount: lost('ThirdPartyAppAccess') }, 'service-account'],
    ['the assistant losing something else', { forServiceAccount: lost('Meetings') }, null],
  ])('%s: %#', (_what, over, guard) => {
    expect(decideRoleGuard(facts(over))).toBe(guard);
  });

  it.each<[RoleIntent, boolean]>([
    ['edit-role', true],
    ['rename-role', true],
    ['delete-role', true],
    ['create-role', false],
    ['set-default-role', false],
  ])("RingCentral's own roles: %s is refused: %s", (intent, refused) => {
    expect(isReadOnly(intent, named('Manager'))).toBe(refused);
    expect(isReadOnly(intent, named('Support'))).toBe(false);
  });
});

describe('what a change of a role does to somebody', () => {
  const desk = named('Front Desk');
  const more = { ...desk, permissions: [...desk.permissions, permissionId('Meetings')] };
  const shift = { role: desk.id, before: desk, after: more, fallBack: null };
  const held = (...names: string[]) => names.map((name) => assigned(roles, name));

  it('is what the role gains for somebody who holds it alone', () => {
    expect(effectOn(held('Front Desk'), shift, byId, includes)).toEqual({
      gains: ['Meetings'],
      losses: [],
      fallsBack: false,
    });
  });

  it('is nothing for somebody who has the same through another role', () => {
    expect(effectOn(held('Front Desk', 'Support'), shift, byId, includes).gains).toEqual([]);
  });

  it('is a fall back on the default role for somebody whose only role is deleted', () => {
    const gone = { ...shift, after: null, fallBack: named('Standard') };
    const alone = effectOn(held('Front Desk'), gone, byId, includes);
    expect(alone).toMatchObject({ fallsBack: true, losses: [] });
    expect(alone.gains).toContain('Meetings');
    expect(effectOn(held('Front Desk', 'Reports'), gone, byId, includes)).toMatchObject({
      fallsBack: false,
      gains: [],
    });
  });
});

describe('the name of a role', () => {
  it.each([
    ['Kiosk', null],
    ['Köln – Empfang 2', null],
    ['x'.repeat(128), null],
    ['', 'empty'],
    ['   ', 'empty'],
    ['x'.repeat(129), 'too-long'],
    ['HR/Payroll', 'signs'],
    ['a<b', 'signs'],
    ['the "desk"', 'signs'],
    ['a\nb', 'signs'],
    ['Super\u200bAdmin', 'signs'],
    ['nimdA\u202erepuS', 'signs'],
    ['\ud800', 'signs'],
  ])('%j breaks the rule %s', (name, rule) => {
    expect(brokenNameRule(name)).toBe(rule);
  });

  it.each([
    ['Support', 'Support'],
    ['support', 'Support'],
    [' Ｓｕｐｐｏｒｔ ', 'Support'],
    ['Front   Desk', 'Front Desk'],
    ['Supporter', null],
  ])('%j is taken by %s', (name, by) => {
    expect(roleNamed(name, roles)?.displayName ?? null).toBe(by);
  });

  it('is written without the spaces around it', () => {
    expect(tidyName('  Kiosk ')).toBe('Kiosk');
  });
});
