import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '#src/domain/reply.ts';
import { ACCOUNT, idOf } from '#test/support/account.ts';
import { type Harness, openHarness, suggestion } from './harness.ts';

let harness: Harness;

beforeEach(async () => {
  harness = await openHarness();
});
afterEach(() => harness.close());

const reply = (text: string): Reply => suggestion(text).reply;

function link(member: string, number: string): void {
  const workspace = harness.sandbox.teamId;
  harness.store.linked.set(`${workspace}/${member}`, {
    platform: 'slack',
    workspace,
    member,
    account: ACCOUNT.id,
    extension: idOf(number),
    proof: 'sandbox',
    linkedAt: 0,
  });
}

describe('telling people what they did not just ask for', () => {
  it('goes to the direct conversation of whoever is linked to the extension, and to nobody else', async () => {
    link('U102', '102');
    expect(await harness.app.teller.tell(idOf('102'), reply('your role ends'))).toBe(true);
    expect(JSON.stringify(await harness.answers('U102'))).toContain('your role ends');
    expect(await harness.answers('U103')).toEqual([]);
  });

  it('says when nobody could be told', async () => {
    expect(await harness.app.teller.tell(idOf('102'), reply('nobody hears'))).toBe(false);
  });

  it.each([
    ['left', { deleted: true }],
    ['became a guest', { is_restricted: true }],
  ])('tells nothing to a member who %s', async (_what, change) => {
    link('U102', '102');
    await harness.patch('/members/U102', change);
    expect(await harness.app.teller.tell(idOf('102'), reply('secret'))).toBe(false);
  });

  it('changes what was told about a topic in its place', async () => {
    link('U102', '102');
    await harness.app.teller.tell(idOf('102'), reply('1 of 9'), 'job');
    await harness.app.teller.tell(idOf('102'), reply('9 of 9'), 'job');
    const told = await harness.answers('U102');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain('9 of 9');
  });

  it('tells anew where the earlier message is gone', async () => {
    link('U102', '102');
    await harness.app.teller.tell(idOf('102'), reply('1 of 9'), 'job');
    const fault = { method: 'chat.update', times: 1, fault: { kind: 'error', error: 'message_not_found' } };
    await harness.act('/faults', fault);
    expect(await harness.app.teller.tell(idOf('102'), reply('9 of 9'), 'job')).toBe(true);
    expect(await harness.answers('U102')).toHaveLength(2);
  });

  it('announces in the channel that is set for it, and says when the app is not in it', async () => {
    expect(await harness.app.teller.announce(reply('overdue'))).toBe(true);
    expect(JSON.stringify(await harness.answers('U103', 'C0APPROVALS'))).toContain('overdue');
    const fault = { method: 'chat.postMessage', times: 1, fault: { kind: 'error', error: 'not_in_channel' } };
    await harness.act('/faults', fault);
    expect(await harness.app.teller.announce(reply('overdue'))).toBe(false);
  });
});
