import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '#src/domain/reply.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import { understood } from '#test/support/house.ts';
import { RealHouse } from '#test/support/real-house.ts';

/** RingCentral allows each person, the service account among them, so many calls a minute. */
const LIGHT = 50;
const SERVICE = '100';

type Seen = { readonly extension: string | null; readonly group: string; readonly operationId: string };
/** Calls by who made them and rate group; what is not named was not called. */
type Spent = { readonly asker: Counts; readonly company: Counts };
type Counts = Readonly<Record<string, number>>;

let house: RealHouse;
beforeAll(async () => {
  house = await RealHouse.open();
  const names = await house.deps.names.current();
  const visible = names.roles.filter((role) => !role.hidden).map((role) => role.id);
  // As the service does behind the first questions.
  await house.shelf.stock(visible, async () => undefined, new AbortController().signal);
});
afterAll(() => house.close());

async function spentBy(act: () => Promise<Turn>): Promise<Spent & { readonly turn: Turn }> {
  await house.control('DELETE', '/calls');
  const turn = await act();
  const { calls } = (await house.control('GET', '/calls')) as { calls: readonly Seen[] };
  const company = calls.filter((call) => call.extension === SERVICE);
  return { turn, asker: countOf(calls.filter((call) => !company.includes(call))), company: countOf(company) };
}

function countOf(calls: readonly Seen[]): Counts {
  const counts: Record<string, number> = {};
  for (const { group } of calls) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}

function ask(asker: string, words: Understanding) {
  return spentBy(() => house.say(asker, words));
}

/** None of a group beyond its bound, and none of a group without one. */
function expectAtMost(spent: Counts, bounds: Counts): void {
  for (const [group, count] of Object.entries(spent)) expect(count, group).toBeLessThanOrEqual(bounds[group] ?? 0);
}

const giveBob = (role: string) => understood('assign-role', { people: ['102'], roles: [role] });
const NOTHING: Counts = {};

describe('calls of somebody with a token of their own: the company shares one budget, so it is not touched', () => {
  it.each<[what: string, asker: string, words: Understanding, outcome: string, bounds: Counts]>([
    [
      'a "no" about somebody: who asks, the right, the list, the role, the right to cure it',
      '104',
      understood('check-permission', { people: ['101'], permissions: ['Meetings'] }),
      'answered',
      { Light: 5, Medium: 1 },
    ],
    [
      'a preview: who asks, the right, the list, the person, what each role holds',
      '104',
      giveBob('Reports'),
      'confirm-needed',
      { Light: 6 },
    ],
    ['a refusal: who asks, the right, and why not', '101', giveBob('Reports'), 'refused', { Light: 2, Medium: 1 }],
    [
      'who has: one listing and each distinct role once, however many people',
      '103',
      understood('who-has-permission', { permissions: ['ReadCompanyCallLog'] }),
      'answered',
      { Light: 15, Medium: 2 },
    ],
    [
      'a "no" about oneself: who asks, the list, the right to cure it; RingCentral tells what one holds, the shelf why',
      '101',
      understood('check-permission', { permissions: ['Meetings'] }),
      'answered',
      { Light: 3, Medium: 1 },
    ],
    [
      'the home tab: who asks, the list and what one holds',
      '101',
      understood('whoami'),
      'answered',
      { Light: 2, Medium: 1 },
    ],
  ])('%s', async (_what, asker, words, outcome, bounds) => {
    const { turn, ...spent } = await ask(asker, words);
    expect(turn.reply.outcome).toBe(outcome);
    expectAtMost(spent.company, NOTHING);
    expectAtMost(spent.asker, bounds);
  });

  it('a confirmation: all of the preview again, the right and the list before the call, the list after it', async () => {
    const shown = await house.say('104', giveBob('Support'));
    const { turn, ...spent } = await spentBy(() => house.confirm('104', shown));
    expect(turn.reply.outcome).toBe('changed');
    expectAtMost(spent.company, NOTHING);
    expectAtMost(spent.asker, { Light: 9, Medium: 1 });
  });

  it('a right restricted to a site: the sites, one’s own list and profile besides', async () => {
    const { turn, ...spent } = await ask('125', understood('assign-role', { people: ['106'], roles: ['Support'] }));
    expect(turn.reply.outcome).toBe('confirm-needed');
    expectAtMost(spent.company, NOTHING);
    expectAtMost(spent.asker, { Light: 9, Medium: 2 });
  });
});

describe('calls for somebody without a token, which the company pays', () => {
  it('a refusal: who asks, their roles and what those hold', async () => {
    const { turn, ...spent } = await ask('107', giveBob('Reports'));
    expect(turn.reply.outcome).toBe('refused');
    expectAtMost(spent.company, { Light: 4 });
    expectAtMost(spent.asker, NOTHING);
  });

  it('which predefined role brings a permission: nothing but who asks, since RingCentral alone changes them', async () => {
    const { turn, ...spent } = await ask('107', understood('roles-with-permission', { permissions: ['Meetings'] }));
    expect(turn.reply.saying).toMatchObject({ kind: 'roles-with-permission', hiddenFromAsker: true });
    expect(turn.facts.roles).toContain('Manager');
    expectAtMost(spent.company, { Light: 3 });
  });

  it('a change: at least two a minute', async () => {
    const dave = (await house.deps.names.current()).byNumber('104');
    const kept = dave && (await house.store.tokens.load(dave.id));
    if (!dave || !kept) throw new Error('Dave starts with a token');
    await house.store.tokens.drop(dave.id);
    try {
      const preview = await ask('104', giveBob('Front Desk'));
      const { turn, company } = await spentBy(() => house.confirm('104', preview.turn));
      expect(turn.reply).toMatchObject({ outcome: 'changed', proof: { kind: 'computed' } });
      expect(2 * ((preview.company.Light ?? 0) + (company.Light ?? 0))).toBeLessThanOrEqual(LIGHT);
    } finally {
      await house.store.tokens.save(dave.id, kept);
    }
  });
});

describe('a budget that is spent', () => {
  const spentFor = (extension: string, path: string, times = 1) => ({
    match: { extension, path },
    times,
    fault: {
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '1', 'X-Rate-Limit-Limit': '50', 'X-Rate-Limit-Window': '60' },
      body: { errorCode: 'CMN-301', message: 'x', errors: [{ errorCode: 'CMN-301', message: 'x' }] },
    },
  });

  it('is waited for where only the asker’s own word counts, and the answer comes', async () => {
    await house.control('POST', '/faults', spentFor('104', 'authz-profile/check'));
    const turn = await house.say('104', understood('check-role', { people: ['103'], roles: ['User Admin'] }));
    expect(turn.reply).toMatchObject({ outcome: 'answered', verdict: 'yes', proof: { kind: 'own-token' } });
  });
});
