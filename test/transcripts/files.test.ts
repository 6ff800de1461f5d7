import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';

const [alice, dave] = ['U101', 'U104'] as const;
const CSV = 'name,role\nBob Brown,Manager\n';
let service: RunningService;

beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

it('says of every file that it cannot use what is wrong and what would help', async () => {
  const story = new Story(service);
  const latin = Buffer.from('name,role\nJosé Núñez,Manager\n', 'latin1');
  story.note('What a spreadsheet writes without being asked for UTF-8 is not guessed at.');
  await story.upload(dave, 'DU104', 'give them Manager', [{ name: 'people.csv', content: latin }]);
  story.note('Other files.');
  await story.upload(dave, 'DU104', 'give them Manager', [{ name: 'people.xlsx', content: 'PK\u0003\u0004' }]);
  await story.upload(dave, 'DU104', 'give them Manager', [{ name: 'empty.csv', content: '\n' }]);
  await story.upload(dave, 'DU104', 'give them Manager', [{ name: 'big.csv', content: 'x'.repeat(1024 ** 2 + 1) }]);
  await story.upload(dave, 'DU104', 'give them Manager', [
    { name: 'one.csv', content: CSV },
    { name: 'two.csv', content: CSV },
  ]);
  story.note('In a channel the answer is for the asker alone, as always.');
  await story.upload(alice, 'C0GENERAL', '<@U0ROLECALL> give them Manager', [{ name: 'people.csv', content: latin }]);
  story.note('A file beside words that use none stops them.');
  await story.upload(dave, 'DU104', 'what roles does bob have', [{ name: 'people.csv', content: CSV }]);
  await expect(story.text()).toMatchFileSnapshot('files.golden.txt');
});
