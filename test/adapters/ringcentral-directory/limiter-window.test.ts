import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answered,
  type CallWindow,
  freshWindow,
  goesAt,
  mayGo,
  penalised,
  sent,
} from '#src/adapters/ringcentral-directory/limiter-window.ts';

const MINUTE = 60_000;
const START = 1_000_000;

type Trip = { readonly up: number; readonly down: number; readonly pause: number };

const trips = fc.array(
  fc.record({
    up: fc.integer({ min: 0, max: 20_000 }),
    down: fc.integer({ min: 0, max: 20_000 }),
    pause: fc.integer({ min: 0, max: 3_000 }),
  }),
  { minLength: 30, maxLength: 120 },
);

type Run = { arrivals: number[]; sends: number[]; penalties: { from: number; until: number }[] };

/** Sends as eagerly as the window lets it; delays and penalties are the other side's choice. */
function run(limit: number, plan: readonly Trip[], refuseEvery: number): Run {
  let window: CallWindow = freshWindow(limit, MINUTE);
  let now = START;
  const done: Run = { arrivals: [], sends: [], penalties: [] };
  let pending: { at: number; refused: boolean }[] = [];
  function land(until: number): void {
    for (const answer of pending.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)) {
      window = answered(window, answer.at, null);
      if (!answer.refused) continue;
      window = penalised(window, answer.at, MINUTE);
      done.penalties.push({ from: answer.at, until: answer.at + MINUTE });
    }
    pending = pending.filter((each) => each.at > until);
  }
  plan.forEach((trip, index) => {
    now += trip.pause;
    land(now);
    while (!mayGo(window, now)) {
      const free = goesAt(window, now, 0);
      now = Math.min(...pending.map((each) => each.at), free > now ? free : Number.POSITIVE_INFINITY);
      land(now);
    }
    window = sent(window);
    done.sends.push(now);
    done.arrivals.push(now + trip.up);
    pending.push({
      at: now + trip.up + trip.down,
      refused: refuseEvery > 0 && index % refuseEvery === refuseEvery - 1,
    });
  });
  return done;
}

function mostInAnyWindow(arrivals: readonly number[], windowMs: number): number {
  const sorted = [...arrivals].sort((a, b) => a - b);
  return Math.max(...sorted.map((end) => sorted.filter((at) => at > end - windowMs && at <= end).length));
}

describe('the window of calls', () => {
  it('never holds more calls than the limit at the server, whatever the delays on the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), trips, (limit, plan) => {
        expect(mostInAnyWindow(run(limit, plan, 0).arrivals, MINUTE)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 150 },
    );
  });

  it('sends nothing inside a penalty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), trips, fc.integer({ min: 2, max: 9 }), (limit, plan, every) => {
        const { sends, penalties } = run(limit, plan, every);
        for (const { from, until } of penalties) {
          expect(sends.filter((at) => at > from && at < until)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says exactly when the next call may go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 40 }),
        (limit, gaps) => {
          let window: CallWindow = freshWindow(limit, MINUTE);
          let now = START;
          for (const gap of gaps) {
            now += gap;
            window = answered(sent(window), now, null);
          }
          const at = goesAt(window, now, 0);
          expect(mayGo(window, at)).toBe(true);
          if (at > now) expect(mayGo(window, at - 1)).toBe(false);
        },
      ),
    );
  });

  it('takes the limit and the window from the answer', () => {
    const window = answered(sent(freshWindow(40, MINUTE)), START, { limit: 2, remaining: null, windowMs: 30_000 });
    expect(window.limit).toBe(2);
    expect(mayGo(window, START)).toBe(true);
    const full = answered(sent(window), START + 1, { limit: 2, remaining: null, windowMs: 30_000 });
    expect(mayGo(full, START + 29_999)).toBe(false);
    expect(mayGo(full, START + 30_101)).toBe(true);
  });

  it('counts calls of others that share the budget, by what remains', () => {
    const window = answered(sent(freshWindow(10, MINUTE)), START, { limit: 10, remaining: 2, windowMs: MINUTE });
    expect(mayGo(window, START)).toBe(true);
    const next = answered(sent(window), START + 1, { limit: 10, remaining: 1, windowMs: MINUTE });
    expect(mayGo(next, START + 1)).toBe(true);
    expect(mayGo(sent(next), START + 1)).toBe(false);
  });

  it('never sends more than the server has left while others spend too', () => {
    const others = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 50 }), fc.integer({ min: 0, max: 40 }), others, (limit, before, order) => {
        let window: CallWindow = freshWindow(limit, MINUTE);
        let served = Math.min(before, Math.max(0, limit - Math.ceil(limit / 2)));
        const onTheWay: number[] = [];
        for (const step of order) {
          while (onTheWay.length < 8 && mayGo(window, START)) {
            window = sent(window);
            served += 1;
            onTheWay.push(limit - served);
          }
          expect(served).toBeLessThanOrEqual(limit);
          // Answers come back in any order.
          const [remaining] = onTheWay.splice(step % Math.max(1, onTheWay.length), 1);
          if (remaining === undefined) break;
          window = answered(window, START, { limit, remaining, windowMs: MINUTE });
        }
        expect(served).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('does not believe that more remains than it counted itself', () => {
    let window: CallWindow = freshWindow(3, MINUTE);
    for (let call = 0; call < 3; call += 1) {
      window = answered(sent(window), START, { limit: 3, remaining: 3, windowMs: MINUTE });
    }
    expect(mayGo(window, START + 1)).toBe(false);
  });

  it.each([
    ['a limit of nothing', { limit: 0, remaining: null, windowMs: null }],
    ['a limit that is no number', { limit: Number.NaN, remaining: null, windowMs: null }],
    ['a window of an eternity', { limit: null, remaining: null, windowMs: 1e12 }],
    ['less than nothing remaining', { limit: null, remaining: -5, windowMs: null }],
  ])('keeps what it knows when the answer states %s', (_case, pace) => {
    const window = answered(sent(freshWindow(40, MINUTE)), START, pace);
    expect(window).toMatchObject({ limit: 40, windowMs: MINUTE });
    expect(window.frees).toHaveLength(1);
  });

  it('leaves a reserve for others, but always lets one go', () => {
    let window: CallWindow = freshWindow(3, MINUTE);
    window = answered(sent(window), START, null);
    expect(mayGo(window, START, 2)).toBe(false);
    expect(mayGo(window, START, 1)).toBe(true);
    expect(mayGo(freshWindow(1, MINUTE), START, 5)).toBe(true);
  });

  it('never shortens a running penalty', () => {
    const window = penalised(penalised(freshWindow(5, MINUTE), START, MINUTE), START, 1000);
    expect(mayGo(window, START + 30_000)).toBe(false);
  });
});
