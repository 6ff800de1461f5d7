import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, type Limiter, type Wish } from '#src/adapters/ringcentral-directory/limiter.ts';
import { createSharedBudget } from '#src/adapters/ringcentral-directory/shared-budget.ts';
import type { SharedState } from '#src/usecases/ports.ts';
import { faultOf, handTime } from './kit.ts';

const SETTINGS = { limit: 6, windowMs: 60_000, maxConcurrent: 8, backgroundReserve: 2 };

function wish(over: Partial<Wish> = {}): Wish {
  return { operation: 'readUserRole', priority: 'read', maxWaitMs: 8_000, ...over };
}

/** Several instances that share one store, which may be away. */
function instances(count: number, settings = SETTINGS) {
  const time = handTime();
  const documents = new Map<string, string>();
  const store = { away: false };
  const state: SharedState = {
    async change(name, change) {
      if (store.away) throw new Error('the store is away');
      const { body, result } = change(documents.get(name) ?? null, time.clock.now());
      documents.set(name, body);
      return result;
    },
  };
  const troubles: unknown[] = [];
  let ids = 0;
  const limiters = Array.from({ length: count }, () =>
    createLimiter(
      settings,
      time.clock,
      time.timers,
      undefined,
      createSharedBudget({
        state,
        name: 'calls/app/Light:service',
        limit: settings.limit,
        windowMs: settings.windowMs,
        newId: () => `c${ids++}`,
        onTrouble: (error) => troubles.push(error),
      }),
    ),
  );
  return { ...time, limiters: limiters as [Limiter, Limiter, ...Limiter[]], store, troubles };
}

async function through(limiter: Limiter, over: Partial<Wish> = {}): Promise<void> {
  (await limiter.acquire(wish(over))).answered(null);
}

describe('a budget that instances share', () => {
  it('is one budget: what one spends, the other cannot', async () => {
    const { limiters, pass } = instances(2);
    const [one, other] = limiters;
    for (let calls = 0; calls < 3; calls += 1) {
      await through(one);
      await through(other);
    }
    const refused = faultOf(other.acquire(wish()));
    await pass(1_000);
    expect((await refused).data.retryAfterMs).toBeGreaterThanOrEqual(58_000);
    const patient = through(one, { maxWaitMs: 120_000 });
    await pass(58_000);
    expect(one.idle()).toBe(false);
    await pass(5_000);
    await patient;
  });

  it('tells every instance of a penalty that one was given', async () => {
    const { limiters, pass } = instances(2);
    const [one, other] = limiters;
    (await one.acquire(wish())).penalised(30_000, null);
    const refused = faultOf(other.acquire(wish()));
    await pass(1_000);
    expect((await refused).data.retryAfterMs).toBeGreaterThanOrEqual(29_000);
    let went = false;
    void through(other, { maxWaitMs: 60_000 }).then(() => {
      went = true;
    });
    await pass(28_000);
    expect(went).toBe(false);
    await pass(3_000);
    expect(went).toBe(true);
  });

  it('lets a revocation out while background work of either waits', async () => {
    const { limiters, pass } = instances(2);
    const [one, other] = limiters;
    for (let calls = 0; calls < 4; calls += 1) await through(one);
    const order: string[] = [];
    void through(other, { priority: 'background', maxWaitMs: 300_000 }).then(() => order.push('background'));
    await pass(1_000);
    void through(other, { priority: 'revocation' }).then(() => order.push('revocation'));
    await pass(1_000);
    expect(order).toEqual(['revocation']);
    await pass(120_000);
    expect(order).toEqual(['revocation', 'background']);
  });

  it('counts the calls of an instance that is gone, and lets go of them in the end', async () => {
    const { limiters, pass } = instances(2, { ...SETTINGS, limit: 2 });
    const [gone, other] = limiters;
    await gone.acquire(wish());
    const refused = faultOf(other.acquire(wish()));
    await pass(9_000);
    expect(await refused).toMatchObject({ code: 'rate-limited' });
    const patient = through(other, { maxWaitMs: 300_000 });
    await pass(130_000);
    await patient;
  });

  it('gives back what nobody wanted any more', async () => {
    const { limiters } = instances(2);
    const [one] = limiters;
    const leaving = new AbortController();
    const left = faultOf(one.acquire(wish({ signal: leaving.signal })));
    leaving.abort();
    expect(await left).toMatchObject({ code: 'aborted' });
    await through(one);
    expect(one.idle()).toBe(false);
  });

  it('leaves each to what it knows by itself while the store is away', async () => {
    const { limiters, store, troubles } = instances(2);
    const [one] = limiters;
    await through(one);
    store.away = true;
    for (let calls = 0; calls < 4; calls += 1) await through(one);
    expect(troubles).toEqual([]);
    (await one.acquire(wish())).penalised(30_000, null);
    expect(await faultOf(one.acquire(wish()))).toMatchObject({ code: 'rate-limited' });
    store.away = false;
  });

  it('never lets more out in any window than it holds, whoever asks and however long calls take', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(9_000), fc.nat(4_000)), { minLength: 10, maxLength: 40 }),
        async (asks) => {
          const { limiters, clock, timers, pass } = instances(3);
          const sentAt: number[] = [];
          for (const [who, gapMs, takesMs] of asks) {
            const limiter = limiters[who];
            void limiter?.acquire(wish({ maxWaitMs: 600_000 })).then((ticket) => {
              sentAt.push(clock.now());
              timers.after(takesMs, () => ticket.answered(null));
            });
            await pass(gapMs);
          }
          await pass(1_200_000);
          expect(sentAt).toHaveLength(asks.length);
          for (const at of sentAt) {
            const inWindow = sentAt.filter((other) => other >= at && other < at + SETTINGS.windowMs);
            expect(inWindow.length).toBeLessThanOrEqual(SETTINGS.limit);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
