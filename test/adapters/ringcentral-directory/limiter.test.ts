import { describe, expect, it } from 'vitest';
import { createLimiter, type Priority, type Ticket, type Wish } from '#src/adapters/ringcentral-directory/limiter.ts';
import { createLimits } from '#src/adapters/ringcentral-directory/limits.ts';
import { faultOf, handTime } from './kit.ts';

const SETTINGS = { limit: 2, windowMs: 60_000, maxConcurrent: 8, backgroundReserve: 1 };

function wish(over: Partial<Wish> = {}): Wish {
  return { operation: 'readUserRole', priority: 'read', maxWaitMs: 8_000, ...over };
}

function start(settings = SETTINGS) {
  const time = handTime();
  return { ...time, limiter: createLimiter(settings, time.clock, time.timers) };
}

/** Asks and, once let out, answers at once. */
async function through(limiter: ReturnType<typeof start>['limiter'], over: Partial<Wish> = {}): Promise<void> {
  (await limiter.acquire(wish(over))).answered(null);
}

describe('a limiter', () => {
  it('lets calls out while the budget lasts and then says when it goes on', async () => {
    const { limiter } = start();
    await through(limiter);
    await through(limiter);
    const fault = await faultOf(limiter.acquire(wish()));
    expect(fault).toMatchObject({ code: 'rate-limited', data: { operation: 'readUserRole' } });
    expect(fault.data.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(fault.data.retryAfterMs).toBeLessThanOrEqual(61_000);
  });

  it('keeps a call that may wait until its turn', async () => {
    const { limiter, pass } = start();
    await through(limiter);
    await through(limiter);
    const order: string[] = [];
    const waiting = through(limiter, { maxWaitMs: 120_000 }).then(() => order.push('went'));
    await pass(59_000);
    expect(order).toEqual([]);
    await pass(2_000);
    expect(order).toEqual(['went']);
    await waiting;
  });

  it('lets revocations go before writes, writes before reads, and background work last', async () => {
    const { limiter, pass } = start({ ...SETTINGS, limit: 1, backgroundReserve: 0 });
    await through(limiter);
    const order: Priority[] = [];
    const priorities: Priority[] = ['background', 'read', 'write', 'revocation', 'read'];
    for (const priority of priorities) {
      void through(limiter, { priority, maxWaitMs: 600_000 }).then(() => order.push(priority));
    }
    await pass(400_000);
    expect(order).toEqual(['revocation', 'write', 'read', 'read', 'background']);
  });

  it('keeps a part of the budget free of background work', async () => {
    const { limiter } = start();
    await through(limiter, { priority: 'background' });
    expect((await faultOf(limiter.acquire(wish({ priority: 'background' })))).code).toBe('rate-limited');
    await through(limiter);
  });

  it('stops everything during a penalty and refuses those who would wait too long', async () => {
    const { limiter, pass } = start({ ...SETTINGS, maxConcurrent: 1 });
    const first = await limiter.acquire(wish());
    const queued = faultOf(limiter.acquire(wish()));
    const patient = limiter.acquire(wish({ maxWaitMs: 300_000 }));
    let went = false;
    void patient.then(() => {
      went = true;
    });
    first.penalised(30_000, null);
    const fault = await queued;
    expect(fault.data.retryAfterMs).toBeGreaterThanOrEqual(30_000);
    await pass(29_900);
    expect(went).toBe(false);
    await pass(300);
    expect(went).toBe(true);
  });

  it('starts the penalty again when a call that was already out is refused too', async () => {
    const { limiter, pass } = start({ ...SETTINGS, limit: 10 });
    const [one, two] = [await limiter.acquire(wish()), await limiter.acquire(wish())];
    one.penalised(60_000, null);
    await pass(20_000);
    two.penalised(60_000, null);
    let went = false;
    void limiter.acquire(wish({ maxWaitMs: 300_000 })).then(() => {
      went = true;
    });
    await pass(59_900);
    expect(went).toBe(false);
    await pass(400);
    expect(went).toBe(true);
  });

  it('refuses at the end of the wait when a call on the way keeps its place', async () => {
    const { limiter, pass } = start({ ...SETTINGS, limit: 50, maxConcurrent: 1 });
    await limiter.acquire(wish());
    const refused = faultOf(limiter.acquire(wish({ maxWaitMs: 5_000 })));
    await pass(5_000);
    expect((await refused).code).toBe('rate-limited');
  });

  it('lets an asker leave the queue, and the next one moves up', async () => {
    const { limiter, pass } = start({ ...SETTINGS, limit: 1 });
    await through(limiter);
    const gone = new AbortController();
    const left = faultOf(limiter.acquire(wish({ maxWaitMs: 200_000, signal: gone.signal })));
    let went = false;
    void limiter.acquire(wish({ maxWaitMs: 200_000 })).then(() => {
      went = true;
    });
    gone.abort();
    expect((await left).code).toBe('aborted');
    await pass(61_000);
    expect(went).toBe(true);
  });

  it('refuses an asker who has already left', async () => {
    const { limiter } = start();
    expect((await faultOf(limiter.acquire(wish({ signal: AbortSignal.abort() })))).code).toBe('aborted');
  });

  it('lets the last calls of a budget out one by one, so that others who share it are noticed', async () => {
    const { limiter, pass } = start({ ...SETTINGS, limit: 5 });
    const out: Ticket[] = [];
    for (let call = 0; call < 5; call += 1) {
      void limiter.acquire(wish({ maxWaitMs: 120_000 })).then((ticket) => out.push(ticket));
    }
    await pass(0);
    expect(out).toHaveLength(3);
    out[0]?.answered(null);
    await pass(0);
    expect(out).toHaveLength(3);
    out[1]?.answered(null);
    await pass(0);
    expect(out).toHaveLength(4);
    for (const ticket of [...out]) ticket.answered(null);
    await pass(0);
    expect(out).toHaveLength(5);
  });

  it('counts a ticket once, however often it is settled', async () => {
    const { limiter } = start();
    const ticket: Ticket = await limiter.acquire(wish());
    ticket.answered(null);
    ticket.answered(null);
    ticket.penalised(60_000, null);
    await through(limiter);
    expect((await faultOf(limiter.acquire(wish()))).code).toBe('rate-limited');
  });

  it('has nothing left to do once all is over', async () => {
    const { limiter, pass, pending } = start();
    await through(limiter);
    expect(limiter.idle()).toBe(false);
    await pass(61_000);
    expect(limiter.idle()).toBe(true);
    expect(pending()).toBe(0);
  });
});

describe('the limiters of an app', () => {
  it('keep identities and groups apart', async () => {
    const time = handTime();
    const limits = createLimits({ limits: { Light: 1, Medium: 1 } }, time.clock, time.timers);
    await through(limits.of('service', 'Light'));
    await through(limits.of('service', 'Medium'));
    await through(limits.of('62104', 'Light'));
    expect((await faultOf(limits.of('service', 'Light').acquire(wish()))).code).toBe('rate-limited');
  });

  it('all stop when a limit above them was hit, those made later included', async () => {
    const time = handTime();
    const limits = createLimits({}, time.clock, time.timers);
    limits.of('service', 'Light');
    limits.stopAll(30_000);
    for (const identity of ['service', '62104']) {
      expect((await faultOf(limits.of(identity, 'Light').acquire(wish()))).code).toBe('rate-limited');
    }
    await time.pass(30_200);
    await through(limits.of('62104', 'Light'));
  });
});
