import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { type ExtensionId, extensionId, extensionNumber } from '#src/domain/ids.ts';
import type { Reply, Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import { BULK_DUE } from '#src/usecases/bulk/job.ts';
import { retryBulk } from '#src/usecases/bulk/retry.ts';
import { stopBulk } from '#src/usecases/bulk/stop.ts';
import { BULK_LEASE_MS, type BulkDeps, workOnBulk } from '#src/usecases/bulk/work.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import { createRoleShelf } from '#src/usecases/role-shelf.ts';
import type { Answer } from '#src/usecases/session.ts';
import { settleIntents } from '#src/usecases/settle-intents.ts';
import { undo } from '#src/usecases/undo-change.ts';
import { ACCOUNT } from '#test/support/account.ts';
import { House, understood } from '#test/support/house.ts';

const CROWD = 500;
const S = 'Standard (International)';

/** A house with five hundred more people in one department, each with the standard role. */
class Crowd {
  readonly house = new House();
  readonly told: Reply[] = [];
  readonly numbers: readonly string[] = Array.from({ length: CROWD }, (_, at) => String(3000 + at));

  constructor() {
    const { account } = this.house;
    const bob = account.person('102');
    for (const number of this.numbers) {
      const id = extensionId(`7${number}`);
      account.people.push({ ...bob, id, number: extensionNumber(number), name: `P ${number}`, department: 'Crowd' });
      account.assignments.set(id, [account.assignment(S)]);
    }
  }

  get deps(): BulkDeps {
    const teller = {
      tell: async (_to: ExtensionId, reply: Reply) => {
        this.told.push(reply);
        return true;
      },
      announce: async () => false,
    };
    return {
      ...this.house.deps,
      shelf: createRoleShelf(this.house.deps.directories.service, this.house.clock),
      teller,
    };
  }

  async preview(asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
    return planChange(
      await this.house.session(asker),
      understood(intent, { group: { department: 'Crowd' }, ...slots }),
    );
  }

  async confirm(asker: string, shown: Answer): Promise<Answer> {
    if (shown.saying.kind !== 'change-preview') throw new Error(`no preview but ${JSON.stringify(shown.saying)}`);
    this.house.time.at += 1000;
    return confirmChange(await this.house.session(asker), shown.saying.confirm);
  }

  async start(asker = '104', intent: Intent = 'assign-role', slots: Partial<Understanding> = { roles: ['Support'] }) {
    return this.confirm(asker, await this.preview(asker, intent, slots));
  }

  /** Works on what is due, as the service does, until nothing is or so many claims were made. */
  async work(claims = 50): Promise<void> {
    for (let at = 0; at < claims; at++) {
      const { house } = this;
      const claim = { now: house.time.at, limit: 1, holder: `w${at}`, ttlMs: BULK_LEASE_MS, kinds: [BULK_DUE] };
      const [due] = await house.store.due.claim(claim);
      if (due !== undefined) await workOnBulk(this.deps, due);
      const next = await house.store.due.nextAt([BULK_DUE]);
      if (next === null) return;
      house.time.at = Math.max(house.time.at + 1, next);
    }
  }

  /** Gives somebody another state; null removes them from the account. */
  replace(number: string, status: string | null): void {
    const { people } = this.house.account;
    const at = people.findIndex((person) => person.number === number);
    const [person] = people.splice(at, 1);
    if (person !== undefined && status !== null) people.push({ ...person, status });
  }

  holders(role: string): number {
    return this.numbers.filter((number) => this.roles(number).includes(role)).length;
  }

  roles(number: string): readonly string[] {
    const held = this.house.account.assignments.get(extensionId(`7${number}`)) ?? [];
    return held.map((role) => role.displayName);
  }

  report(): Extract<Saying, { kind: 'bulk' }> {
    const saying = this.told.at(-1)?.saying;
    if (saying?.kind !== 'bulk' || saying.state !== 'done') throw new Error(`no report but ${JSON.stringify(saying)}`);
    return saying;
  }
}

describe('a change of many people', () => {
  it('is planned by a right over the account and one listing', async () => {
    const crowd = new Crowd();
    const shown = await crowd.preview('104', 'assign-role', { roles: ['Support'] });
    expect(shown.about.changes).toHaveLength(CROWD);
    expect(crowd.house.account.calls.length).toBeLessThan(15);
  });

  it('starts at the click and goes on in the background until everybody is changed', async () => {
    const crowd = new Crowd();
    const started = await crowd.start();
    expect(started.saying).toMatchObject({ kind: 'bulk', state: 'running', total: CROWD });
    expect(crowd.holders('Support')).toBe(0);
    await crowd.work();
    expect(crowd.holders('Support')).toBe(CROWD);
    expect(crowd.report().counts).toMatchObject({ changed: CROWD, waiting: 0 });
  });

  it('takes few calls: one person first, then many at once, read back each time', async () => {
    const crowd = new Crowd();
    await crowd.start();
    crowd.house.account.calls.length = 0;
    await crowd.work();
    expect(crowd.house.account.bulkCalls.map(({ added }) => added)).toEqual([1, 499]);
    expect(crowd.house.account.writes).toEqual([]);
    expect(crowd.house.account.calls.length).toBeLessThan(30);
  });

  it.each<[string, 'replaces' | 'ignores']>([
    ['replaces other roles', 'replaces'],
    ['does nothing', 'ignores'],
  ])('changes each by calls of their own where the call for many %s', async (_what, bulk) => {
    const crowd = new Crowd();
    crowd.house.account.bulk = bulk;
    await crowd.start();
    await crowd.work();
    expect(crowd.house.account.bulkCalls).toHaveLength(1);
    for (const number of crowd.numbers) expect([...crowd.roles(number)].sort()).toEqual([S, 'Support'].sort());
    expect(crowd.report().counts).toMatchObject({ changed: CROWD });
  });

  it('is carried out as the person who asked, by their own right', async () => {
    const crowd = new Crowd();
    await crowd.start();
    await crowd.work();
    expect(new Set(crowd.house.account.bulkCalls.map(({ as }) => as))).toEqual(new Set(['104']));
  });

  it('leaves those alone whom somebody else changed meanwhile, and tells them', async () => {
    const crowd = new Crowd();
    await crowd.start();
    crowd.house.account.assignments.set(extensionId('73007'), [crowd.house.account.assignment('Reports')]);
    await crowd.work();
    expect(crowd.roles('3007')).toEqual(['Reports']);
    expect(crowd.report().counts).toMatchObject({ changed: CROWD - 1, moved: 1 });
    expect(crowd.report().trouble.map(({ person }) => person.number)).toEqual(['3007']);
  });

  it('tries the others again when told to, against the lists as they are then', async () => {
    const crowd = new Crowd();
    await crowd.start();
    crowd.house.account.assignments.set(extensionId('73007'), [crowd.house.account.assignment('Reports')]);
    await crowd.work();
    const retry = crowd.report().buttons.find(({ action }) => action === 'retry');
    if (retry === undefined) throw new Error('no button to try again');
    const shown = await retryBulk(await crowd.house.session('104'), retry);
    expect(shown.about.changes).toEqual([{ extension: '3007', before: ['Reports'], after: ['Reports', 'Support'] }]);
    await crowd.confirm('104', shown);
    expect(crowd.roles('3007')).toEqual(['Reports', 'Support']);
  });

  it('asks for fewer people where a call for many is refused, and for each alone where that does not help', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const fault = new Fault('directory-rejected', 'too many', { errorCode: 'CMN-106' });
    crowd.house.account.trouble({ operation: 'assignToMany', skip: 1, fault });
    await crowd.work();
    expect(crowd.house.account.bulkCalls.map(({ added }) => added)).toEqual([1, 250, 249]);
    expect(crowd.holders('Support')).toBe(CROWD);
  });

  it('waits out a rate limit in the middle and forgets nobody', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const fault = new Fault('rate-limited', 'too many calls', { retryAfterMs: 60_000 });
    crowd.house.account.trouble({ operation: 'readOwnProfile', skip: 1, fault });
    const before = crowd.house.time.at;
    await crowd.work();
    expect(crowd.house.time.at - before).toBeGreaterThanOrEqual(60_000);
    expect(crowd.told.some(({ saying }) => saying.kind === 'bulk' && saying.state === 'waiting')).toBe(true);
    expect(crowd.holders('Support')).toBe(CROWD);
  });

  it('settles a call whose answer was lost by reading', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const data = { effectUnknown: true, timedOut: true };
    const fault = new Fault('directory-unavailable', 'no answer', data);
    crowd.house.account.trouble({ operation: 'assignToMany', skip: 1, fault, after: true });
    await crowd.work();
    expect(crowd.report().counts).toMatchObject({ changed: CROWD });
  });

  it('stops when the right is taken from the asker, and says whom it did not reach', async () => {
    const crowd = new Crowd();
    await crowd.start();
    crowd.house.account.before = ({ operation }) => {
      if (operation === 'listAssignedRoles' && crowd.house.account.bulkCalls.length > 0)
        crowd.house.account.assign('104', [S]);
    };
    await crowd.work();
    expect(crowd.holders('Support')).toBeLessThan(CROWD);
    expect(crowd.report().stopped).toMatchObject({ kind: 'no-right' });
    expect(crowd.report().counts.waiting).toBe(CROWD - crowd.holders('Support'));
  });

  it('stops when its asker says so; what was changed stays and can be undone', async () => {
    const crowd = new Crowd();
    const { saying } = await crowd.start();
    const stop = saying.kind === 'bulk' ? saying.buttons[0] : undefined;
    if (stop === undefined) throw new Error('no button to stop');
    expect((await stopBulk(await crowd.house.session('103'), stop)).saying).toMatchObject({
      reason: { kind: 'not-yours' },
    });
    await stopBulk(await crowd.house.session('104'), stop);
    await crowd.work();
    expect(crowd.holders('Support')).toBe(0);
    expect(crowd.report()).toMatchObject({ stopped: 'by-person', counts: { waiting: CROWD } });
  });

  it('goes on where it stopped when its worker vanishes, and changes nobody twice', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const { account } = crowd.house;
    // The call takes effect and nothing of it can be written down any more: what a crash between the two leaves.
    account.before = ({ operation }) => {
      if (operation === 'assignToMany' && account.bulkCalls.length === 2) crowd.house.store.failSettle = true;
    };
    await crowd.work(1);
    crowd.house.store.failSettle = false;
    account.before = () => undefined;
    await crowd.work();
    expect(crowd.holders('Support')).toBe(CROWD);
    expect(account.bulkCalls.reduce((sum, { added }) => sum + added, 0)).toBe(CROWD);
  });

  it('comes back to those whose call was cut off and never arrived, whoever settled it', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const { account, store } = crowd.house;
    account.before = ({ operation }) => {
      if (operation !== 'assignToMany') return;
      store.failSettle = true;
      throw new Fault('directory-unavailable', 'cut', { effectUnknown: true });
    };
    await crowd.work(1);
    store.failSettle = false;
    account.before = () => undefined;
    crowd.house.time.at += 300_000;
    expect(await settleIntents(crowd.house.deps)).toMatchObject({ settled: 1 });
    await crowd.work();
    expect(crowd.holders('Support')).toBe(CROWD);
  });

  it('is undone as one change, whatever call it took', async () => {
    const crowd = new Crowd();
    crowd.house.account.bulk = 'replaces';
    await crowd.start();
    await crowd.work();
    crowd.house.account.bulk = 'adds';
    const shown = await undo(await crowd.house.session('104'), understood('undo'));
    await crowd.confirm('104', shown);
    await crowd.work();
    for (const number of crowd.numbers) expect(crowd.roles(number)).toEqual([S]);
  });

  it('takes those up again whose call was written down and never arrived', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const data = { effectUnknown: true, timedOut: true };
    const fault = new Fault('directory-unavailable', 'no answer', data);
    crowd.house.account.trouble({ operation: 'assignToMany', skip: 1, fault });
    await crowd.work();
    expect(crowd.holders('Support')).toBe(CROWD);
    expect(crowd.report().counts).toMatchObject({ changed: CROWD, unchanged: 0 });
  });

  it('tells those as failed whose calls never arrive, and does not try for ever', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const data = { effectUnknown: true, timedOut: true };
    const fault = new Fault('directory-unavailable', 'no answer', data);
    const { account } = crowd.house;
    account.before = ({ operation }) => {
      if (operation === 'assignToMany' && account.bulkCalls.length > 0) throw fault;
    };
    await crowd.work();
    expect(crowd.report().counts).toMatchObject({ changed: 1, failed: CROWD - 1, unchanged: 0 });
    expect(crowd.house.account.bulkCalls.length).toBeLessThan(6);
  });

  it('counts those as already so whom somebody else changed to what was wanted', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const { account } = crowd.house;
    account.assignments.set(extensionId('73007'), [account.assignment(S), account.assignment('Support')]);
    await crowd.work();
    expect(crowd.report().counts).toMatchObject({ changed: CROWD - 1, unchanged: 1, failed: 0 });
  });

  it.each<[string, (crowd: Crowd) => void]>([
    ['is disabled', (crowd) => crowd.replace('104', 'Disabled')],
    ['leaves', (crowd) => crowd.replace('104', null)],
  ])('changes nobody else once its asker %s on the way', async (_what, goes) => {
    const crowd = new Crowd();
    await crowd.start();
    const { account } = crowd.house;
    account.before = ({ operation }) => {
      if (operation === 'listAssignedRoles' && account.bulkCalls.length > 0) goes(crowd);
    };
    await crowd.work();
    expect(crowd.holders('Support')).toBe(1);
    expect(await crowd.house.store.due.nextAt([BULK_DUE])).toBeNull();
  });

  it('waits, without asking RingCentral over and over, while somebody else changes all who are left', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const { store, account, time } = crowd.house;
    const held = await Promise.all(
      crowd.numbers.map((number) => store.lease(ACCOUNT.id, extensionId(`7${number}`), 'other', time.at, 1e9)),
    );
    account.calls.length = 0;
    await crowd.work(1);
    expect(account.calls.length).toBeLessThan(10);
    for (const lease of held) await lease?.release();
    await crowd.work();
    expect(crowd.report().counts).toMatchObject({ changed: CROWD });
  });

  it('makes no call for people whom it cannot hold until its end', async () => {
    const crowd = new Crowd();
    await crowd.start();
    const { account, time } = crowd.house;
    let waited = false;
    account.before = ({ operation }) => {
      if (operation !== 'listAssignedRoles' || waited) return;
      waited = true;
      time.at += 200_000;
    };
    await crowd.work(1);
    expect(account.bulkCalls).toEqual([]);
    await crowd.work();
    expect(crowd.report().counts).toMatchObject({ changed: CROWD });
  });

  it('reads the right again soon where each person takes a call of their own', async () => {
    const crowd = new Crowd();
    crowd.house.account.bulk = 'ignores';
    await crowd.start();
    const { account, time } = crowd.house;
    account.before = ({ operation }) => {
      if (operation === 'replaceAssignedRoles') time.at += 20_000;
      if (account.writes.length === 2) account.assign('104', [S]);
    };
    await crowd.work();
    expect(account.writes.length).toBeLessThan(5);
    expect(crowd.report().stopped).toMatchObject({ kind: 'no-right' });
  });

  it('can be taken back or tried again only when it is over', async () => {
    const crowd = new Crowd();
    const { saying } = await crowd.start();
    const stop = saying.kind === 'bulk' ? saying.buttons[0] : undefined;
    if (stop === undefined) throw new Error('no button to stop');
    const fault = new Fault('rate-limited', 'too many calls', { retryAfterMs: 60_000 });
    crowd.house.account.trouble({ operation: 'readOwnProfile', skip: 1, fault });
    await crowd.work(1);
    expect(crowd.holders('Support')).toBe(1);
    const running = { reason: { kind: 'bulk-running' } };
    const session = await crowd.house.session('104');
    expect((await undo(session, understood('undo'))).saying).toMatchObject(running);
    expect((await retryBulk(session, { ...stop, action: 'retry' })).saying).toMatchObject(running);
    await crowd.work();
    const shown = await undo(await crowd.house.session('104'), understood('undo'));
    expect(shown.about.changes).toHaveLength(CROWD);
  });

  it('of people in other sites is refused for each of them to somebody limited to sites', async () => {
    const crowd = new Crowd();
    const shown = await crowd.preview('125', 'assign-role', { roles: ['Support'] });
    expect(JSON.stringify(shown.saying)).toContain('outside-site');
    expect(shown.about.changes).toEqual([]);
  });
});
