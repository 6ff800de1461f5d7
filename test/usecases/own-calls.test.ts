import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { checkPermission } from '#src/usecases/check-permission.ts';
import { checkRole } from '#src/usecases/check-role.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { createFreshFacts } from '#src/usecases/fresh-facts.ts';
import { identifyActor } from '#src/usecases/identify-actor.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import { createRoleShelf } from '#src/usecases/role-shelf.ts';
import { idOf } from '#test/support/account.ts';
import type { CallSeen } from '#test/support/fake-directory.ts';
import { House, understood } from '#test/support/house.ts';

const giveBobManager = understood('assign-role', { people: ['102'], roles: ['Manager'] });
const forbidden = new Fault('directory-forbidden', 'no', { errorCode: 'CMN-408' });
const outOfCalls = new Fault('rate-limited', 'spent', { retryAfterMs: 60_000 });

/** Refuses one operation to the person, not to the service account. */
function refuse(house: House, number: string, operation: CallSeen['operation'], fault: Fault): void {
  house.account.before = (call) => {
    if (call.as === number && call.operation === operation) throw fault;
  };
}

function callsOf(house: House, as: string, operation?: CallSeen['operation']): number {
  return house.account.calls.filter((call) => call.as === as && (operation ?? call.operation) === call.operation)
    .length;
}

describe('what the asker’s own token cannot read', () => {
  it.each<[CallSeen['operation'], string, Fault]>([
    ['readExtension', 'forbidden', forbidden],
    ['readRole', 'forbidden', forbidden],
    ['readAssignedRoles', 'out of calls', outOfCalls],
    ['readExtension', 'out of calls', outOfCalls],
    ['readRole', 'out of calls', outOfCalls],
  ])('for a change is read as the service account: %s, %s', async (operation, _why, fault) => {
    const house = new House();
    refuse(house, '104', operation, fault);
    const session = await house.session('104');
    expect((await planChange(session, giveBobManager)).outcome).toBe('confirm-needed');
    expect(callsOf(house, 'service', operation)).toBeGreaterThan(0);
  });

  it('once refused is not tried again in the same turn', async () => {
    const house = new House();
    refuse(house, '104', 'readExtension', forbidden);
    const { facts } = await house.session('104');
    await facts.extension(idOf('101'));
    await facts.extension(idOf('102'));
    expect([callsOf(house, '104', 'readExtension'), callsOf(house, 'service', 'readExtension')]).toEqual([1, 2]);
  });

  it('is never shown from what the service account can read', async () => {
    const house = new House();
    refuse(house, '104', 'readAssignedRoles', forbidden);
    const asked = understood('check-role', { people: ['102'], roles: ['Manager'] });
    await expect(checkRole(await house.session('104'), asked)).rejects.toBe(forbidden);
    expect(callsOf(house, 'service', 'readAssignedRoles')).toBe(0);
  });

  it('never counts as a yes: a right that cannot be asked for is not looked up elsewhere', async () => {
    const house = new House();
    refuse(house, '104', 'checkOwnPermission', outOfCalls);
    await expect(planChange(await house.session('104'), giveBobManager)).rejects.toBe(outOfCalls);
    expect(house.account.calls.filter(({ operation }) => operation === 'readAssignedRoles')).toEqual([]);
  });
});

describe('the largest change', () => {
  const PEOPLE = ['101', '102', '103', '105', '106', '107', '108', '110', '111', '112', '113', '114'];
  const FOR_LISTS: readonly CallSeen['operation'][] = ['listAssignedRoles', 'listAdministeredSites', 'readOwnProfile'];

  it('is confirmed within a minute: its checks within the asker’s fifty calls, all within theirs and fifty more', async () => {
    const house = new House();
    const words = understood('assign-role', { people: PEOPLE, roles: ['Reports'] });
    const { saying } = await planChange(await house.session('103'), words);
    if (saying.kind !== 'change-preview') throw new Error(`no preview but ${saying.kind}`);
    house.account.calls.length = 0;
    const { outcome } = await confirmChange(await house.session('103'), saying.confirm);
    expect(outcome).toBe('changed');
    const light = house.account.calls.filter(
      ({ operation }) => !FOR_LISTS.includes(operation) && operation !== 'replaceAssignedRoles',
    );
    expect(light.length).toBeLessThanOrEqual(100);
    expect(callsOf(house, '103', 'checkOwnPermission')).toBeLessThanOrEqual(50);
  });
});

