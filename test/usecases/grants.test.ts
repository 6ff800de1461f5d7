import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { listGrants } from '#src/usecases/list-grants.ts';
import { idOf } from '#test/support/account.ts';
import { START, understood } from '#test/support/house.ts';
import { sayingOf, TimedHouse, time } from '#test/support/timed-house.ts';

const S = 'Standard (International)';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** START as people say it, and later that day. */
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

function house(): Promise<TimedHouse> {
  return new TimedHouse().open();
}

describe('a role that is given for a time', () => {
  it('is held until its end and taken then, with everything else as it was', async () => {
    const world = await house();
    const done = await world.give({ for: 'PT2H' });
    expect(sayingOf(done, 'changed').results[0]?.times).toEqual([
      { kind: 'give', roleName: 'Manager', startsAt: START, endsAt: START + 2 * HOUR },
    ]);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(2 * HOUR - 1);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(1);
    expect(world.bob()).toEqual([S]);
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'ended', how: 'expired' }]);
    expect(world.lastTold('102', 'ended')).toMatchObject({ own: true, by: null, roles: [S] });
  });

  it('counts a duration from the write, not from the preview', async () => {
    const world = await house();
    const shown = await world.say('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time({ for: 'PT1H' }),
    });
    world.time.at += 9 * MINUTE;
    await world.confirm('104', shown);
    expect((await world.grantsOf('102'))[0]?.endsAt).toBe(START + 9 * MINUTE + HOUR);
  });

  it('keeps the restriction of every other role when it ends', async () => {
    const world = await house();
    world.account.assignments.set(idOf('102'), [
      world.account.assignment(S),
      world.account.assignment('Support', true),
    ]);
    await world.give({ for: 'PT1H' });
    await world.pass(HOUR);
    expect(world.account.assignments.get(idOf('102'))).toMatchObject([
      { displayName: S, siteRestricted: false },
      { displayName: 'Support', siteRestricted: true },
    ]);
  });

  it('leaves what others changed in the portal meanwhile, and takes only itself', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    world.account.assign('102', ['Manager', 'Reports', 'Support']);
    await world.pass(HOUR);
    expect(world.bob()).toEqual(['Reports', 'Support']);
  });

  it('leaves the default role where nothing else would remain', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    world.account.assign('102', ['Manager']);
    await world.pass(HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('is never taken from somebody who had it before', async () => {
    const world = await house();
    world.account.assign('102', [S, 'Manager']);
    const shown = await world.say('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time({ for: 'PT1H' }),
    });
    const { plan } = sayingOf(shown, 'nothing-to-change');
    expect(plan.people[0]?.notes).toEqual([
      'Bob Brown already has Manager without an end: it stays, and nothing will be taken.',
    ]);
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
  });

  it('opens no grant when somebody else gives it between the preview and the write', async () => {
    const world = await house();
    const shown = await world.say('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time({ for: 'PT1H' }),
    });
    world.account.assign('102', [S, 'Manager']);
    await world.confirm('104', shown);
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
  });

  it('is recorded with its end and what is due before RingCentral is asked', async () => {
    const world = await house();
    let due: unknown = null;
    let grants: unknown = null;
    world.account.before = async ({ operation }) => {
      if (operation !== 'replaceAssignedRoles' || due !== null) return;
      due = await world.store.due.load(`grant-end:${idOf('102')}`);
      grants = await world.grantsOf('102');
    };
    await world.give({ for: 'PT1H' });
    expect(due).toMatchObject({ dueAt: START + HOUR, doneAt: null });
    expect(grants).toMatchObject([{ state: 'starting', endsAt: START + HOUR }]);
  });

  it('is void when RingCentral refuses it', async () => {
    const world = await house();
    world.account.trouble({ operation: 'replaceAssignedRoles', fault: new Fault('directory-rejected', 'no') });
    expect((await world.give({ for: 'PT1H' })).outcome).toBe('fault');
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'ended', how: 'not-given' }]);
    expect(await world.store.due.nextAt(['grant-end'])).toBeNull();
  });

  it.each([
    ['PT5S', 'too-short'],
    ['P3Y', 'too-long'],
  ])('for %s is refused: %s', async (lasting, trouble) => {
    const world = await house();
    const shown = await world.say('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time({ for: lasting }),
    });
    expect(sayingOf(shown, 'refused').reason).toEqual({ kind: 'time', trouble });
  });

  it('whose time passed before it was confirmed is refused', async () => {
    const world = await house();
    const shown = await world.say('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time({ until: at(0.1) }),
    });
    world.time.at += 7 * MINUTE;
    expect(sayingOf(await world.confirm('104', shown), 'refused').reason).toEqual({ kind: 'time', trouble: 'past' });
    expect(world.bob()).toEqual([S]);
  });
});

