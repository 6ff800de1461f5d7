import { expect, it } from 'vitest';
import type { ClaimedDue, Store } from '#src/usecases/ports.ts';
import { onEachStore } from '../engines.ts';
import { entry } from '../values.ts';

const NOW = 1_000_000;
const TTL = 60_000;

function put(store: Store, id: string, dueAt = NOW, kind = 'revoke'): Promise<boolean> {
  return store.commit([{ write: 'due.put', due: { id, kind, ref: `of ${id}`, dueAt } }], []);
}

function claim(store: Store, now = NOW, more: object = {}): Promise<readonly ClaimedDue[]> {
  return store.due.claim({ now, limit: 10, holder: 'w1', ttlMs: TTL, ...more });
}

async function claimed(store: Store, now = NOW): Promise<ClaimedDue> {
  const [one] = await claim(store, now);
  if (!one) throw new Error('nothing was claimed');
  return one;
}

onEachStore('what is due', (open) => {
  it('is claimed once it is due, not a moment earlier, the longest waiting first', async () => {
    const { store } = await open();
    await put(store, 'late', NOW + 1);
    await put(store, 'second', NOW);
    await put(store, 'first', NOW - 5);
    expect((await claim(store)).map(({ id }) => id)).toEqual(['first', 'second']);
    expect(await claim(store)).toEqual([]);
    expect((await claim(store, NOW + 1)).map(({ id }) => id)).toEqual(['late']);
  });

  it('tells the claimer what it is about, how often it was tried, and until when it is theirs', async () => {
    const { store } = await open();
    await put(store, 'd1', NOW - 5);
    expect(await claim(store)).toEqual([
      {
        id: 'd1',
        kind: 'revoke',
        ref: 'of d1',
        dueAt: NOW - 5,
        fence: 1,
        attempts: 1,
        lastError: null,
        leaseUntil: NOW + TTL,
      },
    ]);
  });

  it('goes to one of many claimers, and no more of it than asked for', async () => {
    const { store } = await open();
    for (let n = 0; n < 10; n += 1) await put(store, `d${n}`);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => claim(store, NOW, { holder, limit: 3 })));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(10);
    expect(claims.every((each) => each.length <= 3)).toBe(true);
  });

  it('can be claimed by kind, so that what takes access away goes first', async () => {
    const { store } = await open();
    await put(store, 'w', NOW - 9, 'warn');
    await put(store, 'r', NOW);
    expect((await claim(store, NOW, { kinds: ['revoke'] })).map(({ id }) => id)).toEqual(['r']);
    expect((await claim(store, NOW, { kinds: [] })).map(({ id }) => id)).toEqual([]);
    expect((await claim(store)).map(({ id }) => id)).toEqual(['w']);
  });

  it('goes to somebody else when the lease has run out, and the former claimer can do nothing more', async () => {
    const { store } = await open();
    await put(store, 'd1');
    const former = await claimed(store);
    expect(await claim(store, NOW + TTL - 1)).toEqual([]);
    const [next] = await claim(store, NOW + TTL, { holder: 'w2' });
    expect(next).toMatchObject({ fence: 2, attempts: 2 });
    expect(await store.commit([{ write: 'due.settle', due: former }], [entry('late')])).toBe(false);
    expect(await store.commit([{ write: 'due.fail', due: former, retryAt: 1, error: 'x' }], [])).toBe(false);
    expect(await store.commit([{ write: 'due.park', due: former, error: 'x' }], [])).toBe(false);
    expect(await store.due.hold(former, NOW + TTL, TTL)).toBeNull();
    expect(await store.audit.list({ limit: 9 })).toEqual([]);
    expect(await store.due.load('d1')).toMatchObject({ leaseBy: 'w2', doneAt: null });
  });

  it('is done once, and stays done', async () => {
    const { store } = await open();
    await put(store, 'd1');
    const mine = await claimed(store);
    expect(await store.commit([{ write: 'due.settle', due: mine }], [entry('done')])).toBe(true);
    expect(await store.commit([{ write: 'due.settle', due: mine }], [entry('done')])).toBe(false);
    expect(await claim(store, NOW + 10 * TTL)).toEqual([]);
    expect(await store.due.load('d1')).toMatchObject({ doneAt: NOW, leaseBy: null });
    expect(await store.due.nextAt()).toBeNull();
  });

  it('comes back at the time of the next try, with what went wrong', async () => {
    const { store } = await open();
    await put(store, 'd1');
    const retryAt = NOW + 5;
    const mine = await claimed(store);
    expect(await store.commit([{ write: 'due.fail', due: mine, retryAt, error: 'RingCentral is down' }], [])).toBe(
      true,
    );
    expect(await store.due.nextAt()).toBe(retryAt);
    expect(await claim(store, retryAt - 1)).toEqual([]);
    expect(await claim(store, retryAt)).toMatchObject([
      { id: 'd1', fence: 2, attempts: 2, dueAt: NOW, lastError: 'RingCentral is down' },
    ]);
  });

  it('is left alone while parked, until it is put again', async () => {
    const { store } = await open();
    await put(store, 'd1');
    expect(await store.commit([{ write: 'due.park', due: await claimed(store), error: 'no way' }], [])).toBe(true);
    expect(await claim(store, NOW + 10 * TTL)).toEqual([]);
    expect(await store.due.parked(9)).toMatchObject([{ id: 'd1', lastError: 'no way', parkedAt: NOW }]);
    expect(await store.due.nextAt()).toBeNull();
    await put(store, 'd1', NOW + 1);
    expect(await store.due.parked(9)).toEqual([]);
    expect(await claim(store, NOW + 1)).toMatchObject([{ id: 'd1', attempts: 1, lastError: null }]);
  });

  it('moves when it is put again, away from whoever held it', async () => {
    const { store } = await open();
    await put(store, 'd1');
    const former = await claimed(store);
    await put(store, 'd1', NOW + 2 * TTL);
    expect(await store.commit([{ write: 'due.settle', due: former }], [])).toBe(false);
    expect(await claim(store, NOW + TTL)).toEqual([]);
    expect(await claim(store, NOW + 2 * TTL)).toMatchObject([{ id: 'd1' }]);
  });

  it('stays as it is when it is only added again, even done', async () => {
    const { store } = await open();
    const added = { write: 'due.add', due: { id: 'd1', kind: 'revoke', ref: 'g', dueAt: NOW } } as const;
    await store.commit([added], []);
    const mine = await claimed(store);
    await store.commit([{ ...added, due: { ...added.due, dueAt: 1 } }], []);
    expect(await store.commit([{ write: 'due.settle', due: mine }], [])).toBe(true);
    await store.commit([added], []);
    expect(await claim(store, NOW + TTL)).toEqual([]);
  });

  it('is not looked at any more once cancelled, however it stood', async () => {
    const { store } = await open();
    await put(store, 'waiting', NOW + 1);
    await put(store, 'held');
    const held = await claimed(store);
    const cancel = (id: string) => ({ write: 'due.cancel', id }) as const;
    expect(await store.commit([cancel('waiting'), cancel('held'), cancel('nowhere')], [])).toBe(true);
    expect(await store.commit([{ write: 'due.settle', due: held }], [])).toBe(false);
    expect(await claim(store, NOW + 10 * TTL)).toEqual([]);
  });

  it('is due once more when it is settled and put in one breath', async () => {
    const { store } = await open();
    await put(store, 'sweep');
    const mine = await claimed(store);
    const again = { id: 'sweep', kind: 'sweep', ref: '', dueAt: NOW + 5 };
    expect(
      await store.commit(
        [
          { write: 'due.settle', due: mine },
          { write: 'due.put', due: again },
        ],
        [],
      ),
    ).toBe(true);
    expect(await claim(store, NOW + 5)).toMatchObject([{ id: 'sweep', attempts: 1 }]);
  });

  it('can be held for longer by long work, while it is still held', async () => {
    const { store } = await open();
    await put(store, 'd1');
    const mine = await claimed(store);
    expect(await store.due.hold(mine, NOW + TTL - 1, TTL)).toEqual({ ...mine, leaseUntil: NOW + TTL - 1 + TTL });
    expect(await claim(store, NOW + TTL)).toEqual([]);
    expect(await store.due.hold(mine, NOW + 2 * TTL, TTL)).toBeNull();
  });

  it('tells when something is to be looked at next', async () => {
    const { store } = await open();
    expect(await store.due.nextAt()).toBeNull();
    await put(store, 'b', NOW + 9);
    await put(store, 'a', NOW + 5, 'warn');
    expect(await store.due.nextAt()).toBe(NOW + 5);
    expect(await store.due.nextAt(['revoke'])).toBe(NOW + 9);
  });
});
