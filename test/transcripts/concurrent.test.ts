import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linesOf, Member } from '#test/process/member.ts';
import { control, eventually, rolesOf, writesSeen } from '#test/process/outside.ts';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';

// The machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const [carol, dave] = ['U103', 'U104'] as const;
/** How a click on Confirm may end: done, or shown anew. */
const SETTLED = /^Done\.|Somebody changed these roles/;
const S = 'Standard (International)';

describe('two changes of one person', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  function rolesOfBob(): Promise<readonly string[]> {
    return rolesOf(service.sandboxes.ringcentral.controlUrl, '102');
  }

  function writes(): Promise<number> {
    return writesSeen(service.sandboxes.ringcentral.controlUrl);
  }

  function edited(roles: readonly string[]): Promise<unknown> {
    return control(`${service.sandboxes.ringcentral.controlUrl}/portal/assign`, 'POST', { ext: '102', roles });
  }

  it('neither overwrites the other: the second is shown the new list and, confirmed again, both stand', async () => {
    const story = new Story(service);
    story.note('Dave and Carol both prepare a change of Bob.');
    await story.command(dave, 'give bob Manager');
    await story.command(carol, 'give bob Reports');
    story.note('Dave is first.');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    story.note('Carol confirms what she saw; the list has moved since, so she is shown it anew.');
    await story.click(carol, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Manager']);
    await story.click(carol, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Manager', 'Reports']);
    expect(await writes()).toBe(2);

    story.note('The same with an edit in the admin portal between the preview and the click.');
    await story.command(dave, 'take Reports from bob');
    await edited([S, 'Reports', 'Support']);
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Reports', 'Support']);
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Support']);
    await expect(story.text()).toMatchFileSnapshot('concurrent.golden.txt');
  });

  it('confirmed in the same moment: one stands at once, the other when it is confirmed again', async () => {
    const [one, other] = [member(dave), member(carol)];
    const first = await one.ask('give bob Manager', /^Give Manager/);
    const second = await other.ask('give bob Reports', /^Give Reports/);
    await control(`${service.sandboxes.ringcentral.controlUrl}/faults`, 'POST', {
      match: { method: 'PUT', path: 'assigned-role' },
      fault: { kind: 'slow', ms: 300 },
    });
    await Promise.all([one.click(first, 'Confirm'), other.click(second, 'Confirm')]);
    const [oneSays, otherSays] = await Promise.all([one.read(SETTLED), other.read(SETTLED)]);
    expect(await writes()).toBe(1);
    const [loser, again] = /^Done\./.test(linesOf(oneSays)) ? [other, otherSays] : [one, oneSays];
    expect(linesOf(again)).toContain('Somebody changed these roles after the first preview.');
    await loser.clickAndRead(again, 'Confirm', /^Done\./);
    expect([await rolesOfBob(), await writes()]).toEqual([['Manager', 'Reports', S], 2]);
  });

  it('a double click on Confirm writes once', async () => {
    const someone = member(dave);
    const preview = await someone.ask('give bob Manager', /^Give Manager/);
    // Slow enough that every click is being looked at before the first is done.
    await control(`${service.sandboxes.ringcentral.controlUrl}/faults`, 'POST', {
      match: { method: 'GET' },
      times: 9,
      fault: { kind: 'slow', ms: 150 },
    });
    await Promise.all([1, 2, 3].map(() => someone.click(preview, 'Confirm')));
    await eventually('the change', async () => (await rolesOfBob()).includes('Manager'));
    await service.app.idle();
    expect([await rolesOfBob(), await writes()]).toEqual([['Manager', S], 1]);
    await someone.read(/^Done\./);
    expect(await someone.everything()).not.toContain('Nothing to change');
    await someone.clickAndRead(preview, 'Confirm', /already done/);
    expect(await writes()).toBe(1);
  });

  it('a click that Slack delivers twice writes once', async () => {
    const someone = member(dave);
    const preview = await someone.ask('give bob Manager', /^Give Manager/);
    await control(`${service.sandboxes.slack.controlUrl}/deliver`, 'POST', { duplicateNext: 2 });
    await someone.clickAndRead(preview, 'Confirm', /^Done\./);
    await service.app.idle();
    expect([await rolesOfBob(), await writes()]).toEqual([['Manager', S], 1]);
  });

  function member(user: string): Member {
    return new Member(service.sandboxes.slack.controlUrl, user);
  }
});
