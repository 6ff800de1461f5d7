import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningService, startService } from './service.ts';
import { Story } from './story.ts';

const [alice, dave] = ['U101', 'U104'] as const;
const PEOPLE = ['extension', ...Array.from({ length: 16 }, (_, at) => 101 + at)].join('\n');
let service: RunningService;

beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

it('changes many people by a CSV file in the background, tells how it went, and takes it back as one', async () => {
  const story = new Story(service);
  await service.due(false);
  const files = [{ name: 'people.csv', content: PEOPLE }];
  await story.upload(alice, 'DU101', 'give these people Reports', files);
  await story.upload(dave, 'DU104', 'give these people Reports', files);
  await story.click(dave, 'DU104', 'Confirm');
  await story.due(dave, 'DU104', /Done\. 15 people changed/);
  expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)', 'Reports']);
  story.note('The whole change is taken back like any other.');
  await story.click(dave, 'DU104', 'Undo');
  await story.click(dave, 'DU104', 'Confirm');
  await story.due(dave, 'DU104', /Done\. 15 people changed/);
  expect(await story.rolesInRingCentral('102')).toEqual(['Standard (International)']);
  expect(await story.rolesInRingCentral('111')).toEqual(['Support', 'Reports']);
  await expect(story.text()).toMatchFileSnapshot('lists.golden.txt');
});