describe('who asks', () => {
  it('is read with their own token, and a disabled extension ends the link all the same', async () => {
    const house = new House();
    const dave = house.link('104');
    house.account.edit('104', { status: 'Disabled' });
    const facts = createFreshFacts(house.deps.directories, house.clock.now());
    expect(await identifyActor(house.deps, facts, dave)).toMatchObject({ reason: { kind: 'link-ended' } });
    expect(callsOf(house, 'service')).toBe(0);
  });

  it('is read as the service account when their token no longer signs in', async () => {
    const house = new House();
    const dave = house.link('104');
    house.account.deadTokens.add('104');
    const facts = createFreshFacts(house.deps.directories, house.clock.now());
    expect(await identifyActor(house.deps, facts, dave)).toMatchObject({ kind: 'identified' });
  });
});

it('a "no" is answered without calls left for suggestions, and says that they are missing', async () => {
  const house = new House();
  refuse(house, 'service', 'readRole', outOfCalls);
  const asked = understood('check-permission', { people: ['101'], permissions: ['Meetings'] });
  const { verdict, saying } = await checkPermission(await house.session('104'), asked);
  expect(verdict).toBe('no');
  expect(saying).toMatchObject({ answers: [{ cures: [], rolesUnread: house.account.roles.length }] });
});

describe('the shelf of role contents', () => {
  const shelfOf = (house: House) => createRoleShelf(house.deps.directories.service, house.clock);
  const ids = (house: House) => house.account.roles.map((role) => role.id);
  const atOnce = async () => undefined;

  it('reads a role once for any number of suggestions', async () => {
    const house = new House();
    const shelf = shelfOf(house);
    await shelf.glance(ids(house));
    expect(await shelf.glance(ids(house))).toMatchObject({
      roles: { length: house.account.roles.length },
      missing: [],
    });
    expect(callsOf(house, 'service', 'readRole')).toBe(house.account.roles.length);
  });

  it('gives what it has when there are no calls left, and nothing of yesterday', async () => {
    const house = new House();
    const shelf = shelfOf(house);
    await shelf.stock(ids(house).slice(0, 2), atOnce, new AbortController().signal);
    refuse(house, 'service', 'readRole', outOfCalls);
    house.time.at += 30 * 60_000;
    expect(await shelf.glance(ids(house))).toMatchObject({ roles: { length: 2 }, missing: ids(house).slice(2) });
    house.time.at += 24 * 60 * 60_000;
    expect(await shelf.glance(ids(house))).toMatchObject({ roles: [], missing: ids(house) });
  });

  it('reads no more than a share of the company’s calls for one suggestion, however many roles there are', async () => {
    const house = new House();
    const [first] = house.account.roles;
    if (first === undefined) throw new Error('the account has roles');
    for (let more = 0; more < 300; more++) house.account.roles.push({ ...first, id: `9${more}` as typeof first.id });
    await shelfOf(house).glance(ids(house));
    expect(callsOf(house, 'service', 'readRole')).toBeLessThanOrEqual(20);
  });

  it('leaves nothing out of an answer: it fails instead', async () => {
    const house = new House();
    refuse(house, 'service', 'readRole', outOfCalls);
    await expect(shelfOf(house).look(ids(house))).rejects.toBe(outOfCalls);
  });

  it('tells the age of the oldest role that an answer rests on', async () => {
    const house = new House();
    const shelf = shelfOf(house);
    const readAt = house.clock.now();
    await shelf.look(ids(house).slice(0, 1));
    house.time.at += 60_000;
    expect((await shelf.look(ids(house))).asOf).toBe(readAt);
  });

  it('takes up what an earlier process read, unless it is old or of a future that its clock made up', async () => {
    const house = new House();
    const shelf = shelfOf(house);
    await shelf.look(ids(house));
    const next = () => createRoleShelf(house.deps.directories.service, house.clock, shelf.holdings());
    house.account.calls.length = 0;
    expect(await next().glance(ids(house))).toMatchObject({ missing: [] });
    expect(callsOf(house, 'service')).toBe(0);
    house.time.at -= 60_000;
    await next().glance(ids(house).slice(0, 1));
    house.time.at += 24 * 60 * 60_000;
    await next().glance(ids(house).slice(0, 1));
    expect(callsOf(house, 'service', 'readRole')).toBe(2);
  });

  it('is stocked with what is missing or old only, and no further once stopped', async () => {
    const house = new House();
    const shelf = shelfOf(house);
    const stop = new AbortController();
    const afterThree = async () => {
      if (callsOf(house, 'service', 'readRole') === 3) stop.abort();
    };
    await shelf.stock(ids(house), afterThree, stop.signal);
    expect(callsOf(house, 'service', 'readRole')).toBe(3);
    await shelf.stock(ids(house), atOnce, new AbortController().signal);
    expect(callsOf(house, 'service', 'readRole')).toBe(house.account.roles.length);
  });
});
