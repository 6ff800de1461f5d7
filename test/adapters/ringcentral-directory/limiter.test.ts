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

describe('somebody who waits for long', () => {
  function startLimits() {
    const time = handTime();
    const told: string[] = [];
    const options = { limits: { Light: 1 }, onLongWait: () => told.push('waits') };
    return { ...time, told, limits: createLimits(options, time.clock, time.timers) };
  }

  it('is told why, after some seconds', async () => {
    const { limits, pass, told } = startLimits();
    await through(limits.of('service', 'Light'));
    const waiting = through(limits.of('service', 'Light'), { maxWaitMs: 65_000 });
    await pass(3_000);
    expect(told).toEqual([]);
    await pass(2_000);
    expect(told).toEqual(['waits']);
    await pass(60_000);
    await waiting;
  });

  it('is told nothing when it goes at once', async () => {
    const { limits, pass, told } = startLimits();
    await through(limits.of('service', 'Light'));
    await pass(10_000);
    expect(told).toEqual([]);
  });
});

describe('a budget that outlives the process', () => {
  it('is taken up where the earlier process left it', async () => {
    const time = handTime();
    const earlier = createLimits({ limits: { Light: 2 } }, time.clock, time.timers);
    await through(earlier.of('service', 'Light'));
    await through(earlier.of('service', 'Light'));
    const budgets = earlier.budgets();
    await time.pass(30_000);
    const next = createLimits({ limits: { Light: 2 }, budgets }, time.clock, time.timers);
    const fault = await faultOf(next.of('service', 'Light').acquire(wish()));
    expect(fault.data.retryAfterMs).toBeLessThan(31_000);
    await through(next.of('someone-else', 'Light'));
    await through(next.of('service', 'Medium'));
  });

  it('keeps a penalty, and is forgotten when nothing of it counts', async () => {
    const time = handTime();
    const earlier = createLimits({}, time.clock, time.timers);
    (await earlier.of('service', 'Heavy').acquire(wish())).penalised(40_000, null);
    const budgets = earlier.budgets();
    const next = createLimits({ budgets }, time.clock, time.timers);
    expect((await faultOf(next.of('service', 'Heavy').acquire(wish()))).code).toBe('rate-limited');
    await time.pass(61_000);
    expect(earlier.budgets()).toEqual({});
  });

  it('is passed on by a process that never used it', () => {
    const time = handTime();
    const budget = { limit: 5, windowMs: 60_000, frees: [time.clock.now() + 9_000], penaltyUntil: 0 };
    expect(createLimits({ budgets: { 'Auth:service': budget } }, time.clock, time.timers).budgets()).toEqual({
      'Auth:service': budget,
    });
  });

  it('holds nobody up for longer than a window when the clock was set back', async () => {
    const time = handTime();
    const frees = [time.clock.now() + 86_400_000];
    const budget = { limit: 1, windowMs: 60_000, frees, penaltyUntil: 0 };
    const limits = createLimits({ budgets: { 'Light:service': budget } }, time.clock, time.timers);
    const waiting = through(limits.of('service', 'Light'), { maxWaitMs: 65_000 });
    await time.pass(61_000);
    await waiting;
  });
});
