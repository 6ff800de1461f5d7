import { describe, expect, it } from 'vitest';
import { dispatch } from '#src/conversation/dispatch.ts';
import { Fault } from '#src/domain/faults.ts';
import type { HistoryEvent } from '#src/domain/history.ts';
import { siteId } from '#src/domain/ids.ts';
import type { Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { confirmRoleChange } from '#src/usecases/confirm-role-change.ts';
import type { Answer } from '#src/usecases/session.ts';
import { settleIntents } from '#src/usecases/settle-intents.ts';
import { idOf } from '#test/support/account.ts';
import { House, START, understood } from '#test/support/house.ts';

const S = 'Standard (International)';
const MINUTE = 60_000;

async function ask(house: House, asker: string, intent: Intent, slots: Partial<Understanding> = {}): Promise<Answer> {
  return dispatch(await house.session(asker), understood(intent, slots));
}

/** Says something, confirms it, and lets a minute pass. */
async function change(house: House, asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
  const { saying } = await ask(house, asker, intent, slots);
  const session = await house.session(asker);
  const done = await (() => {
    if (saying.kind === 'change-preview') return confirmChange(session, saying.confirm);
    if (saying.kind === 'role-preview') return confirmRoleChange(session, saying.confirm);
    throw new Error(`no preview but ${JSON.stringify(saying)}`);
  })();
  house.time.at += MINUTE;
  return done;
}

type History = Extract<Saying, { kind: 'history' }>;

async function historyFor(house: House, asker: string, slots: Partial<Understanding> = {}): Promise<History> {
  const { saying } = await ask(house, asker, 'history', slots);
  if (saying.kind !== 'history') throw new Error(`no history but ${JSON.stringify(saying)}`);
  return saying;
}

/** Each event as `who>whom: what`, newest first. */
function told({ lines }: History): readonly string[] {
  return lines.flatMap(({ events }) => events.map(inShort));
}

function inShort({ by, person, fact }: HistoryEvent): string {
  const what = () => {
    if (fact.kind === 'definition') return `${fact.intent} ${fact.name}`;
    return 'after' in fact ? fact.after.map((role) => role ?? '?').join('+') : fact.kind;
  };
  return `${by?.number}>${person?.number ?? '-'}: ${what()}`;
}

const giveBobManager = { people: ['102'], roles: ['Manager'] };

/** Dave changes Bob and Heidi, Carol changes Bob and Alice. */
async function busyHouse(): Promise<House> {
  const house = new House();
  await change(house, '104', 'assign-role', { ...giveBobManager, reason: 'audit', ticket: 'OPS-7' });
  await change(house, '103', 'assign-role', { people: ['101'], roles: ['Manager'] });
  await change(house, '104', 'assign-role', { people: ['108'], roles: ['Manager'] });
  await change(house, '103', 'remove-role', giveBobManager);
  return house;
}

describe('history', () => {
  it('tells who asked, when, what was before and after, why, and by which reference', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', { ...giveBobManager, reason: 'audit', ticket: 'OPS-7' });
    const { lines, total, complete } = await historyFor(house, '104', giveBobManager);
    expect({ total, complete }).toEqual({ total: 1, complete: true });
    expect(lines).toMatchObject([
      {
        takesBack: null,
        takenBackBy: null,
        events: [
          {
            at: START,
            by: { number: '104', name: 'Dave Diaz' },
            person: { number: '102', name: 'Bob Brown' },
            fact: { kind: 'roles', before: [S], after: [S, 'Manager'] },
            outcome: { kind: 'done' },
            ...{ reason: 'audit', ticket: 'OPS-7', reference: expect.stringMatching(/^R/) },
          },
        ],
      },
    ]);
  });

  it.each<[what: string, asker: string, slots: Partial<Understanding>, events: readonly string[]]>([
    ['of everybody', '104', {}, [`103>102: ${S}`, '104>108: ?', '103>101: ?', `104>102: ${S}+Manager`]],
    ['of a person, as the one changed', '104', { people: ['102'] }, [`103>102: ${S}`, `104>102: ${S}+Manager`]],
    ['of a person, as the one who asked', '104', { people: ['103'] }, [`103>102: ${S}`, '103>101: ?']],
    [
      'of a role of a person',
      '103',
      { people: ['102'], roles: ['Manager'] },
      [`103>102: ${S}`, `104>102: ${S}+Manager`],
    ],
    ['of a role that nothing happened to', '103', { people: ['102'], roles: ['Reports'] }, []],
    ['of oneself, without any right', '101', { people: ['101'] }, ['103>101: ?']],
  ])('%s: is told newest first', async (_what, asker, slots, events) => {
    const house = await busyHouse();
    const lists = { '104>108: ?': 'Front Desk+Manager', '103>101: ?': 'Front Desk+Manager' } as Record<string, string>;
    const full = events.map((event) => (lists[event] === undefined ? event : event.replace('?', lists[event] ?? '')));
    expect(told(await historyFor(house, asker, slots))).toEqual(full);
  });

  it('tells only what concerns oneself where nobody is named and the right is missing', async () => {
    const house = await busyHouse();
    const saying = await historyFor(house, '102');
    expect(saying.ownOnly).toBe(true);
    expect(told(saying)).toEqual([`103>102: ${S}`, `104>102: ${S}+Manager`]);
    expect(house.store.looks).toEqual([]);
  });

  it('refuses the history of others without the right to read their roles, and says so in the trail', async () => {
    const house = await busyHouse();
    const { saying } = await ask(house, '101', 'history', { people: ['102'] });
    expect(saying).toMatchObject({ kind: 'refused', reason: { kind: 'no-right', verb: 'read-others' } });
    expect(house.store.entries.at(-1)).toMatchObject({ actor: '101', action: 'refused.history', subject: '102' });
  });

  it('is limited to the sites of the asker, and names them', async () => {
    const house = await busyHouse();
    await change(house, '104', 'assign-role', { people: ['110'], roles: ['Manager'] });
    const saying = await historyFor(house, '125');
    expect(saying.sites).toEqual(['Denver']);
    expect(told(saying)).toEqual(['104>110: Support+Manager']);
    const outside = await ask(house, '125', 'history', { people: ['102'] });
    expect(outside.saying).toMatchObject({ kind: 'refused', reason: { kind: 'outside-site' } });
  });

  it('stands in the record of who saw what when it is about others', async () => {
    const house = await busyHouse();
    await historyFor(house, '103', { people: ['102'] });
    expect(house.store.looks).toMatchObject([{ actor: '103', action: 'read.history', subject: '102' }]);
  });

  it('keeps to the days that were asked for, to the last second', async () => {
    const house = await busyHouse();
    const day = (date: string) => ({ since: `${date}T00:00:00-07:00`, until: `${date}T23:59:59-07:00` });
    expect((await historyFor(house, '104', { period: day('2026-11-23') })).total).toBe(4);
    expect((await historyFor(house, '104', { period: day('2026-11-22') })).total).toBe(0);
    expect((await historyFor(house, '104', { period: day('2026-11-24') })).total).toBe(0);
  });

  it('marks what took something back, and what was taken back', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', giveBobManager);
    await change(house, '104', 'undo', {});
    const { lines } = await historyFor(house, '104', { people: ['102'] });
    const [later, earlier] = lines;
    expect(later).toMatchObject({ takesBack: earlier?.events[0].reference, takenBackBy: null });
    expect(earlier).toMatchObject({ takesBack: null, takenBackBy: later?.events[0].reference });
  });

  it('makes one line of a change of many people', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', { people: ['102', '109', '112', '116'], roles: ['Manager'] });
    await change(house, '104', 'assign-role', { people: ['101', '108'], roles: ['Manager'] });
    const { lines, total } = await historyFor(house, '104');
    expect(total).toBe(3);
    expect(lines.map(({ events }) => events.length)).toEqual([1, 1, 4]);
    expect((await historyFor(house, '104', { people: ['109'] })).lines.map(({ events }) => events.length)).toEqual([1]);
  });

  it('tells what failed, and does not tell what was only looked at, refused or cancelled', async () => {
    const house = new House();
    await ask(house, '104', 'assign-role', giveBobManager);
    await ask(house, '101', 'assign-role', giveBobManager);
    const fault = new Fault('directory-rejected', 'no', { errorCode: 'CMN-101' });
    house.account.trouble({ operation: 'replaceAssignedRoles', fault });
    await change(house, '104', 'assign-role', giveBobManager);
    const { lines } = await historyFor(house, '104');
    expect(lines.map(({ events }) => events[0].outcome)).toEqual([{ kind: 'not-done', code: 'CMN-101' }]);
  });

  it('does not know how a change went that was cut off, and knows it once it is settled', async () => {
    const house = new House();
    let wrote = false;
    house.account.before = ({ operation }) => {
      if (wrote && operation === 'readAssignedRoles') throw new Fault('directory-unavailable', 'gone');
      wrote ||= operation === 'replaceAssignedRoles';
    };
    await change(house, '104', 'assign-role', giveBobManager);
    house.account.before = () => undefined;
    const outcomes = async () =>
      (await historyFor(house, '104', { people: ['102'] })).lines.map(({ events }) => events[0]);
    expect(await outcomes()).toMatchObject([{ by: { number: '104' }, outcome: { kind: 'unknown' } }]);
    house.time.at += 24 * 60 * MINUTE;
    await settleIntents(house.deps);
    expect(await outcomes()).toMatchObject([{ by: { number: '104' }, outcome: { kind: 'done' }, at: START }]);
    // It was settled by the assistant and later, and is still what Dave did at that time.
    const own = await historyFor(house, '104', {
      people: ['104'],
      period: { since: '2026-11-23T00:00:00-07:00', until: '2026-11-23T23:59:59-07:00' },
    });
    expect(told(own)).toEqual([`104>102: ${S}+Manager`]);
  });

  it('tells changes of the definition of a role to whoever may see what roles hold', async () => {
    const house = new House();
    await change(house, '104', 'edit-role', { roles: ['Front Desk'], permissions: ['Meetings'] });
    const { lines } = await historyFor(house, '104', { roles: ['Front Desk'] });
    expect(lines.map(({ events }) => events[0].fact)).toEqual([
      {
        ...{ kind: 'definition', intent: 'edit-role', name: 'Front Desk', newName: null },
        ...{ added: ['Meetings'], removed: [] },
      },
    ]);
    expect(told(await historyFor(house, '102'))).toEqual([]);
  });

  it('keeps names of custom roles from somebody who lost the right to see them', async () => {
    const house = new House();
    await change(house, '104', 'assign-role', { people: ['102'], roles: ['Night Desk'] });
    await change(house, '104', 'edit-role', { roles: ['Front Desk'], permissions: ['Meetings'] });
    house.account.assignments.set(idOf('104'), [house.account.assignment(S)]);
    const { lines } = await historyFor(house, '104');
    expect(lines.map(({ events }) => events[0].fact)).toMatchObject([
      { kind: 'definition', name: null, added: [], removed: [] },
      { kind: 'roles', before: [S], after: [S, null] },
    ]);
  });

  it('shows the newest and puts all into a file when there are more than can be read', async () => {
    const house = new House();
    Object.assign(house.account.person('102'), { name: '=HYPERLINK("x")' });
    for (let turn = 0; turn < 13; turn++) {
      await change(house, '104', 'assign-role', giveBobManager);
      await change(house, '104', 'remove-role', giveBobManager);
    }
    const { saying, file } = await ask(house, '104', 'history', { people: ['102'] });
    expect(saying).toMatchObject({ total: 26, complete: true });
    expect(saying.kind === 'history' && saying.lines).toHaveLength(25);
    expect(file).toMatchObject({ name: 'history.csv', mediaType: 'text/csv' });
    const rows = file?.content.trimEnd().split('\r\n') ?? [];
    expect(rows).toHaveLength(27);
    expect(rows[1]).toContain('102,"\'=HYPERLINK');
    expect(rows[1]).toContain(`roles,${S}; Manager,${S},done`);
  });
});

