import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ChainedEntry, Store } from '#src/usecases/ports.ts';
import { onEachStore } from '../engines.ts';
import { entry } from '../values.ts';

async function chainOf(store: Store, fromSeq?: number): Promise<readonly ChainedEntry[]> {
  const all: ChainedEntry[] = [];
  for await (const page of store.audit.chain(fromSeq)) all.push(...page);
  return all;
}

onEachStore('a trail', (open) => {
  it.each(['audit', 'seen'] as const)('"%s" lists what fits, newest first', async (trail) => {
    const { store } = await open();
    const written = [
      entry('change.outcome', { at: 10, subject: '101' }),
      entry('change.refused', { at: 20, subject: '101,102', actor: '104' }),
      entry('changes', { at: 30, reference: 'R2' }),
      entry('change', { at: 40, subject: '1015' }),
    ];
    for (const each of written) await store[trail].append(each);
    const seqs = async (query: object) => (await store[trail].list({ limit: 9, ...query })).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([4, 3, 2, 1]);
    expect(await seqs({ limit: 2 })).toEqual([4, 3]);
    expect(await seqs({ limit: 2, before: 3 })).toEqual([2, 1]);
    expect(await seqs({ limit: 0 })).toEqual([]);
    expect(await seqs({ actor: '104' })).toEqual([2]);
    expect(await seqs({ subject: '101' })).toEqual([2, 1]);
    expect(await seqs({ subject: '102' })).toEqual([2]);
    expect(await seqs({ action: 'change.' })).toEqual([2, 1]);
    expect(await seqs({ action: 'change' })).toEqual([4]);
    expect(await seqs({ reference: 'R2' })).toEqual([3]);
    expect(await seqs({ from: 20, until: 40 })).toEqual([3, 2]);
    expect(await seqs({ subject: '101', action: 'change.', until: 20 })).toEqual([1]);
    expect(await store[trail].list({ limit: 1 })).toEqual([{ ...written[3], seq: 4 }]);
  });
});

onEachStore('the chain', (open) => {
  it('hashes each entry with the hash of the one before, as documented', async () => {
    const { store } = await open();
    expect(await store.audit.head()).toBeNull();
    await store.commit([], [entry('a', { subject: 'Köhler 🎺' }), entry('b', { body: '{"x":"\\n"}' })]);
    await store.audit.append(entry('c'));
    const chain = await chainOf(store);
    expect(chain.map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    let prev = '0'.repeat(64);
    for (const each of chain) {
      expect(each.prev).toBe(prev);
      const text = JSON.stringify([
        prev,
        each.seq,
        each.at,
        each.actor,
        each.action,
        each.subject,
        each.reference,
        each.body,
      ]);
      prev = createHash('sha256').update(text, 'utf8').digest('hex');
      expect(each.hash).toBe(prev);
    }
    expect(await store.audit.head()).toEqual({ seq: 3, hash: prev });
    expect((await chainOf(store, 3)).map(({ seq }) => seq)).toEqual([3]);
    expect(await chainOf(store, 4)).toEqual([]);
  });

  it('stays one chain when many write at once', async () => {
    const { store } = await open();
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.audit.append(entry(`e${n}`))));
    const chain = await chainOf(store);
    expect(chain.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(chain.slice(1).map(({ prev }) => prev)).toEqual(chain.slice(0, -1).map(({ hash }) => hash));
  });
});

onEachStore('who saw what', (open) => {
  it('is removed when it is old, and the chain knows nothing of it', async () => {
    const { store } = await open();
    await store.audit.append(entry('change.outcome'));
    const head = await store.audit.head();
    await store.seen.append(entry('read.who-has', { at: 10, subject: '101,102' }));
    await store.seen.append(entry('read.whoami', { at: 20, subject: '101' }));
    expect(await store.seen.purge(20)).toBe(1);
    expect(await store.seen.list({ limit: 9, subject: '101' })).toMatchObject([{ action: 'read.whoami' }]);
    expect(await store.seen.list({ limit: 9, subject: '102' })).toEqual([]);
    expect(await store.audit.head()).toEqual(head);
    expect(await store.audit.list({ limit: 9 })).toHaveLength(1);
  });
});
