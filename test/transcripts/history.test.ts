import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';
import { TerminalStory } from './terminal.ts';

const [bob, carol, dave, omar] = ['U102', 'U103', 'U104', 'U125'] as const;

describe('what was changed, and by whom', () => {
  let service: RunningService;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('is told to whoever may see those it is about, and to themselves', async () => {
    const story = new Story(service);
    await story.command(dave, 'give bob Manager because audit');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    await story.command(dave, 'undo');
    await story.click(dave, 'C0GENERAL', 'Confirm');
    story.note('Carol may read the roles of others.');
    await story.command(carol, 'who gave bob Manager');
    await story.command(carol, 'what changed today');
    story.note('Bob sees what concerns him, and nothing of others. Omar sees his site.');
    await story.command(bob, 'my history');
    await story.command(bob, 'what changed today');
    await story.command(bob, 'history of alice');
    await story.command(omar, 'what changed today');
    story.note('A file goes to the direct messages of the asker.');
    await story.command(dave, 'export the audit log');
    await story.command(bob, 'export the audit log');
    await story.command(omar, 'export the audit log');
    await story.command(dave, 'export who has Manager');
    await expect(story.text()).toMatchFileSnapshot('history.golden.txt');
  });
});

it('is told in a terminal too', async () => {
  const story = new TerminalStory();
  await story.run(['ask', 'my history', '--as', '104']);
  await story.run(['ask', 'export who has Manager', '--as', '104']);
  await story.run(['ask', 'export the audit log', '--as', '101']);
  await expect(story.text()).toMatchFileSnapshot('history-terminal.golden.txt');
});
