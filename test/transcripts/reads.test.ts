import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';
import { TerminalStory } from './terminal.ts';

const [alice, grace, carol, dave] = ['U101', 'U107', 'U103', 'U104'] as const;

describe('looking things up in Slack', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('compares roles and people, and tells what a permission and a role are', async () => {
    const story = new Story(service);
    story.note('What sets two roles apart, by category; what they share is counted.');
    await story.command(dave, 'difference between Manager and User Admin');
    await story.command(dave, 'what has frank that bob has not');
    story.note('What a permission is, and which checkbox.');
    await story.command(alice, 'which checkbox is ReadCompanyCallLog');
    await story.command(alice, 'what is the default role');
    await story.command(carol, 'what is in Front Desk');
    await story.command(carol, 'what roles can I give bob');
    story.note('Alice may not see custom roles, nor the roles of others.');
    await story.command(alice, 'difference between Manager and Front Desk');
    await story.command(alice, 'compare dave and bob');
    await story.command(alice, 'what roles can I give bob');
    await expect(story.text()).toMatchFileSnapshot('looking-up.golden.txt');
  });

  it('tells scopes of CarrierX partners to those who are named for it', async () => {
    const story = new Story(service);
    story.note('Dave is named as a CarrierX administrator.');
    await story.command(dave, 'does partner Bluebird have phonenumber.read');
    await story.command(dave, 'which scopes does Acme Voice have');
    await story.command(dave, 'which partners have sms.create');
    await story.command(dave, 'does Acme have sms.manage');
    await story.click(dave, 'C0GENERAL', 'Acme Messaging');
    story.note('Grace is not. What a scope means she may know.');
    await story.command(grace, 'which scopes does Acme Voice have');
    await story.command(grace, 'does Acme have sms.manage');
    await story.command(grace, 'scope 74');
    await expect(story.text()).toMatchFileSnapshot('partner-scopes.golden.txt');
  });
});

describe('looking things up in a terminal', () => {
  it('stays readable where one side holds all there is', async () => {
    const story = new TerminalStory();
    const ask = (words: string, as = '104') => story.run(['ask', words, '--as', as]);
    story.note('Super Admin holds everything.');
    await ask('difference between Super Admin and Standard');
    await ask('compare dave and alice');
    await ask('what does EditAssignedRoles mean');
    await ask('what is in Manager', '101');
    await ask('what roles can I give dave', '103');
    await ask('which scopes does Cedar Networks have');
    await ask('what does invoices.manage cover', '107');
    await expect(story.text()).toMatchFileSnapshot('looking-up-terminal.golden.txt');
  });
});
