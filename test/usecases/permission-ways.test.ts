import { describe, expect, it } from 'vitest';
import { resume } from '#src/conversation/resume.ts';
import type { RefusalReason, Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import { givePermission } from '#src/usecases/give-permission.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { takeChoice } from '#src/usecases/take-choice.ts';
import { takePermission } from '#src/usecases/take-permission.ts';
import { House, understood } from '#test/support/house.ts';

const S = 'Standard (International)';
type Ways = Extract<Saying, { kind: 'permission-ways' }>;

async function ask(house: House, asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
  const useCase = intent === 'give-permission' ? givePermission : takePermission;
  return useCase(await house.session(asker), understood(intent, slots));
}

function waysOf({ saying }: Answer): Ways {
  if (saying.kind !== 'permission-ways') throw new Error(`no ways but ${JSON.stringify(saying)}`);
  return saying;
}

function reasonOf({ saying }: Answer): RefusalReason {
  if (saying.kind !== 'refused') throw new Error(`not refused but ${JSON.stringify(saying)}`);
  return saying.reason;
}

const shown = (answer: Answer) =>
  waysOf(answer).ways.map(({ way, removed, role }) =>
    [way, ...removed.map((each) => `-${each.displayName}`), ...(role === null ? [] : [`+${role.displayName}`])].join(
      ' ',
    ),
  );

/** What a click on the button of a way becomes. */
async function choose(house: House, asker: string, answer: Answer, index: number): Promise<Understanding> {
  const button = waysOf(answer).buttons[index];
  if (button === undefined) throw new Error('no such button');
  const chosen = await takeChoice(await house.session(asker), button);
  if (!chosen.open || 'mode' in chosen.value) throw new Error('not taken');
  return resume(chosen.value, () => {
    throw new Error('nothing is read again');
  });
}

const meetings = { permissions: ['Meetings'] };

describe('giving a permission', () => {
  it('shows the roles that would, fewest other permissions first, each with what else it brings', async () => {
    const answer = await ask(new House(), '104', 'give-permission', { ...meetings, people: ['101'] });
    expect(answer.outcome).toBe('ask-back');
    expect(shown(answer).slice(0, 2)).toEqual(['assign +Support', 'assign +Support Lead']);
    const { ways, buttons } = waysOf(answer);
    expect(ways.map(({ gains }) => gains.length)).toEqual(ways.map(({ gains }) => gains.length).sort((a, b) => a - b));
    expect(ways[1]?.gains).toEqual(['ReadCompanyCallRecordings']);
    expect(buttons.length).toBe(ways.length);
  });

  it('leads to the ordinary preview, with reason, time and dry run kept, and nothing is written by choosing', async () => {
    const house = new House();
    const said = { ...meetings, people: ['101'], reason: 'trial', dryRun: true };
    const chosen = await choose(house, '104', await ask(house, '104', 'give-permission', said), 0);
    expect(chosen).toMatchObject({
      outcome: 'understood',
      intent: 'assign-role',
      people: ['101'],
      roles: ['Support'],
      permissions: [],
      reason: 'trial',
      dryRun: true,
    });
    const preview = await planChange(await house.session('104'), chosen);
    expect(preview.saying.kind).toBe('dry-run');
    expect(house.account.writes).toEqual([]);
  });

  it('asks about one role too, instead of taking it', async () => {
    const house = new House();
    house.account.roles.splice(
      0,
      house.account.roles.length,
      ...house.account.roles.filter(({ id }) => ['1', '3', '600001', '600004'].includes(id)),
    );
    const answer = await ask(house, '104', 'give-permission', { permissions: ['Meetings'], people: ['101'] });
    expect(waysOf(answer).buttons.length).toBeGreaterThan(0);
    expect(house.store.entries.map(({ action }) => action)).not.toContain('change.previewed');
  });

  it('says who has it already', async () => {
    const answer = await ask(new House(), '104', 'give-permission', { ...meetings, people: ['102'] });
    expect([answer.outcome, waysOf(answer).already.map(({ number }) => number)]).toEqual(['answered', ['102']]);
    const mixed = waysOf(await ask(new House(), '104', 'give-permission', { ...meetings, people: ['101', '102'] }));
    expect([mixed.people, mixed.already].map((all) => all.map(({ number }) => number))).toEqual([['101'], ['102']]);
  });

  it('makes one choice for several people', async () => {
    const house = new House();
    const answer = await ask(house, '104', 'give-permission', { ...meetings, people: ['101', '108'] });
    expect((await choose(house, '104', answer, 0)).people).toEqual(['101', '108']);
  });

  it('gives a wider role to somebody who has it for themselves only', async () => {
    const answer = await ask(new House(), '104', 'give-permission', {
      permissions: ['ReadAssignedRoles'],
      people: ['102'],
    });
    expect(shown(answer)).toContain('assign +Role Steward');
    expect(shown(answer)).not.toContain('assign +Support');
  });

  it('names roles that are not the asker’s to give, with the reason and without a button', async () => {
    const answer = waysOf(
      await ask(new House(), '103', 'give-permission', { permissions: ['EditUserRoles'], people: ['102'] }),
    );
    const steward = answer.ways.find(({ role }) => role?.displayName === 'Role Steward');
    expect(steward?.blocked.map(({ guard }) => guard)).toEqual(['escalation']);
    expect(answer.buttons).toEqual([]);
  });

  it('finds one role for several permissions, or says that there is none', async () => {
    const both = { permissions: ['Meetings', 'ReadCompanyCallRecordings'], people: ['101'] };
    expect(shown(await ask(new House(), '104', 'give-permission', both))[0]).toBe('assign +Support Lead');
    const house = new House();
    house.account.roles.splice(
      0,
      house.account.roles.length,
      ...house.account.roles.filter(({ displayName }) => displayName !== 'Super Admin'),
    );
    house.account.assign('104', ['Role Steward']);
    const none = { permissions: ['BillingInfo', 'EditUserRoles'], people: ['101'] };
    expect(shown(await ask(house, '104', 'give-permission', none))).toEqual([]);
  });

  it.each([
    ['no right to change roles', '101', ['102'], { kind: 'no-right', verb: 'assign' }],
    ['somebody outside the sites', '125', ['102'], { kind: 'outside-site' }],
    ['nobody of that number', '104', ['999'], { kind: 'unknown-extension' }],
  ])('%s is refused', async (_what, asker, people, reason) => {
    const house = new House();
    expect(reasonOf(await ask(house, asker, 'give-permission', { ...meetings, people }))).toMatchObject(reason);
    expect(house.store.kept.size).toBe(0);
  });
});

describe('taking a permission', () => {
  it('offers to take the role, to put another in its place, and to change it for all who hold it', async () => {
    const answer = await ask(new House(), '104', 'take-permission', { ...meetings, people: ['111'] });
    expect(shown(answer)).toEqual(['remove -Support', 'swap -Support +Front Desk', 'edit -Support']);
    expect(waysOf(answer).ways.map(({ losses }) => losses.includes('BusinessSms' as never))).toEqual([
      true,
      false,
      false,
    ]);
    expect(waysOf(answer).ways.at(-1)?.holders).toBe(4);
  });

  it('becomes the act that was chosen', async () => {
    const house = new House();
    const asked = () => ask(house, '104', 'take-permission', { ...meetings, people: ['111'] });
    expect(await choose(house, '104', await asked(), 0)).toMatchObject({
      intent: 'remove-role',
      roles: ['Support'],
      people: ['111'],
    });
    expect(await choose(house, '104', await asked(), 1)).toMatchObject({
      intent: 'swap-role',
      roles: ['Front Desk'],
      removedRoles: ['Support'],
    });
    expect(await choose(house, '104', await asked(), 2)).toMatchObject({
      intent: 'edit-role',
      roles: ['Support'],
      removedPermissions: ['Meetings'],
      people: [],
    });
  });

  it('does not offer to take an only role whose place the default role takes, when that brings it back', async () => {
    const answer = await ask(new House(), '104', 'take-permission', { ...meetings, people: ['110'] });
    expect(shown(answer)).toEqual(['swap -Support +Front Desk', 'edit -Support']);
  });

  it('takes every role through which it comes', async () => {
    const house = new House();
    house.account.assign('101', ['Front Desk', 'Support', 'Support Lead']);
    const answer = await ask(house, '104', 'take-permission', { ...meetings, people: ['101'] });
    expect(shown(answer)[0]).toBe('remove -Support -Support Lead');
  });

  it('says who does not have it', async () => {
    const answer = await ask(new House(), '104', 'take-permission', { ...meetings, people: ['101'] });
    expect([answer.outcome, waysOf(answer).already.map(({ number }) => number)]).toEqual(['answered', ['101']]);
  });

  it('tells several people apart who have it through different roles', async () => {
    const answer = await ask(new House(), '104', 'take-permission', { ...meetings, people: ['102', '119'] });
    expect([answer.outcome, waysOf(answer).buttons]).toEqual(['refused', []]);
    expect(
      waysOf(answer).apart.map(({ person, roles }) => [person.number, roles.map((role) => role.displayName)]),
    ).toEqual([
      ['102', [S]],
      ['119', ['Support Lead']],
    ]);
  });

  it('does not offer to change the role to somebody who may not', async () => {
    const answer = await ask(new House(), '103', 'take-permission', { ...meetings, people: ['111'] });
    expect(shown(answer)).toEqual(['remove -Support', 'swap -Support +Front Desk']);
  });
});
