import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '#src/domain/fingerprint.ts';
import type { RoleId } from '#src/domain/ids.ts';
import { mergeRoles, type RestoreMode, type RoleAct, toAssign } from '#src/domain/merge.ts';
import { type AssignedRole, sameAssignments } from '#src/domain/roles.ts';
import { assigned, buildPeople, buildRoles } from '#test/support/account.ts';

const roles = buildRoles();
const named = (name: string) => {
  const role = roles.find((each) => each.displayName === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
};
const standard = named('Standard (International)');
type Named = Extract<RoleAct, { roles: unknown }>['intent'];
const act = (intent: Named | 'reset-roles', give: readonly string[] = [], take: readonly string[] = []): RoleAct =>
  intent === 'reset-roles' ? { intent } : { intent, roles: give.map(named), removed: take.map(named) };
const list = (...names: string[]) => names.map((name) => assigned(roles, name));
const names = (held: readonly AssignedRole[]) => held.map((role) => role.displayName);

const someRole = fc.constantFrom(...roles);
const someHeld = fc
  .uniqueArray(fc.tuple(someRole, fc.boolean()), { selector: ([role]) => role.id, maxLength: 5 })
  .map((pairs) => pairs.map(([role, restricted]) => assigned(roles, role.displayName, restricted)));
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

describe('the roles of a model', () => {
  const copy = (model: readonly AssignedRole[], ...hidden: readonly string[]): RoleAct => ({
    intent: 'copy-roles',
    model,
    hidden: new Set(hidden.map((name) => named(name).id)),
    temporary: new Set([named('Phone System Admin').id]),
  });

  it('that are there for a time only are not copied, and that is told; whoever has them keeps them', () => {
    const model = list('Manager', 'Phone System Admin');
    expect(mergeRoles(list('Support'), [copy(model)], standard)).toEqual({
      after: list('Manager'),
      notes: [{ kind: 'only-for-a-time', role: 'Phone System Admin' }],
    });
    expect(mergeRoles(list('Phone System Admin'), [copy(model)], standard)).toEqual({ after: model, notes: [] });
  });

  it.each<[string, readonly AssignedRole[], RoleAct, readonly AssignedRole[]]>([
    ['take the place of all others', list('Support', 'Reports'), copy(list('Manager')), list('Manager')],
    ['bring their restriction', [], copy([assigned(roles, 'Support', true)]), [assigned(roles, 'Support', true)]],
    [
      'never widen what is held already',
      [assigned(roles, 'Support', true)],
      copy(list('Support', 'Reports')),
      [assigned(roles, 'Support', true), ...list('Reports')],
    ],
    [
      'leave hidden ones where they are',
      list('Support', 'Reports'),
      copy(list('Manager', 'Support Lead'), 'Reports', 'Support Lead'),
      list('Reports', 'Manager'),
    ],
  ])('%s', (_what, held, done, after) => {
    expect(mergeRoles(held, [done], standard).after).toEqual(after);
  });
});

describe('taking back a change', () => {
  const undo = (mode: RestoreMode, earlier: readonly AssignedRole[], left: readonly AssignedRole[]): RoleAct => ({
    intent: 'undo',
    restore: { earlier, left, gone: [], over: [], intent: 'i', mode },
  });
  const [before, after] = [list('Support', 'Reports'), list('Support', 'Manager')];

  it.each<[string, RestoreMode, readonly AssignedRole[], readonly string[], readonly string[]]>([
    ['puts the earlier list back', 'untouched-only', after, ['Support', 'Reports'], []],
    ['stops where somebody changed the list since', 'untouched-only', list('Manager'), ['Manager'], ['changed-since']],
    ['goes back exactly when told to', 'exact', list('Support Lead'), ['Support', 'Reports'], ['changed-since']],
    [
      'takes back only its own part when told to',
      'take-back',
      list('Support Lead', 'Manager'),
      ['Support Lead', 'Reports'],
      ['changed-since'],
    ],
  ])('%s', (_what, mode, held, wanted, notes) => {
    const merged = mergeRoles(held, [undo(mode, before, after)], standard);
    expect(names(merged.after)).toEqual(wanted);
    expect(merged.notes.map((note) => note.kind)).toEqual(notes);
  });

  it('says which role cannot come back because it does not exist any more', () => {
    const restore = {
      earlier: list('Support'),
      left: after,
      gone: ['Night Desk'],
      over: [],
      intent: 'i',
      mode: 'untouched-only' as const,
    };
    expect(mergeRoles(after, [{ intent: 'undo', restore }], standard).notes).toEqual([
      { kind: 'gone', role: 'Night Desk' },
    ]);
  });

  it('gives a restriction back that the change had taken away, unless it was changed since', () => {
    const [free, limited] = [assigned(roles, 'Support'), assigned(roles, 'Support', true)];
    const back = (held: readonly AssignedRole[]) =>
      mergeRoles(held, [undo('take-back', [limited], [free])], standard).after;
    expect(back([free, ...list('Reports')])).toEqual([limited, ...list('Reports')]);
    expect(mergeRoles([limited, ...list('Reports')], [undo('take-back', [free], [free])], standard).after).toEqual([
      limited,
      ...list('Reports'),
    ]);
  });

  it('and then taking back the undo gives what was there, whatever it was', () => {
    fc.assert(
      fc.property(someHeld, someHeld, (one, other) => {
        const undone = mergeRoles(other, [undo('untouched-only', one, other)], null).after;
        expect(sameAssignments(undone, one)).toBe(true);
        const redone = mergeRoles(undone, [undo('untouched-only', other, one)], null).after;
        expect(sameAssignments(redone, other)).toBe(true);
      }),
    );
  });
});

const someAct: fc.Arbitrary<RoleAct> = fc.oneof(
  fc.record({
    intent: fc.constantFrom<Named>('assign-role', 'remove-role', 'set-roles', 'swap-role'),
    roles: fc.uniqueArray(someRole, { maxLength: 3, selector: (role) => role.id }),
    removed: fc.uniqueArray(someRole, { maxLength: 3, selector: (role) => role.id }),
  }),
  fc.record({ intent: fc.constantFrom('reset-roles', 'offboard') }),
  fc.record({
    intent: fc.constant('copy-roles' as const),
    model: someHeld,
    hidden: fc.constant(new Set<RoleId>()),
    temporary: fc.constant(new Set<RoleId>()),
  }),
);

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
    grants: [],
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
