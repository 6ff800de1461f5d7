import { describe, expect, it } from 'vitest';
import { decideSpan, instantOfEnd, type TimeTrouble } from '#src/domain/time-span.ts';
import { later, parseDuration } from '#src/domain/zoned-time.ts';

const ZONE = 'America/Denver';
const at = (text: string) => Date.parse(text);

function endOf(start: string, duration: string, zone = ZONE): string {
  const parsed = parseDuration(duration);
  if (parsed === null) throw new Error(`not a duration: ${duration}`);
  return new Date(later(at(start), parsed, zone)).toISOString();
}

describe('a duration', () => {
  it.each([
    ['2026-11-23T09:00:00-07:00', 'PT2H', '2026-11-23T18:00:00.000Z'],
    ['2026-11-23T09:00:00-07:00', 'P1W', '2026-11-30T16:00:00.000Z'],
    ['2026-01-31T09:00:00-07:00', 'P1M', '2026-02-28T16:00:00.000Z'],
    ['2026-11-23T09:00:00-07:00', 'P1DT90M', '2026-11-24T17:30:00.000Z'],
  ])('from %s for %s ends at %s', (start, duration, end) => {
    expect(endOf(start, duration)).toBe(end);
  });

  it.each([
    // Clocks go back on 1 November: a day is 25 hours long, 24 hours are 24 hours.
    ['2026-10-31T12:00:00-06:00', 'P1D', '2026-11-01T19:00:00.000Z'],
    ['2026-10-31T12:00:00-06:00', 'PT24H', '2026-11-01T18:00:00.000Z'],
    // Clocks go forward on 14 March 2027: a day is 23 hours long.
    ['2027-03-13T12:00:00-07:00', 'P1D', '2027-03-14T18:00:00.000Z'],
    // 02:30 does not exist on that day: it is half an hour after the clocks went forward.
    ['2027-03-13T02:30:00-07:00', 'P1D', '2027-03-14T09:30:00.000Z'],
  ])('of days keeps the time of day when the clocks change: from %s for %s until %s', (start, duration, end) => {
    expect(endOf(start, duration)).toBe(end);
  });

  it.each(['', 'P', 'PT', 'PT0M', 'two hours', 'P1.5D', '-PT1H'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('the time of an order', () => {
  const now = at('2026-11-23T09:00:00-07:00');
  const none = { for: null, until: null, from: null };

  it('counts a duration from the write, which is still to come', () => {
    const span = decideSpan({ ...none, for: 'PT2H' }, { now, zone: ZONE });
    expect(span).toEqual({ from: null, end: { kind: 'after', duration: 'PT2H' } });
    expect(instantOfEnd({ kind: 'after', duration: 'PT2H' }, now + 60_000, ZONE)).toBe(now + 60_000 + 7_200_000);
  });

  it('with a start has two instants', () => {
    const from = '2026-11-24T09:00:00-07:00';
    expect(decideSpan({ ...none, from, for: 'PT2H' }, { now, zone: ZONE })).toEqual({
      from: at(from),
      end: { kind: 'at', at: at(from) + 7_200_000 },
    });
  });

  it.each<[Readonly<Record<string, string>>, TimeTrouble]>([
    [{ until: '2026-11-23T08:59:00-07:00' }, 'past'],
    [{ until: '2026-11-23T09:00:30-07:00' }, 'too-short'],
    [{ for: 'PT30S' }, 'too-short'],
    [{ for: 'P2Y' }, 'too-long'],
    [{ until: '2028-01-01T00:00:00-07:00' }, 'too-long'],
    [{ from: '2026-11-23T08:00:00-07:00' }, 'past'],
    [{ from: '2028-01-01T00:00:00-07:00' }, 'starts-too-late'],
    [{ from: '2026-11-25T09:00:00-07:00', until: '2026-11-24T09:00:00-07:00' }, 'ends-before-start'],
  ])('%j is refused: %s', (said, trouble) => {
    expect(decideSpan({ ...none, ...said }, { now, zone: ZONE })).toBe(trouble);
  });
});
