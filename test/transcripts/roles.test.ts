import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';
import { TerminalStory } from './terminal.ts';

const [alice, carol, dave] = ['U101', 'U103', 'U104'] as const;

describe('changing what roles are, in Slack', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('makes, edits, renames, deletes and sets the default, each shown before it is done', async () => {
    const story = new Story(service);
    story.note('Dave makes a role from another one, with more.');
    await story.command(dave, 'create role Kiosk from Front Desk with Meetings');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    story.note('What it holds is changed for everybody who holds it.');
    await story.command(dave, 'add ReadCallLog to Front Desk and remove BusinessSms from it');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'rename Support to Support Berlin');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    story.note('Deleting says who falls back before it is done.');
    await story.command(dave, 'can Night Desk be deleted');
    await story.command(dave, 'delete role Night Desk');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('115')).toEqual(['Standard (International)']);
    await story.command(dave, 'make Standard the default role');
    await story.click(dave, 'C0GENERAL', 'Cancel');
    story.note(
      "RingCentral's own roles and the assistant's are not touched, and nobody without the right changes any.",
    );
    await story.command(dave, 'add Meetings to Manager');
    await story.command(dave, 'remove Roles from Role Steward');
    await story.command(carol, 'add Meetings to Front Desk');
    await story.command(alice, 'delete role Night Desk');
    await expect(story.text()).toMatchFileSnapshot('roles.golden.txt');
  });
});

describe('changing what roles are, in a terminal', () => {
  it('shows the same without a click, and does it with --yes', async () => {
    const story = new TerminalStory();
    await story.run(['ask', 'create role Kiosk from Front Desk with Meetings', '--as', '104', '--yes']);
    await story.run(['ask', 'remove Meetings from Support', '--as', '104']);
    await story.run(['ask', 'dry run: add EditCompanyCallLog to Reports', '--as', '104']);
    await story.run(['ask', 'add Meetings to Support', '--as', '104']);
    await story.run(['ask', 'rename Support to front desk', '--as', '104']);
    await story.run(['ask', 'can Night Desk be deleted', '--as', '104']);
    await story.run(['ask', 'make Standard the default role', '--as', '104', '--yes']);
    await expect(story.text()).toMatchFileSnapshot('roles-terminal.golden.txt');
  });
});
