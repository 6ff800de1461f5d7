import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';

const [bob, carol, dave] = ['U102', 'U103', 'U104'] as const;
const S = 'Standard (International)';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('roles for a time, as people see them in Slack', () => {
  let service: RunningService;
  let ahead = 0;
  const pass = (ms: number) => () => {
    ahead += ms;
  };

  beforeEach(async () => {
    ahead = 0;
    // It stands still but for what the story lets pass, so that a slow machine reads the same.
    const start = Date.now();
    service = await startService({ now: () => start + ahead });
  });
  afterEach(() => service.stop());

  it('are given, warned of, extended and ended', async () => {
    const story = new Story(service);
    await story.command(dave, 'give bob Manager for 2 hours because audit');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(bob, 'when does my Manager end');
    await story.command(bob, 'extend my Manager by an hour');
    story.note('A quarter of an hour before the end both are told, each with what they may do.');
    await story.meanwhile(bob, 'DU102', '105 minutes pass', pass(105 * MINUTE));
    await story.click(dave, 'DU104', 'Extend by 1 hour');
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Manager']);
    await story.meanwhile(bob, 'DU102', 'one hour passes', pass(HOUR));
    await story.click(bob, 'DU102', "I'm done");
    expect(await story.rolesInRingCentral('102')).toEqual([S]);
    await expect(story.text()).toMatchFileSnapshot('grants.golden.txt');
  });

  it('can begin later, be kept for good, and be paused', async () => {
    const story = new Story(service);
    await story.command(dave, 'give bob Reports for 3 days');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'give bob Reports');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'take Reports from bob for 2 hours');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual([S]);
    await story.command(carol, 'show temporary roles');
    await story.meanwhile(bob, 'DU102', 'two hours pass', pass(2 * HOUR + 1000));
    expect(await story.rolesInRingCentral('102')).toEqual([S, 'Reports']);
    story.note('What somebody has already without an end is not taken.');
    await story.command(dave, 'give bob Reports for 1 hour');
    story.note('Times that make no sense are refused.');
    await story.command(dave, 'give bob Manager for 5 years');
    await expect(story.text()).toMatchFileSnapshot('grants-later.golden.txt');
  });
});
