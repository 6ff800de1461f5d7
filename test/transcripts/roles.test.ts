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

  it('makes, edits and renames a role, each shown before it is done', async () => {
    const story = new Story(service);
    story.note('Dave makes a role from another one, with more.');
    await story.command(dave, 'create role Kiosk from Front Desk with Meetings');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    story.note('What it holds is changed for everybody who holds it.');
    await story.command(dave, 'add ReadCallLog to Front Desk and remove BusinessSms from it');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'rename Support to Support Berlin');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await expect(story.text()).toMatchFileSnapshot('roles.golden.txt');
  });

  it('deletes a role and sets the default, and leaves what is not to be touched', async () => {
    const story = new Story(service);
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
    await expect(story.text()).toMatchFileSnapshot('roles-deleted.golden.txt');
  });
});

describe('giving and taking a permission, in Slack', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('shows the roles that would do it; one is chosen by its button, and shown again before it is done', async () => {
    const story = new Story(service);
    story.note('Permissions hang on roles, so a role is chosen.');
    await story.command(dave, 'give alice Meetings because of the trial');
    await story.click(dave, 'C0GENERAL', 'Support');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('101')).toEqual(['Front Desk', 'Support']);
    await story.command(dave, 'give alice Meetings');
    story.note('Roles that are not hers to give have no button for Carol; Alice may give nothing.');
    await story.command(carol, 'give bob EditUserRoles');
    await story.command(alice, 'give me Meetings');
    await expect(story.text()).toMatchFileSnapshot('giving-permissions.golden.txt');
  });

  it('takes one without the role, with another in its place, or by changing the role for all', async () => {
    const story = new Story(service);
    story.note('Taking it: without the role, with another in its place, or by changing the role for all who hold it.');
    await story.command(dave, 'christine yang should no longer have Meetings');
    await story.click(dave, 'C0GENERAL', 'Front Desk instead');
    await story.click(dave, 'C0GENERAL', 'Cancel');
    await story.command(dave, 'take Meetings from sam lee');
    await story.click(dave, 'C0GENERAL', 'Change Support Lead');
    await story.click(dave, 'C0GENERAL', 'Cancel');
    await story.command(dave, 'take Meetings from bob and sam lee');
    await expect(story.text()).toMatchFileSnapshot('taking-permissions.golden.txt');
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
    story.note('Which role gives a permission is chosen by its name here.');
    await story.run(['ask', 'give alice Meetings', '--as', '104', '--yes']);
    await story.run(['ask', 'take Meetings from christine yang', '--as', '104']);
    await expect(story.text()).toMatchFileSnapshot('roles-terminal.golden.txt');
  });
});
