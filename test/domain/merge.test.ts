import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import { mergeRoles, type RoleAct, toAssign } from '#src/domain/merge.ts';
import { type AssignedRole, sameAssignments } from '#src/domain/roles.ts';
import { assigned, buildPeople, buildRoles } from '#test/support/account.ts';

const roles = buildRoles();
const named = (name: string) => {
  const role = roles.find((each) => each.displayName === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
};
const standard = named('Standard (International)');
const act = (intent: RoleAct['intent'], give: readonly string[] = [], take: readonly string[] = []): RoleAct => ({
  intent,
  roles: give.map(named),
  removed: take.map(named),
});
const list = (...names: string[]) => names.map((name) => assigned(roles, name));
const names = (held: readonly AssignedRole[]) => held.map((role) => role.displayName);

describe('the list that replaces the one a person has', () => {
  it.each<[string, readonly string[], RoleAct, readonly string[]]>([
    ['a role is added to those held', ['Support'], act('assign-role', ['Reports']), ['Support', 'Reports']],
    ['a role held already is not added twice', ['Support'], act('assign-role', ['Support']), ['Support']],
    ['a role is taken, the others stay', ['Support', 'Reports'], act('remove-role', ['Reports']), ['Support']],
    ['taking what is not held changes nothing', ['Support'], act('remove-role', ['Reports']), ['Support']],
    [
      'the last role is replaced by the default',
      ['Support'],
      act('remove-role', ['Support']),
      ['Standard (International)'],
    ],
    ['setting replaces everything', ['Support', 'Reports'], act('set-roles', ['Manager']), ['Manager']],
    [
      'a swap leaves the others',
      ['Support', 'Reports'],
      act('swap-role', ['Manager'], ['Reports']),
      ['Support', 'Manager'],
    ],
    ['a swap of a role not held gives nothing', ['Support'], act('swap-role', ['Manager'], ['Reports']), ['Support']],
    ['a reset leaves the default alone', ['Support', 'Reports'], act('reset-roles'), ['Standard (International)']],
    [
      'taking the default as last role leaves nothing',
      ['Standard (International)'],
      act('remove-role', ['Standard (International)']),
      [],
    ],
  ])('%s', (_what, before, done, after) => {
    expect(names(mergeRoles(list(...before), [done], standard).after)).toEqual(after);
  });

  it('says what it could not do', () => {
    expect(mergeRoles(list('Support'), [act('swap-role', ['Manager'], ['Reports'])], standard).notes).toEqual([
      { kind: 'does-not-have', role: 'Reports' },
    ]);
  });

  it('applies several acts in the order said', () => {
    const acts = [act('remove-role', ['Support']), act('assign-role', ['Manager'])];
    expect(names(mergeRoles(list('Support'), acts, standard).after)).toEqual(['Manager']);
  });
});

const someRole = fc.constantFrom(...roles);
const someHeld = fc
  .uniqueArray(fc.tuple(someRole, fc.boolean()), { selector: ([role]) => role.id, maxLength: 5 })
  .map((pairs) => pairs.map(([role, restricted]) => assigned(roles, role.displayName, restricted)));
const someAct: fc.Arbitrary<RoleAct> = fc.record({
  intent: fc.constantFrom('assign-role', 'remove-role', 'set-roles', 'swap-role', 'reset-roles'),
  roles: fc.uniqueArray(someRole, { maxLength: 3, selector: (role) => role.id }),
  removed: fc.uniqueArray(someRole, { maxLength: 3, selector: (role) => role.id }),
});

describe('whatever is done to whomever', () => {
  it('a role that stays keeps its site restriction', () => {
    fc.assert(
      fc.property(someHeld, fc.array(someAct, { maxLength: 3 }), (before, acts) => {
        for (const sent of toAssign(mergeRoles(before, acts, standard).after)) {
          const held = before.find((role) => role.id === sent.id);
          if (held !== undefined) expect(sent.siteRestricted).toBe(held.siteRestricted);
        }
      }),
    );
  });

  it('no role is listed twice', () => {
    fc.assert(
      fc.property(someHeld, fc.array(someAct, { maxLength: 3 }), (before, acts) => {
        const ids = mergeRoles(before, acts, standard).after.map((role) => role.id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('the fingerprint of a plan', () => {
  const person = (at: number) => buildPeople()[at] as ReturnType<typeof buildPeople>[number];
  const line = (at: number, before: readonly AssignedRole[], after: readonly AssignedRole[]) => ({
    person: person(at),
    before,
    after,
    gains: [],
    losses: [],
    guard: null,
    notes: [],
  });

  it('is the same exactly when the same lists are put on the same people', () => {
    fc.assert(
      fc.property(someHeld, someHeld, someHeld, someHeld, (one, two, three, four) => {
        const first = fingerprintOf('assign-role', [line(1, one, two)]);
        const second = fingerprintOf('assign-role', [line(1, three, four)]);
        expect(first === second).toBe(sameAssignments(one, three) && sameAssignments(two, four));
      }),
    );
  });

  it('does not depend on the order of people or roles', () => {
    const there = [line(1, list('Support', 'Reports'), list('Manager')), line(2, [], list('Support'))];
    const back = [line(2, [], list('Support')), line(1, list('Reports', 'Support'), list('Manager'))];
    expect(fingerprintOf('set-roles', there)).toBe(fingerprintOf('set-roles', back));
    expect(fingerprintOf('set-roles', there)).not.toBe(fingerprintOf('assign-role', there));
  });

  it('changes when only a site restriction does', () => {
    const open = fingerprintOf('set-roles', [line(1, [], [assigned(roles, 'Support')])]);
    expect(fingerprintOf('set-roles', [line(1, [], [assigned(roles, 'Support', true)])])).not.toBe(open);
  });
});
