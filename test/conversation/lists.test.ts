import { describe, expect, it } from 'vitest';
import { createConversation } from '#src/conversation/index.ts';
import type { Turn } from '#src/domain/reply.ts';
import { House } from '#test/support/house.ts';

const S = 'Standard (International)';

async function say(asker: string, text: string, file?: string): Promise<Turn> {
  const house = new House();
  const conversation = createConversation({ ...house.deps, zone: 'America/Denver' });
  const attachment = file === undefined ? {} : { attachment: { name: 'people.csv', text: file } };
  return conversation.say({ actor: house.link(asker), text, thread: 'D1', ...attachment });
}

const changes = ({ facts }: Turn) => facts.changes.map(({ extension, after }) => [extension, after] as const);

describe('a list of people', () => {
  it.each<[what: string, words: string, file: string]>([
    ['by extension number', 'give them Manager', 'extension\n101\n102\n'],
    [
      'by e-mail address',
      'give these people Manager',
      'E-Mail,Department\nalice.anderson@cobaltlane.example,x\nBob.Brown@CobaltLane.example,y',
    ],
    ['by whole name', 'give everyone in this file Manager', 'name;site\nAlice Anderson;Berlin\nbob brown;Denver'],
    ['without a line of column names', 'give them Manager', '101\n102'],
    [
      'with quotes, a byte mark already gone and empty lines',
      'give all the people in the attached csv Manager',
      '"extension","name"\r\n"101","Anderson, Alice"\r\n\r\n"102","Brown, Bob"\r\n',
    ],
    ['twice the same person', 'give them Manager', 'extension\n101\n102\n101'],
  ])('says to whom, the words say what: %s', async (_what, words, file) => {
    const turn = await say('104', words, file);
    expect(changes(turn)).toEqual([
      ['101', ['Front Desk', 'Manager']],
      ['102', [S, 'Manager']],
    ]);
    expect(turn.reply.outcome).toBe('confirm-needed');
  });

  it('pasted under the words is the same as a file', async () => {
    const turn = await say('104', 'give them Manager\n101\n102\n103');
    expect(turn.facts.changes.map(({ extension }) => extension)).toEqual(['101', '102', '103']);
  });

  it('may hold the roles beside the people', async () => {
    const turn = await say(
      '104',
      'give them these roles',
      'extension,role\n101,Manager\n102,Support; Reports\n103,Manager',
    );
    expect(changes(turn)).toEqual([
      ['101', ['Front Desk', 'Manager']],
      ['103', ['User Admin', 'Manager']],
      ['102', [S, 'Support', 'Reports']],
    ]);
  });

  it('sets all the roles beside one person together', async () => {
    const file = 'extension,role\n101,Manager\n102,Support; Reports\n103,Manager';
    const turn = await say('104', 'they should only have these roles', file);
    expect(changes(turn)).toContainEqual(['102', ['Support', 'Reports']]);
  });

  it.each<[what: string, file: string, why: string]>([
    ['somebody unknown', 'extension\n101\n99999', 'nobody'],
    ['a name that two people have', 'name\nChris Young', 'several'],
    ['a part of a name', 'name\nalice', 'nobody'],
    ['an unknown role', 'extension,role\n101,Grand Duke', 'no-such-role'],
  ])('with %s is used for nobody at all', async (_what, file, why) => {
    const { reply, facts } = await say('104', 'give them Manager', file);
    expect(reply.saying).toMatchObject({ kind: 'refused', reason: { kind: 'list', troubles: [{ why }] } });
    expect(facts.changes).toEqual([]);
  });

  it.each([
    ['other people named beside it', 'give carol Manager'],
    ['some of its people named beside it', 'give bob Manager'],
    ['a group named beside it', 'give everyone in Sales Manager'],
    ['a question', 'who am I'],
    ['no role at all', 'give them a role'],
    ['a formula instead of words', '=1+1'],
  ])('with %s is not used, and neither are the words', async (_what, words) => {
    const turn = await say('104', words, 'extension\n101\n102');
    expect(turn.reply.saying.kind).toBe('file-unused');
    expect(turn.facts.changes).toEqual([]);
  });

  it('changes nothing for somebody without the right', async () => {
    const { reply } = await say('101', 'give them Manager', 'extension\n102');
    expect(reply.outcome).toBe('refused');
  });
});