describe('an export', () => {
  it('gives the audit trail as a file, and stands in it', async () => {
    const house = await busyHouse();
    const before = house.store.entries.length;
    const { saying, file } = await ask(house, '104', 'export', { text: 'export the audit log' });
    expect(saying).toMatchObject({ kind: 'exported', entries: before + 1, complete: true });
    expect(house.store.entries.at(-1)).toMatchObject({ actor: '104', action: 'audit.exported' });
    expect(file?.content.split('\r\n')[0]).toBe('seq,at,actor,action,subject,reference,body,prev,hash');
    expect(file?.content.trimEnd().split('\r\n')).toHaveLength(before + 2);
  });

  it('keeps to the days that were asked for', async () => {
    const house = await busyHouse();
    const period = { since: '2026-11-22T00:00:00-07:00', until: '2026-11-22T23:59:59-07:00' };
    const { saying, file } = await ask(house, '104', 'export', { period });
    expect(saying).toMatchObject({ kind: 'exported', entries: 0 });
    expect(file).toBeUndefined();
  });

  it.each<[asker: string, reason: string]>([
    ['101', 'no-right'],
    ['125', 'whole-account-only'],
  ])('of the trail is refused to %s: %s', async (asker, reason) => {
    const house = await busyHouse();
    const { saying, file } = await ask(house, asker, 'export');
    expect(saying).toMatchObject({ kind: 'refused', reason: { kind: reason } });
    expect(file).toBeUndefined();
    expect(house.store.entries.map(({ action }) => action)).not.toContain('audit.exported');
    expect(house.store.entries.at(-1)).toMatchObject({ actor: asker, action: 'refused.export' });
  });

  it('takes the right over what roles hold as well: the trail tells it', async () => {
    const house = await busyHouse();
    house.account.tokens.delete('103');
    const { roles } = house.account;
    const at = roles.findIndex((role) => role.displayName === 'User Admin');
    const admin = roles[at];
    if (admin === undefined) throw new Error('no such role');
    roles[at] = { ...admin, permissions: admin.permissions.filter((id) => id !== 'ReadUserRoles') };
    const { saying } = await ask(house, '103', 'export');
    expect(saying).toMatchObject({ kind: 'refused', reason: { kind: 'no-right', verb: 'read-roles' } });
  });

  it.each<[what: string, slots: Partial<Understanding>, name: string]>([
    ['a role', { roles: ['Manager'] }, 'who-has-Manager.csv'],
    ['a permission', { permissions: ['ReadCompanyCallLog'] }, 'who-has-ReadCompanyCallLog.csv'],
  ])('of who has %s goes through the same right as the question', async (_what, slots, name) => {
    const house = new House();
    const { saying, file } = await ask(house, '104', 'export', slots);
    expect(saying.kind).toBe('who-has');
    expect(file?.name).toBe(name);
    expect(file?.content).toContain("106,Frank O'Neil,Sales,Denver,Manager");
    expect(house.store.looks).toHaveLength(1);
    const refused = await ask(house, '101', 'export', slots);
    expect(refused).toMatchObject({ saying: { kind: 'refused' } });
    expect(refused.file).toBeUndefined();
  });

  it('of somebody gives their history, short or long', async () => {
    const house = await busyHouse();
    const { saying, file } = await ask(house, '104', 'export', { people: ['102'] });
    expect(saying).toMatchObject({ kind: 'history', total: 2 });
    expect(file?.name).toBe('history.csv');
  });
});

describe('the sites of the asker', () => {
  it('are looked up where people belong now', async () => {
    const house = await busyHouse();
    Object.assign(house.account.person('102'), { site: { id: siteId('denver'), name: 'Denver' } });
    const saying = await historyFor(house, '125');
    expect(saying.sites).toEqual(['Denver']);
  });
});