describe('overlapping grants of one role', () => {
  it('end separately, and the role goes with the last', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    await world.give({ for: 'PT3H' });
    await world.pass(HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
    expect(world.lastTold('102', 'ended')).toMatchObject({ heldUntil: START + 3 * HOUR });
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('are made endless by giving the role for good', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const kept = await world.change('104', 'assign-role', { people: ['102'], roles: ['Manager'] });
    expect(kept.outcome).toBe('changed');
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'ended', how: 'kept' }]);
  });

  it.each([
    ['remove-role', { roles: ['Manager'] }, [S]],
    ['set-roles', { roles: ['Reports'] }, ['Reports']],
    ['swap-role', { roles: ['Reports'], removedRoles: ['Manager'] }, [S, 'Reports']],
    ['reset-roles', {}, [S]],
    ['offboard', {}, [S]],
  ] as const)('are over when %s takes the role', async (intent, slots, left) => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    await world.give({ for: 'PT3H' });
    await world.change('104', intent, { people: ['102'], ...slots });
    expect(world.bob()).toEqual(left);
    expect(await world.grantsOf('102')).toMatchObject([{ how: 'removed' }, { how: 'removed' }]);
    world.account.assign('102', ['Manager']);
    await world.pass(4 * HOUR);
    expect(world.bob()).toEqual(['Manager']);
  });
});

describe('an end that does not work', () => {
  const down = () => new Fault('directory-unavailable', 'down');

  it('is tried again until RingCentral shows it, and told loudly when it is late', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    for (let skip = 0; skip < 6; skip++) world.account.trouble({ operation: 'readAssignedRoles', fault: down() });
    await world.pass(HOUR);
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'active', trouble: { attempts: 1 } }]);
    await world.passInSteps(2 * MINUTE, 1_000);
    expect(world.heard()).toContain('channel overdue');
    expect(world.lastTold('104', 'overdue')).toMatchObject({ attempts: 4, code: 'directory-unavailable' });
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.passInSteps(10 * MINUTE, MINUTE);
    expect(world.bob()).toEqual([S]);
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'ended', how: 'expired' }]);
  });

  it('is tried now by the button of the alert', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    for (let times = 0; times < 4; times++) world.account.trouble({ operation: 'replaceAssignedRoles', fault: down() });
    await world.pass(HOUR);
    await world.passInSteps(30_000, 1_000);
    const { retry } = world.lastTold('channel', 'overdue');
    expect(sayingOf(await world.press('101', retry), 'refused').reason.kind).toBe('no-right');
    expect(sayingOf(await world.press('104', retry), 'grant-event').event.kind).toBe('ended');
    expect(world.bob()).toEqual([S]);
  });

  it('waits as long as RingCentral asks', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const limited = new Fault('rate-limited', 'slowly', { retryAfterMs: 60_000 });
    world.account.trouble({ operation: 'readAssignedRoles', fault: limited });
    await world.pass(HOUR);
    const calls = world.account.calls.length;
    await world.pass(59_000);
    expect(world.account.calls.length).toBe(calls);
    await world.pass(1_000);
    expect(world.bob()).toEqual([S]);
  });

  it('counts as done when the effect came although the answer was lost', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    world.account.trouble({ operation: 'replaceAssignedRoles', fault: down(), after: true });
    await world.pass(HOUR);
    expect(await world.grantsOf('102')).toMatchObject([{ state: 'ended', how: 'expired' }]);
  });

  it('comes about although whoever gave it has left', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    world.account.assign('104', [S]);
    world.account.edit('104', { status: 'Disabled' });
    await world.pass(HOUR);
    expect(world.bob()).toEqual([S]);
    expect(world.account.writes.at(-1)?.as).toBe('service');
  });
});

