import { describe, expect, it } from 'vitest';
import { render } from '#src/cards/index.ts';
import type { HistoryEvent, HistoryFact, ToldLine } from '#src/domain/history.ts';
import type { Reply, Saying } from '#src/domain/reply.ts';
import { bob } from './builders.ts';

const AT = Date.UTC(2026, 10, 23, 16);
type History = Extract<Saying, { kind: 'history' }>;

function event(more: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    ...{ seq: 1, at: AT, reference: 'A7K2', reason: null, ticket: null, change: null, undoes: null },
    by: { number: '104', name: 'Dave Diaz' },
    person: { number: '102', name: 'Bob Brown' },
    fact: roles(['Standard'], ['Standard', 'Manager']),
    outcome: { kind: 'done' },
    ...more,
  };
}

function roles(before: string[], after: string[]): Extract<HistoryFact, { kind: 'roles' }> {
  return { kind: 'roles', before, after, times: [] };
}

function line(events: ToldLine['events'], more: Partial<ToldLine> = {}): ToldLine {
  return { events, takesBack: null, takenBackBy: null, ...more };
}

function words(lines: readonly ToldLine[], more: Partial<History> = {}) {
  const saying: History = {
    ...{ kind: 'history', people: null, roles: [], period: { since: null, until: null }, ownOnly: false },
    ...{ sites: null, lines, total: lines.length, complete: true, readAt: AT, ...more },
  };
  const rest = { outcome: 'answered', verdict: null, readings: [], asOf: AT, proof: null, reference: 'REF' } as const;
  return render({ saying, ...rest } satisfies Reply, { zone: 'America/Denver' });
}

function firstLine(each: HistoryEvent, more: Partial<ToldLine> = {}): string {
  const [list] = words([line([each], more)]).parts;
  return list?.kind === 'list' ? (list.items[0] ?? '') : '';
}

describe('the words of a history', () => {
  it.each<[what: string, fact: HistoryFact, said: string]>([
    [
      'a role given',
      roles(['Standard'], ['Standard', 'Manager']),
      'Dave Diaz (104) gave Manager to Bob Brown (102). Before: Standard. After: Standard and Manager.',
    ],
    [
      'a role taken',
      roles(['Manager'], []),
      'Dave Diaz (104) took Manager from Bob Brown (102). Before: Manager. After: no role.',
    ],
    [
      'a role that may not be named',
      { ...roles([], []), after: [null] },
      'gave a role you may not see to Bob Brown (102)',
    ],
    [
      'the end of a time',
      { kind: 'ended', before: ['Manager'], after: [], early: false },
      'the time of Manager was over for Bob Brown (102)',
    ],
    [
      'an early end',
      { kind: 'ended', before: ['Manager'], after: [], early: true },
      'Dave Diaz (104) ended Manager of Bob Brown (102) early',
    ],
    [
      'a new end',
      { kind: 'extended', role: 'Manager', until: AT },
      'gave Manager of Bob Brown (102) a new end: until Mon 23 Nov 09:00 MST',
    ],
    [
      'a role edited',
      { kind: 'definition', intent: 'edit-role', name: 'Desk', newName: null, added: ['Meetings'], removed: [] },
      'changed the role Desk: added Meetings',
    ],
  ])('tell %s', (_what, fact, said) => {
    expect(firstLine(event({ fact }))).toContain(said);
  });

  it('name time, reason, ticket, reference and what took it back', () => {
    const told = firstLine(event({ reason: 'audit', ticket: 'OPS-7' }), { takenBackBy: 'B3C4' });
    expect(told).toMatch(/^09:00:00 MST: /);
    expect(told).toContain('Reason: audit. Ticket: OPS-7. Taken back since, reference B3C4. Reference A7K2.');
  });

  it('make one line of many people, and count those with whom it went otherwise', () => {
    const people = ['1', '2', '3', '4'].map((number) => event({ person: { number, name: '' } }));
    const [first, ...others] = people;
    if (first === undefined) throw new Error('nobody');
    const failed = event({ person: { number: '5', name: '' }, outcome: { kind: 'not-done', code: 'CMN-408' } });
    const [list] = words([line([first, ...others, failed])]).parts;
    expect(list).toMatchObject({
      items: [expect.stringContaining('gave Manager to 5 people. Of these: 4 done and 1 not done.')],
    });
  });

  it('say whose it is, of when, and that there is none', () => {
    const period = { since: Date.UTC(2026, 10, 22, 7), until: Date.UTC(2026, 10, 23, 7) };
    expect(words([], { people: [bob], roles: ['Manager'], period }).headline).toBe(
      'No change of Manager about Bob Brown (102) on Sun 22 Nov is on record.',
    );
  });

  it('say what was left out', () => {
    const said = words([line([event()])], { total: 40, complete: false, sites: ['Denver'] });
    const texts = said.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join(' ');
    expect(texts).toContain('The newest 1 of 40 are shown here; the file has all of them.');
    expect(texts).toContain('Only people at Denver and your own changes are shown.');
    expect(texts).toContain('Only the newest part of the record was looked through');
    expect(texts).toContain('What was changed elsewhere, such as in the admin portal, is not on this record.');
  });

  it('put lines under their days, a few to a list, so that none is cut off', () => {
    const day = 86_400_000;
    const lines = Array.from({ length: 12 }, (_, at) => line([event({ at: AT - (at > 9 ? day : 0) })]));
    const lists = words(lines).parts.flatMap((part) => (part.kind === 'list' ? [[part.title, part.items.length]] : []));
    expect(lists).toEqual([
      ['Mon 23 Nov', 8],
      [null, 2],
      ['Sun 22 Nov', 2],
    ]);
  });
});
