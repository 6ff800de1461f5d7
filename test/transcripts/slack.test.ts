import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';

const [alice, bob, dave, frank, carol, omar] = ['U101', 'U102', 'U104', 'U106', 'U103', 'U125'] as const;

describe('what people see in Slack', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('answers and changes for a Super Admin, and refuses somebody without the right', async () => {
    const story = new Story(service);
    story.note('Dave is Super Admin. He asks, sees the path of the answer, and makes a change.');
    await story.command(dave, 'does alice have Meetings?');
    await story.command(dave, 'give bob Manager role');
    await story.rolesInRingCentral('102');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)', 'Manager']);

    story.note('Alice tries the same. RingCentral gives her no such right, so Rolecall does not either.');
    await story.command(alice, 'give bob Manager role');
    await story.command(alice, 'does bob have Meetings?');
    await story.command(alice, 'do I have Meetings?');
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)', 'Manager']);
    await expect(story.text()).toMatchFileSnapshot('first-light.golden.txt');
  });

  it('works in a mention, in a direct message and on the home tab, each for the asker alone', async () => {
    const story = new Story(service);
    story.note('A mention is answered privately in the channel.');
    await story.message(carol, 'C0GENERAL', '<@U0ROLECALL> what roles does sam have');
    story.note('A direct message needs no mention.');
    await story.message(carol, 'DU103', 'who are the super admins?');
    story.note("The home tab shows one's own roles.");
    await story.home(carol);
    await story.home(bob);
    story.note('Words of another bot and an edited mention are not orders.');
    await story.ignored('UDEPLOYBOT', 'C0GENERAL', 'message', { text: '<@U0ROLECALL> give bob Manager' });
    const mention = await story.say(dave, 'C0GENERAL', '<@U0ROLECALL> what roles does bob have');
    await story.ignored(dave, 'C0GENERAL', 'edit', { ts: mention, text: '<@U0ROLECALL> give bob Manager' });
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)']);
    await expect(story.text()).toMatchFileSnapshot('places.golden.txt');
  });

  it('asks back when two people have one name, and goes on with the one that is chosen', async () => {
    const story = new Story(service);
    await story.command(dave, 'give chris young Support');
    await story.click(dave, 'C0GENERAL', 'Chris Young (109)');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('109')).toEqual(['Standard (International)', 'Support']);
    story.note('Words that are understood but not built yet are refused by name; others are not guessed at.');
    await story.command(dave, 'who decides about Billing Admin');
    await story.command(dave, 'colorless green ideas sleep furiously');
    await story.command(dave, 'nvm');
    await story.command(dave, '');
    await expect(story.text()).toMatchFileSnapshot('asking-back.golden.txt');
  });

  it('takes back what was done, by words and by button, and asks where somebody changed it since', async () => {
    const story = new Story(service);
    await story.command(dave, 'give bob Manager role');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'undo');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)']);
    story.note('Carol undoes the undo: it is her own right over Bob that counts.');
    await story.command(carol, 'undo the last change to bob');
    await story.click(carol, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)', 'Manager']);
    story.note('Meanwhile another administrator gives Bob Reports in the portal.');
    await story.assignInPortal('102', ['Standard (International)', 'Manager', 'Reports']);
    await story.command(carol, 'undo');
    await story.click(carol, 'C0GENERAL', 'Take back only that change');
    await story.click(carol, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)', 'Reports']);
    story.note('Bob may not undo what concerns him, and learns nothing of it.');
    await story.command(bob, 'undo the last change to alice');
    await expect(story.text()).toMatchFileSnapshot('undo.golden.txt');
  });

  it('explains a pasted error, gives the cure after a preview, and checks again', async () => {
    const story = new Story(service);
    story.note('Alice pastes what her script got.');
    await story.message(
      alice,
      'DU101',
      '{"errorCode":"CMN-408","message":"In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.","errors":[{"errorCode":"CMN-408","permissionName":"Meetings"}]}',
    );
    story.note('Dave looks at it for her, and gives what cures it.');
    await story.command(dave, 'alice gets CMN-408 [Meetings]');
    await story.click(dave, 'C0GENERAL', 'Give Support');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    expect(await story.rolesInRingCentral('101')).toEqual(['Front Desk', 'Support']);
    story.note('Alice checks again.');
    await story.click(alice, 'DU101', 'Check again');
    await expect(story.text()).toMatchFileSnapshot('explained.golden.txt');
  });

  it('keeps a right within its sites', async () => {
    const story = new Story(service);
    story.note('Omar may change roles in Denver only.');
    await story.command(omar, 'give samantha Support');
    await story.click(omar, 'C0GENERAL', 'Cancel');
    await story.command(omar, 'give bob Support');
    await expect(story.text()).toMatchFileSnapshot('sites.golden.txt');
  });

  it('tells people without a link how linking will work, and nothing else', async () => {
    const story = new Story(service);
    story.note('Frank is not linked yet.');
    await story.command(frank, 'who are the super admins?');
    story.note('A guest, a stranger and somebody with an unconfirmed e-mail address are refused.');
    await story.message('UGUEST', 'C0GENERAL', '<@U0ROLECALL> who are the super admins?');
    await story.message('USTRANGER', 'C0SHARED', '<@U0ROLECALL> who are the super admins?');
    await story.command('UIMPOSTER', 'give <@U102> Super Admin');
    await expect(story.text()).toMatchFileSnapshot('strangers.golden.txt');
  });
});