describe('a clock that jumps', () => {
  it('forwards runs everything that is over at once', async () => {
    const world = await house();
    await world.give({ for: 'P1D' });
    await world.pass(400 * DAY);
    expect(world.bob()).toEqual([S]);
  });

  it('backwards ends nothing twice and postpones nothing beyond its instant', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    await world.pass(HOUR);
    world.account.assign('102', [S, 'Manager']);
    await world.pass(-2 * HOUR);
    await world.pass(5 * HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.change('104', 'remove-role', { people: ['102'], roles: ['Manager'] });
    await world.give({ for: 'PT1H' });
    const end = world.time.at + HOUR;
    await world.pass(-30 * MINUTE);
    expect(world.bob()).toEqual([S, 'Manager']);
    world.time.at = end;
    await world.runDue();
    expect(world.bob()).toEqual([S]);
  });
});

describe('extending', () => {
  it('gives more time to whoever may give the role', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const shown = await world.say('104', 'extend-grant', { people: ['102'], time: time({ for: 'PT2H' }) });
    expect(sayingOf(shown, 'grant-preview').endsAt).toBe(START + 3 * HOUR);
    expect((await world.confirm('104', shown)).outcome).toBe('changed');
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('is refused to the holder without the right, who is told whom to ask', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const shown = await world.say('102', 'extend-grant', { roles: ['Manager'], time: time({ for: 'PT1H' }) });
    expect(sayingOf(shown, 'refused').reason).toMatchObject({ kind: 'may-not-extend', givenBy: { number: '104' } });
  });

  it('takes the right at the click, not at the question', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const shown = await world.say('103', 'extend-grant', { people: ['102'], time: time({ for: 'PT1H' }) });
    world.account.assign('103', [S]);
    expect(sayingOf(await world.confirm('103', shown), 'refused').reason.kind).toBe('no-right');
    await world.pass(HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('asks which role when several would fit', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    await world.give({ for: 'PT1H' }, { roles: ['Reports'] });
    const shown = await world.say('104', 'extend-grant', { people: ['102'], time: time({ for: 'PT1H' }) });
    expect(sayingOf(shown, 'ask-back').choices.map(({ value }) => value)).toEqual(['Manager', 'Reports']);
  });
});

describe('ending early', () => {
  it('is always up to the holder', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    await world.give({ for: 'PT3H' });
    const done = await world.confirm('102', await world.say('102', 'end-grant', {}));
    expect(done.outcome).toBe('changed');
    expect(world.bob()).toEqual([S]);
    await world.runDue();
    expect(world.lastTold('104', 'ended')).toMatchObject({ by: { number: '102' } });
  });

  it('takes the right over anybody else', async () => {
    const world = await house();
    await world.give({ for: 'PT1H' });
    const shown = await world.say('101', 'end-grant', { people: ['102'] });
    expect(sayingOf(shown, 'refused').reason.kind).toBe('no-right');
    expect((await world.change('103', 'end-grant', { people: ['102'] })).outcome).toBe('changed');
    expect(world.bob()).toEqual([S]);
  });

  it('comes about later when RingCentral is down now', async () => {
    const world = await house();
    await world.give({ for: 'PT5H' });
    world.account.trouble({ operation: 'replaceAssignedRoles', fault: new Fault('directory-unavailable', 'down') });
    const shown = await world.say('102', 'end-grant', {});
    expect((await world.confirm('102', shown)).outcome).toBe('fault');
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.passInSteps(10_000, 1_000);
    expect(world.bob()).toEqual([S]);
  });

  it('says so where there is nothing to end', async () => {
    const world = await house();
    expect(sayingOf(await world.say('102', 'end-grant', {}), 'refused').reason.kind).toBe('no-grant');
  });
});

