import { describe, expect, it, vi } from 'vitest';
import type { Grant } from '#src/domain/grant.ts';
import { withEnd } from '#src/domain/grant-moves.ts';
import { LEDGER, ledgerChanges, readLedger } from '#src/usecases/ledgers.ts';
import type { Store } from '#src/usecases/ports.ts';
import { type LinkedHouse, linkedHouse } from './linked-house.ts';
import { Member } from './member.ts';
import { eventually } from './outside.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const S = 'Standard (International)';
const HANG = { kind: 'timeout', ms: 60_000 };
const WRITE = { method: 'PUT', path: 'assigned-role' };
const READ = { method: 'GET', path: 'extension/[0-9]+/assigned-role' };
const LOST = { kind: 'drop', when: 'after' };

async function ledger(store: Store) {
  const [record] = await store.records.find({ kind: LEDGER, limit: 1 });
  if (record === undefined) throw new Error('nothing was recorded for a time');
  return readLedger(record);
}

async function grant(house: LinkedHouse): Promise<Grant> {
  const [only, ...others] = await house.inStore(async (store) => (await ledger(store)).ledger.grants);
  if (only === undefined || others.length > 0) throw new Error('not one grant');
  return only;
}

/** Makes the time of the grant come now, as two hours of waiting would. */
function letItsTimeCome(house: LinkedHouse): Promise<boolean> {
  return house.inStore(async (store) => {
    const kept = await ledger(store);
    const grants = kept.ledger.grants.map((each) => withEnd(each, Date.now()));
    return store.commit(ledgerChanges(kept, grants, Date.now()), []);
  });
}

async function untilEnded(house: LinkedHouse): Promise<Grant> {
  await eventually('the end', async () => (await grant(house)).state === 'ended');
  return grant(house);
}

async function give(house: LinkedHouse, faults: readonly object[]): Promise<() => Promise<unknown>> {
  const dave = new Member(house.sandboxes.slack.controlUrl, 'U104');
  const preview = await dave.ask('give bob Manager for 2 hours', /^Give Manager to Bob Brown/);
  const allMet = await house.plan(faults);
  await dave.click(preview, 'Confirm');
  return allMet;
}

describe('a service that is killed while it gives a role for a time', () => {
  it('after the record and before the effect gives nothing, and the grant is void', async () => {
    const house = await linkedHouse();
    const first = await house.service();
    await (await give(house, [{ match: WRITE, fault: HANG }]))();
    await first.kill();
    expect(await grant(house)).toMatchObject({ state: 'starting', kind: 'give' });
    const due = await house.inStore((store) => store.due.nextAt(['grant-end']));
    expect(due).toBe((await grant(house)).endsAt);
    await letItsTimeCome(house);
    const second = await house.service();
    await untilEnded(house);
    expect(await house.rolesOfBob()).toEqual([S]);
    expect((await second.stop()).code).toBe(0);
  });

  it('after the effect and before the outcome still ends it in time', async () => {
    const house = await linkedHouse();
    const first = await house.service();
    const allMet = await give(house, [
      { match: WRITE, fault: LOST },
      { match: READ, after: 2, fault: HANG },
    ]);
    await allMet();
    await first.kill();
    expect(await house.rolesOfBob()).toEqual(['Manager', S]);
    const second = await house.service();
    expect(await grant(house)).toMatchObject({ state: 'active' });
    await letItsTimeCome(house);
    expect(await untilEnded(house)).toMatchObject({ how: 'expired' });
    expect(await house.rolesOfBob()).toEqual([S]);
    expect((await second.stop()).code).toBe(0);
  });
});

describe('a service that is killed while it ends a role', () => {
  it.each([
    ['before the effect', [{ match: WRITE, fault: HANG }], ['Manager', S]],
    [
      'after the effect',
      [
        { match: WRITE, fault: LOST },
        { match: READ, after: 1, fault: HANG },
      ],
      [S],
    ],
  ] as const)('%s: the next one ends it, once', async (_when, faults, left) => {
    const house = await linkedHouse();
    const dave = new Member(house.sandboxes.slack.controlUrl, 'U104');
    const first = await house.service();
    await give(house, []);
    await dave.read(/^Done\. Bob Brown \(102\) now has/);
    const allMet = await house.plan(faults);
    await letItsTimeCome(house);
    await allMet();
    await first.kill();
    expect(await house.rolesOfBob()).toEqual(left);
    expect((await grant(house)).state).not.toBe('ended');
    const second = await house.service();
    expect(await untilEnded(house)).toMatchObject({ how: 'expired' });
    expect(await house.rolesOfBob()).toEqual([S]);
    const entries = await house.inStore((store) => store.audit.list({ limit: 50, action: 'grant.ended' }));
    expect(entries).toHaveLength(1);
    expect((await second.stop()).code).toBe(0);
  });
});

describe('a command that gives a role for a time', () => {
  it('says whether a service runs that ends it, and the service of later does', async () => {
    const house = await linkedHouse();
    const given = await house.command(['ask', 'give bob Manager for 2 hours', '--as', '104', '--yes']);
    expect(given.out).toContain('Manager ends');
    expect(given.out).toContain('No service runs on this data folder: nothing begins or ends until one is started');
    const service = await house.service();
    const other = await house.command(['ask', 'extend the Manager of bob by 1 hour', '--as', '104', '--yes']);
    expect(other.out).toContain('The running service keeps these times.');
    await letItsTimeCome(house);
    await untilEnded(house);
    expect(await house.rolesOfBob()).toEqual([S]);
    expect((await service.stop()).code).toBe(0);
  });
});
