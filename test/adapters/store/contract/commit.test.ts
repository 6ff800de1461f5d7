import { expect, it } from 'vitest';
import type { NewRecord, StoreChange } from '#src/usecases/ports.ts';
import { onEachStore } from '../engines.ts';
import { entry, intent, pending } from '../values.ts';

function record(id: string, changes: Partial<NewRecord> = {}): NewRecord {
  return {
    kind: 'grant',
    id,
    state: 'active',
    owner: '103',
    subject: '101',
    ref: null,
    createdAt: 10,
    endsAt: 500,
    body: '{"n":1}',
    ...changes,
  };
}

const due = (id: string, dueAt: number) => ({ id, kind: 'revoke', ref: `of ${id}`, dueAt });

onEachStore('a commit', (open) => {
  it('writes all of several changes and the entries that tell of them', async () => {
    const { store } = await open();
    const changes: StoreChange[] = [
      { write: 'due.put', due: due('revoke:g1', 500) },
      { write: 'record.insert', record: record('g1') },
      { write: 'intent.record', intent: intent('i1') },
      { write: 'pending.save', pending: pending('p1') },
    ];
    expect(await store.commit(changes, [entry('one'), entry('two')])).toBe(true);
    expect(await store.records.load('grant', 'g1')).toEqual({ ...record('g1'), version: 1 });
    expect(await store.due.load('revoke:g1')).toMatchObject({ dueAt: 500, nextAt: 500, attempts: 0, doneAt: null });
    expect(await store.intents.unsettled()).toHaveLength(1);
    expect(await store.pending.load('p1')).toEqual(pending('p1'));
    expect((await store.audit.list({ limit: 9 })).map((each) => each.action)).toEqual(['two', 'one']);
  });

  const misses: Record<string, StoreChange> = {
    'a record whose id is taken': { write: 'record.insert', record: record('g1') },
    'a record that moved since': { write: 'record.move', record: { kind: 'grant', id: 'g1', version: 7 }, to: {} },
    'a record that is not there': { write: 'record.move', record: { kind: 'bulk', id: 'g1', version: 1 }, to: {} },
    'a due row that nobody holds': { write: 'due.settle', due: { id: 'd1', fence: 0 } },
    'a due row held under another fence': { write: 'due.fail', due: { id: 'd1', fence: 9 }, retryAt: 1, error: 'x' },
    'a due row that is not there': { write: 'due.park', due: { id: 'd9', fence: 0 }, error: 'x' },
    'an intent whose id is taken': { write: 'intent.record', intent: intent('i1') },
    'an intent that is not there': { write: 'intent.settle', id: 'i9', outcome: { kind: 'unchanged' } },
    'a question in another state': { write: 'pending.move', id: 'p1', version: 1, from: 'taken', to: 'done' },
    'a question of the same version': { write: 'pending.save', pending: pending('p1', { body: 'new' }) },
  };
  it.each(Object.entries(misses))('writes nothing at all when it meets %s', async (_what, miss) => {
    const { store } = await open();
    const there: StoreChange[] = [
      { write: 'record.insert', record: record('g1') },
      { write: 'due.put', due: due('d1', 500) },
      { write: 'intent.record', intent: intent('i1') },
      { write: 'pending.save', pending: pending('p1') },
    ];
    expect(await store.commit(there, [])).toBe(true);
    const before = await everything();
    const around: StoreChange[] = [
      { write: 'record.insert', record: record('g2') },
      { write: 'record.move', record: { kind: 'grant', id: 'g1', version: 1 }, to: { state: 'ended' } },
      { write: 'due.put', due: due('d1', 900) },
      { write: 'due.put', due: due('d2', 900) },
      { write: 'pending.move', id: 'p1', version: 1, from: 'open', to: 'taken' },
    ];
    const conflicting = around.filter((each) => each.write.split('.')[0] !== miss.write.split('.')[0]);
    expect(await store.commit([...conflicting, miss], [entry('never')])).toBe(false);
    expect(await store.commit([miss, ...conflicting], [entry('never')])).toBe(false);
    expect(await everything()).toEqual(before);

    async function everything() {
      return Promise.all([
        store.records.find({ kind: 'grant', limit: 9 }),
        store.due.load('d1'),
        store.due.load('d2'),
        store.intents.unsettled(),
        store.pending.load('p1'),
        store.audit.list({ limit: 9 }),
        store.audit.head(),
      ]);
    }
  });

  it('lets one of many win that move the same record', async () => {
    const { store } = await open();
    await store.commit([{ write: 'record.insert', record: record('g1') }], []);
    const tries = Array.from({ length: 8 }, (_, n) =>
      store.commit(
        [{ write: 'record.move', record: { kind: 'grant', id: 'g1', version: 1 }, to: { state: `by ${n}` } }],
        [entry(`by ${n}`)],
      ),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    const [told] = await store.audit.list({ limit: 9 });
    expect(await store.records.load('grant', 'g1')).toMatchObject({ version: 2, state: told?.action });
    expect(await store.audit.head()).toMatchObject({ seq: 1 });
  });

  it('leaves what a move does not name as it is', async () => {
    const { store } = await open();
    await store.commit([{ write: 'record.insert', record: record('g1', { ref: 'R1' }) }], []);
    const move = { write: 'record.move', record: { kind: 'grant', id: 'g1', version: 1 } } as const;
    await store.commit([{ ...move, to: { endsAt: null, body: '{"n":2}' } }], []);
    const moved = { ...record('g1', { ref: 'R1' }), version: 2, endsAt: null, body: '{"n":2}' };
    expect(await store.records.load('grant', 'g1')).toEqual(moved);
  });
});

onEachStore('records', (open) => {
  it('are found by the facts they carry outside, newest first', async () => {
    const { store } = await open();
    const all = [
      record('a', { createdAt: 1, owner: '104', endsAt: null }),
      record('b', { createdAt: 2, subject: '102', ref: 'R2' }),
      record('c', { createdAt: 2, state: 'ended' }),
      record('d', { createdAt: 3, kind: 'bulk' }),
    ];
    await store.commit(
      all.map((each) => ({ write: 'record.insert', record: each })),
      [],
    );
    const ids = async (query: object) =>
      (await store.records.find({ kind: 'grant', limit: 9, ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual(['c', 'b', 'a']);
    expect(await ids({ limit: 2 })).toEqual(['c', 'b']);
    expect(await ids({ before: { createdAt: 2, id: 'c' } })).toEqual(['b', 'a']);
    expect(await ids({ states: ['ended', 'lost'] })).toEqual(['c']);
    expect(await ids({ states: [] })).toEqual([]);
    expect(await ids({ owner: '104' })).toEqual(['a']);
    expect(await ids({ subject: '102' })).toEqual(['b']);
    expect(await ids({ ref: 'R2' })).toEqual(['b']);
    expect(await ids({ endsBefore: 501 })).toEqual(['c', 'b']);
    expect(await ids({ endsBefore: 500 })).toEqual([]);
    expect(await ids({ kind: 'bulk' })).toEqual(['d']);
    expect(await store.records.load('bulk', 'a')).toBeNull();
  });
});

onEachStore('intents', (open) => {
  it('are found by what they were about, settled or not, newest first', async () => {
    const { store } = await open();
    await store.intents.record(intent('i1', { reference: 'R1', createdAt: 1 }), entry('a'));
    await store.intents.record(intent('i2', { reference: 'R2', createdAt: 2, pendingId: 'p2' }), entry('a'));
    await store.intents.settle('i1', { kind: 'changed', verifiedAt: 5 }, entry('b'));
    const ids = async (query: object) => (await store.intents.find({ limit: 9, ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual(['i2', 'i1']);
    expect(await ids({ reference: 'R1' })).toEqual(['i1']);
    expect(await ids({ extension: intent('i1').extension, limit: 1 })).toEqual(['i2']);
    expect(await ids({ asker: intent('i1').extension })).toEqual([]);
    expect(await ids({ pendingId: 'p2' })).toEqual(['i2']);
    expect((await store.intents.find({ limit: 1, reference: 'R1' }))[0]?.outcome).toEqual({
      kind: 'changed',
      verifiedAt: 5,
    });
  });
});