describe('a warning before the end', () => {
  it('goes to the holder and to whoever gave it, each with what they may do', async () => {
    const world = await house();
    await world.give({ for: 'PT2H' });
    await world.pass(HOUR + 44 * MINUTE);
    expect(world.heard()).toEqual([]);
    await world.pass(MINUTE);
    expect(world.heard().toSorted()).toEqual(['102 ends-soon', '104 ends-soon']);
    expect(world.lastTold('102', 'ends-soon')).toMatchObject({ own: true, extend: null, end: { action: 'end-grant' } });
    const { extend } = world.lastTold('104', 'ends-soon');
    expect(extend?.byMs).toBe(HOUR);
    await world.press('104', extend?.button);
    await world.pass(15 * MINUTE);
    expect(world.bob()).toEqual([S, 'Manager']);
    expect(sayingOf(await world.press('104', extend?.button), 'refused').reason.kind).toBe('grant-moved');
    await world.pass(45 * MINUTE);
    expect(world.heard().filter((line) => line === '102 ends-soon')).toHaveLength(2);
    await world.press('102', world.lastTold('102', 'ends-soon').end);
    expect(world.bob()).toEqual([S]);
  });

  it('does not come for a few minutes', async () => {
    const world = await house();
    await world.give({ for: 'PT10M' });
    await world.passInSteps(10 * MINUTE, MINUTE);
    expect(world.heard()).toEqual(['102 ended']);
  });

  it('is told again until a chat takes it', async () => {
    const world = await house();
    await world.give({ for: 'PT2H' });
    world.deaf = true;
    await world.pass(HOUR + 45 * MINUTE);
    world.deaf = false;
    await world.pass(3_000);
    expect(world.heard().toSorted()).toEqual(['102 ends-soon', '104 ends-soon']);
  });
});

