import { describe, expect, it } from 'vitest';
import type { Button, RefusalReason, Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { takeChoice } from '#src/usecases/take-choice.ts';
import { pressUndo, undo, undoChange } from '#src/usecases/undo-change.ts';
import { idOf } from '#test/support/account.ts';
import { House, understood } from '#test/support/house.ts';

const S = 'Standard (International)';

function sayingOf<Kind extends Saying['kind']>({ saying }: Answer, kind: Kind): Extract<Saying, { kind: Kind }> {
  if (saying.kind !== kind) throw new Error(`not ${kind} but ${JSON.stringify(saying)}`);
  return saying as Extract<Saying, { kind: Kind }>;
}

function reasonOf(shown: Answer): RefusalReason {
  return sayingOf(shown, 'refused').reason;
}

async function confirm(house: House, asker: string, shown: Answer): Promise<Answer> {
  house.time.at += 1000;
  return confirmChange(await house.session(asker), sayingOf(shown, 'change-preview').confirm);
}

async function change(house: House, asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
  return confirm(house, asker, await planChange(await house.session(asker), understood(intent, slots)));
}

async function sayUndo(house: House, asker: string, slots: Partial<Understanding> = {}): Promise<Answer> {
  return undo(await house.session(asker), understood('undo', slots));
}

async function choose(house: House, asker: string, button: Button | undefined): Promise<Answer> {
  if (button === undefined) throw new Error('no such button');
  const session = await house.session(asker);
  const chosen = await takeChoice(session, button);
  if (!chosen.open || !('mode' in chosen.value)) throw new Error('not an answer to an undo');
  return undoChange(session, chosen.value.question.change, chosen.value.mode, null, true);
}

const giveBobManager = { people: ['102'], roles: ['Manager'] };

describe('undo', () => {
  it('puts the earlier list back after its own preview and confirmation', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    const shown = await sayUndo(house, '104');
    expect(shown.outcome).toBe('confirm-needed');
    expect(house.account.rolesOf('102')).toEqual([S, 'Manager']);
    expect((await confirm(house, '104', shown)).outcome).toBe('changed');
    expect(house.account.rolesOf('102')).toEqual([S]);
  });

  it('of an undo gives the change again', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    await confirm(house, '104', await sayUndo(house, '104'));
    await confirm(house, '104', await sayUndo(house, '104'));
    expect(house.account.rolesOf('102')).toEqual([S, 'Manager']);
  });

  it('works from the button of what was done, once', async () => {
    const house = new House();
    const { undo: button } = sayingOf(await change(house, '104', 'assign-role', giveBobManager), 'changed');
    if (button === null) throw new Error('no undo button');
    await confirm(house, '104', await pressUndo(await house.session('104'), button));
    expect(house.account.rolesOf('102')).toEqual([S]);
    expect(reasonOf(await pressUndo(await house.session('104'), button))).toMatchObject({ kind: 'already-undone' });
  });

  it('finds the last change to a person whoever made it, with the own right of who asks', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    await change(house, '104', 'assign-role', { people: ['101'], roles: ['Reports'] });
    expect((await confirm(house, '103', await sayUndo(house, '103', { people: ['102'] }))).outcome).toBe('changed');
    expect(house.account.rolesOf('102')).toEqual([S]);
    expect(house.account.rolesOf('101')).toContain('Reports');
  });

  it('finds a change by its reference', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    const [record] = await house.store.intents.find({ asker: idOf('104'), limit: 1 });
    const shown = await sayUndo(house, '103', { request: record?.reference ?? '' });
    expect(shown.about.changes).toEqual([{ extension: '102', before: [S, 'Manager'], after: [S] }]);
  });

  it('of somebody without the right changes nothing and shows nothing', async () => {
    const house = new House();
    const before = await sayUndo(house, '101', { people: ['102'] });
    await change(house, '104', 'assign-role', giveBobManager);
    const after = await sayUndo(house, '101', { people: ['102'] });
    expect(reasonOf(after)).toMatchObject({ kind: 'no-right' });
    expect(after.saying).toEqual(before.saying);
    expect(house.account.writes).toHaveLength(1);
  });

  it('of nothing says so', async () => {
    expect(reasonOf(await sayUndo(new House(), '104'))).toEqual({ kind: 'nothing-to-undo' });
  });

  it('as a dry run shows the way back and keeps nothing to confirm', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    expect((await sayUndo(house, '104', { dryRun: true })).saying.kind).toBe('dry-run');
  });
});

