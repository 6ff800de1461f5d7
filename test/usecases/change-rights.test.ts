import { describe, expect, it } from 'vitest';
import { permissionId } from '#src/domain/ids.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { House, understood } from '#test/support/house.ts';

/** Alice with a role of her own making: nothing but these permissions, over everybody. */
function aliceWith(permissions: readonly string[], token: boolean): House {
  const house = new House();
  const { account } = house;
  const at = account.roles.findIndex((role) => role.displayName === 'Reports');
  const role = account.roles[at];
  if (role === undefined) throw new Error('no role Reports');
  account.roles[at] = {
    ...role,
    scope: 'AllExtensions',
    permissions: permissions.map(permissionId),
    reach: new Map(permissions.map((id) => [id, 'AllExtensions'])),
  } as typeof role;
  account.assign('101', ['Reports']);
  if (!token) account.tokens.delete('101');
  return house;
}

async function plan(house: House, words: Understanding): Promise<Answer> {
  return planChange(await house.session('101'), words);
}

const resetSam = understood('reset-roles', { people: ['119'] });
const giveBob = understood('assign-role', { people: ['102'], roles: ['Support Lead'] });
const resetSamAndGiveBob = {
  ...resetSam,
  also: [giveBob as Understanding & { intent: 'assign-role'; effect: 'write' }],
};

describe.each([
  ['with a token of their own', true],
  ['linked without a token', false],
])('the rights of a change, for somebody %s', (_, token) => {
  it.each([
    ['reset', ['Users', 'ReadUserRoles'], resetSam],
    ['dry run of a reset', ['Users', 'ReadUserRoles'], { ...resetSam, dryRun: true }],
  ])('shows nobody the list of others without the right to see it: %s', async (_what, permissions, words) => {
    const answer = await plan(aliceWith(permissions, token), words);
    expect(answer.saying).toMatchObject({
      kind: 'refused',
      reason: { kind: 'no-right', permission: 'ReadAssignedRoles' },
    });
    expect(JSON.stringify(answer)).not.toContain('Support Lead');
  });

  it('takes the right to reset as well when one act of several resets', async () => {
    const edits = ['EditAssignedRoles', 'ReadAssignedRoles', 'ReadUserRoles'];
    const refused = await plan(aliceWith(edits, token), resetSamAndGiveBob);
    expect(refused.saying).toMatchObject({ kind: 'refused', reason: { people: [{ guard: 'no-right' }] } });
    const both = await plan(aliceWith([...edits, 'Users'], token), resetSamAndGiveBob);
    expect(both.outcome).toBe('confirm-needed');
  });

  it('asks for the right to reset once more right before the call', async () => {
    const all = ['EditAssignedRoles', 'ReadAssignedRoles', 'ReadUserRoles', 'Users'];
    const house = aliceWith(all, token);
    const { saying } = await plan(house, resetSamAndGiveBob);
    if (saying.kind !== 'change-preview') throw new Error('no preview');
    const session = await house.session('101');
    const { lease } = house.store;
    house.store.lease = async (...args) => {
      const at = house.account.roles.findIndex((role) => role.displayName === 'Reports');
      const less = aliceWith(all.slice(0, 3), token).account.roles[at];
      if (less !== undefined) house.account.roles[at] = less;
      return lease.apply(house.store, args);
    };
    const done = await confirmChange(session, saying.confirm);
    expect(done.saying).toMatchObject({
      results: [{ outcome: { kind: 'refused' } }, { outcome: { kind: 'changed' } }],
    });
    expect(house.account.rolesOf('119')).toEqual(['Support Lead']);
  });

  it('leaves out what custom roles hold for somebody who may not see that', async () => {
    const { saying } = await plan(aliceWith(['EditAssignedRoles', 'ReadAssignedRoles'], token), giveBob);
    expect(saying).toMatchObject({
      kind: 'change-preview',
      plan: { people: [{ gains: [], losses: [], contentsHidden: true }] },
    });
    const predefined = { ...giveBob, roles: ['Manager'] };
    const shown = await plan(aliceWith(['EditAssignedRoles', 'ReadAssignedRoles'], token), predefined);
    expect(shown.saying).toMatchObject({
      plan: { people: [{ gains: expect.arrayContaining(['ReadCompanyCallLog']) }] },
    });
  });
});

describe('a role that can change roles', () => {
  it.each([
    ['who lost what it brings between the click and the call', ['User Admin'], 'refused'],
    ['who still holds what it brings', ['Super Admin', 'Standard'], 'changed'],
  ])('is given at the call only by somebody %s', async (_what, roles, kind) => {
    const house = new House();
    const asker = () => house.session('104');
    const shown = await planChange(
      await asker(),
      understood('assign-role', { people: ['102'], roles: ['Role Steward'] }),
    );
    if (shown.saying.kind !== 'change-preview') throw new Error('no preview');
    const { lease } = house.store;
    house.store.lease = async (...args) => {
      house.account.assign('104', roles);
      return lease.apply(house.store, args);
    };
    const done = await confirmChange(await asker(), shown.saying.confirm);
    expect(done.saying).toMatchObject({ results: [{ outcome: { kind } }] });
    expect(house.account.writes).toHaveLength(kind === 'changed' ? 1 : 0);
  });
});
