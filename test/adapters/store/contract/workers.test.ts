import { expect, it } from 'vitest';
import { createTrailCheck } from '#src/domain/verify-audit.ts';
import type { Store, StoreChange } from '#src/usecases/ports.ts';
import { child } from '../children.ts';
import { onEachEngine, type Spot } from '../engines.ts';

const ROWS = 1_000;

/** How a process of its own is told where the store lies. */
function told({ directory, databaseUrl }: Spot): string {
  return databaseUrl ?? directory ?? '';
}

async function isWhole(store: Store): Promise<boolean> {
  const check = createTrailCheck([], 1);
  for await (const page of store.audit.chain()) for (const each of page) check.take(each);
  return check.end(await store.audit.head()).whole;
}

onEachEngine('three processes', (open) => {
  it('carry out everything that is due exactly once between them, on one unbroken trail', async () => {
    const { store, spot } = await open();
    const ids = Array.from({ length: ROWS }, (_, n) => `d${n}`);
    const puts = ids.map((id): StoreChange => ({ write: 'due.put', due: { id, kind: 'revoke', ref: id, dueAt: 1 } }));
    expect(await store.commit(puts, [])).toBe(true);
    const workers = ['a', 'b', 'c'].map((name) => child('work', told(spot), name));
    await Promise.all(workers.map((each) => each.first));
    for (const each of workers) each.process.stdin?.end('go\n');
    await Promise.all(workers.map((each) => each.ended));
    const done = workers.flatMap((each) => each.lines.filter((line) => line !== 'ready'));
    expect(done.sort()).toEqual([...ids].sort());
    expect(await store.audit.head()).toMatchObject({ seq: ROWS });
    expect(await isWhole(store)).toBe(true);
  });
});