describe('a role that is given later', () => {
  const tomorrow = { from: at(24), until: at(26) };

  it('is given by the right that the asker has then, and ends as said', async () => {
    const world = await house();
    expect((await world.give(tomorrow)).outcome).toBe('changed');
    expect(world.bob()).toEqual([S]);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S, 'Manager']);
    expect(world.heard().toSorted()).toEqual(['102 begun', '104 begun']);
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('is not given when that right is gone by then, and both are told', async () => {
    const world = await house();
    await world.give(tomorrow);
    world.account.assign('104', [S]);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
    expect(world.lastTold('102', 'not-begun')).toMatchObject({ own: true, why: { kind: 'no-right' } });
    expect(world.lastTold('104', 'not-begun')).toMatchObject({ own: false, why: { kind: 'no-right' } });
    await world.pass(5 * HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('takes nothing when the person has it without us by then', async () => {
    const world = await house();
    await world.give(tomorrow);
    world.account.assign('102', [S, 'Manager']);
    await world.pass(DAY);
    expect(world.lastTold('102', 'not-begun')).toMatchObject({ why: { kind: 'held-before' } });
    await world.pass(DAY);
    expect(world.bob()).toEqual([S, 'Manager']);
  });

  it('is not given when its whole time passed meanwhile', async () => {
    const world = await house();
    await world.give(tomorrow);
    await world.pass(3 * DAY);
    expect(world.bob()).toEqual([S]);
    expect(world.lastTold('104', 'not-begun')).toMatchObject({ why: { kind: 'missed' } });
  });

  it('is given late when RingCentral was down at its start', async () => {
    const world = await house();
    await world.give(tomorrow);
    world.account.trouble({ operation: 'replaceAssignedRoles', fault: new Fault('directory-unavailable', 'down') });
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
    await world.passInSteps(30_000, 1_000);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S]);
  });

  it('for good stays, and can be called off before', async () => {
    const world = await house();
    await world.give({ from: at(24) });
    await world.pass(DAY);
    expect(world.bob()).toEqual([S, 'Manager']);
    const other = await house();
    await other.give({ from: at(24) });
    await other.change('104', 'remove-role', { people: ['102'], roles: ['Manager'] });
    await other.pass(2 * DAY);
    expect(other.bob()).toEqual([S]);
  });
});

describe('a pause', () => {
  const pause = (world: TimedHouse) =>
    world.change('104', 'pause-role', { people: ['102'], roles: ['Manager'], time: time({ for: 'P1D' }) });

  it('takes the role now and gives it back with its restriction', async () => {
    const world = await house();
    world.account.assignments.set(idOf('102'), [
      world.account.assignment(S),
      world.account.assignment('Manager', true),
    ]);
    expect((await pause(world)).outcome).toBe('changed');
    expect(world.bob()).toEqual([S]);
    await world.pass(DAY);
    expect(world.account.assignments.get(idOf('102'))).toMatchObject([
      { displayName: S },
      { displayName: 'Manager', siteRestricted: true },
    ]);
    expect(world.heard().toSorted()).toEqual(['102 begun', '104 begun']);
  });

  it('gives nothing back when the right of the asker is gone', async () => {
    const world = await house();
    world.account.assign('102', [S, 'Manager']);
    await pause(world);
    world.account.assign('104', [S]);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
    expect(world.lastTold('102', 'not-begun')).toMatchObject({ why: { kind: 'no-right' } });
  });

  it('of the only role leaves the default one meanwhile and takes that again', async () => {
    const world = await house();
    world.account.assign('102', ['Manager']);
    await pause(world);
    expect(world.bob()).toEqual([S]);
    await world.pass(DAY);
    expect(world.bob()).toEqual(['Manager']);
  });

  it('does not bring back what was held for a time that is over by then', async () => {
    const world = await house();
    await world.give({ for: 'PT2H' });
    await pause(world);
    await world.pass(2 * DAY);
    expect(world.bob()).toEqual([S]);
  });

  it('gives back what is held for a longer time, which then ends as it was to', async () => {
    const world = await house();
    await world.give({ for: 'P2D' });
    await pause(world);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
  });

  it('is over when the person is offboarded meanwhile', async () => {
    const world = await house();
    world.account.assign('102', [S, 'Manager']);
    await pause(world);
    await world.change('104', 'offboard', { people: ['102'] });
    await world.pass(2 * DAY);
    expect(world.bob()).toEqual([S]);
  });
});

describe('a removal later', () => {
  it('ends a role that was held without an end, whoever has left since', async () => {
    const world = await house();
    world.account.assign('102', [S, 'Manager']);
    await world.change('104', 'remove-role', { people: ['102'], roles: ['Manager'], time: time({ from: at(24) }) });
    world.account.assign('104', [S]);
    expect(world.bob()).toEqual([S, 'Manager']);
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
  });

  it('shortens what would last longer', async () => {
    const world = await house();
    await world.give({ for: 'P2D' });
    await world.change('104', 'remove-role', { people: ['102'], roles: ['Manager'], time: time({ from: at(24) }) });
    await world.pass(DAY);
    expect(world.bob()).toEqual([S]);
  });
});

describe('roles that are set or swapped for a time', () => {
  it('change back when it is over', async () => {
    const world = await house();
    await world.change('104', 'swap-role', {
      people: ['102'],
      removedRoles: [S],
      roles: ['Manager'],
      time: time({ for: 'PT2H' }),
    });
    expect(world.bob()).toEqual(['Manager']);
    await world.pass(2 * HOUR);
    expect(world.bob()).toEqual([S]);
  });
});

describe('the list of temporary roles', () => {
  it('shows everybody to those who may see them, and oneself to anybody', async () => {
    const world = await house();
    await world.give({ for: 'PT2H' });
    await world.change('104', 'assign-role', { people: ['101'], roles: ['Reports'], time: time({ for: 'PT1H' }) });
    const all = sayingOf(await listGrants(await world.session('104'), understood('list-grants')), 'grant-list');
    expect(all.rows.map(({ person, roleName }) => [person.number, roleName])).toEqual([
      ['101', 'Reports'],
      ['102', 'Manager'],
    ]);
    const own = sayingOf(await listGrants(await world.session('102'), understood('list-grants')), 'grant-list');
    expect(own).toMatchObject({ whose: 'own', rows: [{ roleName: 'Manager', endsAt: START + 2 * HOUR }] });
    const others = await listGrants(await world.session('102'), understood('list-grants', { people: ['101'] }));
    expect(sayingOf(others, 'refused').reason.kind).toBe('no-right');
  });
});