describe('an undo of somebody who was changed since', () => {
  async function touched(): Promise<House> {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    const held = house.account.assignments.get(idOf('102')) ?? [];
    house.account.assignments.set(idOf('102'), [...held, house.account.assignment('Reports')]);
    return house;
  }

  it('asks with three lists and writes nothing', async () => {
    const house = await touched();
    const asked = await sayUndo(house, '104');
    const { touched: people } = sayingOf(asked, 'undo-question');
    const names = (roles: readonly { displayName: string }[]) => roles.map((role) => role.displayName);
    expect(people.map(({ earlier, left, now }) => [names(earlier), names(left), names(now)])).toEqual([
      [[S], [S, 'Manager'], [S, 'Manager', 'Reports']],
    ]);
    expect(asked.outcome).toBe('ask-back');
    expect(house.account.writes).toHaveLength(1);
  });

  it.each<[string, number, readonly string[]]>([
    ['the earlier list', 0, [S]],
    ['only what that change did', 1, [S, 'Reports']],
  ])('puts back %s when told to', async (_what, at, after) => {
    const house = await touched();
    const { buttons } = sayingOf(await sayUndo(house, '104'), 'undo-question');
    await confirm(house, '104', await choose(house, '104', buttons[at]));
    expect(house.account.rolesOf('102')).toEqual(after);
  });

  it('leaves everything when told to', async () => {
    const house = await touched();
    const { buttons } = sayingOf(await sayUndo(house, '104'), 'undo-question');
    expect((await choose(house, '104', buttons[2])).saying.kind).toBe('nothing-to-change');
    expect(house.account.rolesOf('102')).toEqual([S, 'Manager', 'Reports']);
  });

  it('takes the answer of nobody else', async () => {
    const house = await touched();
    const { buttons } = sayingOf(await sayUndo(house, '104'), 'undo-question');
    const [button] = buttons;
    if (button === undefined) throw new Error('no button');
    expect(await takeChoice(await house.session('103'), button)).toEqual({
      open: false,
      reason: { kind: 'not-yours' },
    });
  });

  it('shows the change anew when somebody changes the list between preview and click', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    const shown = await sayUndo(house, '104');
    const held = house.account.assignments.get(idOf('102')) ?? [];
    house.account.assignments.set(idOf('102'), [...held, house.account.assignment('Reports')]);
    await confirm(house, '104', shown);
    expect(house.account.rolesOf('102')).toEqual([S, 'Manager', 'Reports']);
    expect(house.account.writes).toHaveLength(1);
  });
});

describe('roles for somebody new and somebody who left', () => {
  it('sets one person up like another, whose roles the asker may see', async () => {
    const house = new House();
    await change(house, '104', 'copy-roles', { people: ['102', '111'] });
    expect([...house.account.rolesOf('102')].sort()).toEqual([...house.account.rolesOf('111')].sort());
  });

  it('does not copy from somebody whose roles the asker may not see', async () => {
    const house = new House();
    const shown = await planChange(await house.session('101'), understood('copy-roles', { people: ['101', '104'] }));
    expect(reasonOf(shown)).toMatchObject({ kind: 'no-right' });
  });

  it('takes every role from somebody who left, the default role aside', async () => {
    const house = new House();
    await change(house, '104', 'offboard', { people: ['111'] });
    expect(house.account.rolesOf('111')).toEqual([S]);
    await confirm(house, '104', await sayUndo(house, '104'));
    expect([...house.account.rolesOf('111')].sort()).toEqual(['Reports', 'Support']);
  });
});
