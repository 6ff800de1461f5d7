import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleIntents } from '#src/usecases/settle-intents.ts';
import { understood } from '#test/support/house.ts';
import { RealHouse } from '#test/support/real-house.ts';

const S = 'Standard (International)';
const giveBobManager = understood('assign-role', { people: ['102'], roles: ['Manager'] });
const hasAliceMeetings = understood('check-permission', { people: ['101'], permissions: ['Meetings'] });

let house: RealHouse;
beforeEach(async () => {
  house = await RealHouse.open();
});
afterEach(() => house.close());

describe('over HTTP, with the store on disk', () => {
  it('Dave learns the truth about Alice, changes Bob, and the account has changed', async () => {
    expect((await house.say('104', hasAliceMeetings)).reply).toMatchObject({
      verdict: 'no',
      proof: { kind: 'own-token' },
    });
    const shown = await house.say('104', giveBobManager);
    expect(await house.rolesOf('102')).toEqual([S]);
    expect((await house.confirm('104', shown)).reply.outcome).toBe('changed');
    expect(await house.rolesOf('102')).toEqual([S, 'Manager']);
    expect((await house.confirm('104', shown)).reply.saying).toMatchObject({ reason: { kind: 'already-settled' } });
  });

  it.each([
    ['101', 'no-right'],
    ['107', 'no-right'],
    ['119', 'no-right'],
    ['125', 'outside-site'],
  ])('%s may not change Bob: %s', async (asker, kind) => {
    expect((await house.say(asker, giveBobManager)).reply.saying).toMatchObject({ kind: 'refused', reason: { kind } });
    expect(await house.rolesOf('102')).toEqual([S]);
  });

  it('who has a permission agrees with what each person has by their own profile', async () => {
    const asked = await house.say('104', understood('who-has-permission', { permissions: ['ReadCompanyCallLog'] }));
    const { tokens } = house.sandbox;
    const truth: string[] = [];
    for (const ext of Object.keys(tokens)) {
      const check = `${house.sandbox.serverUrl}/restapi/v1.0/account/~/extension/~/authz-profile/check?permissionId=ReadCompanyCallLog`;
      const response = await fetch(check, { headers: { authorization: `Bearer ${tokens[ext]}` } });
      if (!response.ok) continue;
      if (((await response.json()) as { successful: boolean }).successful) truth.push(ext);
    }
    expect(asked.facts.people.filter((ext) => ext in tokens)).toEqual(truth.sort());
  });

  it('two changes of one person confirmed at once both stand in the end', async () => {
    const first = await house.say('104', giveBobManager);
    const second = await house.say('103', understood('assign-role', { people: ['102'], roles: ['Reports'] }));
    const results = await Promise.all([house.confirm('104', first), house.confirm('103', second)]);
    for (const [index, turn] of results.entries()) {
      if (turn.reply.saying.kind === 'change-preview') await house.confirm(index === 0 ? '104' : '103', turn);
    }
    expect([...(await house.rolesOf('102'))].sort()).toEqual(['Manager', 'Reports', S]);
  });

  it('an edit in the portal between preview and click is shown, and both stand', async () => {
    const shown = await house.say('104', giveBobManager);
    await house.control('POST', '/portal/assign', { ext: '102', roles: [S, 'Reports'] });
    const again = await house.confirm('104', shown);
    expect(again.reply.saying).toMatchObject({ kind: 'change-preview', moved: true });
    expect((await house.confirm('104', again)).reply.outcome).toBe('changed');
    expect([...(await house.rolesOf('102'))].sort()).toEqual(['Manager', 'Reports', S]);
  });
});

describe('a RingCentral that fails in the middle of a write', () => {
  const write = { method: 'PUT', path: 'assigned-role' };
  const error = (status: number, errorCode: string) => ({
    kind: 'status',
    status,
    body: { errorCode, message: 'x', errors: [{ errorCode, message: 'x' }] },
  });

  it.each<[string, object, string, readonly string[]]>([
    ['drops the connection before', { kind: 'drop', when: 'before' }, 'failed', [S]],
    ['drops the connection after', { kind: 'drop', when: 'after' }, 'changed', [S, 'Manager']],
    ['answers HTML', { kind: 'html' }, 'failed', [S]],
    ['answers 500', error(500, 'CMN-203'), 'failed', [S]],
    ['answers 403', error(403, 'CMN-408'), 'failed', [S]],
    ['answers nothing in time', { kind: 'timeout', ms: 5_000 }, 'unsettled', [S]],
  ])('%s: the truth is found by reading again', async (_what, fault, kind, roles) => {
    const shown = await house.say('104', giveBobManager);
    await house.control('POST', '/faults', { match: write, fault });
    const done = await house.confirm('104', shown);
    expect(done.reply.saying).toMatchObject({ kind: 'changed', results: [{ outcome: { kind } }] });
    expect(await house.rolesOf('102')).toEqual(roles);
  });

  it('and cannot be read back leaves a record that the next start settles', async () => {
    const shown = await house.say('104', giveBobManager);
    await house.control('POST', '/faults', { match: write, fault: { kind: 'drop', when: 'after' } });
    const reads = { method: 'GET', path: 'extension/[0-9]+/assigned-role' };
    // Two reads before the write, of the preview's list and under the lease; whatever comes after finds nothing.
    await house.control('POST', '/faults', {
      match: reads,
      after: 2,
      times: 10,
      fault: { kind: 'drop', when: 'before' },
    });
    const done = await house.confirm('104', shown);
    expect(done.reply.saying).toMatchObject({ results: [{ outcome: { kind: 'unsettled' } }] });
    await house.control('DELETE', '/faults');
    expect(await settleIntents(house.deps)).toEqual({ settled: 1, left: 0 });
    const [last] = [...(await house.store.audit.list({ limit: 100 }))].filter(
      (entry) => entry.action === 'change.settled',
    );
    expect(JSON.parse(last?.body ?? '{}')).toMatchObject({ outcome: { kind: 'changed' } });
  });
});

describe('a RingCentral that fails while reading', () => {
  it.each<[string, object]>([
    ['HTML', { kind: 'html', status: 200 }],
    ['500', { kind: 'status', status: 500 }],
    ['nothing', { kind: 'drop', when: 'before' }],
  ])('%s: told with nothing changed', async (_what, fault) => {
    await house.say('104', understood('whoami'));
    await house.control('POST', '/faults', { match: { path: 'authz-profile' }, times: 5, fault });
    const turn = await house.say('104', giveBobManager);
    expect(turn.reply).toMatchObject({ outcome: 'fault', saying: { kind: 'fault', settled: 'unchanged' } });
    expect(turn.reply.saying).toMatchObject({ code: expect.stringMatching(/^directory-un/) });
    expect(await house.rolesOf('102')).toEqual([S]);
  });

  it('a person disabled in the portal has no say from then on', async () => {
    const shown = await house.say('104', giveBobManager);
    await house.control('PATCH', '/portal/person/104', { status: 'Disabled' });
    expect((await house.confirm('104', shown)).reply.saying).toMatchObject({ reason: { kind: 'link-ended' } });
    expect(await house.rolesOf('102')).toEqual([S]);
  });
});
