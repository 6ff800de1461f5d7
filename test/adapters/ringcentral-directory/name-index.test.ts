import { describe, expect, it } from 'vitest';
import { createNameIndex } from '#src/adapters/ringcentral-directory/name-index.ts';
import { indexNames } from '#src/adapters/ringcentral-directory/names.ts';
import { Fault } from '#src/domain/faults.ts';
import { accountId } from '#src/domain/ids.ts';
import type { Names } from '#src/usecases/ports.ts';
import { faultOf, handTime, memoryLog } from './kit.ts';

function start() {
  const time = handTime();
  const { log, lines } = memoryLog();
  const reads: {
    resolve(): void;
    reject(error: unknown): void;
    signal: AbortSignal;
    progress(read: number, of: number | null): void;
  }[] = [];
  const index = createNameIndex({
    read: (signal, progress) =>
      new Promise<Names>((resolve, reject) => {
        const account = { id: accountId(reads.length + 1), name: 'A', zone: null };
        const readAt = time.clock.now();
        const names = indexNames({ account, people: [], sites: [], roles: [], permissions: [], readAt });
        reads.push({ resolve: () => resolve(names), reject, signal, progress });
      }),
    clock: time.clock,
    timers: time.timers,
    log,
    maxAgeMs: 300_000,
    minAgeMs: 5_000,
    patienceMs: 20_000,
    retryMs: 30_000,
    estimateMs: (people) => people * 10,
  });
  return { ...time, index, reads, lines };
}

const DOWN = new Fault('directory-unavailable', 'down');

describe('the index of names', () => {
  it('is read once for all who ask first', async () => {
    const { index, reads } = start();
    const asked = [index.current(), index.current(), index.refresh()];
    reads[0]?.resolve();
    expect((await Promise.all(asked)).map((names) => names.account.id)).toEqual(['1', '1', '1']);
    expect(reads).toHaveLength(1);
  });

  it('gives the old names at once while it reads new ones behind', async () => {
    const { index, reads, pass } = start();
    const first = index.current();
    reads[0]?.resolve();
    await first;
    await pass(299_000);
    expect((await index.current()).account.id).toBe('1');
    expect(reads).toHaveLength(1);
    await pass(2_000);
    expect((await index.current()).account.id).toBe('1');
    expect((await index.current()).account.id).toBe('1');
    expect(reads).toHaveLength(2);
    reads[1]?.resolve();
    await pass(0);
    expect((await index.current()).account.id).toBe('2');
  });

  it('keeps the old names when reading behind fails, tells the log, and rests before trying again', async () => {
    const { index, reads, pass, lines } = start();
    const first = index.current();
    reads[0]?.resolve();
    await first;
    await pass(301_000);
    await index.current();
    reads[1]?.reject(DOWN);
    await pass(0);
    expect((await index.current()).account.id).toBe('1');
    expect(lines.filter((line) => line.level === 'warn')).toHaveLength(1);
    expect(reads).toHaveLength(2);
    await pass(31_000);
    await index.current();
    expect(reads).toHaveLength(3);
  });

  it('fails the first time with the fault itself, and tries again for the next asker', async () => {
    const { index, reads } = start();
    const first = faultOf(index.current());
    reads[0]?.reject(DOWN);
    expect((await first).code).toBe('directory-unavailable');
    const second = index.current();
    reads[1]?.resolve();
    expect((await second).account.id).toBe('2');
  });

  it('does not hold an asker up for longer than patience when nothing was read yet', async () => {
    const { index, reads, pass } = start();
    const asked = faultOf(index.current());
    await pass(20_000);
    expect(await asked).toMatchObject({ code: 'names-pending', data: { retryAfterMs: 20_000 } });
    reads[0]?.resolve();
    await pass(0);
    expect((await index.current()).account.id).toBe('1');
  });

  it('reads again on demand, but not names that are seconds old', async () => {
    const { index, reads, pass } = start();
    const first = index.current();
    reads[0]?.resolve();
    await first;
    expect((await index.refresh()).account.id).toBe('1');
    expect(reads).toHaveLength(1);
    await pass(5_000);
    const again = index.refresh();
    reads[1]?.resolve();
    expect((await again).account.id).toBe('2');
  });

  it('gives the old names when reading on demand takes too long', async () => {
    const { index, reads, pass } = start();
    const first = index.current();
    reads[0]?.resolve();
    await first;
    await pass(6_000);
    const again = index.refresh();
    await pass(20_000);
    expect((await again).account.id).toBe('1');
  });

  it('tells when the rest will have been read, and meanwhile how far it has come', async () => {
    const { index, reads, pass, lines } = start();
    const asked = faultOf(index.current());
    reads[0]?.progress(1_000, 60_000);
    reads[0]?.progress(2_000, 60_000);
    await pass(20_000);
    reads[0]?.progress(30_000, 60_000);
    expect(await asked).toMatchObject({ code: 'names-pending', data: { retryAfterMs: 580_000 } });
    expect(lines.map((line) => line.data)).toEqual([
      { people: 1_000, of: 60_000 },
      { people: 30_000, of: 60_000 },
    ]);
  });

  it('says nothing of the progress of an account that is read at once', async () => {
    const { index, reads, lines } = start();
    const asked = index.current();
    reads[0]?.progress(28, 28);
    reads[0]?.resolve();
    await asked;
    expect(lines.map((line) => line.message)).toEqual(['names read']);
  });

  it('tells the log of a failure that nobody waits for any more, and only then', async () => {
    const { index, reads, pass, lines } = start();
    const impatient = faultOf(index.current());
    await pass(20_000);
    await impatient;
    reads[0]?.reject(DOWN);
    await pass(0);
    const waiting = faultOf(index.current());
    reads[1]?.reject(DOWN);
    await waiting;
    expect(lines.map((line) => [line.level, line.message])).toEqual([['error', 'names could not be read']]);
  });

  it('stops reading when it is closed', async () => {
    const { index, reads } = start();
    const asked = faultOf(index.current());
    index.close();
    expect(reads[0]?.signal.aborted).toBe(true);
    reads[0]?.reject(new Fault('aborted', 'closed'));
    expect((await asked).code).toBe('aborted');
  });
});
